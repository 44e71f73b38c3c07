import { pairsOf } from './json-pairs.ts';
import { jsonText, scalarText, type LocateValue } from './json-text.ts';
import type { JsonNode } from './json-syntax.ts';
import type { ParsedDocument } from './format-parser.ts';
import { chooseTitleColumn, titleSampleRows } from './title-column.ts';

/** One of many JSON values of a file, each of which becomes a document. */
export interface JsonRecord {
  readonly fragment: string;
  readonly node: JsonNode;
  readonly pointer: string;
  readonly locate: LocateValue;
  /** The key that the record has in its parent object, where that names it. */
  readonly key?: string;
}

/**
 * Makes a document of each record. The key whose value is the title is chosen once for all, from the first
 * `titleSampleRows` records. Records without any value are left out.
 */
export async function* recordDocuments(
  records: AsyncIterable<JsonRecord> | Iterable<JsonRecord>,
): AsyncGenerator<ParsedDocument> {
  const sample: JsonRecord[] = [];
  let titleKey: string | null | undefined;
  for await (const record of records) {
    if (titleKey === undefined) {
      sample.push(record);
      if (sample.length < titleSampleRows) continue;
      titleKey = chooseTitleKey(sample);
      yield* documents(sample.splice(0), titleKey);
    } else {
      yield* documents([record], titleKey);
    }
  }
  yield* documents(sample, chooseTitleKey(sample));
}

function* documents(records: readonly JsonRecord[], titleKey: string | null): Generator<ParsedDocument> {
  for (const { fragment, node, pointer, locate, key } of records) {
    const { text, segments } = jsonText(node, { pointer, locate });
    if (text === '') continue;
    const title = key ?? (titleKey === null ? null : fieldText(node, titleKey));
    yield { fragment, title: title?.trim() ?? null, text, sourceMap: { segments } };
  }
}

/**
 * The value of a single object that is its title, or null: of its own plain values, else of those it groups first
 * (`{ "product": { "title": … }, "stock": … }`), else what the first of its labelled attributes states.
 */
export function titleOf(node: JsonNode): string | null {
  const record = { fragment: '', node, pointer: '', locate: () => ({}) };
  const key = chooseTitleKey([record]);
  if (key !== null) return fieldText(node, key);
  if (node.kind === 'array') return titleOfPairs(node.items);
  if (node.kind !== 'object') return null;
  const [first] = node.entries;
  if (first?.value.kind === 'object') return titleOf(first.value);
  const lists = node.entries.flatMap(({ value }) => (value.kind === 'array' ? [value.items] : []));
  return lists.length === 1 ? titleOfPairs(lists[0] ?? []) : null;
}

const longestTitle = 100;

function titleOfPairs(items: readonly JsonNode[]): string | null {
  const [first] = pairsOf(items) ?? [];
  const text = first === undefined ? null : scalarText(first.value);
  return text !== null && text.length <= longestTitle && /\p{L}/u.test(text) ? text.trim() : null;
}

function chooseTitleKey(records: readonly JsonRecord[]): string | null {
  const headers = new Set<string>();
  for (const { node } of records) {
    if (node.kind !== 'object') continue;
    for (const { key, value } of node.entries) if (scalarText(value) !== null) headers.add(key);
  }
  const keys = [...headers];
  const rows = records.map(({ node }) => keys.map((key) => fieldText(node, key) ?? ''));
  const column = chooseTitleColumn({ headers: keys, rows });
  return column === null ? null : (keys[column] ?? null);
}

function fieldText(node: JsonNode, key: string): string | null {
  if (node.kind !== 'object') return null;
  const entry = node.entries.find((candidate) => candidate.key === key);
  return entry === undefined ? null : scalarText(entry.value);
}
