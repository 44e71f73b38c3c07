import * as fc from 'fast-check';
import type { Comparison, GroupBy, GroupedOutput, GroupValue, Measure, QueryPlan } from '../plan.ts';
import {
  aggregateOf,
  categoryCondition,
  columnOf,
  numberCondition,
  oneOf,
  simpleMeasure,
  unitOf,
  type Columns,
  type Families,
  type MakePlan,
} from './plan-parts.ts';

/** Further shapes of questions for groups, shares and comparisons. */
export function groupPlans(columns: Columns, plan: MakePlan): Families {
  const column = oneOf(columns.numbers);
  const category = oneOf(columns.categories).map(({ name }): GroupBy => ({ kind: 'column', column: name }));
  const count: GroupValue = { kind: 'measure', measure: { function: 'count' } };
  const measured = fc.oneof(
    fc.constant(count),
    fc.tuple(simpleMeasure, column).map(([measure, each]): GroupValue => ({
      kind: 'measure',
      measure: { function: measure, of: columnOf(each) },
    })),
  );
  const groups = (
    group: GroupBy,
    values: readonly GroupValue[],
    more: Partial<GroupedOutput>,
  ): GroupedOutput => ({
    kind: 'groups',
    group,
    values,
    having: [],
    order: 'descending',
    show: 'group',
    percentage: false,
    unit: null,
    ...more,
  });
  const atLeast = fc.integer({ min: 5, max: 9 }).map((value) => ({
    left: count,
    comparison: '>=' as const,
    right: { kind: 'number' as const, value },
  }));
  return {
    'M6 top': fc
      .tuple(category, measured, fc.integer({ min: 2, max: 3 }), fc.boolean())
      .map(([by, value, limit, told]) =>
        plan({}, groups(by, [value], { limit, show: told ? 'both' : 'group' })),
      ),
    'M6 selected': fc
      .tuple(category, measured, numberCondition(columns))
      .map(([by, value, where]) => plan({ where }, groups(by, [value], { limit: 1 }))),
    'M6 having': fc
      .tuple(category, atLeast, fc.constantFrom('group' as const, 'number-of-groups' as const))
      .map(([by, having, show]) => plan({}, groups(by, [count], { having: [having], show }))),
    'M6 year': fc.tuple(oneOf(columns.dates), measured).map(([{ name }, value]) =>
      plan(
        {},
        groups({ kind: 'date-part', column: name, part: 'year' }, [value], {
          order: 'group',
          show: 'both',
        }),
      ),
    ),
    'M6 within': fc.tuple(oneOf(columns.dates), category, measured).map(([{ name }, by, value]) =>
      plan(
        {},
        {
          ...groups(by, [value], { limit: 1, show: 'both' }),
          within: { kind: 'date-part', column: name, part: 'year' },
        },
      ),
    ),
    'M6 item': oneOf(columns.lists).map(({ name }) =>
      plan({}, groups({ kind: 'item', column: name }, [count], { limit: 1 })),
    ),
    'M6 share': fc.tuple(category, numberCondition(columns)).map(([by, where]) => {
      const share: GroupValue = {
        kind: 'arithmetic',
        operator: '*',
        left: { kind: 'number', value: 100 },
        right: {
          kind: 'arithmetic',
          operator: '/',
          left: { kind: 'measure', measure: { function: 'count' }, where },
          right: count,
        },
      };
      return plan({}, groups(by, [share], { show: 'both', percentage: true, unit: '%' }));
    }),
    'M5 of': fc
      .tuple(categoryCondition(columns), numberCondition(columns))
      .map(([of, where]) =>
        plan({ where: { kind: 'and', operands: [of, where] } }, { kind: 'share', of: { where: of } }),
      ),
    'M7 yes-no': fc
      .tuple(column, fc.constantFrom<Comparison>('>', '<'), twoCategories(columns))
      .map(([each, comparison, [one, other]]) => {
        const measure: Measure = { function: 'average', of: columnOf(each) };
        return plan(
          {},
          {
            kind: 'yes-no',
            left: aggregateOf(measure, { where: one }),
            comparison,
            right: aggregateOf(measure, { where: other }),
          },
        );
      }),
    'E1 shown': fc.tuple(column, column, fc.integer({ min: 2, max: 9 })).map(([by, each, limit]) =>
      plan(
        { order: { by: columnOf(by), descending: true }, limit },
        {
          kind: 'entities',
          show: [{ value: columnOf(each), name: each.label, unit: unitOf(each) }],
        },
      ),
    ),
    'E1 ordered': fc
      .tuple(column, fc.boolean())
      .map(([by, descending]) =>
        plan({ order: { by: columnOf(by), descending } }, { kind: 'entities', show: [] }),
      ),
    'E6 distinct': oneOf(columns.categories).map((each) =>
      plan(
        {},
        {
          kind: 'values',
          show: [{ value: columnOf(each), name: each.label, unit: null }],
          distinct: true,
        },
      ),
    ),
    'E6 number': oneOf(columns.categories).map((each): QueryPlan =>
      plan(
        {},
        { kind: 'aggregate', aggregate: { function: 'count-distinct', of: columnOf(each) }, unit: null },
      ),
    ),
  };
}

/** Two values of one category. */
function twoCategories({
  categories,
}: Columns): fc.Arbitrary<
  readonly [
    { kind: 'is'; column: string; values: string[] },
    { kind: 'is'; column: string; values: string[] },
  ]
> {
  return oneOf(categories).chain((column) =>
    fc.shuffledSubarray([...column.values], { minLength: 2, maxLength: 2 }).map((values) => {
      const [one, other] = values.map(({ value }) => ({
        kind: 'is' as const,
        column: column.name,
        values: [value],
      }));
      if (one === undefined || other === undefined) throw new Error('A category needs two values.');
      return [one, other] as const;
    }),
  );
}
