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
  const kinds = body.map((row) => valueKind(row[1])).filter((each) => each !== '');
  const most = Math.max(...[...new Set(kinds)].map((each) => kinds.filter((other) => other === each).length));
  return kinds.length > 1 && kinds.length - most >= Math.max(1, kinds.length * fewest);
}

/** Number, date or words; a missing value may be any of them. */
function valueKind(cell: CleanText | undefined): string {
  if (cell === undefined || cell.text === '' || cell.text.length > 200) return '';
  const value = readStatedValues({ text: cell.text })[0]?.value;
  if (value === undefined || value.type === 'missing') return '';
  return value.type === 'percentage' ? 'number' : value.type;
}
