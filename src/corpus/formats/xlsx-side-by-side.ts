import { countHeaderRows, countTitleRows, joinHeaders } from './xlsx-headers.ts';
import { columnsOf } from './xlsx-sheet.ts';
import type { SheetRow } from './xlsx-sheet.ts';

/**
 * Tables that stand side by side, parted by an empty column, one after the other. An empty column within one
 * table is no such gap: there, both sides have the same rows and differently named first columns.
 */
export function splitSideBySide(region: readonly SheetRow[]): (readonly SheetRow[])[] {
  const columns = columnsOf(region);
  for (const [index, column] of columns.entries()) {
    const next = columns[index + 1];
    if (next === undefined || next - column < 2 || index < 1 || columns.length - index < 3) continue;
    const left = within(region, (each) => each <= column);
    const right = within(region, (each) => each >= next);
    if (areTables(left, right)) return [left, ...splitSideBySide(right)];
  }
  return [region];
}

function within(region: readonly SheetRow[], test: (column: number) => boolean): SheetRow[] {
  return region.flatMap((row) => {
    const cells = row.cells.filter((cell) => test(cell.column));
    return cells.length === 0 ? [] : [{ ...row, cells }];
  });
}

function areTables(left: readonly SheetRow[], right: readonly SheetRow[]): boolean {
  const [first, second] = [left, right].map((rows) => {
    const table = rows.slice(countTitleRows(rows));
    const headerRows = countHeaderRows(table);
    const columns = columnsOf(table);
    return {
      body: table.slice(headerRows),
      headerRows,
      headers: joinHeaders(table.slice(0, headerRows), columns),
      columns,
    };
  });
  if (first === undefined || second === undefined || first.headerRows === 0 || second.headerRows === 0)
    return false;
  const labels = second.body.filter((row) => {
    const [cell] = row.cells;
    return cell?.column === second.columns[0] && cell?.type === 'text';
  });
  if (labels.length < second.body.length * 0.8) return false;
  const rowsOf = (rows: readonly SheetRow[]): string => rows.map((row) => row.number).join(',');
  return first.headers[0] === second.headers[0] || rowsOf(first.body) !== rowsOf(second.body);
}
