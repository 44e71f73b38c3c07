import type { Measure } from '../plan.ts';
import type { AnalystGrammar } from './context.ts';
import { aggregateFigure, figureArithmetic, figurePercent } from './drafts.ts';
import type { Figure, Quantity, Rows } from './meanings.ts';
import { arithmetic, numeric } from './quantity-values.ts';
import { allRows, both } from './row-sets.ts';

type Named = Pick<Measure, 'function' | 'percentile' | 'deviation'>;

/** The aggregate of a quantity over rows, or null where it makes no sense: the sum of dates. */
export function measured(measure: Named, given: Quantity, rows: Rows): Figure | null {
  const ordered = measure.function === 'minimum' || measure.function === 'maximum';
  const quantity = given.type === 'date' && ordered ? given : numeric(given);
  if (quantity === null || rows.count !== null) return null;
  return aggregateFigure({ ...measure, of: quantity.expression }, quantity, rows);
}

/** The number of different values of a column over rows. */
export function distinctCount(quantity: Quantity, rows: Rows): Figure | null {
  if (quantity.expression.kind !== 'column' || quantity.type === 'list') return null;
  return aggregateFigure({ function: 'count-distinct', of: quantity.expression }, null, rows);
}

const correlated = (first: Quantity, second: Quantity, rows: Rows): Figure | null => {
  const left = numeric(first);
  const right = numeric(second);
  if (left === null || right === null) return null;
  return aggregateFigure(
    { function: 'correlation', of: left.expression, with: right.expression },
    null,
    rows,
  );
};

/** The mean in which each row counts by a weight; only rows that state both take part. */
function weighted(given: Quantity, by: Quantity, rows: Rows): Figure | null {
  const quantity = numeric(given);
  const weight = numeric(by);
  const product = quantity === null || weight === null ? null : arithmetic('*', quantity, weight);
  if (quantity === null || weight === null || product === null || rows.by !== null) return null;
  const column = quantity.columns[0];
  if (column === undefined || quantity.columns.length !== 1) return null;
  const stated = { ...rows, where: both(rows.where, { kind: 'stated', column }) };
  const above = measured({ function: 'sum' }, product, rows);
  const below = measured({ function: 'sum' }, weight, stated);
  const mean = above === null || below === null ? null : figureArithmetic('/', above, below);
  return mean === null
    ? null
    : {
        ...mean,
        unit: quantity.type === 'percentage' ? '%' : quantity.unit,
        percentage: quantity.type === 'percentage',
      };
}

const spread = (quantity: Quantity, rows: Rows, ends: readonly [Named, Named]): Figure | null => {
  const high = measured(ends[0], quantity, rows);
  const low = measured(ends[1], quantity, rows);
  return high === null || low === null ? null : figureArithmetic('-', high, low);
};

const range: readonly [Named, Named] = [{ function: 'maximum' }, { function: 'minimum' }];
const middle: readonly [Named, Named] = [
  { function: 'percentile', percentile: 75 },
  { function: 'percentile', percentile: 25 },
];

/** Adds numbers that are calculated over many rows. */
export function addFigureRules(grammar: AnalystGrammar): void {
  grammar.rule(
    'figure-term',
    '<measure> [value|values|level|figure] [of|for|number of|amount of|of number of] [their|its|all] <quantity> <place>',
    ({ measure, quantity, place }) =>
      measured(measure, quantity, { ...allRows, where: place.predicate, noun: 'row' }),
    0.03,
  );
  grammar.rule(
    'figure',
    '(ratio|quotient) (of|between) <superlative:first> (to|and) <superlative:second> <quantity> [$over <rows:rows?>]',
    ({ first, second, quantity, rows }) => {
      const [left, right] = [first, second].map((place) =>
        place.limit === null && place.offset === 0
          ? measured({ function: place.descending ? 'maximum' : 'minimum' }, quantity, rows ?? allRows)
          : null,
      );
      return left == null || right == null ? null : figureArithmetic('/', left, right);
    },
  );
  grammar.rule('portion', '$portion', () => true);
  grammar.rule('portion', '$portion lparen [in|as] (percent|%|percentage) rparen', () => true);
  grammar.rule('portion', 'fraction', () => false);
  addMeasureRules(grammar);
  addAggregateRules(grammar);
  addFigureFormulaRules(grammar);
}

