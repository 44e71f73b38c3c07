import { aggregateFigure, figureArithmetic, figureDistance, figurePercent } from '../grammar/drafts.ts';
import { distinctCount, entityFigure, measured } from '../grammar/figures.ts';
import type { Figure, Quantity, Rows } from '../grammar/meanings.ts';
import { numeric } from '../grammar/quantity-values.ts';
import { allRows, restrict } from '../grammar/row-sets.ts';
import type { ChineseGrammar, Statistic } from './context.ts';
import { anyOf, dateExtremes, measuresBefore, measuresBehind } from './vocabulary.ts';

/** Adds numbers that are calculated over many rows. */
export function addFigures(grammar: ChineseGrammar): void {
  addMeasures(grammar);
  addAggregates(grammar);
  addArithmetic(grammar);
}

function addMeasures(grammar: ChineseGrammar): void {
  for (const [name, given] of Object.entries(measuresBehind))
    grammar.rule('measure-behind', `(${anyOf(given)})`, () => ({ function: name as Statistic['function'] }));
  for (const [name, given] of Object.entries(measuresBefore))
    grammar.rule('measure-before', `(${anyOf(given)})`, () => ({ function: name as Statistic['function'] }));
  for (const name of ['minimum', 'maximum'] as const)
    grammar.rule('measure-before', `(${anyOf(dateExtremes[name])})[的]`, () => ({ function: name }));
  for (const name of ['standard-deviation', 'variance'] as const)
    grammar.rule('measure-behind', `样本${measuresBehind[name].write[0]}`, () => ({
      function: name,
      deviation: 'sample',
    }));
  grammar.rule('measure-behind', '第<count>[个]百分位[数|值]', ({ count }) =>
    count > 100 ? null : { function: 'percentile', percentile: count },
  );
  grammar.rule('measure-behind', '[第]<count>分位(数|值|点)', ({ count }) =>
    count > 100 ? null : { function: 'percentile', percentile: count },
  );
  grammar.rule('measure-behind', '<literal>分位[数|值]', ({ literal }) =>
    literal.percent ? { function: 'percentile', percentile: literal.value } : null,
  );
  grammar.rule('measure-behind', '(下四分位数|第一四分位数|第一个四分位数)', () => ({
    function: 'percentile',
    percentile: 25,
  }));
  grammar.rule('measure-behind', '(上四分位数|第三四分位数|第三个四分位数)', () => ({
    function: 'percentile',
    percentile: 75,
  }));
}

/** Whether the statistic may be asked of dates, and is asked so. */
const fits = (measure: Statistic, quantity: Quantity): boolean =>
  quantity.type !== 'date' || measure.function === 'minimum' || measure.function === 'maximum';

function addAggregates(grammar: ChineseGrammar): void {
  const aggregate = (measure: Statistic, quantity: Quantity, rows: Rows): Figure | null =>
    fits(measure, quantity) ? measured(measure, quantity, rows) : null;
  const behind = '[的|值的]<measure-behind:measure>[值]' as const;
  const before = '<measure-before:measure>[的]<quantity>' as const;
  for (const [whose, rowsOf] of [
    ['', (): Rows => allRows],
    ['<rows>(的|,|)[其]', (rows: Rows | undefined): Rows => rows ?? allRows],
  ] as const) {
    grammar.rule(
      'figure-term',
      `${whose}${before}` as '<rows:rows?><measure-before:measure><quantity>',
      ({ measure, quantity, rows }) => aggregate(measure, quantity, rowsOf(rows)),
    );
    grammar.rule(
      'figure-term',
      `${whose}<quantity>${behind}` as '<rows:rows?><measure-behind:measure><quantity>',
      ({ measure, quantity, rows }) => aggregate(measure, quantity, rowsOf(rows)),
    );
    grammar.rule(
      'figure-term',
      `${whose}<quantity:first>(与|和|同|跟)<quantity:second>[之间|间][的](相关系数|相关性|皮尔逊相关系数|相关度)` as '<rows:rows?><quantity:first><quantity:second>',
      ({ first, second, rows }) => {
        const [left, right] = [numeric(first), numeric(second)];
        return left === null || right === null
          ? null
          : aggregateFigure(
              { function: 'correlation', of: left.expression, with: right.expression },
              null,
              rowsOf(rows),
            );
      },
    );
    grammar.rule(
      'figure-term',
      `${whose}<quantity>[的](极差|全距|最大值与最小值之差|最大值和最小值之差|最大值与最小值的差距|最高值与最低值之差|最大值减去最小值|最大值与最小值的差额|最高与最低之差|最大与最小之差|最高值和最低值的差距|最高和最低的差距)` as '<rows:rows?><quantity>',
      ({ quantity, rows }) => extent(quantity, rowsOf(rows)),
    );
    grammar.rule(
      'figure-term',
      `${whose}<quantity>[的]四分位距` as '<rows:rows?><quantity>',
      ({ quantity, rows }) => {
        const high = measured({ function: 'percentile', percentile: 75 }, quantity, rowsOf(rows));
        const low = measured({ function: 'percentile', percentile: 25 }, quantity, rowsOf(rows));
        return high === null || low === null ? null : figureArithmetic('-', high, low);
      },
    );
    grammar.rule(
      'figure-term',
      `${whose}不同[的]<column>[的](数量|个数|数目|总数|种类数)` as '<rows:rows?><column>',
      ({ column, rows }) => distinctCount(column, rowsOf(rows)),
    );
  }
  // `医药行业的平均净利润`
  grammar.rule(
    'figure-term',
    `<attributes:some>[的]${before}` as const,
    ({ some, measure, quantity }) => aggregate(measure, quantity, restrict(allRows, some.predicate)),
    0.03,
  );
  grammar.rule(
    'figure-term',
    `<attributes:some>[的]<quantity>${behind}` as const,
    ({ some, measure, quantity }) => aggregate(measure, quantity, restrict(allRows, some.predicate)),
    0.03,
  );
  grammar.rule(
    'figure-term',
    '<rows>[的](平均|人均)[每家|每个]<quantity>',
    ({ rows, quantity }) => aggregate({ function: 'average' }, quantity, rows),
    0.05,
  );
  grammar.rule('figure-term', '<rows>[的](数量|总数|个数|家数|数目|数|总数量|总数目)', ({ rows }) =>
    rows.count === null ? aggregateFigure({ function: 'count' }, null, rows) : null,
  );
  grammar.rule(
    'figure-term',
    '<entity>[在|于][<period:no?>]的[<noun:noun?>]<quantity>',
    ({ entity, quantity, no }) => (no === undefined ? entityFigure(quantity, entity) : null),
  );
  grammar.rule(
    'figure-term',
    '<entity><quantity>',
    ({ entity, quantity }) => entityFigure(quantity, entity),
    0.02,
  );
  grammar.rule(
    'figure-term',
    '<ranked-rows:rows>的<quantity>',
    ({ rows, quantity }) => {
      const figure = rows.by?.limit === 1 ? measured({ function: 'maximum' }, quantity, rows) : null;
      return figure === null ? null : { ...figure, isLookup: true };
    },
    0.05,
  );
}

