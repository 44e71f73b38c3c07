import { currencyOf, isCurrencyCode } from '../../../table/values/currencies.ts';
import { measureSymbol } from '../../../table/values/units.ts';
import type { Comparing } from '../../grammar/meanings.ts';
import type { GroupCondition } from '../../plan.ts';
import type { Parts } from '../parts.ts';
import { rowCount } from './grouped.ts';

/** How many rows of a group there must be: "more than once", "at least three orders". */
export function countHaving(
  { context }: Pick<Parts, 'context'>,
  { operand, comparison, high }: Comparing,
): GroupCondition | null {
  if (operand.kind !== 'literal' || high !== undefined) return null;
  const { value, percent, unit } = operand.literal;
  const isMeasure =
    unit !== null && (measureSymbol(unit) !== null || currencyOf(unit) !== null || isCurrencyCode(unit));
  // What no group can have so many of is no number of rows.
  if (percent || !Number.isInteger(value) || isMeasure || value > context.table.rows) return null;
  return { left: rowCount, comparison, right: { kind: 'number', value } };
}
