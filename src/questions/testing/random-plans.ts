import * as fc from 'fast-check';
import type {
  Aggregate,
  Comparison,
  Expression,
  GroupBy,
  GroupValue,
  Measure,
  Output,
  Predicate,
  QueryPlan,
  Selection,
  Shown,
} from '../plan.ts';
import { smallNumber } from './random-tables.ts';

const numberColumns: readonly Expression[] = [
  ...['size', 'order', 'place', 'rate'].map((column) => ({ kind: 'column', column }) as const),
  { kind: 'column', column: 'size', period: '2021' },
  { kind: 'column', column: 'size', period: '2020/2021' },
];
const numberColumn = fc.constantFrom(...numberColumns);
const comparison = fc.constantFrom<Comparison>('>', '>=', '<', '<=', '=', '!=');
/** Thresholds that no computed value hits, so that rounding cannot decide. */
const oddNumber = fc.constantFrom(0.731, -1.137, 2.719, 5.313);

type Parts = {
  readonly expression: Expression;
  readonly simple: Expression;
  readonly measure: Measure;
  readonly aggregate: Aggregate;
  readonly predicate: Predicate;
  readonly selection: Selection;
};

/** Leaves out what is undefined, as optional properties of a plan do. */
function compact<Item extends object>(item: Item): Item {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) as Item;
}

const optional = <Item>(item: fc.Arbitrary<Item>): fc.Arbitrary<Item | undefined> =>
  fc.option(item, { nil: undefined });

const deviation = fc.constantFrom('population' as const, 'sample' as const);
const datePart = fc.constantFrom('year' as const, 'quarter' as const, 'month' as const);
const dateColumn = fc.constantFrom('founded', 'closed');

