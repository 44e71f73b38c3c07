import { findNumbers } from '../../values/index.ts';
import type { FoundNumber } from '../../values/index.ts';

/** A word, a number or a punctuation mark of a sentence; offsets are within the document's text. */
export interface Token {
  readonly kind: 'word' | 'number' | 'mark';
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
  readonly number: FoundNumber | null;
}

/** A sentence of running prose, cut into tokens. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
  /** Written in capitals throughout, so that capitals tell nothing about names. */
  readonly capitals: boolean;
  /** Its pronouns stand for somebody else than the document's subject. */
  readonly foreign: boolean;
}

const abbreviation =
  /(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Jr|Sr|Inc|Corp|Ltd|Co|Bros|No|Nos|vs|approx|ca|etc|e\.g|i\.e|U\.S|U\.K|U\.N|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Fig|Figs|Vol|al|a\.m|p\.m|est|dept|MSGR|GEN|COL|DR|MR|MRS|LT|CAPT|SGT|FR|Fr|Rev|REV|SEN|ST|NO)\.$/;
/** "45.2° W." ends a sentence as any other word does. */
const cardinalPoint = /°\s?[NSEW]\.$/;
const boundary = /[.!?。！？]["'”’)\]]*(?:\s+|(?<=[。！？]["'”’)\]]*)|$)|\n[ \t]*\n/g;
const opening = /^["'“‘([]*[\p{Lu}\p{N}\p{Script=Han}$€£¥]/u;

/** The sentences between `start` and `end`, as offsets. */
export function splitSentences(
  text: string,
  start: number,
  end: number,
): { readonly start: number; readonly end: number }[] {
  const sentences: { start: number; end: number }[] = [];
  const slice = text.slice(start, end);
  let from = 0;
  boundary.lastIndex = 0;
  for (let match = boundary.exec(slice); match !== null; match = boundary.exec(slice)) {
    const close = match.index + match[0].length;
    if (match[0].startsWith('.')) {
      const before = slice.slice(Math.max(0, match.index - 8), match.index + 1);
      if (abbreviation.test(before) && !cardinalPoint.test(before)) continue;
      if (close < slice.length && !opening.test(slice.slice(close, close + 4))) continue;
    }
    if (match[0] === '') boundary.lastIndex += 1;
    push(sentences, slice, { from, to: close, start });
    from = close;
  }
  push(sentences, slice, { from, to: slice.length, start });
  return sentences;
}

function push(
  sentences: { start: number; end: number }[],
  slice: string,
  piece: { readonly from: number; readonly to: number; readonly start: number },
): void {
  let { from, to } = piece;
  while (from < to && /\s/.test(slice.charAt(from))) from += 1;
  while (to > from && /\s/.test(slice.charAt(to - 1))) to -= 1;
  if (to > from) sentences.push({ start: piece.start + from, end: piece.start + to });
}

const tokenPattern =
  /[\p{L}][\p{L}\p{M}\d]*(?:[-'’&.](?=[\p{L}\d])[\p{L}\p{M}\d]+)*(?:\.(?=[\s,][\p{Ll}]))?|\d(?:[\w.,:/-]*\w)?|[^\s\p{L}\d]/gu;

const wordStart = /^[\p{L}\d]/u;

/** Whether a token is a word; nearly all of them show it in their first character. */
function isWord(token: string): boolean {
  const code = token.charCodeAt(0);
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || wordStart.test(token);
}

/** Cuts a sentence into tokens, with its numbers (in digits and in words) found. */
export function readSentence(text: string, start: number, end: number): Sentence {
  const slice = text.slice(start, end);
  const numbers = findNumbers(slice, { words: true });
  const tokens: Token[] = [];
  let next = 0;
  let at = 0;
  tokenPattern.lastIndex = 0;
  while (at < slice.length) {
    const number = numbers[next];
    tokenPattern.lastIndex = at;
    const match = tokenPattern.exec(slice);
    if (number !== undefined && (match === null || match.index + match[0].length > number.start)) {
      tokens.push(numberToken(slice, number, start));
      at = number.end;
      next += 1;
      continue;
    }
    if (match === null) break;
    at = match.index + match[0].length;
    const lower = match[0].toLowerCase();
    tokens.push({
      kind: isWord(match[0]) ? 'word' : 'mark',
      text: match[0],
      lower: lower.includes('’') ? lower.replaceAll('’', "'") : lower,
      start: start + match.index,
      end: start + at,
      number: null,
    });
  }
  return { start, end, tokens, capitals: isCapitals(slice), foreign: false };
}

function numberToken(slice: string, number: FoundNumber, offset: number): Token {
  const text = slice.slice(number.start, number.end);
  return {
    kind: 'number',
    text,
    lower: text.toLowerCase(),
    start: offset + number.start,
    end: offset + number.end,
    number,
  };
}

/** Whether a text has hardly any lower-case letters. */
export function isCapitals(text: string): boolean {
  let upper = 0;
  let lower = 0;
  for (let at = 0; at < text.length && at < 400; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) lower += 1;
    else if (code >= 65 && code <= 90) upper += 1;
  }
  return upper > 12 && lower * 8 < upper;
}
