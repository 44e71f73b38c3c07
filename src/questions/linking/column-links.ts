import type { CatalogColumn, CatalogTable } from '../../table/catalog.ts';
import { functionWords, namesNothing } from '../language/function-words.ts';
import { lemmaOf, stemOf } from '../language/lemma.ts';
import { isMeasureNoun } from '../language/measure-nouns.ts';
import { areOneFamily } from '../language/word-family.ts';
import { genericNouns } from '../language/kind-nouns.ts';
import { tokenize } from '../language/token.ts';
import type { Token } from '../language/token.ts';
import { linkableColumn } from './column-names.ts';
import type { LinkableColumn } from './column-names.ts';
import { highestLinkCost, isOfHeads, matchName, moneyNouns } from './match-name.ts';
import type { PhraseWord } from './match-name.ts';
import { isShortFormOf } from './short-forms.ts';
import { softWords, stopWords, synonymsOf, totalWords, withoutPoints } from './synonyms.ts';

/** A run of tokens that may name a column. */
export interface ColumnLink {
  readonly end: number;
  readonly column: CatalogColumn;
  readonly cost: number;
}

/** A table's columns by the words that may name them. */
export interface ColumnIndex {
  readonly columns: readonly LinkableColumn[];
  readonly byWord: ReadonlyMap<string, readonly number[]>;
  readonly byInitials: ReadonlyMap<string, readonly number[]>;
  readonly sideWords: ReadonlySet<string>;
  /** Words that some name has with a point after them: "Cyl." */
  readonly pointed: ReadonlySet<string>;
  /** Whether a name holds a possessive: "Depth of the lake's bed". */
  readonly isPossessive: boolean;
  /** What one row may be called. */
  readonly nouns: ReadonlySet<string>;
}

const longestPhrase = 10;
/** What it costs at most to name a field by all of its name. */
const exactCost = 0.1;
const linksPerPhrase = 4;
const indexes = new WeakMap<CatalogTable, ColumnIndex>();

