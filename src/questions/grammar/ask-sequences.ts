import type { Comparison, Expression } from '../plan.ts';
import type { AnalystGrammar } from './context.ts';
import type { Draft, Figure, Quantity, Rows } from './meanings.ts';
import { numeric } from './quantity-values.ts';
import { allRows, restrict, selectionOf } from './row-sets.ts';
import { aggregateFigure } from './drafts.ts';
import { isNumeric } from './context.ts';
import { measured } from './figures.ts';

/** Adds questions on cumulative shares, and questions that yes or no answers. */
export function addSequenceQuestions(grammar: AnalystGrammar): void {
  addCumulativeQuestions(grammar);
  addYesNoQuestions(grammar);
}

/** An order in which rows are added up; by what, where it is said. */
interface Running {
  readonly by: Quantity | null;
  readonly descending: boolean;
}

function cumulative(
  given: Quantity,
  rows: Rows,
  how: { readonly share: number; readonly descending: boolean; readonly list: boolean },
): Draft | null {
  const of = numeric(given)?.expression;
  if (of === undefined || rows.by !== null || rows.count !== null) return null;
  if (how.share <= 0 || how.share > 100) return null;
  return { selection: selectionOf(rows), output: { kind: 'cumulative', of, ...how } };
}

function addCumulativeQuestions(grammar: AnalystGrammar): void {
  grammar.rule('part', '<literal> [of]', ({ literal }) => (literal.percent ? literal.value : null));
  grammar.rule('part', 'half [of]', () => 50);
  grammar.rule('part', '(two|2) third [of]', () => 200 / 3);
  grammar.rule('part', 'three quarter [of]', () => 75);
  grammar.rule('part', 'quarter [of]', () => 25);
  grammar.rule('part', 'third [of]', () => 100 / 3);

  addRunningOrders(grammar);
  const reach =
    '(reach|cover|account for|make up|accumulate|get|hold|exceed|represent|contain|comprise|have|attain|provide|contribute|amount to|add up to)';
  const least = '[at least|together|more than|over|cumulatively|jointly]';
  const sum = '[total|summed|combined|overall|entire|all|sum of|world|aggregate]';
  const needed = '(be|do) (needed|required|necessary|it take|suffice|enough)';
  for (const [many, list] of [
    ['how many', false],
    ['which', true],
  ] as const) {
    const whole = '[of <rows:whole?>|over <rows:whole?>|across <rows:whole?>]';
    grammar.rule(
      'ask',
      `${many} <rows> [,] [<running:first?>] [,] ${needed} [,] [<running:last?>] [,] to ${reach} ${least} <part> ${sum} <quantity> ${whole}` as const,
      ({ rows, first, last, part, quantity, whole: of }) =>
        runningShare({ rows, whole: of, running: first ?? last, quantity, share: part, list }),
    );
    grammar.rule(
      'ask',
      `${many} [of] <rows> [,] [<running>] [,] [together|jointly|cumulatively] (account for|make up|hold|cover|represent|contain|comprise|reach) ${least} <part> ${sum} <quantity> ${whole}` as const,
      ({ rows, running, part, quantity, whole: of }) =>
        running === undefined
          ? null
          : runningShare({ rows, whole: of, running, quantity, share: part, list }),
    );
    grammar.rule(
      'ask',
      `${many} [of] (largest|top|biggest|highest) <rows> [by <quantity:by?>] [together|jointly|cumulatively] (account for|make up|hold|cover|represent|contain|comprise|${needed} to ${reach}) ${least} <part> ${sum} <quantity> ${whole}` as const,
      ({ rows, by, part, quantity, whole: of }) =>
        runningShare({
          rows,
          whole: of,
          running: { by: by ?? null, descending: true },
          quantity,
          share: part,
          list,
        }),
      0.05,
    );
  }
}

