import { readNumbers } from './read-numbers.ts';
import { mentionsName, normaliseName, normaliseText } from './same-name.ts';
import { plainCharacters } from './plain-characters.ts';
import type { ItemMatcher } from './match-item.ts';

/** What a text without the form of a list says of the items of one. */
export type Mention =
  /** It names all of them, and nothing else that could be one. */
  | { readonly kind: 'same'; readonly isInOrder: boolean }
  | { readonly kind: 'missing'; readonly items: readonly string[] }
  /** It names all, and more that could be one. */
  | { readonly kind: 'extra'; readonly pieces: readonly string[] }
  /** It names all, among other words. */
  | { readonly kind: 'unclear' };

const separators = /[,，;；、\n/|>→]|\s(?:and|as well as)\s|\s[-–—]\s|以及|和|与/u;
const negation =
  /\b(?:not|no|none|nor|except|excluding|but|however|unlike|rather|without|other than|instead|neither)\b|不|除|没有/iu;
const hanFiller = /[的等都家个是为有及包括符合条件公司满足分别：:]/gu;

/** Looks for the items of a list as names in a text, the longest first, and at what is left of it then. */
export function findMentions(text: string, items: readonly string[], question: string | null): Mention {
  if (items.some((item) => item === '')) return { kind: 'unclear' };
  const places = new Map<string, number>();
  let rest = withSpaces(text);
  for (const item of [...items].sort((one, other) => other.length - one.length)) {
    const name = normaliseName(item);
    const wanted = /\p{Script=Han}/u.test(name) ? name : ` ${name} `;
    const place = rest.indexOf(wanted);
    if (place < 0) continue;
    places.set(item, place);
    rest = rest.replaceAll(wanted, (found) => ` ${'\u0000'.repeat(Math.max(1, found.length - 2))} `);
  }
  const missing = items.filter((item) => !places.has(item) && !mentionsName(text, item));
  if (missing.length > 0) return { kind: 'missing', items: missing };
  if (places.size < items.length || negation.test(text)) return { kind: 'unclear' };
  const sequence = items.map((item) => places.get(item) ?? 0);
  const isInOrder = sequence.every((place, index) => index === 0 || place > (sequence[index - 1] ?? 0));
  return judgeRest({ text, items, question }) ?? { kind: 'same', isInOrder };
}

/** Extra items, or words that may be; null where nothing of weight is left beside the items. */
function judgeRest({
  text,
  items,
  question,
}: {
  text: string;
  items: readonly string[];
  question: string | null;
}): Mention | null {
  const pieces = text.replaceAll(/\([^()]*\)|（[^（）]*）/gu, ' ').split(separators);
  const without = pieces.filter(
    (piece) => /[\p{L}\p{N}]/u.test(piece) && !items.some((item) => mentionsName(piece, item)),
  );
  const numeric = items.some((item) => /\d/u.test(item));
  const others = without.filter((piece) => numeric || /\p{L}/u.test(piece));
  const extra = others.filter(
    (piece) => /^\W*[\p{Lu}\p{Script=Han}\d"'“]/u.test(piece) && piece.trim().split(/\s+/u).length <= 6,
  );
  if (extra.length > 0) return { kind: 'extra', pieces: extra.map((piece) => piece.trim()) };
  if (others.length > 0) return { kind: 'unclear' };
  const known = ` ${normaliseName(question ?? '')} `;
  const areNames = items.every((item) => /^\W*[\p{Lu}\p{Script=Han}]/u.test(item));
  const isHarmless = (word: string): boolean =>
    known.includes(` ${word.toLowerCase()} `) || (areNames && /^\p{Ll}/u.test(word));
  const left = pieces.flatMap((piece) => {
    let bare = ` ${piece} `;
    for (const item of items) bare = bare.replaceAll(item, ' ');
    if (/\p{Script=Han}/u.test(bare)) return bare.replaceAll(hanFiller, '').match(/\p{Script=Han}+/gu) ?? [];
    return bare.match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  });
  const weighty = left.filter((word) => !isHarmless(word) && !(question ?? '').includes(word));
  return weighty.length > 0 ? { kind: 'unclear' } : null;
}

function withSpaces(text: string): string {
  return ` ${normaliseText(text.replaceAll(/\bthe\b/giu, ' '))} `;
}

/** Whether the numbers that a text states are those of a list, each there. */
export function statesNumbers(text: string, matchers: readonly ItemMatcher[], isOrdered: boolean): boolean {
  const plain = plainCharacters(text);
  const numbers = readNumbers(plain).map(({ start, end }) => plain.slice(start, end));
  if (isOrdered && numbers.length !== matchers.length) return false;
  return isOrdered
    ? matchers.every((matches, index) => matches(numbers[index] ?? ''))
    : numbers.every((number) => matchers.some((matches) => matches(number))) &&
        matchers.every((matches) => numbers.some((number) => matches(number)));
}
