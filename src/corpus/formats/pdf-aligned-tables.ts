import type { Chunk } from './pdf-geometry.ts';
import { segments } from './pdf-lines.ts';
import type { Line, Segment } from './pdf-lines.ts';
import { tableCell } from './pdf-table.ts';
import type { PdfTable, PdfTableRow } from './pdf-table.ts';

/** Distances in parts of the type size. */
const columnGap = 0.7;
const narrowestGutter = 0.5;
const widestRowGap = 3.2;
const tightLine = 1.45;
/** Cells of more characters on average are columns of prose. */
const longestCell = 45;
const fewestRows = 2;
const quantity =
  /^[-+–(]{0,2}\s?(?:[A-Z]{0,3}[\p{Sc}])?\s?[-–(]?\d[\d.,'\u00a0 ]*\s?[)%]{0,2}(?:\s?\p{L}{1,3})?$/u;
const leaders = /^[.·…_\s]{3,}$/u;

/** Lines in order, with those that align in columns joined to tables. */
export function alignedTables(lines: readonly Line[]): (Line | PdfTable)[] {
  const result: (Line | PdfTable)[] = [];
  const parts = lines.map((line) => segments(withoutLeaders(line), columnGap));
  for (let index = 0; index < lines.length;) {
    const end = runEnd(lines, parts, index);
    const run = end === null ? null : readRun(lines.slice(index, end), parts.slice(index, end));
    if (end !== null && run !== null) {
      result.push(run);
      index = end;
    } else {
      const line = lines[index];
      if (line !== undefined) result.push(line);
      index += 1;
    }
  }
  return result;
}

/** Rows of dots lead the eye from a label to its value, and mean nothing. */
function withoutLeaders(line: Line): Line {
  if (!line.chunks.some((chunk) => /[.·…_]{3}|(?:\. ){3}/u.test(chunk.text))) return line;
  const chunks = line.chunks.flatMap((chunk) => (leaders.test(chunk.text) ? [] : splitLeaders(chunk)));
  return { ...line, chunks };
}

function splitLeaders(chunk: Chunk): Chunk[] {
  const match = /^(.*?\S)\s?(?:[.·…_]{4,}|(?:\. ?){4,})\s?(.*)$/u.exec(chunk.text);
  if (match === null) return [chunk];
  const width = (chunk.right - chunk.left) / Math.max(1, chunk.text.length);
  const [, label = '', value = ''] = match;
  const labelRight = chunk.left + label.length * width;
  const before = { ...chunk, text: label, right: labelRight };
  if (value === '') return [before];
  const left = chunk.right - value.length * width;
  return [before, { ...chunk, text: value, left, firstWordRight: chunk.right }];
}

/** Where the run of lines that begins here, and may be a table, ends; null where none begins. */
function runEnd(
  lines: readonly Line[],
  parts: readonly (readonly Segment[])[],
  start: number,
): number | null {
  if ((parts[start]?.length ?? 0) < 2) return null;
  let end = start + 1;
  let rows = 1;
  for (let index = start + 1; index < lines.length; index += 1) {
    const line = lines[index];
    const before = lines[index - 1];
    if (line === undefined || before === undefined) break;
    const gap = line.y - before.y;
    if (gap < 0 || gap > Math.max(line.size, before.size) * widestRowGap || line.size > before.size * 1.3)
      break;
    if ((parts[index]?.length ?? 0) > 1) {
      rows += 1;
      end = index + 1;
    } else if (index - end >= 2) break;
  }
  return rows < fewestRows ? null : end;
}

interface Column {
  readonly left: number;
  readonly right: number;
}

function readRun(lines: readonly Line[], parts: readonly (readonly Segment[])[]): PdfTable | null {
  const rows = lines.filter((_, index) => (parts[index]?.length ?? 0) > 1);
  const columns = findColumns(rows);
  if (columns.length < 2 || !isTabular(lines, columns, rows)) return null;
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return null;
  return {
    kind: 'table',
    page: first.page,
    top: first.y - first.size,
    bottom: last.y,
    edges: [...columns.map((column) => column.left), columns.at(-1)?.right ?? 0],
    rows: readRows(lines, columns),
  };
}

/** Columns are what stripes without text part, in nearly all rows. */
function findColumns(rows: readonly Line[]): Column[] {
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

/** Whether the lines are rows of cells, and not prose with wide spaces or in columns. */
function isTabular(lines: readonly Line[], columns: readonly Column[], rows: readonly Line[]): boolean {
  if (rows.length * 2 < lines.length) return false;
  const cells = rows.map((row) => byColumn(row.chunks, columns).map(cellLength));
  const filled = cells.flat().filter((length) => length > 0);
  const characters = filled.reduce((sum, length) => sum + length, 0);
  if (characters / filled.length > longestCell) return false;
  const severalFilled = cells.filter((row) => row.filter((length) => length > 0).length > 1).length;
  if (severalFilled < fewestRows || severalFilled < rows.length * 0.7) return false;
  if (columns.length > 2) return true;
  // Two columns may be chance; short values beside labels are not.
  const values = rows
    .map((row) => byColumn(row.chunks, columns)[1] ?? [])
    .filter((chunks) => chunks.length > 0);
  const numeric = values.filter((chunks) => chunks.every((chunk) => quantity.test(chunk.text))).length;
  return severalFilled >= 3 || numeric === values.length;
}

const cellLength = (chunks: readonly Chunk[]): number =>
  chunks.reduce((sum, chunk) => sum + chunk.text.length + 1, 0);

/** The chunks of a line by column: each goes where most of it is. */
function byColumn(chunks: readonly Chunk[], columns: readonly Column[]): Chunk[][] {
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

function readRows(lines: readonly Line[], columns: readonly Column[]): PdfTableRow[] {
  const groups: Line[][] = [];
  for (const [index, line] of lines.entries()) {
    const group = groups.at(-1);
    if (group !== undefined && continuesRow({ line, group, next: lines[index + 1], columns }))
      group.push(line);
    else groups.push([line]);
  }
  return groups.map((group) => readRow(group, columns));
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
  return filled.length === 1 && /^\p{Ll}/u.test(label);
}

function readRow(group: readonly Line[], columns: readonly Column[]): PdfTableRow {
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