function runningShare(asked: {
  readonly rows: Rows;
  readonly whole: Rows | undefined;
  readonly running: Running | undefined;
  readonly quantity: Quantity;
  readonly share: number;
  readonly list: boolean;
}): Draft | null {
  const { rows, whole, running, quantity, share, list } = asked;
  if (whole !== undefined && !isSameSet(rows, whole)) return null;
  if (running?.by != null && !same(running.by, quantity)) return null;
  return cumulative(quantity, rows, { share, descending: running?.descending ?? true, list });
}

/** Adds the order in which rows are added up. */
function addRunningOrders(grammar: AnalystGrammar): void {
  const taken =
    '[when|if|being] (taken|sorted|ordered|ranked|counted|added|added up|going|taking them|summed|accumulated)';
  grammar.rule(
    'running',
    `${taken} [in|by|from] [order of|order by] ($falling) [order of|order by] <quantity:by>`,
    ({ by }) => ({ by, descending: true }),
  );
  grammar.rule(
    'running',
    `${taken} [in|by|from] [order of|order by] ($rising) [order of|order by] <quantity:by>`,
    ({ by }) => ({ by, descending: false }),
  );
  grammar.rule(
    'running',
    `${taken} (by|in order of|according to) <quantity:by> [,] [in|from] [<direction>] [order]`,
    ({ by, direction }) => ({ by, descending: direction ?? true }),
  );
  grammar.rule(
    'running',
    '(starting|beginning|going) (with|from) (largest|biggest|highest|most populous|top) [one|ones|<noun:noun?>] [(by|in terms of) <quantity:by?>]',
    ({ by }) => ({ by: by ?? null, descending: true }),
  );
  grammar.rule(
    'running',
    '(starting|beginning|going) (with|from) (smallest|lowest) [one|ones|<noun:noun?>] [(by|in terms of) <quantity:by?>]',
    ({ by }) => ({ by: by ?? null, descending: false }),
  );
}

const same = (left: Quantity, right: Quantity): boolean =>
  JSON.stringify(left.expression) === JSON.stringify(right.expression);

const isSameSet = (rows: Rows, whole: Rows): boolean =>
  whole.by === null &&
  whole.count === null &&
  (whole.where === null ||
    JSON.stringify(selectionOf(whole)) === '{"where":{"kind":"and","operands":[]}}' ||
    JSON.stringify(whole.where) === JSON.stringify(rows.where));

const yesNo = (left: Expression, comparison: Comparison, right: Expression): Draft => ({
  selection: {},
  output: { kind: 'yes-no', left, comparison, right },
});

const compareFigures = (left: Figure | null, comparison: Comparison, right: Figure | null): Draft | null =>
  left === null || right === null || !isNumeric(left.type) || !isNumeric(right.type)
    ? null
    : yesNo(left.expression, comparison, right.expression);

