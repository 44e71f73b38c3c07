import { figureArithmetic } from '../../grammar/drafts.ts';
import { measured } from '../../grammar/figures.ts';
import { numeric } from '../../grammar/quantity-values.ts';
import { both } from '../../grammar/row-sets.ts';
import type { Predicate } from '../../plan.ts';
import { rowsOf } from '../rows.ts';
import { framedFigure, holdsAtMost, isAdditive, marksAre } from './frame.ts';
import type { Frame } from './frame.ts';

const sumsCost = 0.06;

/**
 * "What is the cost per passenger across all night ferries": one sum by another, over the rows that state both. Of one
 * row it is a value, and a mean of such values is called so.
 */
export const rates: Frame = (parts) => {
  const [operator] = parts.operators;
  if (operator?.value !== '/' || !marksAre(parts, 'which', 'much', 'list')) return [];
  if (!holdsAtMost(parts, { operators: 1, measures: 1 })) return [];
  if (parts.measures.some(({ value }) => value.function !== 'sum')) return [];
  if (parts.conditions.some(({ entity }) => entity !== null)) return [];
  const [left, right] = parts.free;
  if (left === undefined || right === undefined || parts.free.length > 2) return [];
  if (left.end > operator.start || right.start < operator.end) return [];
  const [above, below] = [numeric(left.value), numeric(right.value)];
  if (above === null || below === null || !isAdditive(above) || !isAdditive(below)) return [];
  const rows = rowsOf(parts, parts.conditions);
  const stated = [...above.columns, ...below.columns].map((column): Predicate => ({
    kind: 'stated',
    column,
  }));
  const complete = { ...rows, where: stated.reduce(both, rows.where) };
  const [one, other] = [
    measured({ function: 'sum' }, above, complete),
    measured({ function: 'sum' }, below, complete),
  ];
  const rate = one === null || other === null ? null : figureArithmetic('/', one, other);
  return framedFigure(rate, sumsCost);
};
