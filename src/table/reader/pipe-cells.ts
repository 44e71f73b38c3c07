import { cleanInline } from './inline-markup.ts';
import type { CleanText } from './clean-text.ts';
import type { Line } from './lines.ts';

const delimiterPattern = /^\|?(?:[ \t]*:?[-=]+:?[ \t]*\|)*[ \t]*:?[-=]+:?[ \t]*\|?$/u;
/** The rules of tables drawn with characters: `+---+---+`, `├───┼───┤`. */
const drawnRule = /^[|+├┼┤┌┬┐└┴┘╞╪╡╔╦╗╚╩╝╠╬╣│║][-=+|─━═├┼┤┬┐┴┘╪╡╦╗╩╝╬╣│║ ]+$/u;
/** A longer line is prose with a pipe in it, or data that no table of a document holds. */
const longestRow = 200_000;
const longestRule = 4000;

/** Pipes that part cells, not escaped; box-drawing lines count as pipes. */
const isPipe = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return (
    (code === 124 && text.charCodeAt(at - 1) !== 92) || code === 0x2502 || code === 0x2551 || code === 0x2503
  );
};

export function countPipes(text: string, line: Line): number {
  if (line.end - line.contentStart > longestRow) return 0;
  let count = 0;
  for (let at = line.contentStart; at < line.end; at += 1) if (isPipe(text, at)) count += 1;
  return count;
}

/** Whether a line is part of a table with pipes. */
export function isPipeLine(text: string, line: Line): boolean {
  return countPipes(text, line) > 0 || isDelimiterRow(text, line);
}

/** A line between rows: `|---|:--:|`, `+---+---+`. */
export function isDelimiterRow(text: string, line: Line): boolean {
  if (line.end - line.contentStart > longestRule || line.end - line.contentStart < 3) return false;
  const first = text.charCodeAt(line.contentStart);
  const marked = first === 124 || first === 45 || first === 58 || first === 61;
  if (!marked && first !== 43 && first < 0x2500) return false;
  const content = text.slice(line.contentStart, line.end);
  if (marked) return content.includes('|') && content.includes('-') && delimiterPattern.test(content);
  return drawnRule.test(content);
}

/** The cells of one row, without the pipes at its ends. */
export function readPipeCells(text: string, line: Line): CleanText[] {
  const cells: CleanText[] = [];
  let from = line.contentStart;
  for (let at = line.contentStart; at < line.end; at += 1) {
    if (!isPipe(text, at)) continue;
    if (at > line.contentStart) cells.push(cleanInline(text, from, at, { keepLines: true }));
    from = at + 1;
  }
  if (from < line.end) cells.push(cleanInline(text, from, line.end, { keepLines: true }));
  return cells;
}