function addYesNoQuestions(grammar: AnalystGrammar): void {
  const entityValue = (quantity: Quantity, entity: string): Expression | null => {
    const of = numeric(quantity)?.expression;
    return of === undefined ? null : { kind: 'entity-value', entity, of };
  };
  for (const [words, sign] of [
    ['$more', '>'],
    ['$fewer', '<'],
  ] as const) {
    grammar.rule(
      'ask',
      `(do|be) <entity:first> have ${words} <quantity> than <entity:second>` as const,
      ({ first, second, quantity }) => {
        const left = entityValue(quantity, first);
        const right = entityValue(quantity, second);
        return left === null || right === null ? null : yesNo(left, sign, right);
      },
    );
    grammar.rule(
      'ask',
      `(do|be) <rows:first> (have|show) ${words} <measure> <quantity> than <rows:second>` as const,
      ({ first, second, measure, quantity }) =>
        compareFigures(measured(measure, quantity, first), sign, measured(measure, quantity, second)),
    );
    grammar.rule(
      'ask',
      `be <quantity> (of|in|for) <entity:first> ${words} than [that of|that in|that for|those of|in] <entity:second>` as const,
      ({ first, second, quantity }) => {
        const left = entityValue(quantity, first);
        const right = entityValue(quantity, second);
        return left === null || right === null ? null : yesNo(left, sign, right);
      },
    );
    grammar.rule(
      'ask',
      `be <figure:left> ${words} than [that of] <figure:right>` as const,
      ({ left, right }) => compareFigures(left, sign, right),
    );
    grammar.rule(
      'ask',
      `be <measure> <quantity> of <rows:first> ${words} than [that of|that for|in|for] <rows:second>` as const,
      ({ measure, quantity, first, second }) =>
        compareFigures(measured(measure, quantity, first), sign, measured(measure, quantity, second)),
    );
    grammar.rule(
      'ask',
      `be <entity:first> 's <quantity> ${words} than [that of|those of] <entity:second> ['s|]` as const,
      ({ first, second, quantity }) => {
        const left = entityValue(quantity, first);
        const right = entityValue(quantity, second);
        return left === null || right === null ? null : yesNo(left, sign, right);
      },
    );
    grammar.rule(
      'ask',
      `which (have|be) ${words} <quantity> [,|:] <entity:first> or <entity:second>` as const,
      ({ first, second, quantity }) => {
        const of = numeric(quantity)?.expression;
        return of === undefined
          ? null
          : {
              selection: {
                where: { kind: 'entity', names: [first, second] },
                order: { by: of, descending: sign === '>' },
                limit: 1,
              },
              output: { kind: 'entities', show: [] },
            };
      },
    );
  }
  for (const [words, sign] of [
    ['more', '>'],
    ['fewer', '<'],
  ] as const)
    grammar.rule('ask', `be there ${words} <rows:first> than <rows:second>`, ({ first, second }) =>
      first.count !== null || second.count !== null
        ? null
        : compareFigures(
            aggregateFigure({ function: 'count' }, null, first),
            sign,
            aggregateFigure({ function: 'count' }, null, second),
          ),
    );
  grammar.rule('ask', 'be <figure:left> <comparator:sign> <figure:right>', ({ left, sign, right }) =>
    compareFigures(left, sign, right),
  );
  grammar.rule(
    'ask',
    'be <measure> <quantity> of <rows:first> <comparator:sign> (that of|that for) <rows:second>',
    ({ measure, quantity, first, sign, second }) =>
      compareFigures(measured(measure, quantity, first), sign, measured(measure, quantity, second)),
  );
  grammar.rule('ask', '(be there|do there exist) [any] <rows>', ({ rows }) => {
    const figure = aggregateFigure({ function: 'count' }, null, { ...rows, singular: false });
    return rows.where === null || rows.count !== null
      ? null
      : yesNo(figure.expression, '>', { kind: 'number', value: 0 });
  });
  grammar.rule('ask', 'do (any|at least one) [of] <noun> <predicates>', ({ predicates }) => {
    const figure = aggregateFigure({ function: 'count' }, null, restrict(allRows, predicates.predicate));
    return yesNo(figure.expression, '>', { kind: 'number', value: 0 });
  });
  grammar.rule(
    'ask',
    '(do|be|have) <entity> <predicates>',
    ({ entity, predicates }) => {
      const rows = restrict(restrict(allRows, { kind: 'entity', names: [entity] }), predicates.predicate);
      return yesNo(aggregateFigure({ function: 'count' }, null, rows).expression, '>', {
        kind: 'number',
        value: 0,
      });
    },
    0.05,
  );
  grammar.rule('ask', 'be <entity> <beings>', ({ entity, beings }) => {
    const rows = restrict(restrict(allRows, { kind: 'entity', names: [entity] }), beings.predicate);
    return yesNo(aggregateFigure({ function: 'count' }, null, rows).expression, '>', {
      kind: 'number',
      value: 0,
    });
  });
}
