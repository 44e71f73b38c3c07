import type { CatalogColumn } from '../../table/catalog.ts';
import { valuesContaining, wordsKey } from '../linking/value-links.ts';
import type { Predicate } from '../plan.ts';
import type { Context } from './context.ts';
import { Weighed } from './engine.ts';
import type { Condition, Quantity } from './meanings.ts';
import { plainColumn } from './quantity-values.ts';

const unknownItemCost = 0.35;

/** Whether some of the items of lists that are known is or holds the text. */
const isKnownItem = (column: CatalogColumn, text: string): boolean =>
  column.values.length === 0 || valuesContaining(column, text).length > 0;

/**
 * The condition that a column of words is, contains, begins or ends with the text. A category must know the
 * text: equal to one of its values, or as part of some, which is noted.
 */
export function textCondition(
  context: Context,
  quantity: Quantity,
  wanted: { readonly text: string; readonly match: 'is' | 'contains' | 'start' | 'end' },
): Weighed<Condition> | null {
  const column = plainColumn(context, quantity);
  if (column === null) return null;
  const { text, match } = wanted;
  const result = (predicate: Predicate, cost: number, notes: readonly string[] = []): Weighed<Condition> =>
    new Weighed([{ value: { predicate, quantity }, cost, notes }]);
  if (column.type === 'list')
    return match === 'is' || match === 'contains'
      ? result(
          { kind: 'contains', column: column.name, text },
          isKnownItem(column, text) ? 0 : unknownItemCost,
        )
      : null;
  if (column.type !== 'text' && column.type !== 'category') return null;
  if (match === 'start' || match === 'end')
    return result({ kind: 'contains', column: column.name, text, at: match }, 0);
  if (match === 'contains') return result({ kind: 'contains', column: column.name, text }, 0);
  if (column.type === 'text') return result({ kind: 'is', column: column.name, values: [text] }, 0.05);
  const key = wordsKey(text);
  const exact = column.values.find(({ value }) => wordsKey(value) === key);
  if (exact !== undefined) return result({ kind: 'is', column: column.name, values: [exact.value] }, 0);
  const partial = valuesContaining(column, text);
  if (partial.length === 0) return null;
  const note = `"${text}" is taken as every "${column.label}" that contains it: ${partial.slice(0, 5).join('; ')}${partial.length > 5 ? ' …' : ''}`;
  return result({ kind: 'is', column: column.name, values: partial }, 0.3, [note]);
}