function addMeasureRules(grammar: AnalystGrammar): void {
  const measures: readonly (readonly [Named, string])[] = [
    [{ function: 'average' }, '[arithmetic|simple|unweighted] (average|mean|avg)'],
    [{ function: 'median' }, 'median'],
    [
      { function: 'sum' },
      '(sum|total|combined|summed|aggregate|total sum|sum total|combined total|overall total|grand total|total combined|overall)',
    ],
    [{ function: 'minimum' }, '(minimum|lowest|smallest|least|min|shortest|earliest|fewest)'],
    [
      { function: 'maximum' },
      '(maximum|highest|largest|greatest|max|longest|latest|biggest|most recent|most)',
    ],
    [
      { function: 'standard-deviation', deviation: 'population' },
      '[population] (standard deviation|std dev)',
    ],
    [{ function: 'standard-deviation', deviation: 'sample' }, 'sample standard deviation'],
    [{ function: 'variance', deviation: 'population' }, '[population] variance'],
    [{ function: 'variance', deviation: 'sample' }, 'sample variance'],
    [{ function: 'percentile', percentile: 25 }, '(first quartile|lower quartile|1st quartile)'],
    [{ function: 'percentile', percentile: 75 }, '(third quartile|upper quartile|3rd quartile)'],
  ];
  for (const [measure, words] of measures) grammar.rule('measure', words, () => measure);
  grammar.rule('measure', 'standard deviation lparen [population] rparen', () => ({
    function: 'standard-deviation',
    deviation: 'population',
  }));
  grammar.rule('measure', 'standard deviation lparen sample rparen', () => ({
    function: 'standard-deviation',
    deviation: 'sample',
  }));
  grammar.rule('measure', '<ordinal> percentile', ({ ordinal }) => ({
    function: 'percentile',
    percentile: ordinal,
  }));
  grammar.rule('measure', '<number> percentile', ({ number }) => ({
    function: 'percentile',
    percentile: number,
  }));
}

function addAggregateRules(grammar: AnalystGrammar): void {
  grammar.rule(
    'figure-term',
    '<measure> [value|values|level|figure] [of|for|number of|amount of|of number of|in] [their|its|all] <quantity> [value|values|figure]',
    ({ measure, quantity }) => measured(measure, quantity, allRows),
  );
  grammar.rule(
    'figure-term',
    '<measure> [value|values|level|figure] [of|for|number of|amount of|of number of|in] [their|its|all] <quantity> [value|values|figure] $over <rows>',
    ({ measure, quantity, rows }) => measured(measure, quantity, rows),
  );
  grammar.rule(
    'figure-term',
    '<measure> (number|count) of <quantity> (that|which) <rows> $have',
    ({ measure, quantity, rows }) => measured(measure, quantity, rows),
  );
  grammar.rule(
    'figure-term',
    '<quantity> $over <rows> (combined|together|in total|taken together|in all)',
    ({ quantity, rows }) => measured({ function: 'sum' }, quantity, rows),
  );
  // The average "per row" is the average.
  grammar.rule(
    'figure-term',
    '<measure> [of|number of|amount of] <quantity> (per|for each|for every) <rows>',
    ({ measure, quantity, rows }) =>
      measure.function === 'average' || measure.function === 'median'
        ? measured(measure, quantity, { ...rows, singular: false })
        : null,
    0.03,
  );
  grammar.rule('figure-term', '(number|count|total number|overall number) of <rows>', ({ rows }) =>
    rows.count === null ? aggregateFigure({ function: 'count' }, null, rows) : null,
  );
  grammar.rule(
    'figure-term',
    '(number|count|total number) of (distinct|different|unique) <column> [$over <rows:rows?>]',
    ({ column, rows }) => distinctCount(column, rows ?? allRows),
  );
  grammar.rule(
    'figure-term',
    '[pearson|linear] (correlation|correlation coefficient|pearson correlation|pearson correlation coefficient) (between|of) <quantity:first> (and|with) <quantity:second> [$over <rows:rows?>]',
    ({ first, second, rows }) => correlated(first, second, rows ?? allRows),
  );
  for (const pattern of [
    '(average|mean) <quantity> weighted by [their] <quantity:weight> [$over <rows:rows?>]',
    '<quantity:weight> weighted (average|mean) [of] <quantity> [$over <rows:rows?>]',
    'weighted (average|mean) of <quantity> (by|with|weighted by|using) <quantity:weight> [as weights|as weight] [$over <rows:rows?>]',
  ] as const)
    grammar.rule('figure-term', pattern, ({ quantity, weight, rows }) =>
      weighted(quantity, weight, rows ?? allRows),
    );
  grammar.rule('figure-term', '(range|spread) of <quantity> [$over <rows:rows?>]', ({ quantity, rows }) =>
    spread(quantity, rows ?? allRows, range),
  );
  grammar.rule(
    'figure-term',
    '(interquartile range|iqr) of <quantity> [$over <rows:rows?>]',
    ({ quantity, rows }) => spread(quantity, rows ?? allRows, middle),
  );
  grammar.rule('figure-term', '<quantity> (of|for|in|at) <entity>', ({ quantity, entity }) =>
    entityFigure(quantity, entity),
  );
  grammar.rule('figure-term', "<entity> 's [own] <quantity>", ({ quantity, entity }) =>
    entityFigure(quantity, entity),
  );
  grammar.rule(
    'figure-term',
    '<quantity> (of|for) <rows>',
    ({ quantity, rows }) => lookUp(quantity, rows),
    0.05,
  );
  grammar.rule(
    'figure-term',
    '(that|this|same|aforementioned|resulting|group) [group] (average|mean|median|sum|total|value|figure|number|maximum|minimum|standard deviation|threshold|benchmark|result)',
    (_, context) => context.discourse.figure,
  );
  grammar.rule(
    'figure-term',
    '(average|mean|median|sum|total) (of|for|in|across) (that|this|the|these) (group|set|subset|<noun:noun?>)',
    (_, context) => context.discourse.figure,
  );
}

