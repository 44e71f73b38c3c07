import type { CatalogColumn } from '../../table/catalog.ts';
import { arithmetic, daysBetween, plainColumn } from '../grammar/quantity-values.ts';
import type { Quantity } from '../grammar/meanings.ts';
import { quantityOf } from '../grammar/terms.ts';
import type { Meant } from './frames/frame.ts';
import type { Free, Parts } from './parts.ts';
import { begins, ends, isTime } from './times.ts';

const durationCost = 0.08;
const unnamedCost = 0.2;

/** Words that speak of a length of time. */
const timeWords =
  /^(?:long|longest|shortest|longer|shorter|day|days|time|duration|took|take|taken|last|lasted|years?|elapsed|passed|quick\w*|slow\w*|fast\w*|wait\w*|within|delay\w*|天|日|时间|最长|最短|多久|隔)$/;

/** The time between two dates or years of a row, where the question speaks of a length of time. */
export function durationOf({ context }: Pick<Parts, 'context'>, free: readonly Free[]): readonly Meant[] {
  if (!context.tokens.some(({ word }) => timeWords.test(word))) return [];
  const calendars = free.filter(({ value }) => isTime(context, value));
  const [first, second] = calendars;
  const meant = (quantity: Quantity | null, cost: number): readonly Meant[] =>
    quantity === null
      ? []
      : [
          {
            quantity,
            rest: free.filter((each) => !calendars.includes(each)),
            start: first?.start ?? context.tokens.length,
            end: second?.end ?? first?.end ?? context.tokens.length,
            cost,
            notes: [`counted as ${quantity.name}`],
          },
        ];
  if (calendars.length === 2 && first !== undefined && second !== undefined) {
    const isTurned = ends(first.value) && begins(second.value);
    return meant(
      isTurned ? spanOf(context, second.value, first.value) : spanOf(context, first.value, second.value),
      durationCost,
    );
  }
  if (calendars.length > 2) return [];
  const all = context.table.columns.filter(({ type }) => type === 'date').map((column) => quantityOf(column));
  if (all.length < 2) return [];
  if (first !== undefined) {
    const others = all.filter(({ columns }) => columns[0] !== first.value.columns[0]);
    const [other] = others;
    if (other === undefined || others.length > 1) return [];
    return meant(
      ends(other) && !ends(first.value)
        ? spanOf(context, first.value, other)
        : spanOf(context, other, first.value),
      unnamedCost,
    );
  }
  const from = all.filter(begins);
  const to = all.filter(ends);
  const [start, end] = [from[0], to[0]];
  return start === undefined || end === undefined || from.length > 1 || to.length > 1
    ? []
    : meant(spanOf(context, start, end), unnamedCost);
}

function spanOf(context: Parts['context'], from: Quantity, to: Quantity): Quantity | null {
  const [one, other]: (CatalogColumn | null)[] = [plainColumn(context, from), plainColumn(context, to)];
  if (one === null || other === null || one === undefined || other === undefined || one === other)
    return null;
  if (one.type === 'date' && other.type === 'date') return daysBetween(one, other);
  if (one.type === 'number' && other.type === 'number') {
    const years = arithmetic('-', to, from);
    return years === null ? null : { ...years, unit: 'years' };
  }
  return null;
}
