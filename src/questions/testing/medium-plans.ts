import * as fc from 'fast-check';
import type { CatalogColumn } from '../../table/catalog.ts';
import type { Comparison, Expression, Measure, QueryPlan } from '../plan.ts';
import {
  aggregateOf,
  arithmetic,
  categoryCondition,
  columnOf,
  compare,
  comparison,
  condition,
  count,
  entities,
  limit,
  number,
  oneOf,
  simpleMeasure,
  threshold,
  unitOf,
  type Columns,
  type Families,
  type MakePlan,
} from './plan-parts.ts';

export function mediumPlans(columns: Columns, entity: fc.Arbitrary<string>, plan: MakePlan): Families {
  const column = oneOf(columns.numbers);
  const ratioOf = (each: fc.Arbitrary<CatalogColumn>): fc.Arbitrary<Expression> =>
    fc
      .tuple(each, each)
      .filter(([one, other]) => one !== other)
      .map(([one, other]) => arithmetic('/', columnOf(one), columnOf(other)));
  const ratio = ratioOf(column);
  const plainRatio = ratioOf(oneOf(columns.numbers.filter(({ type }) => type === 'number')));
  const either = fc.constantFrom('and' as const, 'or' as const);
  const group = oneOf(columns.categories).map(({ name }) => ({ kind: 'column' as const, column: name }));
  const measured = fc.oneof(
    fc.constant<Measure>({ function: 'count' }),
    fc
      .tuple(simpleMeasure, column)
      .map(([measure, each]): Measure => ({ function: measure, of: columnOf(each) })),
  );
  const change =
    columns.periodic.length === 0
      ? null
      : oneOf(columns.periodic).map((each): Expression => ({
          kind: 'change',
          of: columnOf(each),
          before: columnOf(each, each.periods[0]),
        }));
  const families: Record<string, fc.Arbitrary<QueryPlan>> = {
    M1: fc
      .tuple(ratio, limit, fc.boolean())
      .map(([by, most, descending]) => plan({ order: { by, descending }, limit: most }, entities)),
    M2: fc.tuple(entity, plainRatio).map(([name, value]) =>
      plan(
        { where: { kind: 'entity', names: [name] } },
        {
          kind: 'values',
          show: [{ value: arithmetic('*', number(100), value), name: 'share', unit: '%' }],
        },
      ),
    ),
    M3: fc
      .tuple(
        either,
        fc.array(condition(columns), { minLength: 2, maxLength: 3 }),
        fc.constantFrom(entities, count),
      )
      .map(([kind, operands, output]) => plan({ where: { kind, operands } }, output)),
    M4: fc
      .tuple(simpleMeasure, column, condition(columns))
      .map(([measure, each, where]) =>
        plan(
          { where },
          { kind: 'aggregate', aggregate: { function: measure, of: columnOf(each) }, unit: unitOf(each) },
        ),
      ),
    'M5 rows': condition(columns).map((where) => plan({ where }, { kind: 'share' })),
    'M5 weight': fc
      .tuple(categoryCondition(columns), column)
      .map(([where, each]) => plan({ where }, { kind: 'share', weight: columnOf(each) })),
    'M5 top': fc
      .tuple(column, limit)
      .map(([each, most]) =>
        plan(
          { order: { by: columnOf(each), descending: true }, limit: most },
          { kind: 'share', weight: columnOf(each) },
        ),
      ),
    M6: fc
      .tuple(group, measured, fc.boolean(), fc.option(fc.integer({ min: 2, max: 9 })))
      .map(([by, measure, falling, least]) =>
        plan(
          {},
          {
            kind: 'groups',
            group: by,
            values: [{ kind: 'measure', measure }],
            having:
              least === null
                ? []
                : [
                    {
                      left: { kind: 'measure', measure: { function: 'count' } },
                      comparison: '>=',
                      right: { kind: 'number', value: least },
                    },
                  ],
            order: falling ? 'descending' : 'ascending',
            limit: 1,
            show: 'group',
            percentage: false,
            unit: null,
          },
        ),
      ),
    'M6 each': fc.tuple(group, measured).map(([by, measure]) =>
      plan(
        {},
        {
          kind: 'groups',
          group: by,
          values: [{ kind: 'measure', measure }],
          having: [],
          order: 'descending',
          show: 'both',
          percentage: false,
          unit: null,
        },
      ),
    ),
    M7: fc
      .tuple(column, column, fc.constantFrom('average' as const, 'median' as const))
      .chain(([each, by, measure]) =>
        threshold(by).map((value) => {
          const part = (sign: Comparison): Expression =>
            aggregateOf(
              { function: measure, of: columnOf(each) },
              { where: compare(columnOf(by), sign, number(value)) },
            );
          return plan(
            {},
            {
              kind: 'calculation',
              values: [
                {
                  value: arithmetic('-', part('>='), part('<')),
                  name: 'difference',
                  unit: unitOf(each),
                  percentage: each.type === 'percentage',
                },
              ],
            },
          );
        }),
      ),
    M9: fc
      .tuple(column, fc.constantFrom<Comparison>('>', '<'), fc.constantFrom(entities, count))
      .map(([each, sign, output]) =>
        plan(
          { where: compare(columnOf(each), sign, aggregateOf({ function: 'average', of: columnOf(each) })) },
          output,
        ),
      ),
    'M10 entities': fc
      .tuple(entity, entity, column)
      .filter(([one, other]) => one !== other)
      .map(([one, other, each]) =>
        plan(
          {},
          {
            kind: 'calculation',
            values: [
              {
                value: arithmetic(
                  '-',
                  { kind: 'entity-value', entity: one, of: columnOf(each) },
                  { kind: 'entity-value', entity: other, of: columnOf(each) },
                ),
                name: 'difference',
                unit: unitOf(each),
                percentage: each.type === 'percentage',
              },
            ],
          },
        ),
      ),
    'M10 range': column.map((each) =>
      plan(
        {},
        {
          kind: 'calculation',
          values: [
            {
              value: arithmetic(
                '-',
                aggregateOf({ function: 'maximum', of: columnOf(each) }),
                aggregateOf({ function: 'minimum', of: columnOf(each) }),
              ),
              name: 'range',
              unit: unitOf(each),
              percentage: each.type === 'percentage',
            },
          ],
        },
      ),
    ),
    M11: fc.tuple(column, fc.constantFrom(10, 25, 75, 90)).map(([each, percentile]) =>
      plan(
        {},
        {
          kind: 'aggregate',
          aggregate: { function: 'percentile', of: columnOf(each), percentile },
          unit: unitOf(each),
        },
      ),
    ),
  };
  if (change !== null) {
    families['M8 filter'] = fc
      .tuple(change, comparison, fc.integer({ min: 1, max: 60 }))
      .map(([left, sign, value]) => plan({ where: compare(left, sign, number(value)) }, entities));
    families['M8 rank'] = fc
      .tuple(change, limit)
      .map(([by, most]) => plan({ order: { by, descending: true }, limit: most }, entities));
  }
  return families;
}
