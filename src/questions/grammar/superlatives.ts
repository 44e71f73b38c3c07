import { isCurrencyCode } from '../../table/values/currencies.ts';
import { convertUnit } from '../../table/values/units.ts';
import { gradedSuperlatives } from '../language/adjectives.ts';
import { lemmaOf } from '../language/lemma.ts';
import { areOneFamily } from '../language/word-family.ts';
import { isGuessOfMoney, mainMoneyOf, namesFinalAmount } from '../linking/money-fields.ts';
import { synonymsOf } from '../linking/synonyms.ts';
import { quantityOf } from './terms.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { columnsCalled } from './catalog-columns.ts';
import { Weighed } from './engine.ts';
import type { Parse } from './engine.ts';
import type { Adjective, Quantity, Ranking, Superlative } from './meanings.ts';
import { numeric } from './quantity-values.ts';

const superlative = (
  { descending, measured, units }: Adjective,
  limit: number | null,
  offset = 0,
): Superlative => ({
  descending,
  measured,
  units,
  limit,
  offset,
});

interface NamedAdjective extends Adjective {
  readonly words: string;
}

/** What a column may be called that says when a thing began. */
const calendar = ['date', 'year', 'founded', 'established', 'built', 'published', 'start'];

/** What a column may be called that says when a person was born. */
const birth = ['birth year', 'year of birth', 'birth date', 'date of birth', 'birthday', 'born'];

/** Whether the column tells years or dates, so that older means less. */
export function isCalendar({ type, unit, name: label }: Quantity): boolean {
  if (type === 'date') return true;
  const name = label.replaceAll('_', ' ');
  return (
    type === 'number' &&
    unit === null &&
    !/\b(?:number|count|total|quantity|units)\b/i.test(name) &&
    (/\b(?:year|founded|established|built|opened|inaugurated|launched|commissioned|first offered|date)\b/i.test(
      name,
    ) ||
      /^(?:acquired|made|born|completed|constructed|created|discovered|introduced|invented|planted|started|begun)$/i.test(
        name,
      ))
  );
}

const adjectives: readonly NamedAdjective[] = [
  {
    words: 'highest|greatest|maximum|maximal|most|top|biggest|strongest|best|steepest|sharpest',
    descending: true,
    measured: [],
  },
  { words: 'largest|biggest', descending: true, measured: ['size', 'area', 'diameter', 'radius'] },
  { words: 'lowest|least|fewest|minimum|minimal|bottom|weakest|worst', descending: false, measured: [] },
  { words: 'smallest|tiniest', descending: false, measured: ['size', 'area', 'diameter', 'radius'] },
  { words: 'oldest', descending: true, measured: ['age'] },
  { words: 'youngest', descending: false, measured: ['age'] },
  ...gradedSuperlatives,
  {
    words: 'northernmost|most northerly|most northern|furthest north|farthest north',
    descending: true,
    measured: ['latitude'],
  },
  {
    words: 'southernmost|most southerly|most southern|furthest south|farthest south',
    descending: false,
    measured: ['latitude'],
  },
  {
    words: 'easternmost|most easterly|most eastern|furthest east|farthest east',
    descending: true,
    measured: ['longitude'],
  },
  {
    words: 'westernmost|most westerly|most western|furthest west|farthest west',
    descending: false,
    measured: ['longitude'],
  },
  { words: 'cheapest|least expensive|least costly', descending: false, measured: ['price', 'cost'] },
  {
    words: 'most expensive|dearest|priciest|most costly|costliest',
    descending: true,
    measured: ['price', 'cost', 'budget', 'damage'],
  },
  { words: 'most populous|most populated', descending: true, measured: ['population'] },
  { words: 'least populous|least populated', descending: false, measured: ['population'] },
  { words: 'most densely populated|densest populated', descending: true, measured: ['population density'] },
  { words: 'least densely populated', descending: false, measured: ['population density'] },
  { words: 'most profitable', descending: true, measured: ['profit', 'net income'] },
  { words: 'least profitable', descending: false, measured: ['profit', 'net income'] },
  { words: 'most recent|most recently|latest|newest|youngest', descending: true, measured: calendar },
  { words: 'earliest|oldest|first', descending: false, measured: calendar },
  { words: 'last', descending: true, measured: calendar },
  { words: 'youngest', descending: true, measured: birth },
  { words: 'oldest', descending: false, measured: birth },
];

/** Whether one of the words that say what an adjective measures stands in the name, or one that means the same. */
export function isCalledBy(measured: readonly string[], name: string): boolean {
  const words = name
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .map(lemmaOf);
  return measured
    .flatMap((phrase) => phrase.split(' ').slice(-1))
    .some((word) =>
      words.some((each) => each === word || synonymsOf(word).has(each) || areOneFamily(each, word)),
    );
}

/** What is said of an extent may be said of any amount: the largest population. */
const isOfAmounts = (measured: readonly string[]): boolean => measured.includes('size');

