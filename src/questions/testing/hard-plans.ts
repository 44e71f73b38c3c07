import * as fc from 'fast-check';
import type { CatalogColumn } from '../../table/catalog.ts';
import type { Expression, QueryPlan, Selection } from '../plan.ts';
import {
  aggregateOf,
  arithmetic,
  columnOf,
  compare,
  comparison,
  condition,
  count,
  entities,
  limit,
  number,
  oneOf,
  unitOf,
  type Columns,
  type Families,
  type MakePlan,
} from './plan-parts.ts';

export function hardPlans(columns: Columns, plan: MakePlan): Families {
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