/** The value of the one row that an order singles out. */
function lookUp(quantity: Quantity, rows: Rows): Figure | null {
  const figure = rows.by?.limit === 1 ? measured({ function: 'maximum' }, quantity, rows) : null;
  return figure === null ? null : { ...figure, isLookup: true };
}

/** The value of one named row. */
export function entityFigure(quantity: Quantity, entity: string): Figure {
  return {
    expression: { kind: 'entity-value', entity, of: quantity.expression },
    unit: quantity.type === 'percentage' ? '%' : quantity.unit,
    percentage: quantity.type === 'percentage',
    name: `${quantity.name} of ${entity}`,
    type: quantity.type,
    columns: quantity.columns,
    isLookup: true,
  };
}

/** "The ratio of total debt to the equity of Acme" speaks of Acme's total debt, not of everyone's. */
function ratioOf(left: Figure, right: Figure): Figure | null {
  const isVague = (figure: Figure): boolean =>
    figure.over !== undefined && figure.over.rows.noun === null && figure.over.rows.where === null;
  const isOne = (figure: Figure): boolean => figure.expression.kind === 'entity-value';
  if ((isVague(left) && isOne(right)) || (isOne(left) && isVague(right))) return null;
  return figureArithmetic('/', left, right);
}

function addFigureFormulaRules(grammar: AnalystGrammar): void {
  grammar.rule('figure', '<figure-term:term>', ({ term }) => term);
  grammar.rule('figure', '<figure-term:left> (minus|-|less) <figure-term:right>', ({ left, right }) =>
    figureArithmetic('-', left, right),
  );
  grammar.rule('figure', '<figure-term:left> (plus|+) <figure-term:right>', ({ left, right }) =>
    figureArithmetic('+', left, right),
  );
  grammar.rule(
    'figure',
    '<figure-term:left> (divided by|/|per|to) <figure-term:right>',
    ({ left, right }) => ratioOf(left, right),
    0.05,
  );
  grammar.rule(
    'figure',
    '(ratio|quotient) (of|between) <figure-term:left> (to|and) <figure-term:right>',
    ({ left, right }) => ratioOf(left, right),
  );
  grammar.rule(
    'figure',
    '(difference|gap|spread) (between|in) <figure-term:left> and <figure-term:right>',
    ({ left, right }) => figureArithmetic('-', left, right),
  );
  grammar.rule(
    'figure',
    '<figure-term:left> (as|expressed as) (percentage|percent|share|proportion) of <figure-term:right>',
    ({ left, right }) => figurePercent(left, right),
  );
  grammar.rule(
    'figure',
    '(ratio|quotient) of (total|summed|combined) <quantity:left> to (total|summed|combined) <quantity:right> [$over <rows:rows?>]',
    ({ left, right, rows }) => {
      const above = measured({ function: 'sum' }, left, rows ?? allRows);
      const below = measured({ function: 'sum' }, right, rows ?? allRows);
      return above === null || below === null ? null : figureArithmetic('/', above, below);
    },
  );
}
