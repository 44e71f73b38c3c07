import { isQuantity } from './csv-header.ts';
import { fieldLine, labelText } from './record-text.ts';

/** A line of a text table, with the number of the line of the file where it starts. */
interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A table that states the attributes of one thing, each in a line of its own, as the text of a document. */
export interface PairsText {
  readonly text: string;
  readonly lines: readonly { readonly start: number; readonly line: number }[];
}

const labelHeaders = /^(?:fields?|items?|labels?|attributes?|keys?|parameters?|propert(?:y|ies))(?: name)?$/i;
const valueHeaders = /^(?:values?|entry|entries|content|data)$/i;
const unitHeaders = /^units?$/i;
const sideHeaders = /^(?:units?|remarks?|notes?|comments?)$/i;
const fewestPairs = 3;
const mostPairs = 200;
const longestLabel = 80;
/** Without a header that says so, only values of several sorts tell attributes of one thing from things. */
const fewestPairsUntold = 6;
const fewestOfSort = 2;
const mostOfSort = 0.7;

/**
 * Reads a whole table as label and value, with a third column for units or remarks, where its header says that it
 * is one (`field,value,remark`) or its values are of several sorts. Null for any other table: of things (town and
 * population), with a label twice, or of very many rows. Remarks follow the attributes as text.
 */
export function csvPairs(rows: readonly Row[]): PairsText | null {
  const [first, ...others] = rows;
  if (first === undefined || rows.length > mostPairs) return null;
  const [label = '', value = '', side = ''] = first.cells.map((cell) => cell.trim());
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  if (width < 2 || width > 3 || (width === 3 && !sideHeaders.test(side))) return null;
  const told = labelHeaders.test(label) && valueHeaders.test(value);
  const pairs = told || width === 3 ? others : rows;
  if (pairs.length < (told ? fewestPairs : fewestPairsUntold) || !areLabels(pairs)) return null;
  if (!(told ? haveWords(pairs) : areOfSeveralSorts(pairs))) return null;
  return pairsText(pairs, width === 3 ? side : null);
}

function areLabels(pairs: readonly Row[]): boolean {
  const labels = new Set(pairs.map(({ cells }) => labelText(cells[0] ?? '').toLowerCase()));
  return (
    labels.size === pairs.length &&
    [...labels].every((label) => label.length <= longestLabel && /\p{L}/u.test(label))
  );
}

function valuesOf(pairs: readonly Row[]): string[] {
  return pairs.map(({ cells }) => (cells[1] ?? '').trim()).filter((value) => value !== '');
}

function haveWords(pairs: readonly Row[]): boolean {
  return valuesOf(pairs).some((value) => !isQuantity(value));
}

function areOfSeveralSorts(pairs: readonly Row[]): boolean {
  const values = valuesOf(pairs);
  const counts = new Map<string, number>();
  for (const value of values) counts.set(sortOf(value), (counts.get(sortOf(value)) ?? 0) + 1);
  const sorts = [...counts.values()].filter((count) => count >= fewestOfSort);
  return sorts.length >= 3 && Math.max(...sorts) <= values.length * mostOfSort;
}

function sortOf(value: string): string {
  if (/^[-+]?\d[\d.,\s]*$/.test(value)) return 'figure';
  if (isQuantity(value)) return 'date';
  return /\d/.test(value) ? 'words and figures' : 'words';
}

function pairsText(pairs: readonly Row[], side: string | null): PairsText {
  const lines: { start: number; line: number }[] = [];
  let text = '';
  const add = (line: string, row: Row): void => {
    if (text !== '') text += '\n';
    lines.push({ start: text.length, line: row.line });
    text += line;
  };
  const isUnit = side !== null && unitHeaders.test(side);
  for (const row of pairs) {
    const [label = '', value = '', unit = ''] = row.cells;
    if (value.trim() !== '')
      add(fieldLine(labelText(label), isUnit ? `${value.trim()} ${unit}` : value), row);
  }
  if (side === null || isUnit) return { text, lines };
  const remarked = pairs.filter(({ cells }) => (cells[2] ?? '').trim() !== '');
  if (remarked.length > 0) text += '\n';
  for (const row of remarked) {
    const [label = '', , remark = ''] = row.cells;
    add(`${labelText(side)} (${labelText(label)}) ${remark.replaceAll(/\s+/g, ' ').trim()}`, row);
  }
  return { text, lines };
}