/** The index of a table's columns; built once a table. */
export function columnIndexOf(table: CatalogTable): ColumnIndex {
  const known = indexes.get(table);
  if (known !== undefined) return known;
  const columns = table.columns.map(linkableColumn);
  const byWord = new Map<string, number[]>();
  const byInitials = new Map<string, number[]>();
  const sideWords = new Set<string>();
  const pointed = new Set<string>();
  const add = (map: Map<string, number[]>, key: string, index: number): void => {
    const list = map.get(key) ?? [];
    if (list.at(-1) !== index) list.push(index);
    map.set(key, list);
  };
  for (const [index, linkable] of columns.entries()) {
    for (const word of [...linkable.unitWords, ...linkable.describedBy]) sideWords.add(word);
    for (const variant of linkable.variants) {
      const words = variant.segments.flat();
      for (const word of words) {
        if (word.isPointed) pointed.add(word.lemma);
        add(byWord, word.lemma, index);
        if (word.stem !== word.lemma) add(byWord, word.stem, index);
      }
      // "Postcode" for "post code".
      for (const [at, word] of words.entries()) {
        const next = words[at + 1];
        if (next !== undefined) add(byWord, `${word.lemma}${next.lemma}`, index);
      }
      for (let from = 0; from < words.length; from += 1)
        for (let to = from + 2; to <= Math.min(words.length, from + 6); to += 1)
          add(
            byInitials,
            words
              .slice(from, to)
              .map((word) => word.lemma.charAt(0))
              .join(''),
            index,
          );
    }
  }
  const isPossessive = table.columns.some(({ label }) => /['’]s\b/.test(label));
  const nouns = new Set(table.nouns.filter((noun) => !genericNouns.has(noun)));
  const index = { columns, byWord, byInitials, sideWords, pointed, isPossessive, nouns };
  indexes.set(table, index);
  return index;
}

const isSoft = (word: PhraseWord): boolean => softWords.has(word.lemma) || totalWords.has(word.lemma);

const families = new WeakMap<ColumnIndex, Map<string, readonly number[]>>();

/** The columns in whose names a word of the same family stands, "donor" for `donated`, or a short form of the word. */
function relatedColumns(index: ColumnIndex, { word, lemma }: PhraseWord): readonly number[] {
  const cache = families.get(index) ?? new Map<string, readonly number[]>();
  families.set(index, cache);
  const known = cache.get(word);
  if (known !== undefined) return known;
  const related = [...index.byWord].flatMap(([name, columns]) =>
    areOneFamily(word, name) || isShortFormOf(name, lemma, index.pointed.has(name)) ? columns : [],
  );
  if (cache.size > 5_000) cache.clear();
  cache.set(word, related);
  return related;
}

/** The columns in whose names the word, a word of its family or a synonym stands. */
export function columnsWith(index: ColumnIndex, word: PhraseWord): Set<number> {
  const found = new Set<number>();
  const add = (list: readonly number[] | undefined): void => {
    for (const each of list ?? []) found.add(each);
  };
  add(index.byWord.get(word.lemma));
  add(index.byWord.get(stemOf(word.word)));
  add(index.byInitials.get(word.word));
  for (const synonym of synonymsOf(word.lemma)) add(index.byWord.get(synonym));
  add(relatedColumns(index, word));
  return found;
}

function wordsOfToken(token: Token): readonly PhraseWord[] {
  if (token.kind === 'symbol') return [];
  if (token.kind === 'quote')
    return tokenize(token.text)
      .filter((each) => each.kind !== 'symbol' && !stopWords.has(each.word))
      .map((each) => ({ word: each.word, lemma: lemmaOf(each.word) }));
  // "Per 100,000" of "per 100k".
  if (token.number !== null) return [{ word: String(token.number), lemma: String(token.number) }];
  return stopWords.has(token.word) && !token.hyphened
    ? []
    : [{ word: withoutPoints(token.word), lemma: withoutPoints(token.lemma) }];
}

/** Tokens that no name of a column goes across. */
const isBarrier = (token: Token): boolean =>
  token.kind === 'date' || (token.kind === 'symbol' && !'()-/&,'.includes(token.word));

/** All readings of the tokens from `start` as the name of a column, of any length. */
export function columnLinks(index: ColumnIndex, tokens: readonly Token[], start: number): ColumnLink[] {
  const links: ColumnLink[] = [];
  const first = tokens[start];
  if (first === undefined || wordsOfToken(first).length === 0) return links;
  const phrase: PhraseWord[] = [];
  let candidates: ReadonlySet<number> | null = null;
  let open = 0;
  /** Up to where words are the long form of an abbreviation in a name. */
  let expandedTo = start;
  for (let end = start + 1; end <= Math.min(tokens.length, start + longestPhrase); end += 1) {
    const token = tokens[end - 1];
    if (token === undefined || (isBarrier(token) && !(token.word === "'s" && index.isPossessive))) break;
    if (token.word === '(') open += 1;
    if (token.word === ')') open -= 1;
    if (open < 0) break;
    const words = wordsOfToken(token);
    for (const word of words) {
      phrase.push(word);
      const own = columnsWith(index, word);
      const isSide =
        isSoft(word) ||
        index.sideWords.has(word.lemma) ||
        (phrase.length > 1 && (moneyNouns.has(word.lemma) || isOfHeads(phrase, phrase.length - 1)));
      if (own.size === 0 && !isSide && !isMeasureNoun(word.lemma)) {
        if (end <= expandedTo) continue;
        const expanded = expansionAt(index, tokens, end - 1);
        if (expanded === null) return links;
        expandedTo = expanded.end;
        candidates = narrowed(candidates, new Set(expanded.columns));
      }
      if (own.size > 0 && !isSide) {
        candidates = narrowed(candidates, own);
      }
    }
    if (candidates?.size === 0 && !mayExpand(phrase, index)) return links;
    if (open > 0 || (words.length === 0 && token.word !== ')')) continue;
    // "That" and "each" name no field, whatever a description says; "state" only one that is called so.
    const isTask = phrase.every((word) => functionWords.has(word.word) && !isSoft(word));
    if (isTask && phrase.every((word) => namesNothing(word.word))) continue;
    const found = linksOf(index, phrase, { candidates, end });
    links.push(...(isTask ? found.filter(({ cost }) => cost <= exactCost) : found));
  }
  return links;
}

const mostInitials = 6;
const fewestInitials = 3;

/** The columns whose names hold the initials of the words from a position on: "full-time equivalents" for "FTE". */
function expansionAt(
  index: ColumnIndex,
  tokens: readonly Token[],
  at: number,
): { readonly end: number; readonly columns: readonly number[] } | null {
  let initials = '';
  for (const [offset, token] of tokens.slice(at, at + mostInitials).entries()) {
    if (token.kind !== 'word') return null;
    initials += token.word.charAt(0);
    const columns = initials.length < fewestInitials ? undefined : index.byWord.get(initials);
    if (columns !== undefined) return { end: at + offset + 1, columns };
  }
  return null;
}

const narrowed = (before: ReadonlySet<number> | null, own: ReadonlySet<number>): ReadonlySet<number> =>
  before === null ? own : new Set([...before].filter((each) => own.has(each)));

/** Whether the phrase's initials are a word that some column's name holds: "gross domestic product". */
const mayExpand = (phrase: readonly PhraseWord[], index: ColumnIndex): boolean =>
  phrase.length > 1 && index.byWord.has(phrase.map((word) => word.lemma.charAt(0)).join(''));

function linksOf(
  index: ColumnIndex,
  phrase: readonly PhraseWord[],
  span: { readonly candidates: ReadonlySet<number> | null; readonly end: number },
): ColumnLink[] {
  let pool = span.candidates;
  if (pool === null || pool.size === 0) {
    const wide = new Set<number>();
    for (const word of phrase) for (const each of columnsWith(index, word)) wide.add(each);
    for (const each of index.byWord.get(phrase.map((word) => word.lemma.charAt(0)).join('')) ?? [])
      wide.add(each);
    pool = wide;
  }
  const found: NamedLink[] = [];
  for (const each of pool) {
    const linkable = index.columns[each];
    if (linkable === undefined || isSortOfRows(index, phrase, linkable.column)) continue;
    const cost = matchName(linkable, phrase);
    if (cost === null || cost > highestLinkCost) continue;
    const isOfHead = phrase.some((word) => linkable.heads.has(word.lemma));
    found.push({ end: span.end, column: linkable.column, cost, isOfHead });
  }
  found.sort((left, right) => left.cost - right.cost);
  return weighed(found)
    .slice(0, linksPerPhrase)
    .map(({ end, column, cost }) => ({ end, column, cost }));
}

interface NamedLink extends ColumnLink {
  /** Whether a word of the phrase says what the column is of, and not only of what sort or whose it is. */
  readonly isOfHead: boolean;
}

const sortOf =
  /^(?:type|kind|sort|class|category|nature) of (?:the |an? )?(.+)$|^(.+) (?:type|kind|sort|class|category)$/i;

/** Whether the word is what rows are called, and the field says of what sort they are: a leak is no "type of leak". */
function isSortOfRows(
  { nouns }: ColumnIndex,
  [word, ...others]: readonly PhraseWord[],
  { label }: CatalogColumn,
): boolean {
  if (word === undefined || others.length > 0 || !nouns.has(word.lemma)) return false;
  const [, behind, before] = sortOf.exec(label.replaceAll('_', ' ')) ?? [];
  return lemmaOf((behind ?? before ?? '').toLowerCase()) === word.lemma;
}

/** From this cost on, a link leaves out words that may tell a field from others. */
const inexactCost = 0.2;

/**
 * What the links cost in view of each other. Where the best leaves words out, the next best may be meant as well,
 * and they come near each other: "GDP" for "GDP (official exchange rate)" or "Real GDP (purchasing power parity)".
 * Where there is no other, what is left out matters less.
 */
function weighed(found: readonly NamedLink[]): readonly NamedLink[] {
  const [best] = found;
  if (best === undefined) return found;
  const near = found.filter((link) => link.cost <= best.cost + 0.4);
  if (best.cost < inexactCost || best.cost >= 1) return near;
  if (near.length === 1) return [{ ...best, cost: best.cost * 0.6 }];
  // "Pupils" are rather the absent pupils than the rating by pupils.
  const isNear = (link: NamedLink): boolean => link.isOfHead || !best.isOfHead;
  return near
    .map((link) => (isNear(link) ? { ...link, cost: best.cost + (link.cost - best.cost) * 0.3 } : link))
    .toSorted((one, other) => one.cost - other.cost);
}
