import type { SourceLocation } from '../document.ts';
import type { JsonEntry, JsonNode, JsonObject } from './json-syntax.ts';
import { pairsOf, type JsonPair } from './json-pairs.ts';
import { columnLabels, fieldLine, indentedLines, labelText } from './record-text.ts';

/** A JSON value as text, with the place in the source of each line that begins a statement. */
export interface JsonText {
  readonly text: string;
  readonly segments: readonly { readonly start: number; readonly location: SourceLocation }[];
}

/** Where a value stands: its JSON pointer, and its offset in the source text. */
export type LocateValue = (pointer: string, offset: number) => SourceLocation;

/** Objects that only wrap one value: `{ "text": "176,215 sq km" }`. */
const wrapperKeys = new Set(['text', 'value', '#text', '@value']);
const deepestHeading = 6;

/**
 * Renders a JSON value as a document. Scalars are `label: value` lines, lists of scalars `label: a, b` or
 * bullets, nested objects headings with their own lines below, lists of flat objects Markdown tables. Within an
 * object the order of keys is kept, save that nested values come after plain ones, since a line below a heading
 * belongs to that heading. Keys without a value (`null`, `""`, `[]`, `{}`) are left out.
 */
export function jsonText(node: JsonNode, options: { pointer: string; locate: LocateValue }): JsonText {
  const writer = new JsonWriter(options.locate);
  writer.value(node, { pointer: options.pointer, headings: [] });
  return writer.finish();
}

/** The plain value of a node: a scalar's, or that of an object which wraps one; null for none. */
export function scalarText(node: JsonNode): string | null {
  const inner = unwrapped(node);
  return inner.kind === 'scalar' && inner.text !== null && inner.text.trim() !== '' ? inner.text : null;
}

function unwrapped(node: JsonNode): JsonNode {
  let inner = node;
  while (inner.kind === 'object' && inner.entries.length === 1) {
    const entry = inner.entries[0];
    if (entry === undefined || !wrapperKeys.has(entry.key) || entry.value.kind === 'array') break;
    inner = entry.value;
  }
  return inner;
}

const unitKeys = new Set(['unit', 'units', 'currency']);
const longestUnit = 20;

/**
 * The value of an object that says more about it, `{ "text": "30,535", "note": … }`, with its unit where
 * that stands beside it, `{ "value": 12, "unit": "km" }`; and what else it says. Null for any other object.
 */
function statedValue(object: JsonObject): { text: string; rest: JsonObject } | null {
  const wrapped = object.entries.filter(({ key }) => wrapperKeys.has(key));
  const [entry] = wrapped;
  if (entry === undefined || wrapped.length > 1 || object.entries.length === 1) return null;
  const text = scalarText(entry.value);
  if (text === null) return null;
  const units = object.entries.filter(({ key }) => unitKeys.has(key.toLowerCase()));
  const unit = units[0] === undefined || units.length > 1 ? null : scalarText(units[0].value);
  const taken = unit !== null && unit.length <= longestUnit ? [entry, ...units] : [entry];
  const rest = { ...object, entries: object.entries.filter((other) => !taken.includes(other)) };
  return { text: taken.length === 1 ? text : `${text} ${unit}`, rest };
}

interface Place {
  readonly pointer: string;
  /** The headings above, outermost first. */
  readonly headings: readonly string[];
}

class JsonWriter {
  readonly #locate: LocateValue;
  readonly #segments: { start: number; location: SourceLocation }[] = [];
  #text = '';

  constructor(locate: LocateValue) {
    this.#locate = locate;
  }

