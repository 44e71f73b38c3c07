import { decodeText } from '../decode-text.ts';
import { UnreadableFileError } from '../unreadable-file-error.ts';
import type { FormatParserInput, ParsedDocument } from './format-parser.ts';
import { recordDocuments, titleOf, type JsonRecord } from './json-records.ts';
import {
  JsonSyntaxError,
  parseJsonItems,
  parseJsonValue,
  scanJsonEntries,
  skipWhitespace,
  type JsonNode,
} from './json-syntax.ts';
import { pairsOf } from './json-pairs.ts';
import { jsonText, pointerTo, type LocateValue } from './json-text.ts';
import { LineIndex } from './line-index.ts';

const year = /^(?:1[5-9]|20)\d\d$/;

/** Keys that stand beside the list of records in what programming interfaces return. */
const envelopeKeys = new Set(
  'count total totalcount total_count size length page pages pagesize page_size perpage per_page limit offset next previous prev cursor status code success error errors message version generated generatedat timestamp type meta metadata links query'.split(
    ' ',
  ),
);

const mostValuesBesideRecords = 4;
const fewestBulkElements = 5;
const bulkShare = 0.9;

/**
 * Reads a JSON file. A list of objects, at the top or as the bulk of the top object, is one document an
 * element; so is an object that maps names to objects of like keys, with the name as title. Any other value is
 * one document.
 */
export async function* parseJson(input: FormatParserInput): AsyncGenerator<ParsedDocument> {
  const { text } = decodeText(input.bytes);
  const lines = new LineIndex(text);
  const locate: LocateValue = (pointer, offset) => ({ pointer, line: lines.lineAt(offset) });
  try {
    const start = skipWhitespace(text, 0);
    const records = recordsOf({ text, start, locate });
    if (records !== null) {
      yield* recordDocuments(records);
      return;
    }
    const { node, end } = parseJsonValue(text, start);
    const rest = skipWhitespace(text, end);
    if (rest < text.length) throw new JsonSyntaxError('more text follows the value', rest);
    const { text: rendered, segments } = jsonText(node, { pointer: '', locate });
    if (rendered === '') throw new UnreadableFileError(input.path, 'no values in it');
    yield { fragment: null, title: titleOf(node), text: rendered, sourceMap: { segments } };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const line = lines.lineAt(Math.min(error.offset, text.length - 1));
    throw new UnreadableFileError(input.path, `not valid JSON (line ${line}: ${error.message})`, {
      cause: error,
    });
  }
}

interface JsonSource {
  readonly text: string;
  readonly start: number;
  readonly locate: LocateValue;
}

/** The values that become documents of their own, or null where the file is one document. */
function recordsOf(source: JsonSource): Iterable<JsonRecord> | null {
  const { text, start } = source;
  if (text[start] === '[') {
    return isListOfObjects(text, start) && !isListOfPairs(text, start) ? listRecords(source, '') : null;
  }
  if (text[start] !== '{') return null;
  const entries = scanJsonEntries(text, start);
  const lists = entries.filter(
    (entry) => isListOfObjects(text, entry.start) && !isListOfPairs(text, entry.start),
  );
  const [list] = lists;
  if (list !== undefined && lists.length === 1) {
    const others = entries.filter((entry) => entry !== list);
    const envelope = others.every(({ key }) => envelopeKeys.has(key.toLowerCase()));
    if (envelope || isBulk({ text, start, list, others })) {
      return listRecords({ ...source, start: list.start }, pointerTo('', list.key));
    }
  }
  const isDistinct = new Set(entries.map(({ key }) => key)).size === entries.length;
  const isMap = isDistinct && entries.length >= 3 && entries.every((entry) => text[entry.start] === '{');
  // Years tell apart statements about one thing, not things.
  if (isMap && !entries.every(({ key }) => year.test(key))) {
    const nodes = entries.map((entry) => ({ key: entry.key, node: parseJsonValue(text, entry.start).node }));
    if (haveLikeKeys(nodes.map(({ node }) => node))) return mapRecords(nodes, source.locate);
  }
  return null;
}

/**
 * Whether a list is what the file is for: nearly all of its text, of several elements, beside a few plain
 * values. (An invoice with its lines has more to say beside them.)
 */
function isBulk({
  text,
  start,
  list,
  others,
}: {
  text: string;
  start: number;
  list: { readonly start: number; readonly end: number };
  others: readonly { readonly start: number }[];
}): boolean {
  if (others.length > mostValuesBesideRecords) return false;
  if (others.some((entry) => text[entry.start] === '{' || text[entry.start] === '[')) return false;
  let elements = 0;
  for (const node of parseJsonItems(text, list.start)) {
    elements += 1;
    if (node.kind !== 'object') return false;
    if (elements === fewestBulkElements) break;
  }
  return elements === fewestBulkElements && list.end - list.start >= (text.length - start) * bulkShare;
}

function isListOfObjects(text: string, start: number): boolean {
  return text[start] === '[' && text[skipWhitespace(text, start + 1)] === '{';
}

const mostPairs = 300;

/** Whether a list states the attributes of one thing, each by an object with its label and value. */
function isListOfPairs(text: string, start: number): boolean {
  const nodes: JsonNode[] = [];
  for (const node of parseJsonItems(text, start)) {
    // Whatever the rest holds, a list that begins with something else is none.
    if (nodes.length === 2 && pairsOf(nodes) === null && !haveLikeKeys(nodes)) return false;
    nodes.push(node);
    if (nodes.length > mostPairs) return false;
  }
  return pairsOf(nodes) !== null;
}

function* listRecords(source: JsonSource, listPointer: string): Generator<JsonRecord> {
  let index = 0;
  for (const node of parseJsonItems(source.text, source.start)) {
    const pointer = `${listPointer}/${index}`;
    index += 1;
    yield { fragment: `item=${index}`, node, pointer, locate: source.locate };
  }
}

function* mapRecords(
  entries: readonly { readonly key: string; readonly node: JsonNode }[],
  locate: LocateValue,
): Generator<JsonRecord> {
  for (const { key, node } of entries) {
    const pointer = pointerTo('', key);
    yield { fragment: pointer, node, pointer, locate, ...(/\p{L}/u.test(key) && { key }) };
  }
}

/** Whether objects are alike, as the values of a map are and the sections of a document are not. */
function haveLikeKeys(nodes: readonly JsonNode[]): boolean {
  const counts = new Map<string, number>();
  let total = 0;
  for (const node of nodes) {
    if (node.kind !== 'object') return false;
    total += node.entries.length;
    for (const { key } of node.entries) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const common = [...counts.values()].filter((count) => count >= nodes.length * 0.8).length;
  return common >= 2 && common * 2 >= total / nodes.length;
}
