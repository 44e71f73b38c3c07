import { isBlank } from './lines.ts';
import type { Line } from './lines.ts';
import { hasGap, segmentLine } from './segmented-lines.ts';
import type { Segment, SegmentedLine } from './segmented-lines.ts';

const longestCell = 60;
const mostCells = 60;

/** Where a table ends, or null for none; and the last line that was looked at. */
export interface FoundTable {
  readonly end: number | null;
  readonly seen: number;
}

/** Finds the stretch of lines, blank ones possibly between them, that is a table. */
export function findTextTable(text: string, lines: readonly Line[], from: number): FoundTable {
  const first = lines[from];
  if (
    first === undefined ||
    isBlank(first) ||
    !(hasGap(text, first) || isOverColumns(text, first, lines[from + 1]))
  )
    return { end: null, seen: from };
  const rows: SegmentedLine[] = [];
  let end = from;
  let blanks = 0;
  let seen = from;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    if (isBlank(line)) {
      blanks += 1;
      if (blanks > 1) break;
      continue;
    }
    seen = at;
    const row = segmentLine(text, line);
    const isCell = row.segments.length > 1;
    // After a blank line only another row of cells, or a rule, goes on with the table.
    if (!isCell && !row.isRule && (blanks > 0 || !isGroupLine(row))) break;
    if (blanks > 0 && isCell && !isUnderColumns(text, row, rows)) break;
    rows.push(row);
    blanks = 0;
    if (isCell) end = at + 1;
  }
  return { end: isTable(text, rows) ? end : null, seen };
}

/** A label and a value below a table of three columns or more are no row of it unless they stand in its columns. */
function isUnderColumns(text: string, row: SegmentedLine, rows: readonly SegmentedLine[]): boolean {
  const [, value, more] = row.segments;
  const wider = rows.filter(({ segments }) => segments.length > 2);
  if (value === undefined || more !== undefined || wider.length < 2) return true;
  // Words that end where others do are no column; figures are.
  const isFigure = /^[\d(−-]/u.test(text.slice(value.start, value.end));
  return wider.some(({ segments }) =>
    segments
      .slice(1)
      .some(
        (each) =>
          Math.abs(each.left - value.left) <= 1 || (isFigure && Math.abs(each.right - value.right) <= 1),
      ),
  );
}

const farIn = 16;

/** A line far in that stands over the columns of the next: "      Year ended December 31,". */
const isOverColumns = (text: string, line: Line, next: Line | undefined): boolean =>
  line.indent >= farIn && next !== undefined && !isBlank(next) && next.indent >= farIn && hasGap(text, next);

const isGroupLine = (row: SegmentedLine): boolean =>
  row.segments.length === 1 && (row.segments[0]?.right ?? 0) - (row.segments[0]?.left ?? 0) <= longestCell;

function isTable(text: string, rows: readonly SegmentedLine[]): boolean {
  const cells = rows.filter((row) => row.segments.length > 1);
  if (cells.length < 2 || cells.some((row) => row.segments.length > mostCells)) return false;
  const singles = rows.filter((row) => row.segments.length === 1).length;
  if (singles > cells.length) return false;
  // "Name:   value" lines are labels, not a table, unless several values follow.
  const labelled = cells.filter((row) => row.segments.length === 2 && isColonBetween(text, row.segments));
  if (labelled.length * 2 > cells.length) return false;
  let length = 0;
  let count = 0;
  let digits = 0;
  for (const row of cells) {
    for (const segment of row.segments.slice(1)) {
      length += segment.end - segment.start;
      count += 1;
      if (/\d/u.test(text.slice(segment.start, segment.end))) digits += 1;
    }
  }
  if (length / count > 30 || cells.some((row) => row.segments.some((each) => each.end - each.start > 120)))
    return false;
  if (cells.length === 2 && digits === 0) return false;
  return (
    cells.some((row) => text.slice(row.line.contentStart, row.line.end).includes('\t')) || isAligned(cells)
  );
}

/** `Label:   value`, and `Label   : value` where the colons stand below one another. */
function isColonBetween(text: string, [label, value]: readonly Segment[]): boolean {
  if (label === undefined || value === undefined) return false;
  return (
    /[:：]/u.test(text.charAt(label.end - 1)) || /^[:：]\s/u.test(text.slice(value.start, value.start + 2))
  );
}

/** Whether most cells begin or end where cells of other lines do. */
function isAligned(rows: readonly SegmentedLine[]): boolean {
  const lefts = new Map<number, number>();
  const rights = new Map<number, number>();
  let count = 0;
  for (const row of rows) {
    for (const segment of row.segments.slice(1)) {
      lefts.set(segment.left, (lefts.get(segment.left) ?? 0) + 1);
      rights.set(segment.right, (rights.get(segment.right) ?? 0) + 1);
      count += 1;
    }
  }
  const near = (edges: ReadonlyMap<number, number>, at: number): number =>
    (edges.get(at - 1) ?? 0) + (edges.get(at) ?? 0) + (edges.get(at + 1) ?? 0);
  let aligned = 0;
  for (const row of rows) {
    for (const segment of row.segments.slice(1)) {
      if (near(lefts, segment.left) > 1 || near(rights, segment.right) > 1) aligned += 1;
    }
  }
  return aligned >= count * 0.7;
}
