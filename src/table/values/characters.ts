/** Character classes by UTF-16 code unit; the readers below run over millions of characters with these. */

export const isDigitCode = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 0xff10 && code <= 0xff19);

export const isLatinLetterCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code <= 0x24f);

/** Letters that spell words: Latin, Greek, Cyrillic, Arabic and so on, but not Han, kana or Hangul. */
export const isWordLetterCode = (code: number): boolean =>
  isLatinLetterCode(code) || (code >= 0x370 && code <= 0x1fff);

export const isHanCode = (code: number): boolean => code >= 0x3400 && code <= 0x9fff;

export const isSpaceCode = (code: number): boolean =>
  code === 32 ||
  code === 9 ||
  code === 10 ||
  code === 13 ||
  code === 0xa0 ||
  code === 0x2007 ||
  code === 0x2009 ||
  code === 0x202f ||
  code === 0x3000;

/** The first position at or after `position` that is not white space. */
export function skipSpaces(text: string, position: number): number {
  let at = position;
  while (at < text.length && isSpaceCode(text.charCodeAt(at))) at += 1;
  return at;
}

/** The position just after the last character before `position` that is not white space. */
export function skipSpacesBack(text: string, position: number, from: number): number {
  let at = position;
  while (at > from && isSpaceCode(text.charCodeAt(at - 1))) at -= 1;
  return at;
}
