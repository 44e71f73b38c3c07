import type { GroupBy, GroupCondition, GroupedOutput, GroupValue } from '../plan.ts';
import { compare } from './condition.ts';
import { calculate, cell } from './row-value.ts';
import { measure } from './statistics.ts';
import {
  asNumber,
  compareValues,
  sortRows,
  splitIntoTiers,
  type Row,
  type Value,
  type World,
} from './values.ts';

export interface Group {
  readonly name: string | number | boolean;
  readonly rows: readonly Row[];
}

/** The groups of the rows, in the order of their names. */
export function groupRows(groupBy: GroupBy, rows: readonly Row[], world: World): readonly Group[] {
  if (groupBy.kind === 'tier') {
    const by = (row: Row): Value => world.valueOf(groupBy.of, row);
    const sorted = sortRows({ rows, by, descending: false, world });
    return splitIntoTiers(sorted, groupBy.tiers)
      .map((part, index) => ({ name: index + 1, rows: part }))
      .filter((group) => group.rows.length > 0);
  }
  const groups = new Map<Group['name'], Row[]>();
  for (const row of rows) {
    for (const name of namesOf(groupBy, row)) {
      const members = groups.get(name) ?? [];
      members.push(row);
      groups.set(name, members);
    }
  }
  return [...groups]
    .map(([name, members]) => ({ name, rows: members }))
    .toSorted((one, other) => compareValues(one.name, other.name));
}

function namesOf(groupBy: Exclude<GroupBy, { kind: 'tier' }>, row: Row): readonly Group['name'][] {
  const value = cell(row, groupBy.column);
  if (value === null) return [];
  if (groupBy.kind === 'item') return Array.isArray(value) ? [...new Set(value)] : [];
  if (groupBy.kind === 'column') return Array.isArray(value) ? [] : [value as Group['name']];
  const date = String(value);
  const quarter = Math.ceil(Number(date.slice(5, 7)) / 3);
  return [
    { year: date.slice(0, 4), quarter: `${date.slice(0, 4)}-Q${quarter}`, month: date.slice(0, 7) }[
      groupBy.part
    ],
  ];
}

/** Whether a group fulfils all conditions. */
export const fulfils = (having: readonly GroupCondition[], group: Group, world: World): boolean =>
  having.every(
    ({ left, comparison, right }) =>
      compare(groupValue(left, group, world), comparison, groupValue(right, group, world)) === true,
  );

/** The answer's rows of a question about groups. */
export function evaluateGroups(
  output: GroupedOutput,
  rows: readonly Row[],
  world: World,
): readonly (readonly Value[])[] {
  const { within, ...inner } = output;
  if (within !== undefined) {
    return groupRows(within, rows, world).flatMap((outer) =>
      evaluateGroups(inner, outer.rows, world).map((row) => [outer.name, ...row]),
    );
  }
  const kept = groupRows(output.group, rows, world)
    .map((group) => ({
      name: group.name,
      rows: group.rows,
      values: output.values.map((value) => groupValue(value, group, world)),
    }))
    .filter(({ values }) => values[0] !== null)
    .filter((group) => fulfils(output.having, group, world));
  if (output.show === 'number-of-groups') return [[kept.length]];
  const sign = output.order === 'descending' ? -1 : 1;
  const sorted =
    output.order === 'group'
      ? kept
      : kept.toSorted(
          (one, other) =>
            sign * compareValues(one.values[0] ?? null, other.values[0] ?? null) ||
            compareValues(one.name, other.name),
        );
  const start = output.offset ?? 0;
  const cut = sorted.slice(start, output.limit === undefined ? undefined : start + output.limit);
  return cut.map(({ name, values }) => {
    if (output.show === 'group') return [name];
    return output.show === 'value' ? values : [name, ...values];
  });
}

function groupValue(value: GroupValue, group: Group, world: World): Value {
  switch (value.kind) {
    case 'measure': {
      const { where } = value;
      const rows =
        where === undefined ? group.rows : group.rows.filter((row) => world.holds(where, row) === true);
      return measure(value.measure, rows, world);
    }
    case 'overall':
      return world.once(value, () => world.aggregate(value.aggregate));
    case 'number':
      return value.value;
    case 'arithmetic': {
      const [left, right] = [value.left, value.right].map((side) => asNumber(groupValue(side, group, world)));
      return calculate(value.operator, left ?? null, right ?? null);
    }
  }
}
