import type { Bound } from '../reading.ts';
import { isHanCode, isSpaceCode, skipSpaces, skipSpacesBack } from './characters.ts';

const phrases: readonly (readonly [Bound, readonly string[]])[] = [
  [
    'approximate',
    [
      'about',
      'approx',
      'approx.',
      'approximately',
      'around',
      'roughly',
      'circa',
      'ca',
      'ca.',
      'c.',
      'some',
      'nearly',
      'almost',
      'close to',
      'an estimated',
      'estimated',
      'est.',
      'in the region of',
      'in the order of',
      'in the range of',
      'just about',
      'on average',
      '约',
      '大约',
      '近',
      '约为',
      '大概',
      '将近',
      '接近',
    ],
  ],
  [
    'below',
    [
      'less than',
      'fewer than',
      'lower than',
      'smaller than',
      'below',
      'under',
      'up to',
      'at most',
      'no more than',
      'not more than',
      'a maximum of',
      'maximum of',
      'just under',
      'just below',
      'at maximum',
      'max.',
      'max',
      '不到',
      '不足',
      '少于',
      '低于',
      '不超过',
      '最多',
      '小于',
    ],
  ],
  [
    'above',
    [
      'more than',
      'over',
      'above',
      'greater than',
      'higher than',
      'larger than',
      'at least',
      'no less than',
      'not less than',
      'no fewer than',
      'exceeding',
      'in excess of',
      'upwards of',
      'a minimum of',
      'minimum of',
      'just over',
      'just above',
      'well over',
      'min.',
      '超过',
      '超',
      '逾',
      '多于',
      '高于',
      '至少',
      '不少于',
      '大于',
      '最少',
    ],
  ],
];

const byPhrase = new Map<string, Bound>();
for (const [bound, list] of phrases) for (const phrase of list) byPhrase.set(phrase, bound);

const signs: ReadonlyMap<string, Bound> = new Map([
  ['~', 'approximate'],
  ['～', 'approximate'],
  ['≈', 'approximate'],
  ['∼', 'approximate'],
  ['<', 'below'],
  ['≤', 'below'],
  ['＜', 'below'],
  ['>', 'above'],
  ['≥', 'above'],
  ['＞', 'above'],
]);

const isPhraseCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 46;

const maximumWords = 4;

/** The bound that stands right before `end`, looking back no further than `from`, with where it starts. */
export function boundBefore(
  text: string,
  end: number,
  from: number,
): { readonly start: number; readonly bound: Bound } | null {
  let at = skipSpacesBack(text, end, from);
  if (at === from) return null;
  const code = text.charCodeAt(at - 1);
  const sign =
    signs.get(text.charAt(at - 1)) ??
    (text.startsWith('>=', at - 2) ? 'above' : text.startsWith('<=', at - 2) ? 'below' : undefined);
  if (sign !== undefined) return { start: at - (text.charAt(at - 1) === '=' ? 2 : 1), bound: sign };
  if (isHanCode(code)) {
    for (let length = 3; length > 0; length -= 1) {
      const bound = at - length >= from ? byPhrase.get(text.slice(at - length, at)) : undefined;
      if (bound !== undefined) return { start: at - length, bound };
    }
    return null;
  }
  const wordsEnd = at;
  let found: { start: number; bound: Bound } | null = null;
  for (let words = 0; words < maximumWords; words += 1) {
    const wordEnd = at;
    while (at > from && isPhraseCode(text.charCodeAt(at - 1))) at -= 1;
    if (at === wordEnd || wordsEnd - at > 24) break;
    const bound = byPhrase.get(text.slice(at, wordsEnd).toLowerCase());
    if (bound !== undefined) found = { start: at, bound };
    if (at === from || !isSpaceCode(text.charCodeAt(at - 1))) break;
    at = skipSpacesBack(text, at, from);
  }
  return found;
}

const afterPattern =
  /(?:\+(?![\p{L}\d~.+-])|\s(?:or|and)\s(more|over|above|greater|older|less|fewer|under|below|younger|lower)(?!\p{L})|\s(less|fewer|more|greater) than(?=\s*(?:$|[(;]))|\s?(以上|以下|左右|余|多(?=[人个名家元]))|\splus(?!\p{L})(?!\s+(?:\p{Sc}|\d|(?:an?|the|any|its|their|vat|gst|(?:sales )?tax(?:es)?|interest|expenses|costs|fees|postage)(?!\p{L}))))/iuy;

const firstLetters: ReadonlySet<number> = new Set(
  Array.from('+oapflmgOAPFLMG', (character) => character.charCodeAt(0)),
);

/** The bound that follows a number: `5+`, "or more", "or less", "less than" at the end, 以上, 左右. */
export function boundAfter(
  text: string,
  position: number,
): { readonly end: number; readonly bound: Bound } | null {
  const at = skipSpaces(text, position);
  const code = text.charCodeAt(at);
  // The first letter decides cheaply.
  if (code < 0x3400 && !firstLetters.has(code)) return null;
  afterPattern.lastIndex = position;
  const match = afterPattern.exec(text);
  if (match === null) return null;
  const word = (match[1] ?? match[2] ?? match[3] ?? '+').toLowerCase();
  const bound: Bound = /^(?:less|fewer|under|below|younger|lower|以下)$/.test(word)
    ? 'below'
    : word === '左右'
      ? 'approximate'
      : 'above';
  return { end: afterPattern.lastIndex, bound };
}
