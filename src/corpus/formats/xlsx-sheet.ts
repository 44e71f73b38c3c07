import { utils } from '@e965/xlsx';
import type { CellObject, WorkSheet } from '@e965/xlsx';
import type { CellTexts, CellType } from './xlsx-values.ts';

/** A filled cell of a sheet. */
export interface SheetCell {
  /** Counted from 0. */
  readonly column: number;
  readonly text: string;
  readonly type: CellType;
  /** How many columns and rows the cell is merged over; 1 for a cell of its own. */
  readonly columnSpan: number;
  readonly rowSpan: number;
}

/** A row that has filled cells, in the columns' order. */
export interface SheetRow {
  /** As the sheet counts it, from 1. */
  readonly number: number;
  readonly cells: readonly SheetCell[];
}

/** The name of a cell, such as `C17`. */
export function cellName(row: SheetRow, column: number): string {
  return `${utils.encode_col(column)}${row.number}`;
}

/** The columns that have a filled cell in any of the rows, in order. */
export function columnsOf(rows: readonly SheetRow[]): number[] {
  const columns = new Set<number>();
  for (const row of rows) {
    for (const cell of row.cells) columns.add(cell.column);
  }
  return [...columns].sort((left, right) => left - right);
}

/**
 * The filled rows of a sheet. Cells that a merged cell covers downwards get its value too: it labels each of the
 * rows.
 */
export function sheetRows(sheet: WorkSheet, texts: CellTexts): SheetRow[] {
  const data: unknown = sheet['!data'];
  if (!Array.isArray(data)) return [];
  const spans = mergeSpans(sheet);
  const rows: SheetRow[] = [];
  // Cells merged downwards, by column, with the number of rows still to cover.
  const reaching = new Map<number, { readonly cell: SheetCell; rows: number }>();
  for (let index = 0; index < data.length; index += 1) {
    const source: unknown = data[index];
    const cells: SheetCell[] = [];
    for (const [column, cell] of filledCells(source)) {
      const value = texts.valueOf(cell);
      if (value === null) continue;
      const span = spans.get(`${index},${column}`);
      const filled = { column, ...value, columnSpan: span?.columns ?? 1, rowSpan: span?.rows ?? 1 };
      cells.push(filled);
      reaching.delete(column);
      if (filled.rowSpan > 1) reaching.set(column, { cell: filled, rows: filled.rowSpan });
    }
    if (reaching.size > 0) carryDown(cells, reaching);
    if (cells.length > 0) rows.push({ number: index + 1, cells });
  }
  return rows;
}

function carryDown(
  cells: SheetCell[],
  reaching: Map<number, { readonly cell: SheetCell; rows: number }>,
): void {
  const ownCells = cells.length;
  for (const [column, from] of reaching) {
    from.rows -= 1;
    if (from.rows <= 0) reaching.delete(column);
    // A row that only the merged cell reaches is empty.
    if (ownCells > 0 && !cells.some((cell) => cell.column === column))
      cells.push({ ...from.cell, rowSpan: 1 });
  }
  cells.sort((left, right) => left.column - right.column);
}

/** The cells of a row of a dense sheet, which may be an array with large holes. */
function* filledCells(row: unknown): Generator<[number, CellObject]> {
  if (!Array.isArray(row)) return;
  for (const key in row) {
    if (!Object.hasOwn(row, key)) continue;
    const cell: unknown = row[Number(key)];
    if (isCell(cell)) yield [Number(key), cell];
  }
}

function isCell(value: unknown): value is CellObject {
  return typeof value === 'object' && value !== null && 't' in value;
}

function mergeSpans(
  sheet: WorkSheet,
): ReadonlyMap<string, { readonly columns: number; readonly rows: number }> {
  const spans = new Map<string, { columns: number; rows: number }>();
  for (const merge of sheet['!merges'] ?? []) {
    const columns = merge.e.c - merge.s.c + 1;
    const rows = merge.e.r - merge.s.r + 1;
    spans.set(`${merge.s.r},${merge.s.c}`, { columns, rows });
  }
  return spans;
}
