/** A cell as a source states it, before its spans are resolved. */
export interface TableCell {
  /** One line of text. */
  readonly text: string;
  /** The source marks the cell as a header (`<th>`). */
  readonly isHeader: boolean;
  /** All of the cell's text is bold. */
  readonly isBold: boolean;
  readonly columnSpan: number;
  readonly rowSpan: number;
}

/** One row of a grid: every column has a cell; a spanning cell stands in each place that it covers. */
export type GridRow = readonly (TableCell | null)[];

/** No table has more places than this; spans that would make one larger are an attack or broken. */
const largestGrid = 4_000_000;
const mostColumns = 10_000;

/** Puts each cell where it stands: a cell with spans is repeated in every column and row that it covers. */
export function expandSpans(rows: readonly (readonly TableCell[])[]): GridRow[] {
  const grid: (TableCell | null)[][] = [];
  // Cells that reach down from earlier rows, by column, with the number of rows still to cover.
  const reaching = new Map<number, { readonly cell: TableCell; rows: number }>();
  let size = 0;
  let width = 0;
  for (const cells of rows) {
    const row: (TableCell | null)[] = [];
    let column = 0;
    for (const cell of cells) {
      while (reaching.has(column)) column += 1;
      if (column >= mostColumns) break;
      const span = Math.min(Math.max(1, cell.columnSpan), mostColumns - column);
      const columns = size + span > largestGrid ? 1 : span;
      for (let offset = 0; offset < columns; offset += 1) {
        // A cell from above keeps its place where a span of this row would overlap it.
        if (reaching.has(column + offset)) break;
        row[column + offset] = cell;
        if (offset === 0) width = Math.max(width, column + 1);
        if (cell.rowSpan > 1) reaching.set(column + offset, { cell, rows: cell.rowSpan });
      }
      size += columns;
      column += columns;
    }
    size += reaching.size;
    if (size > largestGrid) reaching.clear();
    for (const [at, from] of reaching) {
      row[at] = from.cell;
      from.rows -= 1;
      if (from.rows === 0) reaching.delete(at);
    }
    grid.push(row);
  }
  // Spans that reach beyond the last column in which a cell begins make no columns.
  width = Math.min(width, Math.ceil(largestGrid / Math.max(1, grid.length)));
  return grid.map((row) => Array.from({ length: width }, (_, column) => row[column] ?? null));
}

const prefixOnly = /^(?:[A-Z]{0,3}[$€£¥₹₩₽]|\(|[-−–])$/u;
const suffixOnly = /^(?:\)|%|\)\s?%|%\s?\))$/u;

/**
 * Takes out empty columns and joins columns that hold nothing but a currency sign, a parenthesis or a percent
 * sign with the number beside them, as typesetters of financial statements set them apart.
 */
export function compactColumns(grid: readonly GridRow[]): GridRow[] {
  const width = grid[0]?.length ?? 0;
  const groups: number[][] = [];
  let openPrefix: number[] = [];
  for (let column = 0; column < width; column += 1) {
    const role = columnRole(grid, column);
    if (role === 'empty') continue;
    if (role === 'prefix' && column + 1 < width) {
      openPrefix.push(column);
    } else if (role === 'suffix' && groups.length > 0 && openPrefix.length === 0) {
      groups.at(-1)?.push(column);
    } else {
      groups.push([...openPrefix, column]);
      openPrefix = [];
    }
  }
  if (openPrefix.length > 0) groups.push(openPrefix);
  if (groups.length === width) return [...grid];
  return grid.map((row) => groups.map((columns) => joinCells(columns.map((column) => row[column] ?? null))));
}

/** A column's own cells: those that begin in it and do not reach over the next one. */
function columnRole(grid: readonly GridRow[], column: number): 'empty' | 'prefix' | 'suffix' | 'content' {
  let prefixes = 0;
  let suffixes = 0;
  for (const row of grid) {
    const cell = row[column] ?? null;
    if (cell === null || cell.text === '' || cell === row[column - 1] || cell === row[column + 1]) continue;
    if (prefixOnly.test(cell.text)) prefixes += 1;
    else if (suffixOnly.test(cell.text)) suffixes += 1;
    else return 'content';
  }
  // A column of dashes is a column of missing values.
  if (prefixes > 0 && suffixes === 0 && hasNumberBeside(grid, column, 1)) return 'prefix';
  if (suffixes > 0 && prefixes === 0 && hasNumberBeside(grid, column, -1)) return 'suffix';
  return prefixes + suffixes === 0 ? 'empty' : 'content';
}

function hasNumberBeside(grid: readonly GridRow[], column: number, step: 1 | -1): boolean {
  return grid.some((row) => {
    const own = row[column]?.text ?? '';
    const beside = row[column + step]?.text ?? '';
    return own !== '' && /\d/u.test(beside) && row[column] !== row[column + step];
  });
}

function joinCells(cells: readonly (TableCell | null)[]): TableCell | null {
  const distinct: TableCell[] = [];
  for (const cell of cells) {
    if (cell !== null && cell.text !== '' && !distinct.includes(cell)) distinct.push(cell);
  }
  const [first] = distinct;
  if (first === undefined || distinct.length === 1) return first ?? null;
  return { ...first, text: distinct.map((cell) => cell.text).join(''), columnSpan: 1 };
}
