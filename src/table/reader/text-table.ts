import { cleanInline, collapseSpaces } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';
import type { Grid } from './grid.ts';
import { isBlank } from './lines.ts';
import type { Line } from './lines.ts';

/** A piece of a line between gaps, with the columns it covers on a screen of fixed width. */
interface Segment {
  readonly start: number;
  readonly end: number;
  readonly left: number;
  readonly right: number;
}

interface SegmentedLine {
  readonly line: Line;
  readonly segments: readonly Segment[];
  readonly isRule: boolean;
}

const rulePattern = /^[\s=_+.·|─━═—–-]{3,}$/u;
const longestLine = 2000;
const longestCell = 60;

const isSpaceCode = (code: number): boolean => code === 32 || code === 0xa0 || code === 0x3000;

/** Full-width characters take two columns. */
const isWide = (code: number): boolean =>
  code >= 0x1100 &&
  (code <= 0x115f ||
    (code >= 0x2e80 && code <= 0xd7ff) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff00 && code <= 0xff60));

/** Cuts a line at tabs and at gaps of two spaces or more. The two spaces after a sentence are no gap. */
function segmentLine(text: string, line: Line): SegmentedLine {
  const segments: Segment[] = [];
  const isRule = rulePattern.test(
    text.slice(line.contentStart, Math.min(line.end, line.contentStart + longestLine)),
  );
  if (line.end - line.start > longestLine || isRule) return { line, segments, isRule };
  let column = line.indent;
  let start = -1;
  let left = 0;
  let at = line.contentStart;
  while (at < line.end) {
    const gap = gapAt(text, at, line.end);
    if (gap === 0) {
      if (start < 0) {
        start = at;
        left = column;
      }
      column += isWide(text.charCodeAt(at)) ? 2 : 1;
      at += 1;
    } else {
      if (start >= 0) segments.push({ start, end: at, left, right: column });
      start = -1;
      for (const end = at + gap; at < end; at += 1)
        column += text.charCodeAt(at) === 9 ? 8 - (column % 8) : 1;
    }
  }
  if (start >= 0) segments.push({ start, end: line.end, left, right: column });
  return { line, segments: joinCurrency(text, segments), isRule };
}

const currencyAlone = /^(?:[A-Z]{0,3}\p{Sc}|[A-Z]{3}|\()\s?\(?$/u;

/** A currency sign set apart from its number belongs to it. */
function joinCurrency(text: string, segments: readonly Segment[]): readonly Segment[] {
  if (!segments.some((each) => currencyAlone.test(text.slice(each.start, each.end)))) return segments;
  const joined: Segment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    const before = last === undefined ? '' : text.slice(last.start, last.end);
    if (
      last !== undefined &&
      joined.length > 1 &&
      currencyAlone.test(before) &&
      /[\d(.,-]/u.test(text.charAt(segment.start))
    ) {
      joined[joined.length - 1] = {
        start: last.start,
        end: segment.end,
        left: last.left,
        right: segment.right,
      };
    } else joined.push(segment);
  }
  return joined;
}

/** The length of the gap at a position; 0 where there is none. */
function gapAt(text: string, position: number, end: number): number {
  let at = position;
  let tabs = 0;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === 9) tabs += 1;
    else if (!isSpaceCode(code)) break;
    at += 1;
  }
  const length = at - position;
  if (tabs > 0) return length;
  if (length < 2) return 0;
  const afterSentence = length === 2 && '.!?:;,'.includes(text.charAt(position - 1)) && position > 0;
  return afterSentence ? 0 : length;
}

const mostCells = 60;

