import { valuesDraft } from '../../grammar/drafts.ts';
import { measured } from '../../grammar/figures.ts';
import { numeric } from '../../grammar/quantity-values.ts';
import type { Quantity } from '../../grammar/meanings.ts';
import type { GroupValue } from '../../plan.ts';
import type { Parts } from '../parts.ts';
import { rowsOf } from '../rows.ts';
import { isTime } from '../times.ts';
import { openerOf } from '../subject.ts';
import { groupedDraft, rowCount } from './grouped.ts';
import { isModifier } from './counts.ts';
import {
  amountsOfThings,
  framed,
  holdsAtMost,
  isAdditive,
  marksAre,
  quantitiesIn,
  framedFigure,
  statedCalculation,
} from './frame.ts';
import type { Calculation, Frame } from './frame.ts';

const meanOfRatesCost = 0.15;

/** What is to be calculated of the quantity; null where nothing says so. */
export function measureOf(parts: Parts, quantity: Quantity): Calculation | null {
  const { measures } = parts;
  const [first, ...others] = measures;
  if (first !== undefined) {
    // "The average total": the second names no measure of its own where a total is averaged.
    const names = new Set(others.map(({ value }) => value.function));
    names.delete(first.value.function);
    if (names.size > 1 || (names.size === 1 && !names.has('sum') && first.value.function !== 'sum'))
      return null;
    return statedCalculation(parts);
  }
  if (parts.perRow) return { function: 'average' };
  const opener = openerOf(parts)?.value;
  return (opener === 'many' || opener === 'much') && isAdditive(quantity) ? { function: 'sum' } : null;
}

/** What is to be calculated of the quantity; where nothing says so, the sum of what adds up. */
export const measureOrSum = (parts: Parts, quantity: Quantity): Calculation | null =>
  measureOf(parts, quantity) ?? (isAdditive(quantity) ? { function: 'sum' } : null);

const canBeMeasured = (parts: Parts, how: Calculation, quantity: Quantity): boolean =>
  how.function !== 'sum' || (isAdditiveEnough(quantity) && !isTime(parts.context, quantity));

const isAdditiveEnough = (quantity: Quantity): boolean =>
  quantity.type !== 'percentage' && quantity.fraction !== true && quantity.type !== 'date';

/** "Average price of …", "how much … in total": one number over the rows. */
export const calculated: Frame = (parts) => {
  const { conditions, nouns } = parts;
  if (!marksAre(parts, 'many', 'much', 'which', 'list') || !holdsAtMost(parts, { measures: 3, operators: 1 }))
    return [];
  // "By weight" says what something is in the order of.
  if (parts.free.some(({ isBy }) => isBy)) return [];
  const rows = rowsOf(parts, conditions);
  const isOne = conditions.some(({ entity }) => entity !== null);
  // "Separates A and B" asks for no value of either.
  if (isOne && parts.isDifferent) return [];
  return [...quantitiesIn(parts), ...impliedAmounts(parts)].flatMap(({ quantity, rest, cost, notes }) => {
    const how = measureOf(parts, quantity);
    const value = numeric(quantity);
    if (how === null || value === null || rest.length > 0 || !canBeMeasured(parts, how, value)) return [];
    const isImplied = parts.measures.length === 0;
    // "School districts" are no schools.
    if (isImplied && parts.free.some((each) => isModifier(parts, each))) return [];
    if (isOne && isImplied) return framed(valuesDraft({ ...rows, singular: true }, [quantity]), cost, notes);
    const figure = measured(how, value, rows);
    // Nouns that follow "how many" would be counted, not summed.
    const isCounted =
      isImplied &&
      openerOf(parts)?.value === 'many' &&
      (nouns[0]?.start ?? Infinity) < (parts.free[0]?.start ?? 0);
    // "The cost per passenger across all ferries" is no mean of the costs per passenger of each.
    const isRate = isImplied && parts.operators.some(({ value: sign }) => sign === '/');
    return framedFigure(figure, cost + (isCounted ? 0.2 : 0) + (isRate ? meanOfRatesCost : 0), notes);
  });
};

/** "How many croissants were ordered": of rows that say how many they are about. */
function impliedAmounts(
  parts: Parts,
): readonly { quantity: Quantity; rest: readonly []; cost: number; notes: readonly string[] }[] {
  const { free, nouns, conditions } = parts;
  const isOfThings =
    openerOf(parts)?.value === 'many' && nouns.length === 0 && free.length === 0 && conditions.length > 0;
  return isOfThings
    ? amountsOfThings(parts)
        .slice(0, 1)
        .map((quantity) => ({ quantity, rest: [], cost: 0.06, notes: [`counted by "${quantity.name}"`] }))
    : [];
}

/** "Average price per region", "orders and total by month": numbers for every group. */
export const calculatedByGroup: Frame = (parts) => {
  const { groups, free, measures } = parts;
  const [group, within] = groups;
  if (group === undefined || !marksAre(parts, 'many', 'much', 'which', 'list', 'rank')) return [];
  if (!holdsAtMost(parts, { groups: 2, measures: 3, operators: 1, ordered: 1 })) return [];
  const rows = rowsOf(parts, parts.conditions);
  const counts = parts.marks.some(({ value }) => value === 'many');
  const frame = (
    values: readonly GroupValue[],
    quantity: Quantity | null,
    cost: number,
    notes: readonly string[],
  ) =>
    framed(
      groupedDraft({
        group: (within ?? group).value,
        ...(within === undefined ? {} : { within: group.value }),
        values,
        rows,
        quantity,
        ...(parts.ordered[0] === undefined
          ? {}
          : { order: parts.ordered[0].value.descending ? ('descending' as const) : ('ascending' as const) }),
        show: 'both',
      }),
      cost,
      notes,
    );
  const each = (how: Calculation, quantity: Quantity): GroupValue | null => {
    const value = numeric(quantity);
    return value === null || !canBeMeasured(parts, how, value)
      ? null
      : { kind: 'measure', measure: { ...how, of: value.expression } };
  };
  // Several numbers: each measure goes with the field after it.
  if (free.length > 1 && parts.operators.length === 0) {
    const values = free.map(({ value, start }): GroupValue | null => {
      const own = measures.findLast((measure) => measure.start < start) ?? measures[0];
      const how = own?.value ?? (isAdditive(value) ? { function: 'sum' as const } : null);
      return how === null ? null : each(how, value);
    });
    const all = values.filter((value) => value !== null);
    if (all.length < values.length || measures.length === 0) return [];
    return frame(counts ? [rowCount, ...all] : all, free[0]?.value ?? null, 0.05, []);
  }
  return quantitiesIn(parts).flatMap(({ quantity, rest, cost, notes }) => {
    const isBoth =
      counts && parts.marks.length > 0 && measures.length > 0 && parts.nouns.length > 0 && isJoined(parts);
    const how = measureOrSum(parts, quantity);
    const value = how === null ? null : each(how, quantity);
    if (value === null || rest.length > 0) return [];
    const implied = measureOf(parts, quantity) === null ? 0.12 : 0;
    return frame(isBoth ? [rowCount, value] : [value], isBoth ? null : quantity, cost + implied, notes);
  });
};

/** Whether an "and" or a comma stands between a count of rows and the first measure. */
const isJoined = ({ pieces, measures }: Parts): boolean =>
  pieces.some(
    ({ meaning, end }) =>
      meaning.kind === 'joint' && meaning.joint === 'and' && measures.some(({ start }) => start >= end),
  );