/** Whether the superlative is of whatever it is said of, and of nothing in particular. */
export const measuresAmounts = ({ measured }: Superlative): boolean =>
  measured.length === 0 || isOfAmounts(measured);

const isOfMoney = (measured: readonly string[]): boolean =>
  ['price', 'income', 'profit'].some((word) => measured.includes(word));

/**
 * Whether the quantity may be what the adjective measures: the heaviest are not those of which most were built, nor
 * the windiest days the latest. The longest may be so in pages, but not in how many parts they have.
 */
function mayMeasure({ measured, units }: Superlative, { unit, name, columns }: Quantity): boolean {
  if (columns.length !== 1 || measured === calendar || measured === birth || measured.includes('age'))
    return true;
  if (units === undefined)
    return (
      measured.length === 0 ||
      isOfAmounts(measured) ||
      isCalledBy(measured, name) ||
      (isOfMoney(measured) && unit !== null && isCurrencyCode(unit.split('/')[0] ?? ''))
    );
  if (unit !== null) {
    const isCurrency = isCurrencyCode(unit);
    // Hours a day are a time as well.
    const counted = unit.replace(/\/(?:day|week|month|year)$/, '');
    return (
      isCurrency || units.some((sample) => convertUnit({ number: 1, from: counted, to: sample }) !== null)
    );
  }
  const isNamed = measured.some((word) => name.toLowerCase().includes(word));
  return (measured.includes('length') && !/^number of (?!pages|words|lines)/i.test(name)) || isNamed;
}

/** The rows with the most of a quantity. */
export function rankingBy(superlative: Superlative, given: Quantity): Ranking | null {
  const quantity = given.type === 'date' ? given : numeric(given);
  if (quantity === null) return null;
  const { descending, limit, offset, measured, units } = superlative;
  // The longest is not the latest.
  if (given.type === 'date' && units !== undefined) return null;
  if (!mayMeasure(superlative, given)) return null;
  // By age the oldest have most of it, by a year of founding least.
  if ((measured === calendar || measured === birth) && !isCalendar(quantity)) return null;
  if (measured.includes('age') && isCalendar(quantity)) return null;
  return { by: quantity.expression, descending, limit, offset, quantity };
}

/** Whether a date says when a thing ended, or will, so that it makes nothing older. */
export const tellsOfEnd = ({ name }: Quantity): boolean =>
  /\b(?:end|ended|retire\w*|expir\w*|clos\w*|complet\w*|death|died|due|deadline|discharge\w*|deliver\w*|finish\w*|renewal|decommission\w*|last|next|updated?)\b/i.test(
    name,
  );

const exactCost = 0.2;

/** What it costs at most to name the radius of a thing and not of one of its parts: "mean radius". */
const wholeRadiusCost = 0.2;

/** Things of which "largest" means the largest area. */
const landNouns: ReadonlySet<string> = new Set(
  'country nation territory island lake park reserve farm forest province district municipality county parish region plot'.split(
    ' ',
  ),
);

/** The column whose unit measures the same as one of the units, where there is but one. */
export function onlyColumnIn(context: Context, units: readonly string[]): Quantity | null {
  const fitting = context.table.columns.filter(({ unit }) =>
    units.some((sample) => unit !== null && convertUnit({ number: 1, from: unit, to: sample }) !== null),
  );
  const [only] = fitting;
  return only === undefined || fitting.length > 1 ? null : quantityOf(only);
}

const isOfPrice = (measured: readonly string[]): boolean => measured.includes('price');

/** Whether another field says what was paid, where this one holds what it was thought to be. */
const isGuess = ({ table }: Context, { columns }: Quantity): boolean =>
  table.columns.some((column) => column.name === columns[0] && isGuessOfMoney(column, table));

/** The one field whose name says what was paid: "sold for". */
function paidOf({ table }: Context): Quantity | null {
  const main = mainMoneyOf(table);
  return main !== null && namesFinalAmount(main) ? quantityOf(main) : null;
}

