import type { Comparison } from '../plan.ts';
import { columnsCalled } from './catalog-columns.ts';
import { comparison, plain } from './conditions.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { Weighed } from './engine.ts';
import type { Outcome } from './engine.ts';
import type { Condition } from './meanings.ts';

/** What the result of a business may be called. */
const resultNames = ['income', 'profit', 'earnings', 'result', 'surplus', 'balance'];

/** The condition that what is called a profit lies above nought, or a loss below. */
function resultCondition(context: Context, kind: string | undefined, sign: Comparison): Outcome<Condition> {
  const found = resultNames
    .flatMap((name) => columnsCalled(context, kind === undefined ? name : `${kind} ${name}`))
    .filter(({ quantity, cost }) => quantity.type === 'number' && cost < 0.5)
    .sort((left, right) => left.cost - right.cost);
  const [best] = found;
  if (best === undefined) return null;
  const outcome = comparison(context, best.quantity, {
    comparison: sign,
    operand: { kind: 'literal', literal: plain(0) },
  });
  if (!(outcome instanceof Weighed)) return outcome;
  const notes = [`taken as "${best.quantity.name}" ${sign === '>' ? 'above' : 'below'} 0`];
  return new Weighed(
    outcome.options.map((option) => ({ ...option, cost: option.cost + best.cost + 0.05, notes })),
  );
}

/** Adds profits and losses: "made a net loss", "profitable", "in the red". */
export function addProfitRules(grammar: AnalystGrammar): void {
  const kinds = '[$net|$operating|annual|pre tax|pretax|gross|overall|reported]';
  const kindOf = (context: Context): string | undefined =>
    ['net', 'operating', 'gross'].find((kind) => context.tokens.some(({ word }) => word === kind));
  for (const [words, sign] of [
    ['(loss|losses)', '<'],
    ['(profit|profits)', '>'],
  ] as const) {
    const named = `${kinds.replaceAll('$', '')} ${words}` as const;
    grammar.rule('have', named, (_, context) => resultCondition(context, kindOf(context), sign), 0.03);
    grammar.rule(
      'verb',
      `(make|post|report|run|suffer|record|incur|show|book|turn|generate|have|end with|close with|finish with|made|ran|posted|reported|suffered|recorded|incurred|booked|turned|generated) ${named}`,
      (_, context) => resultCondition(context, kindOf(context), sign),
    );
  }
  grammar.rule('being', '(profitable|in black)', (_, context) => resultCondition(context, 'net', '>'));
  grammar.rule('being', '(unprofitable|loss making|lossmaking|in red|not profitable)', (_, context) =>
    resultCondition(context, 'net', '<'),
  );
}
