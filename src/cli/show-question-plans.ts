import type { PricedPlan, PricedUse } from '../models/index.ts';
import { showPlan } from './show-plan.ts';
import { oneLine } from './terminal/display-text.ts';
import { formatNumber } from './terminal/numbers.ts';
import type { Screen } from './terminal/screen.ts';
import { textTable } from './terminal/text-table.ts';

/** What answering a question will take. */
export interface QuestionPlan {
  readonly question: string;
  /** The strategy that would answer; the one chosen, where it was to be chosen. */
  readonly strategy: string;
  /** Why it was chosen. */
  readonly because?: string;
  /** Null where no model is asked. */
  readonly plan: PricedPlan | null;
}

/** Plans for reading: a line a question, why the strategies were chosen, and what all of them take together. */
export function showQuestionPlans(plans: readonly QuestionPlan[], screen: Screen): string {
  const table = textTable({
    columns: [
      { header: 'question' },
      { header: 'strategy', whole: true },
      { header: 'calls', align: 'right' },
      { header: 'at most', align: 'right' },
    ],
    rows: plans.map(({ question, strategy, plan }) => [
      oneLine(question),
      strategy,
      formatNumber(plan?.expected.calls ?? 0),
      formatNumber(plan?.upperBound.calls ?? 0),
    ]),
    screen,
  });
  const reasons = plans.flatMap(({ because, strategy }) =>
    because === undefined ? [] : [screen.paint('dim', `${strategy}: ${because}.`)],
  );
  return [table, ...new Set(reasons), '', describeUse(plans, screen)].join('\n');
}

function describeUse(plans: readonly QuestionPlan[], screen: Screen): string {
  const priced = plans.flatMap(({ plan }) => (plan === null ? [] : [plan]));
  const [first] = priced;
  if (first === undefined) return 'No model is asked; nothing is spent.';
  const expected = priced.map((plan) => plan.expected).reduce(addUses);
  const upperBound = priced.map((plan) => plan.upperBound).reduce(addUses);
  return `${showPlan({ plans: [{ ...first, expected, upperBound }], screen })}${describeEmbeddings(priced)}`;
}

/** All questions share the vectors of the passages, so the largest plan has nearly all there is. */
function describeEmbeddings(plans: readonly PricedPlan[]): string {
  const planned = plans.flatMap(({ embeddings }) => embeddings ?? []);
  const [largest] = planned.sort((left, right) => right.inputTokens - left.inputTokens);
  if (largest === undefined) return '';
  const { model, calls, inputTokens, usd } = largest;
  const price = usd === null ? 'at an unknown price' : `for ${usd.toFixed(4)} USD`;
  return `\nBesides ${formatNumber(calls)} calls of ${model} with ${formatNumber(inputTokens)} tokens ${price}.`;
}

export function addUses(left: PricedUse, right: PricedUse): PricedUse {
  return {
    calls: left.calls + right.calls,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
    usd: left.usd === null || right.usd === null ? null : left.usd + right.usd,
  };
}
