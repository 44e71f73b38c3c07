import { collapseSpaces } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';
import { cleanInline } from './inline-markup.ts';
import type { Segment, SegmentedLine } from './segmented-lines.ts';

/** The columns of a screen that a table's column covers. */
export interface TextColumn {
  left: number;
  right: number;
}

/** Columns as the rows with the usual number of cells have them. */
export function findColumns(text: string, rows: readonly SegmentedLine[]): readonly TextColumn[] | null {
  const counts = new Map<number, number>();
  for (const row of rows) {
    if (row.segments.length < 2) continue;
    const digits = row.segments.slice(1).some((each) => /\d/u.test(text.slice(each.start, each.end)));
    counts.set(row.segments.length, (counts.get(row.segments.length) ?? 0) + (digits ? 2 : 1));
  }
  let usual = 0;
  let most = 0;
  for (const [count, rowsWeight] of counts) {
    const weight = rowsWeight * (count - 1);
    if (weight > most || (weight === most && count > usual)) [usual, most] = [count, weight];
  }
  const columns: TextColumn[] = [];
  for (const row of rows) {
    if (row.segments.length !== usual) continue;
    for (const [index, segment] of row.segments.entries()) {
      const column = columns[index];
      if (column === undefined) columns.push({ left: segment.left, right: segment.right });
      else {
        column.left = Math.min(column.left, segment.left);
        column.right = Math.max(column.right, segment.right);
      }
    }
  }
  const apart = columns.every(
    (column, index) => index === 0 || column.left >= (columns[index - 1]?.right ?? 0),
  );
  return apart ? columns : null;
}

/** The cells of a line, each in the column it stands under. */
export function placeCells(
  text: string,
  row: SegmentedLine,
  columns: readonly TextColumn[] | null,
): CleanText[] {
  const clean = row.segments.map((segment) => collapseSpaces(cleanInline(text, segment.start, segment.end)));
  if (columns === null || row.segments.length === columns.length) return clean;
  const blank = { text: '', start: row.line.end, end: row.line.end, starts: null, ends: null };
  const cells: CleanText[] = columns.map(() => blank);
  if (isSpanningHeader(text, row, columns)) {
    for (const [index, column] of firstColumns(row.segments, columns).entries()) {
      const cell = clean[index];
      if (cell !== undefined && column !== undefined) cells[column] = cell;
    }
    return cells;
  }
  let next = 0;
  for (const [index, segment] of row.segments.entries()) {
    const cell = clean[index];
    const left = row.segments.length - index - 1;
    const column = Math.max(next, Math.min(nearestColumn(segment, columns), columns.length - 1 - left));
    if (cell === undefined || column >= columns.length) continue;
    cells[column] = cell;
    next = column + 1;
  }
  return cells;
}

/** Words right of the labels, fewer than the columns below them: each stands over several. */
function isSpanningHeader(text: string, row: SegmentedLine, columns: readonly TextColumn[]): boolean {
  const first = row.segments[0];
  const labels = columns[0];
  if (first === undefined || labels === undefined || first.left < labels.right) return false;
  if (row.segments.length >= columns.length - 1) return false;
  return row.segments.every(
    (each) =>
      /\p{L}/u.test(text.slice(each.start, each.end)) && !/\d[,.]\d/u.test(text.slice(each.start, each.end)),
  );
}

/** For each spanning header, the first of the columns that lie nearest to it. */
function firstColumns(segments: readonly Segment[], columns: readonly TextColumn[]): (number | undefined)[] {
  const first: (number | undefined)[] = segments.map(() => undefined);
  for (const [index, column] of columns.entries()) {
    if (index === 0) continue;
    let best = 0;
    let bestDistance = Number.POSITIVE_INFINITY;
    for (const [at, segment] of segments.entries()) {
      const distance = Math.abs(segment.left + segment.right - column.left - column.right);
      if (distance < bestDistance) [best, bestDistance] = [at, distance];
    }
    first[best] ??= index;
  }
  return first;
}

function nearestColumn(segment: Segment, columns: readonly TextColumn[]): number {
  let best = 0;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [index, column] of columns.entries()) {
    const overlap = Math.min(segment.right, column.right) - Math.max(segment.left, column.left);
    const apart = Math.abs(segment.left + segment.right - column.left - column.right) / 2;
    const distance = overlap > 0 ? apart / 1000 - overlap : apart;
    if (distance < bestDistance) [best, bestDistance] = [index, distance];
  }
  return best;
}
