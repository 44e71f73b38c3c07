import type { Chunk } from './pdf-geometry.ts';
import { byColumn, findColumns, groupRows, overlappingRow, readRow } from './pdf-aligned-rows.ts';
import type { Column } from './pdf-aligned-rows.ts';
import { segments } from './pdf-lines.ts';
import type { Line, Segment } from './pdf-lines.ts';
import { quantity, tableCell } from './pdf-table.ts';
import type { PdfTable, PdfTableRow } from './pdf-table.ts';
import type { TableCell } from './table-grid.ts';

/** Distances in parts of the type size. */
const spacedColumns = { gap: { any: 0.7 }, narrowestGutter: 0.5, widestWordGap: 1.1 };
/** Where lines are set in one go, any jump within a line begins a cell. */
const tightColumns = { gap: { any: 0.7, sameType: 0.2 }, narrowestGutter: 0.15, widestWordGap: 0 };
type ColumnSpacing = typeof spacedColumns | typeof tightColumns;
const widestRowGap = 3.2;
const labelGap = 2.5;
/** Cells of more characters on average are columns of prose. */
const longestCell = 45;
const fewestRows = 2;
/** Tables that stand below one another are parted by a gap of so many usual ones. */
const partingGap = 1.3;
const partGap = 1.5;
const mostSpanningHeadings = 2;
const spanningGap = 1.6;
const titleSize = 1.2;
const leaders = /^[.·…_\s]{3,}$/u;

/** Lines in order, with those that align in columns joined to tables. */
export function alignedTables(
  lines: readonly Line[],
  options: { readonly wholeLines: boolean },
): (Line | PdfTable)[] {
  const spacing = options.wholeLines ? tightColumns : spacedColumns;
  const result: (Line | PdfTable)[] = [];
  const cleaned = lines.map(withoutLeaders);
  const parts = cleaned.map((line) => segments(line, spacing.gap));
  const cells = cleaned.map(
    (line, index) => hasCells(parts[index]) || overlapsNeighbour(cleaned, line, index),
  );
  for (let index = 0; index < lines.length;) {
    const last = runEnd(cleaned, cells, index);
    const end =
      last === null ? null : firstTableEnd({ lines: cleaned, cells, start: index, end: last, spacing });
    const run = end === null ? null : readRun(cleaned.slice(index, end), cells.slice(index, end), spacing);
    if (end !== null && run !== null) {
      const headings = takeSpanningHeadings(result, run, cleaned[index]?.size ?? 0);
      result.push({ ...run, rows: [...headings, ...run.rows] });
      index = end;
    } else {
      const line = lines[index];
      if (line !== undefined) result.push(line);
      index += 1;
    }
  }
  return result;
}

/** Headings over several columns stand in lines of their own right above a table, clear of its first column. */
function takeSpanningHeadings(before: (Line | PdfTable)[], table: PdfTable, size: number): PdfTableRow[] {
  const rows: PdfTableRow[] = [];
  let { top } = table;
  for (let count = 0; count < mostSpanningHeadings; count += 1) {
    const line = before.at(-1);
    // What is set in larger type is a title.
    if (line === undefined || 'kind' in line || line.size > size * titleSize) break;
    const [first = 0, second = 0] = [table.edges[0], table.edges[1]];
    const isClear =
      line.left > first + (second - first) * 0.7 && line.right < (table.edges.at(-1) ?? 0) + line.size;
    if (!isClear || top - line.y > line.size * spanningGap) break;
    before.pop();
    rows.unshift(spanningRow(line, table.edges));
    top = line.y - line.size;
  }
  return rows;
}

/** Each part of the line names the columns that it reaches over or, centred, stands above. */
function spanningRow(line: Line, edges: readonly number[]): PdfTableRow {
  const cells: TableCell[] = [];
  let column = 0;
  for (const part of segments(line, tightColumns.gap)) {
    const first = edges.findLastIndex((edge, index) => index < edges.length - 1 && edge <= part.left + 2);
    const past = edges.findIndex((edge, index) => index > first && edge >= part.right - 2);
    const from = Math.max(column, first);
    const to = Math.max(from + 1, past === -1 ? edges.length - 1 : past);
    if (from > column) cells.push(tableCell({ lines: [], width: 0, columnSpan: from - column }));
    cells.push(tableCell({ lines: [part.chunks], width: part.right - part.left, columnSpan: to - from }));
    column = to;
  }
  return { cells, location: { page: line.page } };
}

