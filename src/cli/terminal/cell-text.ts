import { oneLine } from './display-text.ts';
import { formatNumber } from './numbers.ts';

/** What a cell of a table, an answer or a fact may hold. */
export type Cell = string | number | boolean | null | readonly Cell[];

/** A cell for reading: `1,234.5 sq km`, `12.34 %`, `Norway`, `wheat; barley`, and "–" where there is no value. */
export function cellText(cell: Cell, unit: string | null = null): string {
  if (cell === null) return '–';
  if (typeof cell === 'object') return cell.map((item) => cellText(item)).join('; ');
  if (typeof cell !== 'number') return oneLine(String(cell));
  return unit === null ? formatNumber(cell) : `${formatNumber(cell)} ${unit}`;
}
