import type { Chunk } from './pdf-geometry.ts';
import { makeLine, segments } from './pdf-lines.ts';
import type { Line, Segment } from './pdf-lines.ts';
import { quantity } from './pdf-table.ts';

/** Lines that are read one after another, within the left and right edge of a column of the page. */
export interface Region {
  readonly lines: readonly Line[];
  readonly left: number;
  readonly right: number;
}

/** In points. */
const narrowestGutter = 8;
const fewestLines = 5;
/** Columns of text have lines of words; shorter or numeric ones are a table's. */
const shortestLine = 16;
const mostColumns = 4;

/** Brings lines into reading order: where a page is set in columns, one column after the other. */
export function readingOrder(lines: readonly Line[]): Region[] {
  return splitRegion(lines, mostColumns);
}

function splitRegion(lines: readonly Line[], columnsLeft: number): Region[] {
  if (lines.length === 0) return [];
  const gutter = columnsLeft > 1 ? findGutter(lines) : null;
  if (gutter === null) {
    const left = Math.min(...lines.map((line) => line.left));
    return [{ lines, left, right: Math.max(...lines.map((line) => line.right)) }];
  }
  const band = lines.slice(gutter.first, gutter.last + 1);
  const sides = [splitAt(band, gutter.x, 'left'), splitAt(band, gutter.x, 'right')];
  return [
    ...splitRegion(lines.slice(0, gutter.first), columnsLeft),
    ...sides.flatMap((side) => splitRegion(side, columnsLeft - 1)),
    ...splitRegion(lines.slice(gutter.last + 1), columnsLeft),
  ];
}

interface Gutter {
  /** Where the right column begins. */
  readonly x: number;
  readonly first: number;
  readonly last: number;
}

/** The longest run of lines that leave an empty stripe, with columns of prose on both sides. */
function findGutter(lines: readonly Line[]): Gutter | null {
  const parts = lines.map((line) => segments(line));
  let best: Gutter | null = null;
  for (const x of gutterCandidates(lines, parts)) {
    for (const run of freeRuns(parts, x)) {
      const length = run.last - run.first;
      if (best !== null && length <= best.last - best.first) continue;
      if (isProseOnBothSides(parts.slice(run.first, run.last + 1), x)) best = run;
    }
  }
  return best;
}

/** Where segments begin again and again, away from the left edge. */
function gutterCandidates(lines: readonly Line[], parts: readonly (readonly Segment[])[]): number[] {
  const left = Math.min(...lines.map((line) => line.left));
  const right = Math.max(...lines.map((line) => line.right));
  const counts = new Map<number, number>();
  for (const segment of parts.flat()) {
    if (segment.left < left + (right - left) * 0.2) continue;
    const place = Math.round(segment.left / 2) * 2;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count >= fewestLines)
    .sort((first, second) => second[1] - first[1])
    .slice(0, 6)
    .map(([place]) => place - 1.5);
}

function freeRuns(parts: readonly (readonly Segment[])[], x: number): Gutter[] {
  const runs: Gutter[] = [];
  let first: number | null = null;
  for (let index = 0; index <= parts.length; index += 1) {
    const line = parts[index];
    const isFree =
      line !== undefined &&
      line.every((segment) => segment.right <= x - narrowestGutter + 1.5 || segment.left >= x - 1.5);
    if (isFree) first ??= index;
    else if (first !== null) {
      runs.push({ x, first, last: index - 1 });
      first = null;
    }
  }
  return runs;
}

function isProseOnBothSides(parts: readonly (readonly Segment[])[], x: number): boolean {
  const all = parts.flat();
  const sides = [
    all.filter((segment) => segment.left < x - 1.5),
    all.filter((segment) => segment.left >= x - 1.5),
  ];
  return sides.every((side) => {
    if (side.length < fewestLines) return false;
    const lengths = side.map((segment) => textLength(segment));
    const average = lengths.reduce((sum, length) => sum + length, 0) / side.length;
    const width =
      Math.max(...side.map((segment) => segment.right)) - Math.min(...side.map((segment) => segment.left));
    const full = side.filter((segment) => segment.right - segment.left > width * 0.6).length;
    const numeric = side.filter((segment) =>
      segment.chunks.every((chunk) => quantity.test(chunk.text)),
    ).length;
    return average >= shortestLine && full >= side.length * 0.5 && numeric <= side.length * 0.2;
  });
}

const textLength = (segment: Segment): number =>
  segment.chunks.reduce((sum, chunk) => sum + chunk.text.length + 1, -1);

function splitAt(lines: readonly Line[], x: number, side: 'left' | 'right'): Line[] {
  const isOnSide = (chunk: Chunk): boolean =>
    side === 'left' ? chunk.left < x - 1.5 : chunk.left >= x - 1.5;
  return lines.flatMap((line) => {
    const chunks = line.chunks.filter(isOnSide);
    return chunks.length === 0 ? [] : [makeLine(chunks, line.page)];
  });
}
