import type { Tokenizer } from './tokenizer.ts';

/** A run of a text, `[start, end)` in UTF-16 code units, with its length in tokens. */
export interface TextWindow {
  readonly start: number;
  readonly end: number;
  readonly tokens: number;
}

/** Where a text may be cut, from the best place to the last but one; the last resort is between characters. */
const boundaries = [
  /(?<=\n[ \t]{0,200}\n)(?!\n)/g,
  /(?<=\n)/g,
  /(?<=[.!?;])(?=\s)|(?<=[\u3002\uFF01\uFF1F\uFF1B])/g,
  /(?<=\S)(?=\s)/g,
];

/**
 * Splits a text into windows of at most `maximumTokens` tokens each. Cuts fall between paragraphs, else between
 * lines, sentences, words or, as a last resort, characters. The windows follow each other without gaps and join
 * up to the whole text. (A single character of more tokens than `maximumTokens` is a window of its own.)
 */
export function splitIntoWindows(input: {
  readonly text: string;
  readonly tokenizer: Tokenizer;
  readonly maximumTokens: number;
}): TextWindow[] {
  const { text, tokenizer, maximumTokens } = input;
  if (!(maximumTokens >= 1)) throw new RangeError(`maximumTokens must be at least 1, not ${maximumTokens}.`);
  const windows: TextWindow[] = [];
  let open: TextWindow[] = [];
  let openTokens = 0;
  for (const piece of pieces({ ...input, start: 0, end: text.length, level: 0 })) {
    while (open.length > 0 && openTokens + piece.tokens > maximumTokens) {
      const { window, length } = longestFitting(open);
      windows.push(window);
      open = open.slice(length);
      openTokens = open.reduce((sum, { tokens }) => sum + tokens, 0);
    }
    open.push(piece);
    openTokens += piece.tokens;
  }
  while (open.length > 0) {
    const { window, length } = longestFitting(open);
    windows.push(window);
    open = open.slice(length);
  }
  return windows;

  /** Pieces joined have hardly ever more tokens than apart; where they do, the last ones are left over. */
  function longestFitting(parts: readonly TextWindow[]): { window: TextWindow; length: number } {
    const start = parts[0]?.start ?? 0;
    for (let length = parts.length; ; length -= 1) {
      const end = parts[length - 1]?.end ?? start;
      const tokens = tokenizer.count(text.slice(start, end));
      if (tokens <= maximumTokens || length <= 1) return { window: { start, end, tokens }, length };
    }
  }
}

interface Part {
  readonly text: string;
  readonly tokenizer: Tokenizer;
  readonly maximumTokens: number;
  readonly start: number;
  readonly end: number;
  /** The kind of boundary to cut at next. */
  readonly level: number;
}

/** Cuts a part at the given and, where that is not enough, at ever finer boundaries. */
function* pieces(part: Part): Generator<TextWindow> {
  const { text, start, end, level } = part;
  for (const cut of cuts(text.slice(start, end), boundaries[level])) {
    const piece = { start: start + cut.start, end: start + cut.end };
    const tokens = part.tokenizer.count(text.slice(piece.start, piece.end));
    if (tokens <= part.maximumTokens || isOneCharacter(text, piece)) yield { ...piece, tokens };
    else yield* pieces({ ...part, ...piece, level: level + 1 });
  }
}

/** Without a boundary, the content is cut in half. */
function* cuts(content: string, boundary: RegExp | undefined): Generator<{ start: number; end: number }> {
  if (boundary === undefined) {
    const half = Math.ceil(content.length / 2);
    const middle = isLowSurrogate(content, half) ? half - 1 : half;
    if (middle > 0) yield { start: 0, end: middle };
    yield { start: middle, end: content.length };
    return;
  }
  let start = 0;
  for (const { index } of content.matchAll(boundary)) {
    if (index === start) continue;
    yield { start, end: index };
    start = index;
  }
  if (start < content.length) yield { start, end: content.length };
}

function isOneCharacter(text: string, piece: { start: number; end: number }): boolean {
  const length = piece.end - piece.start;
  return length <= 1 || (length === 2 && isLowSurrogate(text, piece.start + 1));
}

function isLowSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}