function extent(quantity: Quantity, rows: Rows): Figure | null {
  const high = measured({ function: 'maximum' }, quantity, rows);
  const low = measured({ function: 'minimum' }, quantity, rows);
  return high === null || low === null ? null : figureArithmetic('-', high, low);
}

function addArithmetic(grammar: ChineseGrammar): void {
  grammar.rule('figure', '<figure-term:term>', ({ term }) => term);
  const and = '(与|和|同|跟|比)' as const;
  for (const [words, operator] of [
    ['(之差|的差额|的差距|的差值|的差|之间的差距|之间的差额)', '-'],
    ['(之比|的比值|的比率|的比例|的比)', '/'],
    ['(之和|的总和|的和)', '+'],
  ] as const)
    grammar.rule(
      'figure',
      `<figure-term:left>${and}<figure-term:right>${words}` as const,
      ({ left, right }) => figureArithmetic(operator, left, right),
    );
  for (const [words, operator] of [
    ['(减去|减|-)', '-'],
    ['(除以|/)', '/'],
    ['(加上|加|+)', '+'],
  ] as const)
    grammar.rule('figure', `<figure-term:left>${words}<figure-term:right>` as const, ({ left, right }) =>
      figureArithmetic(operator, left, right),
    );
  grammar.rule(
    'figure',
    '<figure-term:left>(占|占到|占了)<figure-term:right>[的](百分比|比例|比重|份额|占比)',
    ({ left, right }) => figurePercent(left, right),
  );
  grammar.rule('figure', '<figure-term:left>(是|为)<figure-term:right>的百分之几', ({ left, right }) =>
    figurePercent(left, right),
  );
  // `甲类公司与乙类公司的平均净利润之差`; a gap has no sign.
  for (const [words, between] of [
    ['(之差|的差额|的差值|的差|差额)', contrast],
    ['(的差距|差距|之间的差距)', apartFrom],
  ] as const) {
    grammar.rule(
      'figure',
      `<rows:first>${and}<rows:second>(的|在)<measure-before:measure>[的]<quantity>[上]${words}` as const,
      ({ first, second, measure, quantity }) => between(measure, quantity, [first, second]),
      0.01,
    );
    grammar.rule(
      'figure',
      `<rows:first>${and}<rows:second>的<quantity>[的]<measure-behind:measure>${words}` as const,
      ({ first, second, measure, quantity }) => between(measure, quantity, [first, second]),
      0.01,
    );
  }
  for (const [words, between] of [
    ['(之差|的差额|的差值|的差|差额)', (one: Figure, other: Figure) => figureArithmetic('-', one, other)],
    ['(的差距|差距|之间的差距)', figureDistance],
  ] as const)
    grammar.rule(
      'figure',
      `<entity:first>${and}<entity:second>[之间|两家<noun:noun?>][的]<quantity>[上]${words}` as const,
      ({ first, second, quantity }) => between(entityFigure(quantity, first), entityFigure(quantity, second)),
    );
}

/** How far a statistic over some rows and that over others lie apart. */
export const apartFrom = (
  measure: Statistic,
  quantity: Quantity,
  [first, second]: readonly [Rows, Rows],
): Figure | null => figureDistance(measured(measure, quantity, first), measured(measure, quantity, second));

/** A statistic over some rows less that over others. */
export function contrast(
  measure: Statistic,
  quantity: Quantity,
  [first, second]: readonly [Rows, Rows],
): Figure | null {
  const left = measured(measure, quantity, first);
  const right = measured(measure, quantity, second);
  return left === null || right === null ? null : figureArithmetic('-', left, right);
}
