import { scaleOf } from '../language/adjectives.ts';
import { isCalledBy } from './superlatives.ts';
import { canonicalUnit, convertUnit } from '../../table/values/units.ts';
import type { CatalogColumn } from '../../table/catalog.ts';
import { tokenize } from '../language/token.ts';
import { compare } from './compare.ts';
import { Weighed } from './engine.ts';
import type { Context } from './context.ts';
import { comparison } from './conditions.ts';
import type { Outcome } from './engine.ts';
import type { Comparing, Condition, Named, Quantity, Ranking, Rows } from './meanings.ts';
import { periodsOf } from './quantity-values.ts';
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
  const main = mainDate(context);
  if (main === null) return null;
  const outcome = comparison(context, quantityOf(main.column), comparing);
  const extra = main.cost + (isPeriodOfField(context, comparing) ? 0.35 : 0);
  if (extra === 0 || !(outcome instanceof Weighed)) return outcome;
  return new Weighed(outcome.options.map((option) => ({ ...option, cost: option.cost + extra })));
}

/** When what a row tells of happened: its only date, or the one that the question names, or the one that is called after the rows or nothing but a date. */
export function mainDate({
  table,
  namedColumns,
}: Context): { readonly column: CatalogColumn; readonly cost: number } | null {
  const dates = table.columns.filter((column) => column.type === 'date');
  const [only] = dates;
  if (dates.length === 1 && only !== undefined) return { column: only, cost: 0 };
  const spoken = dates.filter((column) => namedColumns.has(column));
  const [named] = spoken;
  if (spoken.length === 1 && named !== undefined) return { column: named, cost: 0.05 };
  if (spoken.length > 1) return null;
  const nouns = new Set(table.nouns);
  const own = dates.filter(({ label }) => {
    const words = tokenize(label.replaceAll('_', ' ')).map(({ lemma }) => lemma);
    const telling = words.filter((word) => !['date', 'day', 'of', 'time', 'on', 'the', 'at'].includes(word));
    return telling.every((word) => nouns.has(word));
  });
  const [called] = own;
  return own.length === 1 && called !== undefined ? { column: called, cost: 0.1 } : null;
}

/** Whether the date is a period of which a field that the question names has values: "revenue in 2023". */
function isPeriodOfField(context: Context, { operand }: Comparing): boolean {
  if (operand.kind !== 'date') return false;
  const { date } = operand;
  return [...context.namedColumns].some((column) =>
    periodsOf(column).some((period) => period === date || period.startsWith(`${date}-`)),
  );
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

/** "Longer than two hours", "above 100 m": the unit says of what, where only one column has it. */
export function measuredAlone(context: Context, comparing: Comparing): Outcome<Condition> {
  const { operand } = comparing;
  if (operand.kind !== 'literal' || operand.literal.unit === null || operand.literal.percent) return null;
  const { unit } = operand.literal;
  const fitting = context.table.columns.filter(
    (column) => column.unit !== null && convertUnit({ number: 1, from: unit, to: column.unit }) !== null,
  );
  const same = fitting.filter((column) => canonicalUnit(column.unit ?? '') === canonicalUnit(unit));
  const overall = fitting.filter((column) => /\b(?:total|overall)\b/i.test(column.label));
  // "Narrower than five metres" is said of the width, and of no overall length.
  const scales = context.tokens.flatMap(({ word }) => scaleOf(word) ?? []);
  const called = fitting.filter(({ label }) => scales.some(({ measured }) => isCalledBy(measured, label)));
  const choices = called.length > 0 ? [called] : [fitting, overall, same];
  const only = choices.find((columns) => columns.length === 1)?.[0];
  if (only === undefined) return null;
  const result = compare(context, quantityOf(only), comparing);
  const note = `"${unit}" is taken to be of "${only.label}"`;
  return result === null
    ? null
    : new Weighed([{ ...result, cost: result.cost + 0.2, notes: [...result.notes, note] }]);
}
