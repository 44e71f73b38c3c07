import type { CatalogColumn, CatalogTable } from '../table/catalog.ts';
import { monthNames } from '../table/values/months.ts';
import { mapNodes } from './grammar/map-nodes.ts';
import type { Draft } from './grammar/meanings.ts';
import { planKey } from './plan-key.ts';

const weekdays = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');

/**
 * A text that is the same for drafts that give the same answer over a table: for a month by its name in a field of months
 * and by the date beside it, and for groups in any order where none is left out.
 */
export function answerKey(draft: Draft, table: CatalogTable): string {
  const calendar = calendarsOf(table);
  const dated = calendar.length === 0 ? draft : mapNodes(draft, (node) => inCalendar(node, calendar));
  return planKey(unordered(dated));
}

/** The draft without the order of groups of which none is left out. */
function unordered(draft: Draft): Draft {
  const { output } = draft;
  return output.kind === 'groups' && output.limit === undefined && output.offset === undefined
    ? { ...draft, output: { ...output, order: 'group' } }
    : draft;
}

interface Calendar {
  readonly column: CatalogColumn;
  readonly names: readonly string[];
}

/** Fields whose values are the names of months or weekdays, beside a date that says the same. */
function calendarsOf({ columns }: CatalogTable): readonly Calendar[] {
  if (columns.filter(({ type }) => type === 'date').length !== 1) return [];
  return columns.flatMap((column) => {
    const own = column.values.map(({ value }) => value.toLowerCase());
    const names = [monthNames, weekdays].find((each) => own.every((value) => each.includes(value)));
    return column.type === 'category' && own.length > 0 && names !== undefined ? [{ column, names }] : [];
  });
}

/** A month of the date as the one that the field of months names; null where the object is none. */
function inCalendar(node: object, calendars: readonly Calendar[]): object | null {
  const ofMonths = calendars.find(({ names }) => names === monthNames);
  if (ofMonths === undefined || !('kind' in node)) return null;
  const { name } = ofMonths.column;
  if (node.kind === 'date-part' && 'part' in node && node.part === 'month')
    return { kind: 'column', column: name };
  if (node.kind !== 'compare' || !('left' in node) || !('right' in node)) return null;
  const { left, right } = node;
  if (!isMonthOfDate(left) || !('comparison' in node) || node.comparison !== '=' || !isNumber(right))
    return null;
  return { kind: 'is', column: name, values: [monthNames[right.value - 1] ?? ''] };
}

const isMonthOfDate = (part: unknown): boolean =>
  typeof part === 'object' &&
  part !== null &&
  'kind' in part &&
  part.kind === 'date-part' &&
  'part' in part &&
  part.part === 'month';

const isNumber = (part: unknown): part is { readonly value: number } =>
  typeof part === 'object' &&
  part !== null &&
  'kind' in part &&
  part.kind === 'number' &&
  'value' in part &&
  typeof part.value === 'number';
