import { cleanInline } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';
import type { Line } from './lines.ts';

const delimiterPattern = /^\|?(?:[ \t]*:?[-=]{1,}:?[ \t]*\|)*[ \t]*:?[-=]{1,}:?[ \t]*\|?$/u;
/** A longer line is prose with a pipe in it, or data that no table of a document holds. */
const longestRow = 200_000;

/** Pipes that part cells: not escaped, and not within a code span. */
function pipePositions(text: string, line: Line): number[] {
  const positions: number[] = [];
  if (line.end - line.start > longestRow) return positions;
  let at = text.indexOf('|', line.contentStart);
  while (at >= 0 && at < line.end) {
    if (text.charCodeAt(at - 1) !== 92) positions.push(at);
    at = text.indexOf('|', at + 1);
  }
  return positions;
}

export function countPipes(text: string, line: Line): number {
  if (line.end - line.start > longestRow) return 0;
  let count = 0;
  for (let at = line.contentStart; at < line.end; at += 1) {
    if (text.charCodeAt(at) === 124 && text.charCodeAt(at - 1) !== 92) count += 1;
  }
  return count;
}

/** The line between header and body: `|---|:--:|`. */
export function isDelimiterRow(text: string, line: Line): boolean {
  const first = text.charCodeAt(line.contentStart);
  if (first !== 124 && first !== 45 && first !== 58 && first !== 61) return false;
  if (line.end - line.contentStart > 2000) return false;
  const content = text.slice(line.contentStart, line.end);
  return content.includes('|') && delimiterPattern.test(content);
}

/** The cells of one row, without the pipes at its ends. */
export function readPipeCells(text: string, line: Line): CleanText[] {
  const pipes = pipePositions(text, line);
  const cells: CleanText[] = [];
  let from = line.contentStart;
  for (const pipe of pipes) {
    if (pipe > line.contentStart) cells.push(cleanInline(text, from, pipe, { keepLines: true }));
    from = pipe + 1;
  }
  if (from < line.end) cells.push(cleanInline(text, from, line.end, { keepLines: true }));
  return cells;
}
