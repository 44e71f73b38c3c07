import type { JsonEntry, JsonNode } from './json-syntax.ts';

/** An attribute that a list states as an object of its own: `{ "label": "Weight", "value": "5 kg" }`. */
export interface JsonPair {
  readonly label: string;
  readonly value: JsonNode;
  /** The unit that stands beside the value. */
  readonly unit: string | null;
}

const labelKeys = new Set(
  'label name key field fieldname field_name property attribute term title question heading caption prompt'.split(
    ' ',
  ),
);
const valueKeys = new Set('value val content text answer data response values'.split(' '));
const unitKeys = new Set(['unit', 'units']);
/** Such keys say nothing about what a pair is: they number or type it. */
const sideKeys = new Set('id order position index type datatype data_type'.split(' '));
const longestLabel = 80;
const number = /^[-+]?\d[\d.,]*$/;

/**
 * The attributes that a list of objects states, one an object, each by a key for its label and one for its value.
 * Null for any other list: of things (`{ "name": "Oslo", "value": 5 }`, all of them figures), or with a label twice.
 */
export function pairsOf(items: readonly JsonNode[]): JsonPair[] | null {
  if (items.length < 2) return null;
  const pairs: JsonPair[] = [];
  const labels = new Set<string>();
  let figures = 0;
  for (const item of items) {
    const pair = item.kind === 'object' ? pairOf(item.entries) : null;
    if (pair === null || labels.has(pair.label.toLowerCase())) return null;
    labels.add(pair.label.toLowerCase());
    pairs.push(pair);
    if (pair.value.kind === 'scalar' && number.test(pair.value.text ?? '')) figures += 1;
  }
  return figures === pairs.length ? null : pairs;
}

function pairOf(entries: readonly JsonEntry[]): JsonPair | null {
  let label: string | null = null;
  let value: JsonNode | null = null;
  let unit: string | null = null;
  for (const entry of entries) {
    const key = entry.key.toLowerCase();
    const text = entry.value.kind === 'scalar' ? entry.value.text : null;
    if (valueKeys.has(key) && value === null) value = entry.value;
    else if (labelKeys.has(key) && label === null && text !== null) label = text.trim();
    else if (unitKeys.has(key) && (text !== null || entry.value.kind === 'scalar')) unit = text;
    else if (!sideKeys.has(key)) return null;
  }
  if (label === null || value === null || label.length > longestLabel || !/\p{L}/u.test(label)) return null;
  if (value.kind === 'object') return null;
  return { label, value, unit };
}
