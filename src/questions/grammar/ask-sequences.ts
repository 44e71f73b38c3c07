import { isSameExpression } from '../plan-nodes.ts';
import type { AnalystGrammar, Context } from './context.ts';
import type { Draft, Quantity, Rows, Superlative } from './meanings.ts';
import { rankingByAdjective } from './superlatives.ts';
import { numeric } from './quantity-values.ts';
import { selectionOf } from './row-sets.ts';

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

export function addCumulativeQuestions(grammar: AnalystGrammar): void {
  grammar.rule('part', '<literal> [of]', ({ literal }) => (literal.percent ? literal.value : null));
  grammar.rule('part', 'half [of]', () => 50);
  grammar.rule('part', '(two|2) third [of]', () => 200 / 3);
  grammar.rule('part', 'three quarter [of]', () => 75);
  grammar.rule('part', 'quarter [of]', () => 25);
  grammar.rule('part', 'third [of]', () => 100 / 3);

  addRunningOrders(grammar);
  addRunningTotals(grammar);
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

/** "Taking companies from the largest downwards, how many does it take for their running total to pass half of …?" */
function addRunningTotals(grammar: AnalystGrammar): void {
  const pass =
    '(pass|exceed|reach|cover|account for|make up|top|surpass|get to|hit|be|hold|cross|amount to) [more than|at least|over]' as const;
  const taking =
    '(taking|going through|adding up|adding|counting|accumulating|summing|starting with|beginning with)';
  const total =
    '[for|until|before|so that] [their|its] [running|cumulative|combined] (total|sum|share|<quantity:again?>)' as const;
  const asked =
    `, (how many|how many of them|how many <noun:counted>) (do it take|be needed|be required|must be taken|be it|be necessary) ${total} [to] ${pass} <part> [total|combined] <quantity> [of <rows:whole?>|over <rows:whole?>|across <rows:whole?>]` as const;
  grammar.rule(
    'ask',
    `${taking} <rows> from <superlative> [one|ones|<noun:holder?>] [by <quantity:by?>] [downwards|downward|down|on|on down|onwards|upwards|up] ${asked}` as const,
    ({ rows, superlative, by, part, quantity, whole }, context) =>
      by !== undefined || measures(context, superlative, quantity)
        ? runningShare({
            rows,
            whole,
            running: { by: by ?? null, descending: superlative.descending },
            quantity,
            share: part,
            list: false,
          })
        : null,
  );
  grammar.rule(
    'ask',
    `${taking} <rows> in [falling|descending|decreasing] order of [their] <quantity:by> ${asked}` as const,
    ({ rows, by, part, quantity, whole }) =>
      runningShare({ rows, whole, running: { by, descending: true }, quantity, share: part, list: false }),
  );
}

/** Whether "the most populous" may be said of the quantity. */
function measures(context: Context, superlative: Superlative, quantity: Quantity): boolean {
  // "The largest" may be so by whatever is added up.
  if (superlative.measured.length === 0 || superlative.measured.includes('size')) return true;
  const options = rankingByAdjective(context, superlative, null)?.options ?? [];
  return options.some(({ value }) => JSON.stringify(value.by) === JSON.stringify(quantity.expression));
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
  isSameExpression(left.expression, right.expression);

const isSameSet = (rows: Rows, whole: Rows): boolean =>
  whole.by === null &&
  whole.count === null &&
  (whole.where === null ||
    JSON.stringify(selectionOf(whole)) === '{"where":{"kind":"and","operands":[]}}' ||
    JSON.stringify(whole.where) === JSON.stringify(rows.where));
