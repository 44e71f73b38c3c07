import type { CatalogColumn, CatalogTable } from '../../table/catalog.ts';
import { adjectivesOfThing } from '../language/adjectives.ts';
import { lemmaOf } from '../language/lemma.ts';
import { unitWords } from '../language/number-words.ts';
import { otherPlaceNames, placeAdjectives } from '../language/place-names.ts';
import { isArticle, tokenize } from '../language/token.ts';
import type { Token } from '../language/token.ts';

/** A run of tokens that equals a value of a category. */
export interface ValueLink {
  readonly end: number;
  readonly column: CatalogColumn;
  readonly value: string;
  readonly cost: number;
}

interface Entry {
  readonly column: CatalogColumn;
  readonly value: string;
  readonly cost: number;
  readonly isProper: boolean;
}

const longestValue = 10;
const longestCode = 3;
const indexes = new WeakMap<CatalogTable, ReadonlyMap<string, readonly Entry[]>>();

/** Words and numbers of a text, folded; what a value and a question's words for it are compared by. */
export function wordsKey(text: string): string {
  return tokenize(text)
    .filter((token) => token.kind !== 'symbol' && !isArticle(token))
    .map((token) => (token.kind === 'quote' ? wordsKey(token.text) : token.word))
    .join(' ');
}

/** Values that people are called by other nouns for. */
const personNouns: ReadonlyMap<string, readonly string[]> = new Map([
  ['female', ['woman', 'women']],
  ['f', ['woman', 'women', 'female']],
  ['male', ['man', 'men']],
  ['m', ['man', 'men', 'male']],
]);

const lemmaKey = (key: string): string => key.split(' ').map(lemmaOf).join(' ');

/** The value without what follows in brackets: "Perl Group <perl@example.org>". */
const withoutBrackets = (value: string): string => value.replace(/\s*[(<[][^()<>[\]]*[)>\]]$/u, '');

function indexOf(table: CatalogTable): ReadonlyMap<string, readonly Entry[]> {
  const known = indexes.get(table);
  if (known !== undefined) return known;
  const index = new Map<string, Entry[]>();
  for (const column of table.columns)
    for (const { value, cost: own } of valuesOf(column))
      for (const [key, { cost, isProper }] of keysOf(column, value)) {
        const entry: Entry = { column, value, cost: own + cost, isProper };
        index.set(key, [...(index.get(key) ?? []), entry]);
      }
  indexes.set(table, index);
  return index;
}

const listedCost = 0.02;
const exampleCost = 0.12;

/** The values that the catalog knows of a column: those of a category, and items of lists. */
function valuesOf(column: CatalogColumn): readonly { readonly value: string; readonly cost: number }[] {
  if (column.type !== 'list') return column.values.map(({ value }) => ({ value, cost: 0 }));
  if (column.values.length > 0) {
    const items = new Set(column.values.map(({ value }) => withoutBrackets(value)));
    return [...items].map((value) => ({ value, cost: listedCost }));
  }
  const shown = column.examples.flatMap((example) => example.split(/[;,|]/));
  return [...new Set(shown.map((item) => withoutBrackets(item.trim())))].map((value) => ({
    value,
    cost: exampleCost,
  }));
}

/** The adjective of what has something: `sun` → `sunny`, `rain` → `rainy`, `drizzle` → `drizzly`. */
const withEndingY = (noun: string): string =>
  `${noun.replace(/e$/, '').replace(/^([^aeiou]*[aeiou])([bdgmnpt])$/, '$1$2$2')}y`;

interface Key {
  readonly cost: number;
  /** Said of the value only where it is written with a capital. */
  readonly isProper: boolean;
}