/** A ranking by what the adjective itself measures: "the oldest", "the three cheapest". */
export function rankingByAdjective(
  context: Context,
  superlative: Superlative,
  noun: string | null,
): Weighed<Ranking> | null {
  const options: { value: Ranking; cost: number; notes: readonly string[] }[] = [];
  const isOwn = noun === null || context.table.nouns.includes(noun) || landNouns.has(noun);
  for (const [place, word] of superlative.measured.entries())
    for (const { quantity, cost: named } of columnsCalled(context, word).slice(0, 3)) {
      // Of the senses of an adjective, the first is the likelier: a length, and not a duration.
      const cost =
        named + (superlative.measured === calendar || superlative.measured === birth ? 0 : place * 0.12);
      const isDate = calendar.includes(word) || birth.includes(word);
      if (isGuess(context, quantity)) continue;
      if (isDate !== isCalendar(quantity) || (superlative.measured === birth && cost > exactCost)) continue;
      if (superlative.measured === calendar && tellsOfEnd(quantity)) continue;
      const isRound = word === 'diameter' || word === 'radius';
      const isExtent = word === 'area' || word === 'size' || isRound;
      if (isExtent && !isOwn) continue;
      // The largest is not what has the largest of some part of it.
      if (isRound && named > wholeRadiusCost) continue;
      const value = rankingBy(superlative, quantity);
      const notes = [`ranked by "${quantity.name}"`];
      if (value !== null) options.push({ value, cost: (isExtent ? 0.4 : 0.2) + cost, notes });
    }
  if (options.length === 0 && superlative.measured === calendar) {
    const since = context.table.columns
      .map((column) => quantityOf(column))
      .filter((quantity) => isCalendar(quantity) && !tellsOfEnd(quantity));
    const [only] = since;
    const value = only === undefined || since.length > 1 ? null : rankingBy(superlative, only);
    if (only !== undefined && value !== null)
      options.push({ value, cost: 0.3, notes: [`ranked by "${only.name}"`] });
  }
  if (options.length === 0 && isOfPrice(superlative.measured)) {
    const only = paidOf(context);
    const value = only === null ? null : rankingBy(superlative, only);
    if (only !== null && value !== null)
      options.push({ value, cost: 0.3, notes: [`ranked by "${only.name}"`] });
  }
  if (options.length === 0) {
    const only = onlyColumnIn(context, superlative.units ?? []);
    const value = only === null ? null : rankingBy(superlative, only);
    if (only !== null && value !== null)
      options.push({ value, cost: 0.3, notes: [`ranked by "${only.name}"`] });
  }
  return options.length === 0 ? null : new Weighed(options);
}

const ranking = new Set(adjectives.flatMap(({ words }) => words.split(/[| ]/)));

/** "Densest", "best supplied": a superlative of which the grammar does not know what it measures. */
function otherSuperlatives(context: Context, at: number): Parse<boolean>[] {
  const [token, next] = [context.tokens[at], context.tokens[at + 1]];
  if (token?.kind !== 'word') return [];
  if (/.{3}est$/.test(token.word) && !ranking.has(token.word))
    return [{ end: at + 1, cost: 0.05, value: true, notes: [] }];
  const isPair = ['best', 'most'].includes(token.word) && next?.kind === 'word' && next.word !== 'first';
  return isPair ? [{ end: at + 2, cost: 0.1, value: true, notes: [] }] : [];
}

/** Adds "highest", "second lowest", "three largest", and what is ranked by them. */
export function addSuperlativeRules(grammar: AnalystGrammar): void {
  for (const adjective of adjectives) grammar.rule('adjective', `(${adjective.words})`, () => adjective);
  grammar.rule('superlative', '<adjective>', ({ adjective }) => superlative(adjective, null));
  grammar.rule('superlative', '<count> <adjective>', ({ count, adjective }) => superlative(adjective, count));
  // "The highest 2023 revenue" is not the highest two thousand.
  grammar.rule('superlative', '<adjective> <count>', ({ count, adjective }) =>
    count >= 1900 && count <= 2100 ? null : superlative(adjective, count),
  );
  grammar.rule('superlative', '<ordinal> <adjective>', ({ ordinal, adjective }) =>
    superlative(adjective, 1, ordinal - 1),
  );
  grammar.rule(
    'superlative',
    '<ordinal:first> (to|through|until|-) <ordinal:last> <adjective>',
    ({ first, last, adjective }) =>
      last <= first ? null : superlative(adjective, last - first + 1, first - 1),
  );
  // Of what was calculated for every row in the sentence before.
  grammar.rule(
    'ranking',
    '<superlative> [of these] (value|one|ratio|figure|result|score|values|ratios|scores|outcome|product|sum|total|)',
    ({ superlative }, context) =>
      context.discourse.quantity === null ? null : rankingBy(superlative, context.discourse.quantity),
  );
  grammar.primitive('other-superlative', otherSuperlatives);
  grammar.rule('direction', '$falling', () => true);
  grammar.rule('direction', '$rising', () => false);

  grammar.rule(
    'ranking',
    '<superlative> [value of|values of|value for|number of|amount of|level of|levels of|overall|reported|stated|recorded] <quantity> [overall]',
    ({ superlative, quantity }) => rankingBy(superlative, quantity),
  );
  grammar.rule(
    'ranking',
    '<superlative> [total] (number|amount|level|value) of <quantity>',
    ({ superlative, quantity }) => rankingBy(superlative, quantity),
    0.02,
  );
  grammar.rule(
    'ranking',
    '<quantity> [that be] (highest|largest|greatest)',
    ({ quantity }) => rankingBy({ descending: true, limit: null, offset: 0, measured: [] }, quantity),
    0.2,
  );
}
