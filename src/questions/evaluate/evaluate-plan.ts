import type { CatalogTable } from '../../table/catalog.ts';
import type { Output, QueryPlan, Selection } from '../plan.ts';
import { compare, condition } from './condition.ts';
import { evaluateGroups, fulfils, groupRows } from './groups.ts';
import { rowValue } from './row-value.ts';
import { measure, sum } from './statistics.ts';
import { asNumber, compareValues, keyOf, sortRows, type Row, type Value, type World } from './values.ts';

/**
 * Runs a plan over rows in memory, step by step as the plan is defined, without SQL: a second opinion on what
 * the SQL compiler makes of it. Gives the answer's columns, row by row; it expects a plan that compiles.
 */
export function evaluatePlan({
  plan,
  rows,
  table,
}: {
  plan: QueryPlan;
  rows: readonly Row[];
  table: CatalogTable;
}): readonly (readonly Value[])[] {
  const world = createWorld(rows, table);
  return evaluateOutput(plan, world);
}

function createWorld(rows: readonly Row[], table: CatalogTable): World {
  const made = new WeakMap<object, unknown>();
  const world: World = {
    table,
    rows,
    valueOf: (expression, row) => rowValue(expression, row, world),
    valueAlone: (expression) => rowValue(expression, {}, world),
    holds: (predicate, row) => condition(predicate, row, world),
    select: (selection) => select(selection ?? {}, world),
    aggregate: (aggregate) => measure(aggregate, world.select(aggregate.selection), world),
    once: <Result>(node: object, make: () => Result): Result => {
      if (!made.has(node)) made.set(node, make());
      return made.get(node) as Result;
    },
  };
  return world;
}

function select({ where, order, limit, offset = 0 }: Selection, world: World): readonly Row[] {
  const fitting = world.rows.filter((row) => where === undefined || world.holds(where, row) === true);
  const by = (row: Row): Value => (order === undefined ? keyOf(row, world) : world.valueOf(order.by, row));
  // A selection that is not cut off is a set: what has no place in its order still belongs to it.
  if (limit === undefined && offset === 0) return fitting;
  const sorted = sortRows({ rows: fitting, by, descending: order?.descending === true, world });
  return sorted.slice(offset, limit === undefined ? undefined : offset + limit);
}

/** The rows of a selection in the order in which an answer lists them; those without a place in it are left out. */
function listed(selection: Selection, world: World): readonly Row[] {
  const { order } = selection;
  return sortRows({
    rows: world.select(selection),
    by: (row) => (order === undefined ? keyOf(row, world) : world.valueOf(order.by, row)),
    descending: order?.descending === true,
    world,
  });
}

function evaluateOutput({ output, selection }: QueryPlan, world: World): readonly (readonly Value[])[] {
  switch (output.kind) {
    case 'entities':
      return listed(selection, world).map((row) => [
        keyOf(row, world),
        ...output.show.map(({ value }) => world.valueOf(value, row)),
      ]);
    case 'values':
      return values(output, selection, world);
    case 'aggregate':
      return [[measure(output.aggregate, world.select(selection), world)]];
    case 'calculation':
      return [output.values.map(({ value }) => world.valueAlone(value))];
    case 'yes-no': {
      const holds = compare(world.valueAlone(output.left), output.comparison, world.valueAlone(output.right));
      return [[holds === null ? null : holds ? 'Yes' : 'No']];
    }
    case 'share':
      return [[share(output, selection, world)]];
    case 'groups':
      return evaluateGroups(output, world.select(selection), world);
    case 'best-per-group':
      return groupRows(output.group, world.select(selection), world)
        .filter((group) => fulfils(output.having ?? [], group, world))
        .flatMap((group) =>
          sortRows({
            rows: group.rows,
            by: (row) => world.valueOf(output.by, row),
            descending: output.descending,
            world,
          })
            .slice(0, output.limit)
            .map((row) => [
              group.name,
              output.name === undefined ? keyOf(row, world) : world.valueOf(output.name, row),
              world.valueOf(output.by, row),
            ]),
        );
    case 'cumulative':
      return cumulative(output, selection, world);
  }
}

function values(
  output: Output & { readonly kind: 'values' },
  selection: Selection,
  world: World,
): readonly (readonly Value[])[] {
  const { order } = selection;
  const rows = listed(selection, world)
    .map((row) => ({
      place: order === undefined ? null : world.valueOf(order.by, row),
      shown: output.show.map(({ value }) => world.valueOf(value, row)),
    }))
    .filter(({ shown }) => shown.some((value) => value !== null));
  if (output.distinct !== true) return rows.map(({ shown }) => shown);
  // Of equal rows the first in the order stands for all; what shares a place is ordered by the values themselves.
  const distinct = [...new Map(rows.toReversed().map((row) => [JSON.stringify(row.shown), row])).values()];
  const sign = order?.descending === true ? -1 : 1;
  return distinct
    .toSorted((one, other) => {
      const values = one.shown.map((value, index) => compareMissingLast(value, other.shown[index] ?? null));
      return sign * compareValues(one.place, other.place) || values.find((result) => result !== 0) || 0;
    })
    .map(({ shown }) => shown);
}

function compareMissingLast(one: Value, other: Value): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return compareValues(one, other);
}

function share(
  { weight, of }: Output & { readonly kind: 'share' },
  selection: Selection,
  world: World,
): number | null {
  const all = world.select(of);
  const members = new Set(world.select(selection));
  const weigh = (rows: readonly Row[]): number =>
    weight === undefined ? rows.length : sum(rows.map((row) => asNumber(world.valueOf(weight, row)) ?? 0));
  const total = weigh(all);
  return total === 0 ? null : (100 * weigh(all.filter((row) => members.has(row)))) / total;
}

function cumulative(
  { of, descending, share, list }: Output & { readonly kind: 'cumulative' },
  selection: Selection,
  world: World,
): readonly (readonly Value[])[] {
  const by = (row: Row): Value => world.valueOf(of, row);
  const sorted = sortRows({ rows: world.select(selection), by, descending, world });
  const total = sum(sorted.map((row) => asNumber(by(row)) ?? 0));
  let running = 0;
  const needed = sorted.findIndex((row) => {
    running += asNumber(by(row)) ?? 0;
    return running >= total * (share / 100);
  });
  if (list) return sorted.slice(0, needed + 1).map((row) => [keyOf(row, world)]);
  return [[needed < 0 ? null : needed + 1]];
}