const buildParts: fc.LetrecTypedBuilder<Parts> = (tie) => ({
  simple: fc.oneof(
    numberColumn,
    fc.record({ kind: fc.constant('number' as const), value: smallNumber }),
    fc.constant<Expression>({ kind: 'item-count', column: 'tags' }),
    fc.record({ kind: fc.constant('date-part' as const), column: dateColumn, part: datePart }),
  ),
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    numberColumn,
    tie('simple'),
    fc.record({
      kind: fc.constant('arithmetic' as const),
      operator: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
      left: tie('expression'),
      right: tie('simple'),
    }),
    fc.record({
      kind: fc.constant('arithmetic' as const),
      operator: fc.constantFrom('-' as const, '*' as const, '/' as const),
      left: tie('simple'),
      right: tie('expression'),
    }),
    fc.record({ kind: fc.constant('absolute' as const), of: tie('expression') }),
    fc.record({ kind: fc.constant('change' as const), of: numberColumn, before: numberColumn }),
    fc.constant<Expression>({
      kind: 'days-between',
      from: { kind: 'column', column: 'founded' },
      to: { kind: 'column', column: 'closed' },
    }),
    fc
      .record({
        kind: fc.constant('rank' as const),
        of: tie('simple'),
        descending: fc.boolean(),
        over: optional(tie('selection')),
      })
      .map(compact),
    fc
      .record({
        kind: fc.constant('tier' as const),
        of: tie('simple'),
        tiers: fc.integer({ min: 1, max: 5 }),
        over: optional(tie('selection')),
      })
      .map(compact),
    fc.record({ kind: fc.constant('aggregate' as const), aggregate: tie('aggregate') }),
    fc.record({
      kind: fc.constant('entity-value' as const),
      entity: fc.constant('Ärea'),
      of: tie('simple'),
    }),
  ),
  measure: fc.oneof(
    fc.constant<Measure>({ function: 'count' }),
    fc.record({
      function: fc.constantFrom(
        'count' as const,
        'count-distinct' as const,
        'sum' as const,
        'average' as const,
        'median' as const,
        'minimum' as const,
        'maximum' as const,
      ),
      of: tie('simple').filter(({ kind }) => kind !== 'number'),
    }),
    fc.record({
      function: fc.constant('percentile' as const),
      of: numberColumn,
      percentile: fc.constantFrom(0, 10, 25, 90, 100),
    }),
    fc.record({
      function: fc.constantFrom('standard-deviation' as const, 'variance' as const),
      of: numberColumn,
      deviation,
    }),
    fc.record({ function: fc.constant('correlation' as const), of: numberColumn, with: numberColumn }),
  ),
  aggregate: fc
    .record({ measure: tie('measure'), selection: optional(tie('selection')) })
    .map(({ measure, selection }) => compact({ ...measure, selection })),
  predicate: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({
      kind: fc.constant('compare' as const),
      left: numberColumn,
      comparison,
      right: tie('simple'),
    }),
    fc.record({
      kind: fc.constant('compare' as const),
      left: tie('simple'),
      comparison,
      right: tie('expression'),
    }),
    fc.record({
      kind: fc.constant('compare' as const),
      left: fc
        .record({
          kind: fc.constant('z-score' as const),
          of: numberColumn,
          deviation,
          over: optional(tie('selection')),
        })
        .map(compact),
      comparison,
      right: oddNumber.map((value): Expression => ({ kind: 'number', value })),
    }),
    fc
      .record({
        kind: fc.constant('between' as const),
        of: tie('expression'),
        low: tie('simple'),
        high: tie('simple'),
        negated: optional(fc.boolean()),
      })
      .map(compact),
    fc
      .record({
        kind: fc.constant('is' as const),
        column: fc.constantFrom('region', 'motto', 'full_name'),
        values: fc.array(fc.constantFrom('sud', 'NORTH', "o'brien", 'rio', 'HILL', 'ärea'), {
          minLength: 1,
          maxLength: 2,
        }),
        negated: optional(fc.boolean()),
      })
      .map(compact),
    fc
      .record({
        kind: fc.constant('contains' as const),
        column: fc.constantFrom('region', 'motto', 'full_name', 'tags'),
        text: fc.constantFrom('river', 'Hill', 'lake', 'a.b', 'rio', 'ETA', 'n'),
        at: optional(fc.constantFrom('start' as const, 'end' as const)),
        negated: optional(fc.boolean()),
      })
      .map(compact),
    fc.record({
      kind: fc.constant('date' as const),
      column: dateColumn,
      comparison,
      date: fc.constantFrom('2020', '2021-03', '2020-07-15'),
    }),
    fc.record({ kind: fc.constant('boolean' as const), column: fc.constant('open'), value: fc.boolean() }),
    fc
      .record({
        kind: fc.constant('stated' as const),
        column: fc.constantFrom('size', 'tags', 'founded', 'region'),
        negated: optional(fc.boolean()),
      })
      .map(compact),
    fc
      .record({
        kind: fc.constant('entity' as const),
        names: fc.constant(['Ärea']),
        negated: optional(fc.boolean()),
      })
      .map(compact),
    fc
      .record({
        kind: fc.constant('among' as const),
        selection: tie('selection'),
        negated: optional(fc.boolean()),
      })
      .map(compact),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      operands: fc.array(tie('predicate'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('predicate') }),
  ),
  selection: fc
    .record({
      where: optional(tie('predicate')),
      order: optional(
        fc.record({
          by: tie('expression').filter(({ kind }) => kind !== 'number'),
          descending: fc.boolean(),
        }),
      ),
      limit: optional(fc.integer({ min: 1, max: 6 })),
      offset: optional(fc.integer({ min: 0, max: 3 })),
    })
    .map(compact),
});

const parts = fc.letrec<Parts>(buildParts);

const untieredGroupBy: fc.Arbitrary<GroupBy> = fc.oneof(
  fc.constantFrom<GroupBy>(
    { kind: 'column', column: 'region' },
    { kind: 'column', column: 'order' },
    { kind: 'column', column: 'open' },
    { kind: 'item', column: 'tags' },
  ),
  fc.record({ kind: fc.constant('date-part' as const), column: dateColumn, part: datePart }),
);

const groupBy: fc.Arbitrary<GroupBy> = fc.oneof(
  { weight: 2, arbitrary: untieredGroupBy },
  fc.record({
    kind: fc.constant('tier' as const),
    of: numberColumn,
    tiers: fc.integer({ min: 1, max: 4 }),
  }),
);

const groupMeasure: fc.Arbitrary<GroupValue> = fc
  .record({
    kind: fc.constant('measure' as const),
    measure: parts.measure,
    where: optional(parts.predicate),
  })
  .map(compact);

