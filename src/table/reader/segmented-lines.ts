import { isCurrencyCode } from '../values/currencies.ts';
import type { Line } from './lines.ts';

/** A piece of a line between gaps, with the columns it covers on a screen of fixed width. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  readonly left: number;
  readonly right: number;
}

export interface SegmentedLine {
  readonly line: Line;
  readonly segments: readonly Segment[];
  readonly isRule: boolean;
}

const rulePattern = /^[\s=_+.·|─━═—–-]{3,}$/u;
const longestLine = 2000;

const isSpaceCode = (code: number): boolean => code === 32 || code === 0xa0 || code === 0x3000;

/** Full-width characters take two columns. */
const isWide = (code: number): boolean =>
  code >= 0x1100 &&
  (code <= 0x115f ||
    (code >= 0x2e80 && code <= 0xd7ff) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff00 && code <= 0xff60));

/** Whether a line is drawn rather than written. */
export const isRule = (text: string, line: Line): boolean =>
  rulePattern.test(text.slice(line.contentStart, Math.min(line.end, line.contentStart + longestLine)));

/** Cuts a line at tabs and at gaps of two spaces or more. The two spaces after a sentence are no gap. */
export function segmentLine(text: string, line: Line): SegmentedLine {
  const segments: Segment[] = [];
  const isDrawn = isRule(text, line);
  if (line.end - line.start > longestLine || isDrawn) return { line, segments, isRule: isDrawn };
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
  return { line, segments: joinCurrency(text, segments), isRule: isDrawn };
}

const currencySign = /^(?:[A-Z]{0,3}\p{Sc}|\()\s?\(?$/u;

const isCurrencyAlone = (text: string): boolean => currencySign.test(text) || isCurrencyCode(text);

/** A currency sign set apart from its number belongs to it. */
function joinCurrency(text: string, segments: readonly Segment[]): readonly Segment[] {
  if (!segments.some((each) => isCurrencyAlone(text.slice(each.start, each.end)))) return segments;
  const joined: Segment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    const before = last === undefined ? '' : text.slice(last.start, last.end);
    if (
      last !== undefined &&
      joined.length > 1 &&
      isCurrencyAlone(before) &&
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

/** Whether a line has a gap that may part cells. */
export function hasGap(text: string, line: Line): boolean {
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
