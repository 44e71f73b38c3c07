import { InlineText } from './inline-text.ts';
import type { TextLine } from './inline-text.ts';
import type { Chunk } from './pdf-geometry.ts';

/** Chunks on one base line, from left to right. */
export interface Line {
  readonly chunks: readonly Chunk[];
  readonly left: number;
  readonly right: number;
  readonly y: number;
  /** The size of most of its text. */
  readonly size: number;
  /** Whether all of its text is bold. */
  readonly bold: boolean;
  readonly page: number;
}

/** A part of a line between wide gaps. */
export interface Segment {
  readonly chunks: readonly Chunk[];
  readonly left: number;
  readonly right: number;
}

/** Distances in parts of the type size. */
const wordGap = 0.15;
const segmentGap = 0.9;
const wide = { any: segmentGap };
const smallType = 0.82;
/** In characters. */
const longLine = 50;
const fewestLongLines = 3;

/** Groups chunks by base line, top to bottom; small raised or lowered type joins the line that it stands at. */
export function groupLines(chunks: readonly Chunk[], page: number): Line[] {
  const sorted = chunks.toSorted((first, second) => first.y - second.y || first.left - second.left);
  const groups: { y: number; size: number; chunks: Chunk[] }[] = [];
  for (const chunk of sorted) {
    const group = findGroup(groups, chunk);
    if (group === null) {
      groups.push({ y: chunk.y, size: chunk.size, chunks: [chunk] });
    } else {
      group.chunks.push(chunk);
      if (chunk.size > group.size) {
        group.size = chunk.size;
        group.y = chunk.y;
      }
    }
  }
  return groups
    .map((group) => makeLine(group.chunks, page))
    .sort((first, second) => first.y - second.y || first.left - second.left);
}

function findGroup(
  groups: readonly { y: number; size: number; chunks: Chunk[] }[],
  chunk: Chunk,
): { y: number; size: number; chunks: Chunk[] } | null {
  for (let index = groups.length - 1; index >= 0 && index >= groups.length - 6; index -= 1) {
    const group = groups[index];
    if (group === undefined) continue;
    const distance = Math.abs(chunk.y - group.y);
    if (distance <= Math.min(chunk.size, group.size) * 0.25) return group;
    const [smaller, larger] = chunk.size < group.size ? [chunk.size, group.size] : [group.size, chunk.size];
    const isScript = smaller <= larger * smallType && distance <= larger * 0.55 && smaller >= larger * 0.4;
    if (isScript && touches(group.chunks, chunk, larger)) return group;
  }
  return null;
}

/** Whether a chunk stands right beside one of the others. */
function touches(chunks: readonly Chunk[], chunk: Chunk, size: number): boolean {
  return chunks.some(
    (other) =>
      Math.abs(chunk.left - other.right) < size * 0.3 || Math.abs(other.left - chunk.right) < size * 0.3,
  );
}

/** A line of these chunks, which share a base line. */
export function makeLine(chunks: readonly Chunk[], page: number): Line {
  const sorted = chunks.toSorted((first, second) => first.left - second.left);
  const characters = new Map<number, number>();
  for (const chunk of sorted)
    characters.set(chunk.size, (characters.get(chunk.size) ?? 0) + chunk.text.length);
  let size = 0;
  let most = 0;
  for (const [each, count] of characters) {
    if (count > most) [size, most] = [each, count];
  }
  const main = sorted.find((chunk) => chunk.size === size);
  return {
    chunks: sorted,
    left: sorted[0]?.left ?? 0,
    right: sorted.reduce((right, chunk) => Math.max(right, chunk.right), 0),
    y: main?.y ?? 0,
    size,
    bold: sorted.every((chunk) => chunk.bold),
    page,
  };
}

/** The parts of a line that gaps set apart, in type sizes; `sameType` holds between chunks of the same weight. */
export function segments(
  line: Line,
  gap: { readonly any: number; readonly sameType?: number } = wide,
): Segment[] {
  const parts: { chunks: Chunk[]; left: number; right: number }[] = [];
  for (const chunk of line.chunks) {
    const part = parts.at(-1);
    const before = part?.chunks.at(-1);
    const isSameType = before?.bold === chunk.bold && Math.abs(before.size - chunk.size) < 0.5;
    const limit = isSameType ? (gap.sameType ?? gap.any) : gap.any;
    if (part !== undefined && chunk.left - part.right <= line.size * limit) {
      part.chunks.push(chunk);
      part.right = Math.max(part.right, chunk.right);
    } else {
      parts.push({ chunks: [chunk], left: chunk.left, right: chunk.right });
    }
  }
  return parts;
}

/**
 * Whether a document sets its lines in one go, so that a jump within a line tells a cell of a table, however
 * narrow the gap; other programs place every word by itself.
 */
export function setsWholeLines(lines: readonly Line[]): boolean {
  let long = 0;
  let whole = 0;
  for (const line of lines) {
    const length = line.chunks.reduce((sum, chunk) => sum + chunk.text.length, 0);
    if (length < longLine) continue;
    long += 1;
    if (segments(line, { any: segmentGap, sameType: wordGap }).length === 1) whole += 1;
  }
  return long >= fewestLongLines && whole >= long * 0.7;
}

/** The text of chunks on one line, with spaces where they stand apart. */
export function chunksText(chunks: readonly Chunk[], size: number): string {
  const { lines } = inlineText(chunks, { size, page: 0 }).take({ plain: true });
  return logicalOrder(lines.map((line) => line.text).join(' '));
}

/** A line's text as Markdown: a label in bold at its start keeps its marks. */
export function lineMarkdown(line: Line): TextLine {
  const { lines } = inlineText(line.chunks, line).take({ plain: line.bold });
  return { text: logicalOrder(lines.map((each) => each.text).join(' ')), location: { page: line.page } };
}

function inlineText(
  chunks: readonly Chunk[],
  line: { readonly size: number; readonly page: number },
): InlineText {
  const inline = new InlineText();
  const location = { page: line.page };
  const baseline = chunks.find((chunk) => chunk.size >= line.size * smallType)?.y ?? 0;
  let right: number | null = null;
  for (const chunk of chunks) {
    if (right !== null && chunk.left - right > line.size * wordGap) inline.addSpace();
    const superscript = chunk.size <= line.size * smallType && chunk.y < baseline - line.size * 0.15;
    inline.add(chunk.text, { bold: chunk.bold, superscript }, location);
    right = Math.max(right ?? chunk.right, chunk.right);
  }
  return inline;
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const rightToLeftRun =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc](?:[^\p{L}\p{N}\n]{0,3}[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc])*/gu;

/** Pages set Arabic and Hebrew from left to right as they look; reading order is the other way round. */
function logicalOrder(text: string): string {
  if (!rightToLeft.test(text)) return text;
  return text.replaceAll(rightToLeftRun, (run) => (run.match(/\P{M}\p{M}*/gu) ?? [run]).reverse().join(''));
}
