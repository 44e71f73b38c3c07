/*
 * What Python's string methods take for white space and word characters. The published scorers are Python;
 * JavaScript's `\s` and `\b` differ: U+001C–1F and U+0085 are white space there only, U+FEFF here only, and
 * `\b` is ASCII here.
 */

const whitespace = '(?:(?!\\uFEFF)[\\s\\x1c-\\x1f\\x85])';
const leading = new RegExp(`^${whitespace}+`, 'u');
const separator = new RegExp(`${whitespace}+`, 'u');
const trailing = new RegExp(`^${whitespace}$`, 'u');

/** Characters that Python's `\w` matches, for use in a character class with the flag `u`. */
export const wordCharacters = '\\p{L}\\p{N}_';

/** `text.strip()` */
export function stripWhitespace(text: string): string {
  const start = leading.exec(text)?.[0].length ?? 0;
  let end = text.length;
  // By hand: a pattern for trailing white space takes quadratic time on long runs in the middle of a text.
  while (end > start && trailing.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

/** `text.split()` */
export function splitAtWhitespace(text: string): string[] {
  return text.split(separator).filter((part) => part !== '');
}
