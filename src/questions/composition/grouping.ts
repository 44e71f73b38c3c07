import type { Context } from '../grammar/context.ts';
import { namesClasses } from '../grammar/class-names.ts';
import { groupOf } from '../grammar/group-values.ts';
import type { Group, Quantity } from '../grammar/meanings.ts';
import { mainDate } from '../grammar/predicate-conditions.ts';
import { plainColumn } from '../grammar/quantity-values.ts';
import type { DatePart } from '../plan.ts';
import type { PieceOf } from './piece.ts';
import { isTime } from './times.ts';

/** The groups that a field's values make; null for measurements. */
export function groupFor(context: Context, quantity: Quantity): Group | null {
  const plain = groupOf(context, quantity);
  if (plain !== null) return plain;
  const column = plainColumn(context, quantity);
  if (column === null || column.type !== 'number' || column.unit !== null) return null;
  return isTime(context, quantity) || namesClasses(column.label)
    ? { by: { kind: 'column', column: column.name }, name: quantity.name, columns: quantity.columns }
    : null;
}

/** The most of what there is of a thing that things are grouped by: "by number of rooms". */
const mostCounted = 99;

/** The groups that a field of small whole numbers makes where something is asked "by" it. */
export function groupOfCounts(context: Context, quantity: Quantity): Group | null {
  const column = plainColumn(context, quantity);
  if (column === null || column.type !== 'number' || column.unit !== null) return null;
  const isCount = (example: string): boolean => /^\d+$/.test(example) && Number(example) <= mostCounted;
  return column.examples.length > 0 && column.examples.every(isCount)
    ? { by: { kind: 'column', column: column.name }, name: quantity.name, columns: quantity.columns }
    : null;
}

const sorts: ReadonlySet<string> = new Set(['kind', 'type', 'sort', 'class', 'category', 'variety']);

/** Whether the words between speak of a sort of what follows: "each kind of ship". */
export const isSortOfRows = ({ tokens }: Context, from: number, to: number): boolean =>
  tokens.slice(from, to).some(({ lemma }) => sorts.has(lemma));

/** The groups that a part of the calendar makes, by the date that is named, or the only one. */
export function dateGroup(
  context: Context,
  part: DatePart,
  named: readonly PieceOf<'column'>[],
): { readonly group: Group; readonly piece: PieceOf<'column'> | null; readonly cost: number } | null {
  const [piece] = named;
  if (piece !== undefined && named.length === 1) {
    const [column] = piece.meaning.quantity.columns;
    if (column === undefined) return null;
    return { group: ofDate(column, part), piece, cost: 0 };
  }
  const main = mainDate(context);
  return main === null
    ? null
    : { group: ofDate(main.column.name, part), piece: null, cost: main.cost + 0.03 };
}

const ofDate = (column: string, part: DatePart): Group => ({
  by: { kind: 'date-part', column, part },
  name: part,
  columns: [column],
});
