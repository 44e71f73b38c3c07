import { synonymsOf } from '../linking/synonyms.ts';
import { stemOf } from '../language/lemma.ts';
import type { Token } from '../language/token.ts';
import { columnIndexOf, columnLinks, columnsWith } from '../linking/column-links.ts';
import type { LinkableColumn } from '../linking/column-names.ts';
import { matchName } from '../linking/match-name.ts';
import type { PhraseWord } from '../linking/match-name.ts';
import type { Context } from './context.ts';
import { roleOf } from './loose-words.ts';
import { tellingModifiers } from './plain-modifiers.ts';
import { softWords } from '../linking/synonyms.ts';

/** A word of a bag, with whether it is written like a name, and whether it stands before another word of weight. */
interface BagWord extends PhraseWord {
  readonly capital: boolean;
  readonly modifies: boolean;
}

/** Words taken out of their order, for what they name together. */
export interface Bag {
  readonly words: readonly BagWord[];
  /** Words that may be left out: verbs and nouns of little meaning. */
  readonly light: readonly PhraseWord[];
  /** Words that call the rows themselves. */
  readonly nouns: readonly BagWord[];
  readonly negated: boolean;
}

const lightCost = 0.04;
const nounCost = 0.08;

const wordOf = (token: Token, next: Token | undefined): BagWord => ({
  word: token.word,
  lemma: token.lemma,
  capital: token.capital,
  modifies: next !== undefined && roleOf(next) === 'content',
});

/** Whether the token is what the question calls the rows. */
const isNoun = (context: Context, at: number): boolean =>
  context.grammar.parse('noun', context, at).some((parse) => parse.end === at + 1 && parse.cost < 0.5);

const timeAdjectives: ReadonlyMap<string, string> = new Map([
  ['hour', 'hourly'],
  ['day', 'daily'],
  ['week', 'weekly'],
  ['month', 'monthly'],
  ['quarter', 'quarterly'],
  ['year', 'annual'],
  ['annum', 'annual'],
]);

const tokenAt = (context: Context, at: number | undefined): string =>
  at === undefined ? '' : (context.tokens[at]?.word ?? '');

/** Whether the word alone names a field: "carrier", though it looks like "carry". */
export const isNamedSo = (context: Context, at: number): boolean =>
  columnLinks(columnIndexOf(context.table), context.tokens, at).some(
    (link) => link.end === at + 1 && link.cost < 0.06,
  );

/** The tokens as a bag; null where one of them may not stand in a loose phrase. */
export function bagOf(context: Context, positions: readonly number[]): Bag | null {
  const bag = { words: [] as BagWord[], light: [] as PhraseWord[], nouns: [] as BagWord[] };
  let negations = 0;
  for (let index = 0; index < positions.length; index += 1) {
    const at = positions[index];
    const token = at === undefined ? undefined : context.tokens[at];
    if (at === undefined || token === undefined) return null;
    // "Traffic per day" is daily traffic.
    const adjective =
      token.word === 'per' ? timeAdjectives.get(tokenAt(context, positions[index + 1])) : undefined;
    if (adjective !== undefined) {
      bag.light.push({ word: adjective, lemma: adjective });
      index += 1;
      continue;
    }
    const role = roleOf(token);
    if (role === 'barrier') return null;
    if (role === 'negation') negations += 1;
    // A verb of little meaning may name a field here, and a title only stands before a name.
    const isTitle = role === 'honorific' && context.tokens[at + 1]?.capital === true;
    const isLight = (role === 'light' && !isNamedSo(context, at)) || isTitle;
    const word = wordOf(token, context.tokens[at + 1]);
    if (isLight) bag.light.push(word);
    else if (role !== 'glue' && role !== 'negation') (isNoun(context, at) ? bag.nouns : bag.words).push(word);
  }
  return negations > 1 ? null : { ...bag, negated: negations === 1 };
}

export interface BagLink {
  readonly linkable: LinkableColumn;
  readonly cost: number;
  /** Whether modifiers that nothing here knows were left out. */
  readonly isShortened?: boolean;
}

const key = (words: readonly PhraseWord[]): string => words.map(({ word }) => word).join(' ');
const known = new WeakMap<Context['table'], Map<string, readonly BagLink[]>>();