/** Rows of dots lead the eye from a label to its value, and mean nothing. */
function withoutLeaders(line: Line): Line {
  if (!line.chunks.some((chunk) => /[.·…_]{3}|(?:\. ){3}/u.test(chunk.text))) return line;
  const chunks = line.chunks.flatMap((chunk) => (leaders.test(chunk.text) ? [] : splitLeaders(chunk)));
  return { ...line, chunks };
}

function splitLeaders(chunk: Chunk): Chunk[] {
  const match = /^(.*?[^\s.·…_])\s?(?:[.·…_]{4,}|(?:\. ?){4,})\s?(.*)$/u.exec(chunk.text);
  if (match === null) return [chunk];
  const width = (chunk.right - chunk.left) / Math.max(1, chunk.text.length);
  const [, label = '', value = ''] = match;
  const labelRight = chunk.left + label.length * width;
  const before = { ...chunk, text: label, right: labelRight };
  if (value === '') return [before];
  const left = chunk.right - value.length * width;
  return [before, { ...chunk, text: value, left, firstWordRight: chunk.right }];
}

/** Whether a line has cells: parts that stand apart, and are not just a label and its value. */
function hasCells(parts: readonly Segment[] | undefined): boolean {
  const [first, second, third] = parts ?? [];
  if (first === undefined || second === undefined) return false;
  const label = first.chunks.at(-1);
  const isLabelled =
    label !== undefined && label.text.endsWith(':') && second.left - first.right < label.size * labelGap;
  return third !== undefined || !isLabelled;
}

/** Cells that are centred in their row stand beside each other without sharing a base line. */
function overlapsNeighbour(lines: readonly Line[], line: Line, index: number): boolean {
  return [lines[index - 1], lines[index + 1]].some(
    (other) =>
      other !== undefined &&
      Math.abs(other.y - line.y) < line.size * overlappingRow &&
      (other.left >= line.right || other.right <= line.left),
  );
}

/** Where the run of lines that begins here, and may be a table, ends; null where none begins. */
function runEnd(lines: readonly Line[], cells: readonly boolean[], start: number): number | null {
  if (cells[start] !== true) return null;
  let end = start + 1;
  let rows = 1;
  for (let index = start + 1; index < lines.length; index += 1) {
    const line = lines[index];
    const before = lines[index - 1];
    if (line === undefined || before === undefined) break;
    const gap = line.y - before.y;
    if (gap < 0 || gap > Math.max(line.size, before.size) * widestRowGap || line.size > before.size * 1.3)
      break;
    if (cells[index] === true) {
      rows += 1;
      end = index + 1;
    } else if (index - end >= 2) break;
  }
  return rows < fewestRows ? null : end;
}

/**
 * Where the first of several tables ends that stand below one another, each in columns of its own: a wider gap parts them,
 * and in common columns some cells would hold two, or all would leave some empty. The run's end where it is one table.
 */
function firstTableEnd(run: {
  readonly lines: readonly Line[];
  readonly cells: readonly boolean[];
  readonly start: number;
  readonly end: number;
  readonly spacing: ColumnSpacing;
}): number {
  const { lines, cells, start, end, spacing } = run;
  const isClean = (from: number, to: number): boolean =>
    readRun(lines.slice(from, to), cells.slice(from, to), spacing) !== null &&
    !hasParts(lines.slice(from, to), spacing);
  const gaps = lines.slice(start + 1, end).map((line, index) => line.y - (lines[start + index]?.y ?? line.y));
  const doNotFit = (above: readonly Line[], below: readonly Line[]): boolean => {
    const count = (part: readonly Line[]): number => findColumns(part, spacing.narrowestGutter).length;
    const all = [...above, ...below];
    return hasParts(all, spacing) || count(all) > Math.max(count(above), count(below));
  };
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  for (const [index, gap] of gaps.entries()) {
    const at = start + index + 1;
    if (gap < usual * partingGap || at - start < fewestRows || end - at < fewestRows) continue;
    if (isClean(start, at) && isClean(at, end) && doNotFit(lines.slice(start, at), lines.slice(at, end)))
      return at;
  }
  return end;
}

