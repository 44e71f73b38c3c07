import * as fc from 'fast-check';
import type { CatalogColumn } from '../../table/catalog.ts';
import type { Comparison, Expression, Measure, Output, Predicate, QueryPlan, Selection } from '../plan.ts';
import type { TestTable } from './test-table.ts';

/** The columns of a table by what can be asked of them. */
interface Columns {
  readonly numbers: readonly CatalogColumn[];
  readonly categories: readonly CatalogColumn[];
  readonly dates: readonly CatalogColumn[];
  readonly lists: readonly CatalogColumn[];
  readonly booleans: readonly CatalogColumn[];
  readonly periodic: readonly CatalogColumn[];
}

const entities: Output = { kind: 'entities', show: [] };
const count: Output = { kind: 'aggregate', aggregate: { function: 'count' }, unit: null };
const comparison = fc.constantFrom<Comparison>('>', '>=', '<', '<=');
const limit = fc.integer({ min: 2, max: 12 });
const oneOf = <Item>(items: readonly Item[]): fc.Arbitrary<Item> => fc.constantFrom(...items);
const columnOf = ({ name }: CatalogColumn, period?: string): Expression => ({
  kind: 'column',
  column: name,
  ...(period === undefined ? {} : { period }),
});
const number = (value: number): Expression => ({ kind: 'number', value });
const aggregateOf = (measure: Measure, selection?: Selection): Expression => ({
  kind: 'aggregate',
  aggregate: selection === undefined ? measure : { ...measure, selection },
});
const arithmetic = (operator: '+' | '-' | '*' | '/', left: Expression, right: Expression): Expression => ({
  kind: 'arithmetic',
  operator,
  left,
  right,
});
const compare = (left: Expression, sign: Comparison, right: Expression): Predicate => ({
  kind: 'compare',
  left,
  comparison: sign,
  right,
});
const unitOf = ({ type, unit }: CatalogColumn): string | null => (type === 'percentage' ? '%' : unit);
const simpleMeasure = fc.constantFrom<Measure['function']>('sum', 'average', 'median', 'minimum', 'maximum');

/** A number of about the size of the column's values. */
function threshold(column: CatalogColumn): fc.Arbitrary<number> {
  return column.type === 'percentage'
    ? fc.integer({ min: 5, max: 95 })
    : fc.oneof(fc.integer({ min: 20, max: 5000 }), fc.constantFrom(100, 1000, 2500));
}

function columnsOf({ table }: TestTable): Columns {
  const ofType = (...types: readonly string[]): readonly CatalogColumn[] =>
    table.columns.filter(({ type }) => types.includes(type));
  const numbers = ofType('number', 'percentage');
  return {
    numbers,
    categories: ofType('category'),
    dates: ofType('date'),
    lists: ofType('list'),
    booleans: ofType('boolean'),
    periodic: numbers.filter(({ periods }) => periods.length > 0),
  };
}

/**
 * Plans of each family of questions (`E1` … `H12`) over a table, as people ask them. Families that need columns
 * the table does not have are left out.
 */
export function familyPlans(testTable: TestTable): Readonly<Record<string, fc.Arbitrary<QueryPlan>>> {
  const columns = columnsOf(testTable);
  const entity = oneOf(testTable.rows.map((row) => String(row[testTable.table.key])));
  const plan = (selection: Selection, output: Output): QueryPlan => ({
    table: testTable.table.name,
    selection,
    output,
  });
  return {
    ...easyPlans(columns, entity, plan),
    ...mediumPlans(columns, entity, plan),
    ...hardPlans(columns, plan),
  };
}

type MakePlan = (selection: Selection, output: Output) => QueryPlan;
type Families = Readonly<Record<string, fc.Arbitrary<QueryPlan>>>;

const numberCondition = ({ numbers }: Columns): fc.Arbitrary<Predicate> =>
  oneOf(numbers).chain((column) =>
    fc
      .tuple(comparison, threshold(column))
      .map(([sign, value]) => compare(columnOf(column), sign, number(value))),
  );

const categoryCondition = ({ categories }: Columns): fc.Arbitrary<Predicate> =>
  oneOf(categories).chain((column) =>
    oneOf(column.values).map(({ value }): Predicate => ({
      kind: 'is',
      column: column.name,
      values: [value],
    })),
  );