  finish(): JsonText {
    return { text: this.#text.trimEnd(), segments: this.#segments };
  }

  value(node: JsonNode, place: Place): void {
    const inner = unwrapped(node);
    if (inner.kind === 'object') this.#object(inner, place);
    else if (inner.kind === 'array') this.#items(inner.items, place);
    else if (inner.text !== null) this.#lines(inner.text, { pointer: place.pointer, start: inner.start });
  }

  #object(object: JsonObject, place: Place): void {
    const nested: JsonEntry[] = [];
    for (const entry of object.entries) {
      if (!this.#plainEntry(entry, place)) nested.push(entry);
    }
    for (const { key, value } of nested) {
      const below = { pointer: pointerTo(place.pointer, key), headings: [...place.headings, headingOf(key)] };
      if (hasContent(value)) this.#section(value, below);
    }
  }

  /** Writes an entry that takes a line or a list of bullets; returns false for one that needs a heading. */
  #plainEntry({ key, value }: JsonEntry, place: Place): boolean {
    const label = labelText(key) || 'value';
    const at = { pointer: pointerTo(place.pointer, key), start: value.start };
    const text = scalarText(value);
    if (text !== null) {
      this.#lines(fieldLine(label, text), at);
      return true;
    }
    if (value.kind !== 'array') return !hasContent(value);
    // The attributes of the whole document need no heading above them.
    const pairs = place.headings.length === 0 ? pairsOf(value.items) : null;
    if (pairs !== null) {
      this.#pairs(pairs, at.pointer);
      return true;
    }
    const items = value.items.map(scalarText);
    if (value.items.some((item, index) => items[index] === null && hasContent(item))) return false;
    const filled = items.filter((item) => item !== null);
    const joined = joinedList(filled);
    if (joined !== null) {
      this.#lines(fieldLine(label, joined), at);
    } else if (filled.length > 0) {
      this.#lines(`${label}:`, at);
      this.#bullets(value.items, at.pointer);
      this.#blankLine();
    }
    return true;
  }

  #section(value: JsonNode, place: Place): void {
    const { headings } = place;
    // Markdown has six levels, of which the first is a document's title; deeper ones share the last.
    const shown = headings.length < deepestHeading ? headings.slice(-1) : headings.slice(deepestHeading - 2);
    const level = Math.min(headings.length + 1, deepestHeading);
    this.#blankLine();
    this.#lines(`${'#'.repeat(level)} ${shown.join(' > ')}`, { pointer: place.pointer, start: value.start });
    this.#blankLine();
    const stated = value.kind === 'object' ? statedValue(value) : null;
    if (stated !== null) {
      this.#lines(stated.text, { pointer: place.pointer, start: value.start });
      this.#blankLine();
    }
    this.value(stated?.rest ?? value, place);
    this.#blankLine();
  }

  #pairs(pairs: readonly JsonPair[], pointer: string): void {
    for (const [index, { label, value, unit }] of pairs.entries()) {
      const text = cellText(value);
      if (text === null || text === '') continue;
      const stated = unit === null ? text : `${text} ${unit}`;
      this.#lines(fieldLine(labelText(label) || 'value', stated), {
        pointer: `${pointer}/${index}`,
        start: value.start,
      });
    }
  }

  #items(items: readonly JsonNode[], place: Place): void {
    const pairs = pairsOf(items);
    if (pairs !== null) {
      this.#pairs(pairs, place.pointer);
      return;
    }
    const rows = tableRows(items);
    if (rows !== null) {
      this.#table(rows, { items, place });
      return;
    }
    this.#bullets(items, place.pointer);
    const kinds = itemKinds(items);
    for (const [index, item] of items.entries()) {
      if (scalarText(item) !== null || !hasContent(item)) continue;
      const name = (item.kind === 'object' ? itemName(item) : null) ?? kinds?.[index] ?? null;
      this.#section(item, {
        pointer: `${place.pointer}/${index}`,
        headings: [...place.headings, headingOf(name ?? String(index + 1))],
      });
    }
  }

  #bullets(items: readonly JsonNode[], pointer: string): void {
    for (const [index, item] of items.entries()) {
      const text = scalarText(item);
      if (text === null) continue;
      this.#lines(`- ${indentedLines(text)}`, {
        pointer: `${pointer}/${index}`,
        start: item.start,
      });
    }
  }

  #table(rows: TableRows, found: { items: readonly JsonNode[]; place: Place }): void {
    const { pointer } = found.place;
    const start = found.items[0]?.start ?? 0;
    this.#lines(tableLine(columnLabels(rows.keys)), { pointer, start });
    this.#lines(`|${' --- |'.repeat(rows.keys.length)}`, { pointer, start });
    for (const [index, cells] of rows.cells.entries()) {
      this.#lines(tableLine(cells), {
        pointer: `${pointer}/${index}`,
        start: found.items[index]?.start ?? start,
      });
    }
    this.#blankLine();
  }

  #lines(text: string, at: { pointer: string; start: number }): void {
    const location = this.#locate(at.pointer, at.start);
    if (this.#segments.at(-1)?.location !== location) {
      this.#segments.push({ start: this.#text.length, location });
    }
    this.#text += `${text}\n`;
  }

  #blankLine(): void {
    if (this.#text !== '' && !this.#text.endsWith('\n\n')) this.#text += '\n';
  }
}

