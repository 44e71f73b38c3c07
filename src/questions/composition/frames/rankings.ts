import type { Quantity, Ranking } from '../../grammar/meanings.ts';
import { ratioOf } from '../../grammar/quantity-values.ts';
import { rankingBy, rankingByAdjective } from '../../grammar/superlatives.ts';
import { amountsOfMoney, measuredBy } from '../english/columns.ts';
import type { Free, Parts, Placed, Superlative } from '../parts.ts';
import { isHeadFinal } from '../subject.ts';
import { agesOf, isTime } from '../times.ts';
import { quantitiesIn } from './frame.ts';

/** By what a superlative puts rows or groups in order: a quantity, or how many rows there are. */
export interface Order {
  readonly ranking: Ranking;
  readonly quantity: Quantity | null;
  /** The fields that are still free. */
  readonly rest: readonly Free[];
  /** Where the quantity is named; null where the adjective alone says it. */
  readonly at: { readonly start: number; readonly end: number } | null;
  readonly cost: number;
  readonly notes: readonly string[];
}

interface Implied {
  readonly value: Ranking;
  readonly cost: number;
  readonly notes: readonly string[];
}

const betweenCost = 0.03;
const beforeCost = 0.08;

/** The quantities by which the superlative may rank, cheapest first. */
export function ordersOf(parts: Parts, superlative: Placed<Superlative>): readonly Order[] {
  const { context, pieces, free } = parts;
  const { superlative: meaning } = superlative.value;
  const plain = { ...meaning, measured: [], units: undefined };
  const isOfTime = meaning.measured.includes('founded');
  const isBy = free.some((each) => each.isBy);
  const named = quantitiesIn(parts).flatMap(({ quantity, rest, start, end, cost, notes }): Order[] => {
    const isOwnDuration =
      !free.some(({ value }) => value === quantity) && meaning.measured.includes('duration');
    const isOwnTime = isOfTime && isTime(context, quantity);
    // "The heaviest rain": what is heavy or strong is so in whatever it is said of.
    const isOfAmount =
      start === superlative.end &&
      quantity.unit !== null &&
      ['weight', 'strength'].some((word) => meaning.measured.includes(word));
    const ranking = rankingBy(isOwnDuration || isOwnTime || isOfAmount || isBy ? plain : meaning, quantity);
    if (ranking === null) return [];
    if (isBy && !free.some((each) => each.isBy && each.value === quantity)) return [];
    const between = pieces.filter((piece) => piece.start >= superlative.end && piece.end <= start).length;
    // "床位最多": where the quantity stands before its superlative, right before it.
    const isOwn = isHeadFinal(parts) && leadsTo(parts, end, superlative.start);
    const place =
      isBy || isOwn ? 0 : start >= superlative.end ? Math.min(between, 4) * betweenCost : beforeCost;
    return [{ ranking, quantity, rest, at: { start, end }, cost: cost + place, notes }];
  });
  if (superlative.value.isOften || isBy) return named;
  if (parts.operators.length > 0) return [...named, ...relativeOrders(parts, superlative)];
  const senses = impliedRankings(parts, meaning);
  const implied = (senses.length > 0 ? senses : byEverydaySense(parts, superlative)).map(
    ({ value, cost, notes }): Order => ({
      ranking: value,
      quantity: value.quantity,
      rest: free.filter(
        (each) =>
          JSON.stringify(each.value.expression) !== JSON.stringify(value.by) ||
          each.start < superlative.start,
      ),
      at: null,
      cost,
      notes,
    }),
  );
  return [...named, ...implied].toSorted((one, other) => one.cost - other.cost);
}