/** One condition of any kind. */
function condition(columns: Columns): fc.Arbitrary<Predicate> {
  const dated = oneOf(columns.dates).chain((column) =>
    fc
      .tuple(comparison, fc.constantFrom('1990', '2005', '1984-06'))
      .map(([sign, date]): Predicate => ({ kind: 'date', column: column.name, comparison: sign, date })),
  );
  const items = oneOf(columns.lists).chain((column) =>
    oneOf(column.examples.flatMap((example) => example.split(',')).filter((item) => item !== '')).map(
      (text): Predicate => ({ kind: 'contains', column: column.name, text }),
    ),
  );
  const counted = oneOf(columns.lists).chain((column) =>
    fc
      .integer({ min: 1, max: 3 })
      .map((value) => compare({ kind: 'item-count', column: column.name }, '>', number(value))),
  );
  const ranges = oneOf(columns.numbers).map((column): Predicate => ({
    kind: 'between',
    of: columnOf(column),
    low: number(20),
    high: number(80),
  }));
  const stated = oneOf(columns.numbers).chain((column) =>
    fc
      .boolean()
      .map((negated): Predicate => ({
        kind: 'stated',
        column: column.name,
        ...(negated ? { negated } : {}),
      })),
  );
  const flags =
    columns.booleans.length === 0
      ? []
      : [
          oneOf(columns.booleans).chain(({ name }) =>
            fc.boolean().map((value): Predicate => ({ kind: 'boolean', column: name, value })),
          ),
        ];
  return fc.oneof(
    { arbitrary: numberCondition(columns), weight: 4 },
    { arbitrary: categoryCondition(columns), weight: 2 },
    dated,
    items,
    counted,
    ranges,
    stated,
    ...flags,
  );
}

/** Pairs of columns in the same unit. */
function comparablePairs({ numbers }: Columns): readonly (readonly [CatalogColumn, CatalogColumn])[] {
  return numbers.flatMap((one) =>
    numbers
      .filter((other) => one !== other && one.type === other.type && one.unit === other.unit)
      .map((other) => [one, other] as const),
  );
}