/** The columns that the words name, in whatever order, cheapest first. */
function columnsNamed(context: Context, words: readonly PhraseWord[]): readonly BagLink[] {
  const cache = known.get(context.table) ?? new Map<string, readonly BagLink[]>();
  known.set(context.table, cache);
  const text = key(words);
  const before = cache.get(text);
  if (before !== undefined) return before;
  const index = columnIndexOf(context.table);
  const pool = new Set<number>();
  for (const word of words) for (const each of columnsWith(index, word)) pool.add(each);
  const links: BagLink[] = [];
  for (const each of pool) {
    const linkable = index.columns[each];
    const cost = linkable === undefined ? null : matchName(linkable, words);
    if (linkable !== undefined && cost !== null && cost <= 0.8) links.push({ linkable, cost });
  }
  links.sort((left, right) => left.cost - right.cost);
  if (cache.size > 5_000) cache.clear();
  cache.set(text, links);
  return links;
}

/** What it costs to take a part of a field's name from elsewhere in the question. */
const borrowedCost = 0.15;

/**
 * How well the words name the column when those of its name that stand elsewhere in the question are added:
 * "the rate in the control arm" after "response", "the deck" after "is rated". Null where none do, or in vain.
 */
export function borrowing(
  context: Context,
  linkable: LinkableColumn,
  words: readonly PhraseWord[],
): number | null {
  const own = new Set(linkable.variants.flatMap(({ segments }) => segments.flat().map(({ lemma }) => lemma)));
  const borrowed = context.allTokens.filter(
    ({ kind, lemma, word }) =>
      kind === 'word' &&
      !words.some((each) => each.word === word) &&
      (own.has(lemma) || [...synonymsOf(lemma), ...synonymsOf(word)].some((each) => own.has(each))),
  );
  if (borrowed.length === 0) return null;
  const cost = matchName(linkable, [
    ...new Map([...borrowed, ...words].map((each) => [each.lemma, each])).values(),
  ]);
  return cost === null ? null : cost + borrowedCost;
}

/** The columns that a bag names: with its light words and nouns where they are part of the name, else without. */
export function columnsOf(context: Context, bag: Bag): readonly BagLink[] {
  const best = new Map<LinkableColumn, BagLink>();
  for (const withLight of [true, false])
    for (const withNouns of [true, false]) {
      const words = [...(withNouns ? bag.nouns : []), ...bag.words, ...(withLight ? bag.light : [])];
      if (words.length === 0) continue;
      const extra =
        (withLight ? 0 : bag.light.length * lightCost) + (withNouns ? 0 : bag.nouns.length * nounCost);
      for (const { linkable, cost } of columnsNamed(context, words)) {
        const whole = cost + extra;
        if (whole < (best.get(linkable)?.cost ?? Infinity)) best.set(linkable, { linkable, cost: whole });
      }
    }
  for (const link of best.values()) {
    const shorter = link.cost < 0.4 ? null : borrowing(context, link.linkable, [...bag.nouns, ...bag.words]);
    if (shorter !== null && shorter < link.cost) best.set(link.linkable, { ...link, cost: shorter });
  }
  for (const column of context.namedColumns) {
    const linkable = columnIndexOf(context.table).columns.find((each) => each.column === column);
    if (linkable === undefined || best.has(linkable) || bag.words.length === 0) continue;
    const cost = borrowing(context, linkable, [...bag.nouns, ...bag.words]);
    if (cost !== null && cost < 0.6) best.set(linkable, { linkable, cost });
  }
  if (best.size === 0) for (const link of withoutUnknown(context, bag)) best.set(link.linkable, link);
  return [...best.values()].sort((left, right) => left.cost - right.cost).slice(0, 4);
}

const unknownCost = 0.2;

/** The columns that the words name when those are left out that nothing here knows: "follow-up action items". */
function withoutUnknown(context: Context, bag: Bag): readonly BagLink[] {
  const index = columnIndexOf(context.table);
  // A name that is not known would be a condition, and a noun what is asked for: only modifiers are left out.
  const isKnown = ({ word, lemma, capital, modifies }: BagWord): boolean =>
    capital ||
    !modifies ||
    tellingModifiers.has(word) ||
    /\d|est$|ly$/.test(word) ||
    [lemma, stemOf(word), ...synonymsOf(lemma)].some((form) => index.byWord.has(form)) ||
    /^(?:un|non)\p{L}{3}/u.test(word) ||
    index.sideWords.has(lemma) ||
    softWords.has(lemma);
  const words = [...bag.nouns, ...bag.words];
  const known = words.filter(isKnown);
  const dropped = words.length - known.length;
  if (dropped === 0 || dropped > 2 || known.length === 0) return [];
  return columnsNamed(context, known).map((link) => ({
    ...link,
    cost: link.cost + dropped * unknownCost,
    isShortened: true,
  }));
}

/** What it costs to leave all light words of a bag out; null where it holds others. */
export const emptyCost = (bag: Bag): number | null =>
  bag.words.length > 0 ? null : bag.light.length * lightCost + bag.nouns.length * nounCost;