/** A key as a step of a JSON pointer (RFC 6901). */
export function pointerTo(parent: string, key: string): string {
  return `${parent}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function headingOf(key: string): string {
  return labelText(key) || '-';
}

function hasContent(node: JsonNode): boolean {
  if (node.kind === 'scalar') return node.text !== null && node.text.trim() !== '';
  if (node.kind === 'array') return node.items.some(hasContent);
  return node.entries.some(({ value }) => hasContent(value));
}

/** `a, b, c`, or with semicolons where items have commas; null where neither keeps them apart. */
function joinedList(items: readonly string[]): string | null {
  if (items.length === 0 || items.some((item) => item.includes('\n'))) return null;
  for (const separator of [',', ';']) {
    if (items.length === 1 || !items.some((item) => item.includes(separator))) {
      return items.map((item) => item.trim()).join(`${separator} `);
    }
  }
  return null;
}

interface TableRows {
  readonly keys: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

/** The rows of a list of objects (or of lists below a list of names) whose values each fit into a cell. */
function tableRows(items: readonly JsonNode[]): TableRows | null {
  const first = items[0];
  if (first?.kind === 'array') return rowsOfLists(items);
  const keys = new Map<string, number>();
  const cells: string[][] = [];
  for (const item of items) {
    if (item.kind !== 'object') return null;
    const row: string[] = [];
    for (const { key, value } of item.entries) {
      const text = cellText(value);
      if (text === null) return null;
      const column = keys.get(key) ?? keys.size;
      keys.set(key, column);
      row[column] = text;
    }
    cells.push(row);
  }
  const width = keys.size;
  if (width === 0) return null;
  return {
    keys: [...keys.keys()],
    cells: cells.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? '')),
  };
}

function rowsOfLists(items: readonly JsonNode[]): TableRows | null {
  const rows: string[][] = [];
  for (const item of items) {
    if (item.kind !== 'array') return null;
    const cells = item.items.map(cellText);
    if (cells.includes(null)) return null;
    rows.push(cells.map((cell) => cell ?? ''));
  }
  const width = Math.max(...rows.map((row) => row.length));
  const keys = Array.from({ length: width }, (_, column) => `Column ${column + 1}`);
  return width === 0 ? null : { keys, cells: rows };
}

/** A value that fits into a cell of a table, `''` for none; null for a nested one. */
function cellText(node: JsonNode): string | null {
  const text = scalarText(node);
  if (text !== null) return text;
  if (!hasContent(node)) return '';
  if (node.kind !== 'array') return null;
  const items = node.items.map(scalarText);
  if (node.items.some((item, index) => items[index] === null && hasContent(item))) return null;
  return joinedList(items.filter((item) => item !== null));
}

function tableLine(cells: readonly string[]): string {
  const escaped = cells.map((cell) => cell.replace(/\s+/g, ' ').trim().replaceAll('|', '\\|'));
  return `| ${escaped.join(' | ')} |`;
}

const nameKeys = ['name', 'title', 'label', 'id', 'key'];

/** What names an element of a list that is told apart by headings. */
function itemName(object: JsonObject): string | null {
  for (const nameKey of nameKeys) {
    const entry = object.entries.find(({ key }) => key.toLowerCase() === nameKey);
    const text = entry === undefined ? null : scalarText(entry.value);
    if (text !== null && text.length <= 120 && !text.includes('\n')) return text;
  }
  return null;
}

/** A word or two, as opposed to the name of somebody or a number. */
const kindWord = /^\p{L}+(?:[ -]\p{Ll}+)?$/u;
const longestKind = 30;

/**
 * What tells the elements of a list apart where none has a name: the words that their first key has, another in each
 * (`"fuel": "Diesel"`, `"fuel": "Electric"`). Null where it does not.
 */
function itemKinds(items: readonly JsonNode[]): string[] | null {
  const firsts = items.map((item) => (item.kind === 'object' ? item.entries[0] : undefined));
  const key = firsts[0]?.key;
  const kinds = firsts.flatMap((entry) => {
    const text = entry === undefined || entry.key !== key ? null : scalarText(entry.value);
    return text !== null && text.length <= longestKind && kindWord.test(text) ? [text] : [];
  });
  const distinct = new Set(kinds.map((kind) => kind.toLowerCase())).size;
  return items.length > 1 && distinct === items.length ? kinds : null;
}
