import type { Tokenizer } from './tokenizer.ts';

/** Texts are counted in slices of about so many characters, so that a long one is gone through once. */
const sliceCharacters = 2000;

/**
 * The longest beginning (or end) of a text with at most `maximumTokens` tokens, to the token where the tokenizer
 * allows: never within a character. Where the whole fits, the text itself.
 */
export function cutToTokens({
  text,
  tokenizer,
  maximumTokens,
  keep = 'start',
}: {
  text: string;
  tokenizer: Tokenizer;
  maximumTokens: number;
  keep?: 'start' | 'end';
}): string {
  if (maximumTokens <= 0) return '';
  const part = (from: number, to: number): string =>
    keep === 'start' ? text.slice(from, to) : text.slice(text.length - to, text.length - from);
  const isWhole = (length: number): boolean =>
    !isLowSurrogate(text, keep === 'start' ? length : text.length - length);
  const fits = (length: number): boolean => tokenizer.count(part(0, length)) <= maximumTokens;

  let base = 0;
  let tokens = 0;
  while (base < text.length) {
    const end = Math.min(base + sliceCharacters, text.length);
    const added = tokenizer.count(part(base, end));
    if (tokens + added > maximumTokens) break;
    base = end;
    tokens += added;
  }
  if (base === text.length) return text;

  let [length, tooLong] = [base, Math.min(base + sliceCharacters, text.length) + 1];
  while (tooLong - length > 1) {
    const middle = (length + tooLong) >> 1;
    if (tokens + tokenizer.count(part(base, middle)) <= maximumTokens) length = middle;
    else tooLong = middle;
  }
  while (length > 0 && !isWhole(length)) length -= 1;

  // Slices count a few tokens more, seldom fewer, than the text that they make up. How many, one count of the whole
  // tells; from there on the last stretch is counted alone.
  let anchor = Math.max(0, length - sliceCharacters);
  while (anchor > 0 && !isWhole(anchor)) anchor -= 1;
  const whole = tokenizer.count(part(0, length));
  const stretch = tokenizer.count(part(anchor, length));
  const seemsToFit = (to: number): boolean =>
    to >= anchor && whole - stretch + tokenizer.count(part(anchor, to)) <= maximumTokens;
  while (length > anchor && !(isWhole(length) && seemsToFit(length))) length -= 1;
  for (let next = length + 1; next <= text.length; next += 1) {
    if (!isWhole(next)) continue;
    if (!seemsToFit(next)) break;
    length = next;
  }
  while (length > 0 && !(isWhole(length) && fits(length))) length -= 1;
  return part(0, length);
}

function isLowSurrogate(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}