function easyPlans(columns: Columns, entity: fc.Arbitrary<string>, plan: MakePlan): Families {
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

function mediumPlans(columns: Columns, entity: fc.Arbitrary<string>, plan: MakePlan): Families {
  const column = oneOf(columns.numbers);
  const ratio = fc
    .tuple(column, column)
    .filter(([one, other]) => one !== other)
    .map(([one, other]) => arithmetic('/', columnOf(one), columnOf(other)));
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
    M2: fc.tuple(entity, ratio).map(([name, value]) =>
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
    M11: fc
      .tuple(column, fc.constantFrom(10, 25, 75, 90))
      .map(([each, percentile]) =>
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

function hardPlans(columns: Columns, plan: MakePlan): Families {
  const column = oneOf(columns.numbers);
  const pair = fc.tuple(column, column).filter(([one, other]) => one !== other);
  const top = (each: CatalogColumn, most: number): Selection => ({
    order: { by: columnOf(each), descending: true },
    limit: most,
  });
  const group = oneOf(columns.categories).map(({ name }) => ({ kind: 'column' as const, column: name }));
  const money = columns.numbers.filter(({ type }) => type === 'number');
  const three = fc.shuffledSubarray([...money], { minLength: 3, maxLength: 3 });
  const weighted = three.map((parts) =>
    parts
      .map((each, index) => arithmetic('*', number([1.2, 0.5, 3][index] ?? 1), columnOf(each)))
      .reduce((sum, part) => arithmetic('+', sum, part)),
  );
  const families: Record<string, fc.Arbitrary<QueryPlan>> = {
    H1: fc.tuple(condition(columns), column, fc.integer({ min: 1, max: 40 })).map(([where, each, more]) => {
      const mean = aggregateOf({ function: 'average', of: columnOf(each) }, { where });
      return plan(
        {
          where: {
            kind: 'and',
            operands: [where, compare(columnOf(each), '>', arithmetic('+', mean, number(more)))],
          },
        },
        entities,
      );
    }),
    H2: pair.map(([one, other]) => {
      const margin = arithmetic('-', columnOf(one), columnOf(other));
      return plan(
        {
          where: {
            kind: 'and',
            operands: [compare(margin, '>', number(0)), compare(columnOf(other), '>', number(50))],
          },
        },
        entities,
      );
    }),
    H3: fc
      .tuple(weighted, comparison, fc.constantFrom(entities, count))
      .map(([left, sign, output]) => plan({ where: compare(left, sign, number(2500)) }, output)),
    H4: fc
      .tuple(pair, limit, fc.constantFrom('average' as const, 'sum' as const))
      .map(([[one, other], most, measure]) =>
        plan(top(one, most), {
          kind: 'aggregate',
          aggregate: { function: measure, of: columnOf(other) },
          unit: unitOf(other),
        }),
      ),
    H5: fc
      .tuple(pair, limit, fc.boolean(), fc.constantFrom(entities, count))
      .map(([[one, other], most, negated, output]) =>
        plan(
          {
            where: {
              kind: 'and',
              operands: [
                { kind: 'among', selection: top(one, most) },
                { kind: 'among', selection: top(other, most), ...(negated ? { negated } : {}) },
              ],
            },
          },
          output,
        ),
      ),
    H6: fc
      .tuple(group, column, fc.boolean())
      .map(([by, each, descending]) =>
        plan({}, { kind: 'best-per-group', group: by, by: columnOf(each), descending, limit: 1 }),
      ),
    H7: fc
      .tuple(column, fc.constantFrom(1, 1.5, 2), fc.constantFrom('population' as const, 'sample' as const))
      .map(([each, value, deviation]) =>
        plan(
          {
            where: compare(
              { kind: 'absolute', of: { kind: 'z-score', of: columnOf(each), deviation } },
              '>',
              number(value),
            ),
          },
          entities,
        ),
      ),
    H8: pair.map(([one, other]) =>
      plan(
        {},
        {
          kind: 'groups',
          group: { kind: 'tier', of: columnOf(one), tiers: 4 },
          values: [{ kind: 'measure', measure: { function: 'average', of: columnOf(other) } }],
          having: [],
          order: 'group',
          show: 'both',
          percentage: false,
          unit: unitOf(other),
        },
      ),
    ),
    'H8 top': fc
      .tuple(pair, fc.constantFrom(1, 2, 4), fc.constantFrom('average' as const, 'sum' as const))
      .map(([[one, other], tier, measure]) =>
        plan(
          {
            where: compare({ kind: 'tier', of: columnOf(one), tiers: 4 }, '=', number(tier)),
          },
          { kind: 'aggregate', aggregate: { function: measure, of: columnOf(other) }, unit: unitOf(other) },
        ),
      ),
    H9: fc
      .tuple(column, fc.constantFrom(50, 80), fc.boolean())
      .map(([each, share, list]) =>
        plan({}, { kind: 'cumulative', of: columnOf(each), descending: true, share, list }),
      ),
    H10: pair.map(([one, other]) => {
      const ratio = (factor: number): Expression =>
        arithmetic(
          '/',
          factor === 1 ? columnOf(one) : arithmetic('*', number(factor), columnOf(one)),
          columnOf(other),
        );
      return plan(
        {
          where: {
            kind: 'and',
            operands: [compare(ratio(1.2), '>', number(2)), compare(ratio(1), '<=', number(2))],
          },
        },
        entities,
      );
    }),
    'H12 disagreement': fc.tuple(pair, fc.integer({ min: 3, max: 9 })).map(([[one, other], least]) => {
      const rank = (each: CatalogColumn): Expression => ({
        kind: 'rank',
        of: columnOf(each),
        descending: true,
      });
      return plan(
        {
          where: compare(
            { kind: 'absolute', of: arithmetic('-', rank(one), rank(other)) },
            '>=',
            number(least),
          ),
        },
        entities,
      );
    }),
    'H12 correlation': pair.map(([one, other]) =>
      plan(
        {},
        {
          kind: 'aggregate',
          aggregate: { function: 'correlation', of: columnOf(one), with: columnOf(other) },
          unit: null,
        },
      ),
    ),
  };
  const several = columns.periodic.filter(({ periods }) => periods.length > 1);
  if (several.length > 0) {
    families['H11'] = fc.tuple(oneOf(several), fc.constantFrom(entities, count)).map(([each, output]) => {
      const [latest, before] = each.periods;
      return plan(
        {
          where: {
            kind: 'and',
            operands: [
              compare(columnOf(each), '>', columnOf(each, latest)),
              compare(columnOf(each, latest), '>', columnOf(each, before)),
            ],
          },
        },
        output,
      );
    });
  }
  return families;
}
