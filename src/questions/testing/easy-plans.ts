import * as fc from 'fast-check';
import type { CatalogColumn } from '../../table/catalog.ts';
import type { Comparison, QueryPlan } from '../plan.ts';
import {
  categoryCondition,
  columnOf,
  compare,
  condition,
  count,
  entities,
  limit,
  oneOf,
  simpleMeasure,
  unitOf,
  type Columns,
  type Families,
  type MakePlan,
} from './plan-parts.ts';

/** Pairs of columns in the same unit. */
function comparablePairs({ numbers }: Columns): readonly (readonly [CatalogColumn, CatalogColumn])[] {
  return numbers.flatMap((one) =>
    numbers
      .filter((other) => one !== other && one.type === other.type && one.unit === other.unit)
      .map((other) => [one, other] as const),
  );
}

export function easyPlans(columns: Columns, entity: fc.Arbitrary<string>, plan: MakePlan): Families {
  const pairs = comparablePairs(columns);
  const column = oneOf(columns.numbers);
  const order = fc.record({ by: column.map((each) => columnOf(each)), descending: fc.boolean() });
  const families: Record<string, fc.Arbitrary<QueryPlan>> = {
    E1: fc.tuple(order, limit).map(([by, most]) => plan({ order: by, limit: most }, entities)),
    E2: order.map((by) => plan({ order: by, limit: 1 }, entities)),
    'E2 second': order.map((by) => plan({ order: by, limit: 1, offset: 1 }, entities)),
    E3: condition(columns).map((where) => plan({ where }, entities)),
    E4: condition(columns).map((where) => plan({ where }, count)),
    E5: fc
      .tuple(simpleMeasure, column)
      .map(([measure, each]) =>
        plan(
          {},
          { kind: 'aggregate', aggregate: { function: measure, of: columnOf(each) }, unit: unitOf(each) },
        ),
      ),
    E6: categoryCondition(columns).map((where) => plan({ where }, entities)),
    E7: fc.tuple(entity, column).map(([name, each]) =>
      plan(
        { where: { kind: 'entity', names: [name] } },
        {
          kind: 'values',
          show: [{ value: { kind: 'rank', of: columnOf(each), descending: true }, name: 'rank', unit: null }],
        },
      ),
    ),
    'E7 value': fc
      .tuple(entity, column)
      .map(([name, each]) =>
        plan(
          { where: { kind: 'entity', names: [name] } },
          { kind: 'values', show: [{ value: columnOf(each), name: each.label, unit: unitOf(each) }] },
        ),
      ),
    E8: fc
      .tuple(fc.constantFrom('minimum' as const, 'maximum' as const), oneOf(columns.dates))
      .map(([end, each]) =>
        plan({}, { kind: 'aggregate', aggregate: { function: end, of: columnOf(each) }, unit: null }),
      ),
  };
  if (pairs.length > 0) {
    families['E9'] = fc
      .tuple(oneOf(pairs), fc.constantFrom<Comparison>('>', '<'), fc.constantFrom(entities, count))
      .map(([[one, other], sign, output]) =>
        plan({ where: compare(columnOf(one), sign, columnOf(other)) }, output),
      );
  }
  return families;
}