const groupValue: fc.Arbitrary<GroupValue> = fc.oneof(
  groupMeasure,
  fc.record({ kind: fc.constant('overall' as const), aggregate: parts.aggregate }),
  fc.record({
    kind: fc.constant('arithmetic' as const),
    operator: fc.constantFrom('+' as const, '-' as const, '*' as const, '/' as const),
    left: groupMeasure,
    right: fc.oneof(
      groupMeasure,
      smallNumber.map((value): GroupValue => ({ kind: 'number', value })),
    ),
  }),
);

const shown: fc.Arbitrary<Shown> = fc.record({
  value: parts.expression,
  name: fc.constantFrom('value', 'size', 'the ratio'),
  unit: fc.constant(null),
});

/** Reads no row: aggregates and named entities' values. */
const standalone: fc.Arbitrary<Expression> = fc.oneof(
  fc.record({ kind: fc.constant('aggregate' as const), aggregate: parts.aggregate }),
  fc.record({
    kind: fc.constant('arithmetic' as const),
    operator: fc.constantFrom('-' as const, '/' as const),
    left: fc.record({ kind: fc.constant('aggregate' as const), aggregate: parts.aggregate }),
    right: fc.record({
      kind: fc.constant('entity-value' as const),
      entity: fc.constant('Ärea'),
      of: parts.simple,
    }),
  }),
);

const groupConditions = fc.array(fc.record({ left: groupMeasure, comparison, right: groupValue }), {
  maxLength: 1,
});

const groupNumbers = {
  kind: fc.constant('groups' as const),
  values: fc.array(groupValue, { minLength: 1, maxLength: 2 }),
  having: groupConditions,
  order: fc.constantFrom('descending' as const, 'ascending' as const, 'group' as const),
  limit: optional(fc.integer({ min: 1, max: 3 })),
  offset: optional(fc.integer({ min: 0, max: 2 })),
  percentage: fc.constant(false),
  unit: fc.constant(null),
};

const output: fc.Arbitrary<Output> = fc.oneof(
  fc.record({ kind: fc.constant('entities' as const), show: fc.array(shown, { maxLength: 2 }) }),
  fc
    .record({
      kind: fc.constant('values' as const),
      show: fc.array(shown, { minLength: 1, maxLength: 2 }),
      distinct: optional(fc.boolean()),
    })
    .map(compact),
  fc.record({
    kind: fc.constant('aggregate' as const),
    aggregate: parts.measure,
    unit: fc.constant(null),
  }),
  fc.record({
    kind: fc.constant('calculation' as const),
    values: fc.array(
      fc.record({
        value: standalone,
        name: fc.constant('difference'),
        unit: fc.constant(null),
        percentage: fc.boolean(),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  }),
  fc.record({
    kind: fc.constant('yes-no' as const),
    left: standalone,
    comparison,
    right: parts.aggregate.map((aggregate): Expression => ({ kind: 'aggregate', aggregate })),
  }),
  fc
    .record({
      kind: fc.constant('share' as const),
      weight: optional(numberColumn),
      of: optional(parts.selection),
    })
    .map(compact),
  fc
    .record({
      ...groupNumbers,
      group: groupBy,
      show: fc.constantFrom('group' as const, 'value' as const, 'both' as const, 'number-of-groups' as const),
    })
    .map(compact),
  fc
    .record({
      ...groupNumbers,
      group: untieredGroupBy,
      within: untieredGroupBy,
      show: fc.constantFrom('group' as const, 'value' as const, 'both' as const),
    })
    .map(compact),
  fc
    .record({
      kind: fc.constant('best-per-group' as const),
      group: groupBy,
      name: optional(parts.expression),
      having: optional(groupConditions),
      by: parts.expression,
      descending: fc.boolean(),
      limit: fc.integer({ min: 1, max: 3 }),
    })
    .map(compact),
  fc.record({
    kind: fc.constant('cumulative' as const),
    of: numberColumn,
    descending: fc.boolean(),
    share: fc.constantFrom(33, 50, 80, 100),
    list: fc.boolean(),
  }),
);

/** Plans of every form over the random tables; few of them are questions that anyone would ask. */
export const randomPlan: fc.Arbitrary<QueryPlan> = fc.record({
  table: fc.constant('select'),
  selection: parts.selection,
  output,
});
