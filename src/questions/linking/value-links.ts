import type { CatalogColumn, CatalogTable } from '../../table/catalog.ts';
import { lemmaOf } from '../language/lemma.ts';
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

/** Short names of countries, as people write them for the long ones. */
const countryNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['united kingdom', ['uk', 'u k', 'britain', 'great britain']],
  ['united states', ['usa', 'u s', 'u s a', 'us', 'america', 'united states of america']],
  ['united states of america', ['usa', 'u s', 'u s a', 'us', 'america', 'united states']],
  ['united arab emirates', ['uae', 'u a e']],
  ['netherlands', ['holland']],
  ['czech republic', ['czechia']],
  ['european union', ['eu', 'e u']],
]);

/** What is of a country, by its short name. */
const demonyms: ReadonlyMap<string, string> = new Map(
  `scotland scottish|england english|wales welsh|ireland irish|france french|germany german|spain spanish|portugal
  portuguese|italy italian|netherlands dutch|belgium belgian|switzerland swiss|austria austrian|denmark danish|norway
  norwegian|sweden swedish|finland finnish|iceland icelandic|poland polish|hungary hungarian|greece greek|turkey
  turkish|russia russian|ukraine ukrainian|china chinese|japan japanese|korea korean|india indian|canada
  canadian|mexico mexican|brazil brazilian|argentina argentine|chile chilean|peru peruvian|australia australian|egypt
  egyptian|nigeria nigerian|kenya kenyan|morocco moroccan|israel israeli|iran iranian|iraq iraqi|vietnam
  vietnamese|thailand thai|romania romanian|bulgaria bulgarian|croatia croatian|serbia serbian|united states
  american|united kingdom british`
    .split('|')
    .map((pair) => pair.trim().split(/\s+/))
    .map((words): [string, string] => [words.slice(0, -1).join(' '), words.at(-1) ?? '']),
);

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
    for (const { value } of column.values) {
      const whole = wordsKey(value);
      const short = wordsKey(withoutBrackets(value));
      const keys = new Map<string, number>();
      for (const [key, cost] of [
        [whole, 0],
        [lemmaKey(whole), 0.03],
        [short, 0.05],
        [lemmaKey(short), 0.08],
        // "phase 3", "grade A": a value that says little alone is named with its field.
        ...(whole.length <= longestCode
          ? ([[lemmaKey(`${wordsKey(column.label)} ${whole}`), 0]] as const)
          : []),
      ] as const)
        if (key !== '' && !keys.has(key)) keys.set(key, cost);
      for (const name of countryNames.get(whole) ?? []) if (!keys.has(name)) keys.set(name, 0.05);
      const isSex = /\b(?:sex|gender)\b/i.test(column.label);
      for (const name of (isSex ? personNouns.get(whole) : undefined) ?? [])
        if (!keys.has(name)) keys.set(name, 0.05);
      const demonym = demonyms.get(whole);
      if (demonym !== undefined && !keys.has(demonym)) keys.set(demonym, 0.1);
      for (const [key, cost] of keys) index.set(key, [...(index.get(key) ?? []), { column, value, cost }]);
    }
  for (const column of table.columns) if (column.type === 'list') addItems(index, column);
  indexes.set(table, index);
  return index;
}

/** Items of a list that the catalog's examples show. */
function addItems(index: Map<string, Entry[]>, column: CatalogColumn): void {
  const items = new Set(
    column.examples.flatMap((example) => example.split(/[;,|]/)).map((item) => withoutBrackets(item.trim())),
  );
  for (const value of items)
    for (const key of new Set([wordsKey(value), lemmaKey(wordsKey(value))]))
      if (key !== '') index.set(key, [...(index.get(key) ?? []), { column, value, cost: 0.12 }]);
}

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
    const found = exact ?? index.get(lemmaKey(key)) ?? [];
    const extra = exact === undefined ? 0.05 : 0;
    for (const entry of found)
      links.push({ end, column: entry.column, value: entry.value, cost: entry.cost + extra });
  }
  return links;
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
