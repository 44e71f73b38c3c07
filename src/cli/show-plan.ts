import type { PricedPlan, PricedUse } from '../models/index.ts';
import { formatNumber } from './terminal/numbers.ts';
import type { Screen } from './terminal/screen.ts';
import { textTable } from './terminal/text-table.ts';

/** What calls of models will take: what is expected, and what it cannot exceed. */
export function showPlan({ plans, screen }: { plans: readonly PricedPlan[]; screen: Screen }): string {
  const table = textTable({
    columns: [
      { header: 'model', whole: true },
      { header: '' },
      { header: 'calls', align: 'right' },
      { header: 'tokens in', align: 'right' },
      { header: 'tokens out', align: 'right' },
      { header: 'USD', align: 'right' },
    ],
    rows: plans.flatMap(({ model, expected, upperBound }) => [
      [model, 'expected', ...cells(expected)],
      ['', 'at most', ...cells(upperBound)],
    ]),
    screen,
  });
  const notes = plans.map(({ model, tokenizer, tokenizerIsExact }) =>
    screen.paint(
      'dim',
      `Tokens of ${model} were counted with ${tokenizer}${tokenizerIsExact ? '' : ', which is not its own: its counts may differ'}.`,
    ),
  );
  return [table, ...notes, screen.paint('dim', 'Nothing was sent.')].join('\n');
}

function cells({ calls, inputTokens, outputTokens, usd }: PricedUse): string[] {
  const amount = usd === null ? 'no price known' : usd.toFixed(2);
  return [formatNumber(calls), formatNumber(inputTokens), formatNumber(outputTokens), amount];
}
