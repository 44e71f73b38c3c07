import type { Expression, Order, Predicate, Selection } from '../plan.ts';
import { isEveryRow } from './context.ts';
import type { Modifier, Quantity, Ranking, Rows } from './meanings.ts';

/** The rows that nothing was said about. */
export const allRows: Rows = { where: null, by: null, count: null, singular: false, noun: null };

/** Both conditions; what is nested is laid flat. */
export function both(first: Predicate | null, second: Predicate | null): Predicate | null {
  if (first === null || isEveryRow(first)) return second ?? first;
  if (second === null || isEveryRow(second)) return first;
  const flat = (predicate: Predicate): readonly Predicate[] =>
    predicate.kind === 'and' ? predicate.operands : [predicate];
  return { kind: 'and', operands: [...flat(first), ...flat(second)] };
}

/** The rows that also fulfil the condition. Of ranked rows, those that do: "of the ten largest, those with …". */
export function restrict(rows: Rows, predicate: Predicate): Rows {
  return rows.by === null || rows.by.limit === null
    ? { ...rows, where: both(rows.where, predicate) }
    : {
        ...allRows,
        noun: rows.noun,
        where: both({ kind: 'among', selection: selectionOf(rows) }, predicate),
      };
}

/** The rows of the phrase that lie within others named before it. */
export function within(rows: Rows, base: Rows): Rows {
  if (base.by !== null && base.by.limit !== null)
    return { ...rows, where: both({ kind: 'among', selection: selectionOf(base) }, rows.where) };
  return { ...rows, where: both(base.where, rows.where) };
}

/** The first rows in an order. */
export function ranked(rows: Rows, ranking: Ranking): Rows | null {
  if (rows.by !== null) return null;
  const limit = ranking.limit ?? rows.count ?? (rows.singular ? 1 : null);
  if (rows.count !== null && ranking.limit !== null && ranking.limit !== rows.count && ranking.limit !== 1)
    return null;
  return {
    ...rows,
    by: { ...ranking, limit: rows.count !== null && ranking.offset === 0 ? rows.count : limit },
    count: null,
  };
}

/** Applies restrictors to the rows of a noun phrase: conditions first, then the ranking. */
export function modified(rows: Rows, modifiers: readonly Modifier[]): Rows | null {
  let { where } = rows;
  for (const modifier of modifiers) {
    if (modifier.kind === 'condition') where = both(where, modifier.condition.predicate);
    else if (modifier.kind === 'base') ({ where } = within({ ...rows, where }, modifier.rows));
  }
  let result: Rows = { ...rows, where };
  for (const modifier of modifiers) {
    if (modifier.kind !== 'ranking') continue;
    const next = ranked(result, modifier.ranking);
    if (next === null) return null;
    result = next;
  }
  return result;
}

/** The selection of a plan that the rows are. */
export function selectionOf(rows: Rows): Selection {
  const { where, by } = rows;
  const order: Order | null = by === null ? null : { by: by.by, descending: by.descending };
  return {
    ...(where === null ? {} : { where }),
    ...(order === null ? {} : { order }),
    ...(by?.limit == null ? {} : { limit: by.limit }),
    ...(by === null || by.offset === 0 ? {} : { offset: by.offset }),
  };
}

/** What a list shows beside the names. */
export const shownQuantity = (
  quantity: Quantity,
): { value: Expression; name: string; unit: string | null } => ({
  value: quantity.expression,
  name: quantity.name,
  unit: quantity.type === 'percentage' ? '%' : quantity.unit,
});
