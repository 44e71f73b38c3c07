import type { CleanText } from './clean-text.ts';
import { readStatedValues } from '../values/stated-values.ts';
import { isPeriodText } from './period-text.ts';
import { cellKind } from './table-cells.ts';
import { isGenericHeader } from './table-header.ts';

type Row = readonly CleanText[];

/**
 * Tables that stand side by side under one repeated header (`Item | Value | Item | Value`), as one each. A table
 * of another kind is returned as it is.
 */
export function splitSideBySide(rows: readonly Row[], headerRows: number): readonly (readonly Row[])[] {
  const header = rows[headerRows - 1];
  if (header === undefined || header.length < 4) return [rows];
  for (const width of [2, 3]) {
    if (header.length % width !== 0 || header.length === width) continue;
    const repeats = header.every(
      (cell, index) => cell.text !== '' && cell.text === header[index % width]?.text,
    );
    if (!repeats) continue;
    const parts: Row[][] = [];
    for (let from = 0; from < header.length; from += width) {
      parts.push(rows.map((row) => row.slice(from, from + width)));
    }
    return parts;
  }
  return [rows];
}

const longestPairLabel = 60;

/**
 * A form laid out in pairs, `Built | 1972 | Length | 14.5 m` in each row: its pairs of columns, each a table of two
 * columns without a header; null for any other table. In a form the cells of every second column are labels, no two
 * alike, and those beside them values of several kinds; in an ordinary table a column holds values of one kind.
 */
export function splitPairs(rows: readonly Row[]): readonly (readonly Row[])[] | null {
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (rows.length < 2 || width < 4 || width % 2 !== 0) return null;
  const labels = rows.flatMap((row) => row.filter((cell, index) => index % 2 === 0 && cell.text !== ''));
  const areLabels = labels.every(
    (cell) => cell.text.length <= longestPairLabel && cellKind(cell) === 'text' && /^\p{L}/u.test(cell.text),
  );
  const distinct = new Set(labels.map(({ text }) => text.toLowerCase())).size;
  if (!areLabels || distinct < labels.length || labels.length < rows.length * (width / 2) - 1) return null;
  const pairs = Array.from({ length: width / 2 }, (_, pair) =>
    rows
      .map((row) => row.slice(2 * pair, 2 * pair + 2))
      .filter(([label]) => label !== undefined && label.text !== ''),
  );
  // No header is a day above other days, or a measure.
  const beginsTyped = pairs.some(([first, second]) => {
    const kind = valueKind(first?.[1]);
    return cellKind(first?.[1]) === 'typed' || (kind === 'date' && valueKind(second?.[1]) === kind);
  });
  if (!beginsTyped && !pairs.some((part) => areMixed(part.map(([, value]) => value)))) return null;
  const isOrdinary = pairs.some((part) => {
    const kinds = new Set(part.slice(1).map(([, value]) => valueKind(value)));
    return part.length > 3 && kinds.size === 1 && !kinds.has('') && !kinds.has('text');
  });
  return isOrdinary ? null : pairs;
}

/** Whether values are of several kinds, as those of several attributes are. */
function areMixed(values: readonly (CleanText | undefined)[]): boolean {
  const kinds = values.map(valueKind).filter((kind) => kind !== '');
  const most = Math.max(...[...new Set(kinds)].map((each) => kinds.filter((other) => other === each).length));
  return kinds.length > 1 && kinds.length - most >= Math.max(1, kinds.length * fewest);
}

const fewest = 0.2;

/**
 * Whether the header of a table of two columns is in truth its first attribute, since the notation forces a
 * header on every table: the header states a value, or the values below it are of several kinds.
 */
export function isHeaderData(header: Row, body: readonly Row[]): boolean {
  const [label, value] = header;
  if (label === undefined || value === undefined || header.length > 2) return false;
  if (label.text === '' || value.text === '' || isGenericHeader(label.text) || isGenericHeader(value.text))
    return false;
  if (isPeriodText(value.text) && body.length > 1 && body.every((row) => cellKind(row[1]) !== 'text'))
    return false;
  const kind = cellKind(value);
  if (kind === 'typed' || kind === 'period') return true;
  return areMixed(body.map((row) => row[1]));
}

/** Number, date or words; a missing value may be any of them. */
function valueKind(cell: CleanText | undefined): string {
  if (cell === undefined || cell.text === '' || cell.text.length > 200) return '';
  const value = readStatedValues({ text: cell.text })[0]?.value;
  if (value === undefined || value.type === 'missing') return '';
  return value.type === 'percentage' ? 'number' : value.type;
}