/** The words that may mean a value. */
function keysOf(column: CatalogColumn, value: string): ReadonlyMap<string, Key> {
  const keys = new Map<string, Key>();
  const add = (key: string, cost: number, isProper = false): void => {
    if (key !== '' && !keys.has(key)) keys.set(key, { cost, isProper });
  };
  const whole = wordsKey(value);
  const short = wordsKey(withoutBrackets(value));
  add(whole, 0);
  add(lemmaKey(whole), 0.03);
  add(wordsKey(value.replaceAll('&', ' and ')), 0.02);
  add(short, 0.05);
  add(lemmaKey(short), 0.08);
  // "phase 3", "grade A": a value that says little alone is named with its field.
  if (whole.length <= longestCode) add(lemmaKey(`${wordsKey(column.label)} ${whole}`), 0);
  // "4WD", which is read as a number and letters.
  if (/^[\dA-Z]{3,6}$/.test(value)) add(value.toLowerCase(), 0.05);
  if (/^\p{Ll}{3,8}$/u.test(whole)) add(withEndingY(whole), 0.08);
  // "Southern" of the South.
  if (/(?:north|south|east|west)$/.test(whole)) add(`${whole}ern`, 0.06);
  for (const name of otherPlaceNames(whole)) add(name, 0.05);
  if (/\b(?:sex|gender)\b/i.test(column.label))
    for (const name of personNouns.get(whole) ?? []) add(name, 0.05);
  for (const adjective of adjectivesOfThing(whole)) add(adjective, 0.06);
  const place = whole.replace(/^non /, '');
  if (/^\p{Lu}/u.test(value))
    for (const adjective of placeAdjectives(place))
      add(whole === place ? adjective : `non ${adjective}`, 0.1, true);
  return keys;
}

const fewestInitials = 3;

/** Values that are written by the first letters of the words: "4WD" for "four-wheel drive". */
function initialsOf(
  index: ReadonlyMap<string, readonly Entry[]>,
  words: readonly string[],
): readonly Entry[] {
  if (words.length < fewestInitials) return [];
  const letters = words.map((word) => unitWords.get(word) ?? word.charAt(0)).join('');
  const entries = index.get(letters) ?? [];
  return entries.filter(({ value }) => value === value.toUpperCase() && value.length === words.length);
}

/** "P2s", "drive-ins": a short name or the last part of a joined one with an s. */
const singularKey = (key: string, { text, hyphened }: Token): string =>
  /^\p{Lu}+\d*s$/u.test(text) || (hyphened && /\p{L}{2}s$/u.test(text)) ? key.replace(/s$/, '') : '';

/** All readings of the tokens from `start` as a value of some category column. */
export function valueLinks(table: CatalogTable, tokens: readonly Token[], start: number): ValueLink[] {
  const index = indexOf(table);
  const links: ValueLink[] = [];
  const first = tokens[start];
  if (first === undefined || first.kind === 'symbol') return links;
  const words: string[] = [];
  for (let end = start + 1; end <= Math.min(tokens.length, start + longestValue); end += 1) {
    const token = tokens[end - 1];
    if (token === undefined) break;
    if (token.kind === 'symbol') {
      if ('(),/-&.'.includes(token.word)) continue;
      break;
    }
    words.push(token.kind === 'quote' ? wordsKey(token.text) : token.word);
    const key = words.join(' ');
    const exact = index.get(key);
    const found =
      exact ?? index.get(lemmaKey(key)) ?? index.get(singularKey(key, token)) ?? initialsOf(index, words);
    const extra = exact === undefined ? 0.05 : 0;
    const isProper = token.kind === 'word' && token.capital;
    for (const entry of found)
      if (isProper || !entry.isProper)
        links.push({ end, column: entry.column, value: entry.value, cost: entry.cost + extra });
  }
  return links.filter(({ end }) => !isWithinName(tokens, end, links));
}

/** Whether a hyphen joins what follows to it, and the whole is a value: "PG" of "PG-13". */
function isWithinName(tokens: readonly Token[], end: number, links: readonly ValueLink[]): boolean {
  const [last, next] = [tokens[end - 1], tokens[end]];
  const isJoined = last?.hyphened === true && next?.hyphened === true && next.start === last.end + 1;
  return isJoined && links.some((other) => other.end > end);
}

/** Values of one column that hold all the words, for a question that gives only a part of them. */
export function valuesContaining(column: CatalogColumn, text: string): readonly string[] {
  const wanted = lemmaKey(wordsKey(text)).split(' ');
  return column.values
    .map((each) => each.value)
    .filter((value) => {
      const words = new Set(lemmaKey(wordsKey(value)).split(' '));
      return wanted.every((word) => words.has(word));
    });
}