/** "The priciest relative to its weight": what the adjective measures, divided by what is named. */
function relativeOrders(parts: Parts, superlative: Placed<Superlative>): readonly Order[] {
  const [divisor] = parts.free;
  const [operator] = parts.operators;
  if (
    divisor === undefined ||
    operator?.value !== '/' ||
    parts.free.length > 1 ||
    divisor.start < operator.end
  )
    return [];
  const { superlative: meaning } = superlative.value;
  return impliedRankings(parts, meaning).flatMap(({ value: { quantity }, cost, notes }): Order[] => {
    const ratio = quantity === null ? null : (ratioOf(quantity, divisor.value)?.options[0]?.value ?? null);
    const ranking = ratio === null ? null : rankingBy({ ...meaning, measured: [], units: undefined }, ratio);
    return ranking === null ? [] : [{ ranking, quantity: ratio, rest: [], at: null, cost, notes }];
  });
}

/** What the superlative itself measures: an age by dates and years, a weight by a field of weights. */
export function impliedRankings(
  { context }: Parts,
  superlative: Superlative['superlative'],
): readonly Implied[] {
  const isOfAge = superlative.measured.includes('age');
  const byAge = isOfAge ? measuredBy(context, { measured: ['age'] }) : [];
  if (isOfAge && byAge.length === 0) return [];
  if (superlative.measured.includes('founded') && measuredBy(context, { measured: ['age'] }).length > 0)
    return [];
  if (superlative.measured.includes('founded'))
    return agesOf(context)
      .slice(0, 4)
      .flatMap(({ quantity, cost }) => {
        const value = rankingBy({ ...superlative, measured: [] }, quantity);
        return value === null ? [] : [{ value, cost, notes: [`ranked by "${quantity.name}"`] }];
      });
  return (rankingByAdjective(context, superlative, null)?.options ?? []).map(({ value, cost, notes }) => ({
    value,
    cost: cost * 0.6 + laterSense(superlative.measured, value.quantity) * 0.4,
    notes: notes ?? [],
  }));
}

/** Of the senses of an adjective, a later one is less likely: the longest is rather so in length than in duration. */
function laterSense(measured: readonly string[], quantity: Quantity | null): number {
  const name = quantity?.name.toLowerCase() ?? '';
  const place = measured.findIndex((word) => name.includes(word));
  return place <= 0 ? 0 : place * 0.12;
}

/** "The highest tower", "the best hotel", "the biggest order": what the adjective is of where nothing is named. */
function byEverydaySense({ context }: Parts, { start, end, value }: Placed<Superlative>): readonly Implied[] {
  const words = context.tokens.slice(start, end).map(({ word }) => word);
  const has = (...wanted: readonly string[]): boolean => words.some((word) => wanted.includes(word));
  const found = has('highest', 'lowest', 'higher', 'lower')
    ? measuredBy(context, { measured: ['height', 'elevation'] })
    : has('best', 'worst', 'better', 'worse')
      ? measuredBy(context, { measured: ['rating', 'score', 'grade'] })
      : has('largest', 'biggest', 'smallest', 'greatest', 'top')
        ? amountsOfMoney(context)
        : [];
  return found.slice(0, 2).flatMap(({ quantity, cost, notes }): Implied[] => {
    const ranking = rankingBy({ ...value.superlative, measured: [], units: undefined }, quantity);
    return ranking === null ? [] : [{ value: ranking, cost: cost + 0.08, notes }];
  });
}

/** Whether no piece stands between the two places. */
const leadsTo = ({ pieces }: Parts, end: number, start: number): boolean =>
  end <= start && !pieces.some((piece) => piece.start >= end && piece.end <= start);

/**
 * Whether the superlative is said of rows: a noun follows it, with at most values between; "医院最多" is said of how
 * many there are.
 */
export function isOfRows(parts: Parts, { start: from, end }: Placed<unknown>): boolean {
  const { pieces, nouns } = parts;
  if (isHeadFinal(parts) && nouns.some((noun) => leadsTo(parts, noun.end, from))) return true;
  const next = pieces.find(
    ({ start, meaning }) => start >= end && !['condition', 'having', 'count'].includes(meaning.kind),
  );
  return next?.meaning.kind === 'noun' || nouns.some(({ start }) => start === end);
}