/** Finds the stretch of lines, blank ones possibly between them, that is a table; null where none begins. */
export function findTextTable(text: string, lines: readonly Line[], from: number): number | null {
  const first = lines[from];
  if (first === undefined || isBlank(first) || !hasGap(text, first)) return null;
  const rows: SegmentedLine[] = [];
  let end = from;
  let blanks = 0;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    if (isBlank(line)) {
      blanks += 1;
      if (blanks > 1) break;
      continue;
    }
    const row = segmentLine(text, line);
    const isCell = row.segments.length > 1;
    // After a blank line only another row of cells, or a rule, goes on with the table.
    if (!isCell && !row.isRule && (blanks > 0 || !isGroupLine(row))) break;
    rows.push(row);
    blanks = 0;
    if (isCell) end = at + 1;
  }
  return isTable(text, rows) ? end : null;
}

function hasGap(text: string, line: Line): boolean {
  for (let at = line.contentStart; at < line.end && at < line.contentStart + longestLine; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 9) return true;
    if (isSpaceCode(code) && isSpaceCode(text.charCodeAt(at + 1)))
      return gapAt(text, at, line.end) > 0 || hasLaterGap(text, at + 2, line);
  }
  return false;
}

function hasLaterGap(text: string, from: number, line: Line): boolean {
  for (let at = from; at < line.end && at < line.contentStart + longestLine; at += 1) {
    if (gapAt(text, at, line.end) > 0) return true;
  }
  return false;
}

const isGroupLine = (row: SegmentedLine): boolean =>
  row.segments.length === 1 && (row.segments[0]?.right ?? 0) - (row.segments[0]?.left ?? 0) <= longestCell;

function isTable(text: string, rows: readonly SegmentedLine[]): boolean {
  const cells = rows.filter((row) => row.segments.length > 1);
  if (cells.length < 2 || cells.some((row) => row.segments.length > mostCells)) return false;
  const singles = rows.filter((row) => row.segments.length === 1).length;
  if (singles > cells.length) return false;
  // "Name:   value" lines are labels, not a table, unless several values follow.
  const labelled = cells.filter((row) => row.segments.length === 2 && isColon(text, row.segments[0]));
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

const isColon = (text: string, segment: Segment | undefined): boolean =>
  segment !== undefined && /[:：]$/u.test(text.slice(segment.end - 1, segment.end));

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

/** The cells of a table whose columns are set apart by gaps. */
export function readTextTable(text: string, lines: readonly Line[]): Grid {
  const rows = lines.filter((line) => !isBlank(line)).map((line) => segmentLine(text, line));
  const columns = findColumns(text, rows);
  const cells: CleanText[][] = [];
  let headerRows = 0;
  let pending: CleanText | null = null;
  for (const row of rows) {
    if (row.isRule) {
      if (headerRows === 0 && cells.length > 0 && cells.length <= 4) headerRows = cells.length;
      continue;
    }
    const placed = placeCells(text, row, columns);
    const own = placed[0];
    const alone = row.segments.length === 1;
    if (pending !== null && own !== undefined && isWrapped(pending.text, own.text)) {
      cells.pop();
      placed[0] = cleanInline(text, pending.start, own.end);
    }
    cells.push(placed);
    pending = alone && placed[0] !== undefined && placed[0].text !== '' ? placed[0] : null;
  }
  const header = cells.slice(0, headerRows);
  const marked = header.every((row) => row.slice(1).every((cell) => !/^[\d(,.]*\d{5,}/u.test(cell.text)))
    ? headerRows
    : 0;
  return { rows: cells, markedHeaderRows: marked < cells.length ? marked : 0 };
}

/** "Cash at the\n  end of the year   5": a label that was wrapped before its values. */
const isWrapped = (above: string, below: string): boolean => /^\p{Ll}/u.test(below) && !/[:：]$/u.test(above);

interface TextColumn {
  left: number;
  right: number;
}

/** Columns as the rows with the usual number of cells have them. */
function findColumns(text: string, rows: readonly SegmentedLine[]): readonly TextColumn[] | null {
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

function placeCells(text: string, row: SegmentedLine, columns: readonly TextColumn[] | null): CleanText[] {
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
