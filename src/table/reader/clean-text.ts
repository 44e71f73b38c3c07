/**
 * Text freed of inline markup (emphasis, links, escapes, entities, tags), with the way back to the stored text.
 * `starts[i]` and `ends[i]` bound the source of character `i`; both are null where nothing was taken away, and
 * then character `i` is at `start + i`.
 */
export interface CleanText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly starts: readonly number[] | null;
  readonly ends: readonly number[] | null;
}

/** The position in the stored text of the character at `index` of the clean text. */
export function sourceStart(clean: CleanText, index: number): number {
  if (clean.starts === null) return clean.start + index;
  return clean.starts[index] ?? clean.end;
}

/** The position in the stored text just after the character before `index` of the clean text. */
export function sourceEnd(clean: CleanText, index: number): number {
  if (clean.ends === null) return clean.start + index;
  if (index <= 0) return clean.starts?.[0] ?? clean.start;
  return clean.ends[index - 1] ?? clean.end;
}

/** A part of a clean text, without white space at its ends. */
export function cleanSlice(clean: CleanText, from: number, to: number): CleanText {
  let start = Math.max(0, from);
  let end = Math.min(clean.text.length, to);
  while (start < end && isSpace(clean.text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(clean.text.charCodeAt(end - 1))) end -= 1;
  const sourceFrom = sourceStart(clean, start);
  return {
    text: clean.text.slice(start, end),
    start: sourceFrom,
    end: Math.max(sourceFrom, sourceEnd(clean, end)),
    starts: clean.starts === null ? null : clean.starts.slice(start, end),
    ends: clean.ends === null ? null : clean.ends.slice(start, end),
  };
}

export const isSpace = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000 || code === 0xfeff;

/** Two texts as one that still knows where each character came from. */
export function joinClean(first: CleanText, second: CleanText): CleanText {
  const positions = (clean: CleanText): readonly number[] =>
    clean.starts ?? Array.from({ length: clean.text.length }, (_, index) => clean.start + index);
  const after = (clean: CleanText): readonly number[] =>
    clean.ends ?? Array.from({ length: clean.text.length }, (_, index) => clean.start + index + 1);
  return {
    text: first.text + second.text,
    start: first.start,
    end: second.end,
    starts: [...positions(first), ...positions(second)],
    ends: [...after(first), ...after(second)],
  };
}

/** The text with runs of white space as one space each. */
export function collapseSpaces(clean: CleanText): CleanText {
  if (!/\s{2}/u.test(clean.text)) return clean;
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (let index = 0; index < clean.text.length; index += 1) {
    const space = isSpace(clean.text.charCodeAt(index));
    if (space && isSpace(clean.text.charCodeAt(index - 1))) continue;
    text += space ? ' ' : clean.text.charAt(index);
    starts.push(sourceStart(clean, index));
    ends.push(sourceEnd(clean, index + 1));
  }
  return { text, start: clean.start, end: clean.end, starts, ends };
}
