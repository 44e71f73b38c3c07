import { cleanInline } from './inline-markup.ts';
import type { CleanText } from './clean-text.ts';
import { labelLikeness } from './label-likeness.ts';
import { isBlank } from './lines.ts';
import type { Line } from './lines.ts';
import type { ReadingCollector } from './reading-collector.ts';
import { isProse } from './prose.ts';
import { readPairs, readStatement, statesTypedValue } from './statement.ts';
import { joinLines, readLines } from './paragraph-reader.ts';
import { partLines } from './paragraph-statements.ts';

/** A field of a record: its key, and the lines of its value. */
export interface RecordField {
  readonly key: string;
  readonly start: number;
  /** The value on the key's own line; empty where it begins below. */
  readonly first: CleanText;
  readonly continuation: readonly Line[];
}

export interface RecordSource {
  readonly text: string;
  readonly collector: ReadingCollector;
  /** Whether every key is one, whatever its words: rows of a spreadsheet were written as lines by us. */
  readonly anyKey: boolean;
}

const keyPattern = /^[^\s:：|#>*+•·-][^:：\n]{0,100}?\s?(?::(?=\s|$)|：)/u;
const longestHead = 120;

/** The key of a record line, with the length of key and colon, or null. */
function keyOf(text: string, line: Line): { readonly key: string; readonly length: number } | null {
  if (line.indent > 0) return null;
  const head = text.slice(line.contentStart, Math.min(line.end, line.contentStart + longestHead));
  const match = keyPattern.exec(head);
  if (match === null) return null;
  const key = match[0].slice(0, -1).trim();
  return { key, length: match[0].length };
}

const listMarker = /^[-*+•][ \t]+/u;

/**
 * The end of the record that begins at a line: two fields or more, and between them only lines that are
 * indented. Null where none begins. Indented lines may look like list items or headings; they are values.
 */
export function findRecord(
  text: string,
  lines: readonly Line[],
  from: number,
  anyKey: boolean,
): number | null {
  const first = lines[from];
  if (first === undefined || keyOf(text, first) === null) return null;
  let fields = 0;
  let others = 0;
  let end = from;
  for (; end < lines.length; end += 1) {
    const line = lines[end];
    if (line === undefined || isBlank(line)) break;
    if (line.indent > 0) continue;
    const found = keyOf(text, line);
    if (found === null) return null;
    if (anyKey || labelLikeness(found.key) === 'strong') fields += 1;
    else others += 1;
  }
  return fields > 1 && others * 2 <= fields ? end : null;
}

/** The fields of a record, in order. */
export function recordFields(text: string, lines: readonly Line[]): RecordField[] {
  const fields: (RecordField & { continuation: Line[] })[] = [];
  for (const line of lines) {
    const found = keyOf(text, line);
    if (found === null) {
      fields.at(-1)?.continuation.push(line);
      continue;
    }
    const first = cleanInline(text, line.contentStart + found.length, line.end);
    const key = cleanInline(text, line.contentStart, line.contentStart + found.key.length).text;
    fields.push({ key, start: line.contentStart, first, continuation: [] });
  }
  return fields;
}

export interface RecordPlace {
  /** What the record is about, where a document holds several; its first field names it. */
  readonly entity: string | null;
  readonly rule: string;
}

/** Reads a record, one statement a field. Returns the values that may hold sentences. */
export function readRecord(
  source: RecordSource,
  fields: readonly RecordField[],
  place: RecordPlace,
): CleanText[] {
  const prose: CleanText[] = [];
  for (const field of fields) {
    if (!source.anyKey && labelLikeness(field.key) === 'none') continue;
    const value = readField(source, field, place);
    if (value !== null && isProse(value.text)) prose.push(value);
  }
  return prose;
}

function readField(source: RecordSource, field: RecordField, place: RecordPlace): CleanText | null {
  const { text, collector } = source;
  const { first, continuation, key, start } = field;
  const statement = { path: [key], start, ...place };
  if (continuation.length === 0) {
    if (!source.anyKey && readLinePairs(source, field, place)) return null;
    readStatement(collector, { ...statement, value: first });
    return first;
  }
  if (first.text === '') {
    if (readFieldList(source, field, place) || readFieldParts(source, field, place)) return null;
    const value = joinLines(text, continuation);
    readStatement(collector, { ...statement, value });
    return value;
  }
  if (!source.anyKey && readFieldParts(source, field, place)) {
    readStatement(collector, { ...statement, value: first });
    return first;
  }
  const lines = [{ start, contentStart: first.start, end: first.end, indent: 0 }, ...continuation];
  const value = joinLines(text, lines);
  readStatement(collector, { ...statement, value });
  return value;
}

/** A line that goes on with keys and values of its own: `Director: A. Berg | Year: 1986`. */
function readLinePairs(source: RecordSource, { start, first }: RecordField, place: RecordPlace): boolean {
  if (!/[:：]/u.test(first.text)) return false;
  const value = cleanInline(source.text, start, first.end);
  return readPairs(source.collector, { path: [], start, value, ...place });
}

/** A key with bullets below it. */
function readFieldList(source: RecordSource, field: RecordField, place: RecordPlace): boolean {
  const { text, collector } = source;
  const items: CleanText[] = [];
  for (const line of field.continuation) {
    const marker = listMarker.exec(text.slice(line.contentStart, line.contentStart + 8));
    if (marker === null) return false;
    items.push(cleanInline(text, line.contentStart + marker[0].length, line.end));
  }
  const first = items[0];
  const last = items.at(-1);
  if (first === undefined || last === undefined) return false;
  collector.add({
    label: [field.key],
    entity: place.entity,
    start: field.start,
    end: last.end,
    valueStart: first.start,
    valueEnd: last.end,
    value: { type: 'list', items: items.map((item) => item.text) },
    period: null,
    rule: place.rule,
  });
  return true;
}

/** A key with further keys below it. Below a value that is words, one such line may still be words. */
function readFieldParts(source: RecordSource, field: RecordField, place: RecordPlace): boolean {
  const { text, collector } = source;
  const { first, continuation, key } = field;
  if (first.text !== '' && continuation.length < 2 && !statesTypedValue(first.text)) return false;
  const parts = partLines(text, continuation);
  if (parts === null) return false;
  const { entity, rule } = place;
  for (const statement of parts) {
    readLines({ source: { text, collector, entity, rule }, statement, parents: [key], prose: [] });
  }
  return true;
}
