import type { Chunk } from './pdf-geometry.ts';
import type { Line } from './pdf-lines.ts';
import { quantity, tableCell } from './pdf-table.ts';
import type { PdfTableRow } from './pdf-table.ts';

/** Distances in parts of the type size. */
const tightLine = 1.45;
/** What is closer than this stands beside what is above it, centred in a cell of its own. */
export const overlappingRow = 0.9;

export interface Column {
  readonly left: number;
  readonly right: number;
}

/** Columns are what stripes without text part, in nearly all rows. */
export function findColumns(rows: readonly Line[], narrowestGutter: number): Column[] {
  const left = Math.floor(Math.min(...rows.map((row) => row.left)));
  const right = Math.ceil(Math.max(...rows.map((row) => row.right)));
  const size = rows[0]?.size ?? 10;
  const coverage = new Float64Array(Math.max(1, right - left + 1));
  for (const row of rows) {
    const covered = new Uint8Array(coverage.length);
    for (const chunk of row.chunks)
      covered.fill(1, Math.floor(chunk.left) - left, Math.ceil(chunk.right) - left);
    for (const [index, value] of covered.entries()) coverage[index] = (coverage[index] ?? 0) + value;
  }
  // Headings over several columns, and a few long labels, may cross a gutter.
  const tolerated = Math.floor(rows.length * 0.12);
  const columns: Column[] = [];
  let start: number | null = null;
  let free = 0;
  for (let index = 0; index <= coverage.length; index += 1) {
    const isCovered = index < coverage.length && (coverage[index] ?? 0) > tolerated;
    if (isCovered) {
      const previous = columns.at(-1);
      if (start === null && previous !== undefined && free < size * narrowestGutter) {
        start = previous.left - left;
        columns.pop();
      }
      start ??= index;
      free = 0;
    } else {
      if (start !== null) columns.push({ left: left + start, right: left + index });
      start = null;
      free += 1;
    }
  }
  return columns;
}

/** The chunks of a line by column: each goes where most of it is. */
export function byColumn(chunks: readonly Chunk[], columns: readonly Column[]): Chunk[][] {
  const cells: Chunk[][] = columns.map(() => []);
  for (const chunk of chunks) cells[columnOf(chunk, columns)]?.push(chunk);
  return cells;
}

function columnOf(chunk: Chunk, columns: readonly Column[]): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (const [index, column] of columns.entries()) {
    const overlap = Math.min(chunk.right, column.right) - Math.max(chunk.left, column.left);
    if (overlap > most) [best, most] = [index, overlap];
  }
  return best;
}

/** How many columns a chunk reaches over, from the one that it begins in. */
function spanOf(chunks: readonly Chunk[], columns: readonly Column[], first: number): number {
  const right = Math.max(...chunks.map((chunk) => chunk.right));
  let span = 1;
  while (first + span < columns.length && right > (columns[first + span]?.left ?? 0) + 3) span += 1;
  return span;
}

/** Joins the lines of each row: those of cells that are centred, and those of cells that are too long for one line. */
export function groupRows(lines: readonly Line[], columns: readonly Column[]): Line[][] {
  const groups: Line[][] = [];
  for (const [index, line] of lines.entries()) {
    const group = groups.at(-1);
    const goesOn = group !== undefined && continuesRow({ line, group, next: lines[index + 1], columns });
    if (goesOn) group.push(line);
    else groups.push([line]);
  }
  return groups;
}

/** Whether a line is the rest of the row above it, whose cells were too long for one line. */
function continuesRow(options: {
  readonly line: Line;
  readonly group: readonly Line[];
  readonly next: Line | undefined;
  readonly columns: readonly Column[];
}): boolean {
  const { line, group, next, columns } = options;
  const before = group.at(-1);
  if (before === undefined || line.y - before.y > line.size * tightLine) return false;
  const cells = byColumn(line.chunks, columns);
  const filled = cells.flatMap((chunks, column) => (chunks.length > 0 ? [column] : []));
  // What is centred in its cell stands higher or lower than the rest of its row.
  if (line.y - before.y < line.size * overlappingRow) return true;
  const hasNumbers = line.chunks.some((chunk) => quantity.test(chunk.text));
  const label = cells[0]?.map((chunk) => chunk.text).join(' ') ?? '';
  const groupCells = group.map((each) => byColumn(each.chunks, columns));
  const labelOnly = groupCells.every((row) =>
    row.every((chunks, column) => column === 0 || chunks.length === 0),
  );
  // A label that was too long for its column has its values in its last line.
  if (labelOnly) return filled.length > 1 && filled[0] === 0 && /^\p{Ll}/u.test(label);
  if (hasNumbers) return false;
  if (filled[0] !== 0) {
    const above = groupCells.at(-1) ?? [];
    const isTighter =
      next === undefined || next.y - line.y > (line.y - before.y) * 1.1 || filled.length === 1;
    return isTighter && filled.every((column) => (above[column]?.length ?? 0) > 0);
  }
  if (filled.length === 1) return /^\p{Ll}/u.test(label);
  // In a row of words that leaves columns empty, a cell in lower case carries on the one above it.
  const isPart =
    filled.length < columns.length && filled.every((column) => (groupCells[0]?.[column]?.length ?? 0) > 0);
  return isPart && cells.some((chunks) => /^\p{Ll}/u.test(chunks[0]?.text ?? ''));
}

/** The cells of a row; what reaches over empty columns spans them. */
export function readRow(group: readonly Line[], columns: readonly Column[]): PdfTableRow {
  const byLine = group.map((line) => byColumn(line.chunks, columns));
  const cells = [];
  for (let column = 0; column < columns.length;) {
    const lines = byLine.map((row) => row[column] ?? []);
    const chunks = lines.flat();
    const columnSpan = chunks.length === 0 ? 1 : spanOf(chunks, columns, column);
    const isFree = byLine.every((row) =>
      row.slice(column + 1, column + columnSpan).every((others) => others.length === 0),
    );
    const span = isFree ? columnSpan : 1;
    const own = columns[column];
    cells.push(tableCell({ lines, width: (own?.right ?? 0) - (own?.left ?? 0), columnSpan: span }));
    column += span;
  }
  return { cells, location: { page: group[0]?.page ?? 1 } };
}