/** Whether some cell holds two parts that stand apart. */
function hasParts(lines: readonly Line[], spacing: ColumnSpacing): boolean {
  const columns = findColumns(lines, spacing.narrowestGutter);
  return lines.some((line) =>
    byColumn(line.chunks, columns).some((chunks) =>
      chunks.some((chunk, index) => {
        const before = chunks[index - 1];
        return before !== undefined && chunk.left - before.right > line.size * partGap;
      }),
    ),
  );
}

function readRun(lines: readonly Line[], cells: readonly boolean[], spacing: ColumnSpacing): PdfTable | null {
  const cellLines = new Set(lines.filter((_, index) => cells[index] === true));
  const columns = findColumns([...cellLines], spacing.narrowestGutter);
  if (columns.length < 2) return null;
  const groups = groupRows(lines, columns);
  const rows = groups.filter((group) => group.some((line) => cellLines.has(line)));
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined || !isTabular({ lines, columns, rows, spacing })) return null;
  return {
    kind: 'table',
    page: first.page,
    top: first.y - first.size,
    bottom: last.y,
    edges: [...columns.map((column) => column.left), columns.at(-1)?.right ?? 0],
    rows: groups.map((group) => readRow(group, columns)),
  };
}

/** Whether the lines are rows of cells, and not prose with wide spaces or in columns. */
function isTabular(run: {
  readonly lines: readonly Line[];
  readonly columns: readonly Column[];
  /** The rows that have cells, each with its lines. */
  readonly rows: readonly (readonly Line[])[];
  readonly spacing: ColumnSpacing;
}): boolean {
  const { lines, columns, rows, spacing } = run;
  if (rows.flat().length * 2 < lines.length) return false;
  const chunks = rows.map((row) =>
    byColumn(
      row.flatMap((line) => line.chunks),
      columns,
    ),
  );
  const cells = chunks.map((row) => row.map(cellLength));
  const filled = cells.flat().filter((length) => length > 0);
  const characters = filled.reduce((sum, length) => sum + length, 0);
  // Formulas have gaps too, but few cells that say something.
  if (filled.length === 0 || filled.length < rows.length * columns.length * 0.4) return false;
  if (characters / filled.length > longestCell) return false;
  const severalFilled = cells.filter((row) => row.filter((length) => length > 0).length > 1).length;
  if (severalFilled < fewestRows || severalFilled < rows.length * 0.7) return false;
  if (columns.length > 2) return hasWideGutters(columns, rows.flat(), spacing.widestWordGap);
  // Two columns may be chance; short values beside labels are not.
  const values = chunks.map((row) => row[1] ?? []).filter((value) => value.length > 0);
  const numeric = values.filter((value) => value.every((chunk) => quantity.test(chunk.text))).length;
  return severalFilled >= 3 || numeric === values.length;
}

/** In a few lines of justified words, gaps align by chance; those between the columns of a table are wider. */
function hasWideGutters(columns: readonly Column[], rows: readonly Line[], widestWordGap: number): boolean {
  const hasNumbers = rows.some((row) => row.chunks.some((chunk) => quantity.test(chunk.text)));
  if (rows.length >= 6 || hasNumbers) return true;
  const gutters = columns.slice(1).map((column, index) => column.left - (columns[index]?.right ?? 0));
  return Math.min(...gutters) >= (rows[0]?.size ?? 10) * widestWordGap;
}

/** The length of a cell's text; 0 where it has neither letters nor digits, nor the dash of a missing value. */
function cellLength(chunks: readonly Chunk[]): number {
  if (!chunks.some((chunk) => /[\p{L}\p{N}]|^[-–—]$/u.test(chunk.text))) return 0;
  return chunks.reduce((sum, chunk) => sum + chunk.text.length + 1, 0);
}
