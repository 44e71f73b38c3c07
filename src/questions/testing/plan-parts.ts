import * as fc from 'fast-check';
import type { CatalogColumn } from '../../table/catalog.ts';
import type { Comparison, Expression, Measure, Output, Predicate, QueryPlan, Selection } from '../plan.ts';
import type { TestTable } from './test-table.ts';

/** The columns of a table by what can be asked of them. */
export interface Columns {
  readonly numbers: readonly CatalogColumn[];
  readonly categories: readonly CatalogColumn[];
  readonly dates: readonly CatalogColumn[];
  readonly lists: readonly CatalogColumn[];
  readonly booleans: readonly CatalogColumn[];
  readonly periodic: readonly CatalogColumn[];
}

export const entities: Output = { kind: 'entities', show: [] };
export const count: Output = { kind: 'aggregate', aggregate: { function: 'count' }, unit: null };
export const comparison = fc.constantFrom<Comparison>('>', '>=', '<', '<=');
export const limit = fc.integer({ min: 2, max: 12 });
export const oneOf = <Item>(items: readonly Item[]): fc.Arbitrary<Item> => fc.constantFrom(...items);
export const columnOf = ({ name }: CatalogColumn, period?: string): Expression => ({
  kind: 'column',
  column: name,
  ...(period === undefined ? {} : { period }),
});
export const number = (value: number): Expression => ({ kind: 'number', value });
export const aggregateOf = (measure: Measure, selection?: Selection): Expression => ({
  kind: 'aggregate',
  aggregate: selection === undefined ? measure : { ...measure, selection },
});
export const arithmetic = (
  operator: '+' | '-' | '*' | '/',
  left: Expression,
  right: Expression,
): Expression => ({
  kind: 'arithmetic',
  operator,
  left,
  right,
});
export const compare = (left: Expression, sign: Comparison, right: Expression): Predicate => ({
  kind: 'compare',
  left,
  comparison: sign,
  right,
});
export const unitOf = ({ type, unit }: CatalogColumn): string | null => (type === 'percentage' ? '%' : unit);
export const simpleMeasure = fc.constantFrom<Measure['function']>(
  'sum',
  'average',
  'median',
  'minimum',
  'maximum',
);

/** A number of about the size of the column's values. */
export function threshold(column: CatalogColumn): fc.Arbitrary<number> {
  return column.type === 'percentage'
    ? fc.integer({ min: 5, max: 95 })
    : fc.oneof(fc.integer({ min: 20, max: 5000 }), fc.constantFrom(100, 1000, 2500));
}

export function columnsOf({ table }: TestTable): Columns {
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

export type MakePlan = (selection: Selection, output: Output) => QueryPlan;
export type Families = Readonly<Record<string, fc.Arbitrary<QueryPlan>>>;

export const numberCondition = ({ numbers }: Columns): fc.Arbitrary<Predicate> =>
  oneOf(numbers).chain((column) =>
    fc
      .tuple(comparison, threshold(column))
      .map(([sign, value]) => compare(columnOf(column), sign, number(value))),
  );

export const categoryCondition = ({ categories }: Columns): fc.Arbitrary<Predicate> =>
  oneOf(categories).chain((column) =>
    oneOf(column.values).map(({ value }): Predicate => ({
      kind: 'is',
      column: column.name,
      values: [value],
    })),
  );

/** One condition of any kind. */
export function condition(columns: Columns): fc.Arbitrary<Predicate> {
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
    fc.boolean().map((negated): Predicate => ({
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
