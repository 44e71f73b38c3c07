import type { Context } from './context.ts';
import { comparison } from './conditions.ts';
import type { Outcome } from './engine.ts';
import type { Comparing, Condition, Named, Quantity, Ranking, Rows } from './meanings.ts';
import { ranked, selectionOf } from './row-sets.ts';
import { quantityOf } from './terms.ts';

/** A value or flag as a condition. */
export const named = (value: Named): Condition => ({ predicate: value.predicate, quantity: null });

/** The row is among the first of all rows, or of others, in an order. */
export function amongRanked(rows: Rows, ranking: Ranking): Condition | null {
  const set = ranked(rows, ranking);
  if (set === null || set.by === null || set.by.limit === null) return null;
  return { predicate: { kind: 'among', selection: selectionOf(set) }, quantity: ranking.quantity };
}

/** When things happened, where the table knows one date. */
export function eventDate(context: Context, comparing: Comparing): Outcome<Condition> {
  const dates = context.table.columns.filter((column) => column.type === 'date');
  const [only] = dates;
  return dates.length === 1 && only !== undefined ? comparison(context, quantityOf(only), comparing) : null;
}

/** A comparison with a date, or of a column of years with a year. */
export function onlyDates(context: Context, column: Quantity, comparing: Comparing): Outcome<Condition> {
  const isDate = column.type === 'date' || (column.type === 'number' && column.unit === null);
  return isDate ? comparison(context, column, comparing) : null;
}

/** The date is, or lies in, the one named. */
export function onDate(context: Context, column: Quantity, date: string): Outcome<Condition> {
  if (column.type === 'date')
    return comparison(context, column, { comparison: '=', operand: { kind: 'date', date } });
  const literal = { value: Number(date), percent: false, unit: null };
  return column.type === 'number' && column.unit === null && /^\d{4}$/.test(date)
    ? comparison(context, column, { comparison: '=', operand: { kind: 'literal', literal } })
    : null;
}
