import type { Context } from '../grammar/context.ts';
import { groupOf } from '../grammar/group-values.ts';
import type { Group, Quantity } from '../grammar/meanings.ts';
import { mainDate } from '../grammar/predicate-conditions.ts';
import { plainColumn } from '../grammar/quantity-values.ts';
import type { DatePart } from '../plan.ts';
import type { PieceOf } from './piece.ts';
import { isTime } from './times.ts';

/** Numbers that name classes and measure nothing. */
const classNames =
  /\b(?:year|season|period|generation|series|group|grade|level|class|stage|phase|tier|star|stars|round|week|month|quarter|floor|decade|edition|version|priority|severity|category|position)\b|年|级|季|月|期/i;

/** The groups that a field's values make; null for measurements. */
export function groupFor(context: Context, quantity: Quantity): Group | null {
  const plain = groupOf(context, quantity);
  if (plain !== null) return plain;
  const column = plainColumn(context, quantity);
  if (column === null || column.type !== 'number' || column.unit !== null) return null;
  return isTime(context, quantity) || classNames.test(column.label)
    ? { by: { kind: 'column', column: column.name }, name: quantity.name, columns: quantity.columns }
    : null;
}

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
