import type { PlannedWork } from '../benchmark/index.ts';
import type { Cost, PricedPlan, PricedUse } from '../models/index.ts';
import { showPlan } from './show-plan.ts';
import { addUses } from './show-question-plans.ts';
import { formatCount, formatNumber } from './terminal/numbers.ts';
import type { Screen } from './terminal/screen.ts';
import { textTable } from './terminal/text-table.ts';

/** What a run will take: a line for each length, strategy and model, and each model's sum. */
export function showRunPlan(planned: readonly PlannedWork[], screen: Screen): string {
  if (planned.length === 0) return 'Every question has its line already; nothing is left to ask.';
  const table = textTable({
    columns: [
      { header: 'set' },
      { header: 'strategy', whole: true },
      { header: 'model' },
      { header: 'questions', align: 'right' },
      { header: 'calls', align: 'right' },
      { header: 'at most', align: 'right' },
      { header: 'tokens in', align: 'right' },
    ],
    rows: planned.map(({ group, strategy, model, questions, plan }) => [
      group,
      strategy,
      model,
      formatNumber(questions),
      formatNumber(plan?.expected.calls ?? 0),
      formatNumber(plan?.upperBound.calls ?? 0),
      formatNumber(plan?.expected.inputTokens ?? 0),
    ]),
    screen,
  });
  const plans = planned.flatMap(({ plan }) => plan ?? []);
  const sums = [...Map.groupBy(plans, ({ model }) => model).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [sumOf([first, ...others])],
  );
  return sums.length === 0
    ? `${table}\n\nNo model is asked; nothing is spent.`
    : `${table}\n\n${showPlan({ plans: sums, screen })}`;
}

function sumOf([first, ...others]: readonly [PricedPlan, ...PricedPlan[]]): PricedPlan {
  const sum = (name: 'expected' | 'upperBound'): PricedUse =>
    others.map((plan) => plan[name]).reduce(addUses, first[name]);
  return { ...first, expected: sum('expected'), upperBound: sum('upperBound') };
}

/** What a run did, and what is left to do. */
export function showRunReport({
  file,
  tasks,
  answered,
  refused,
  failed,
  spent,
}: {
  file: string;
  tasks: number;
  answered: number;
  refused: number;
  failed: readonly { readonly id: string; readonly strategy: string; readonly reason: string }[];
  spent: Cost;
}): string {
  const kept = tasks - answered - refused - failed.length;
  const lines = [
    `${formatCount(answered, 'question')} answered, ${formatNumber(refused)} refused` +
      `${kept > 0 ? `, ${formatNumber(kept)} were there already` : ''}: ${file}`,
  ];
  if (spent.calls > 0) {
    const tokens = `${formatNumber(spent.inputTokens)} tokens in, ${formatNumber(spent.outputTokens)} out`;
    lines.push(`${formatCount(spent.calls, 'call')}, ${tokens}, ${spent.usd.toFixed(4)} USD`);
  }
  if (failed.length > 0) {
    lines.push(
      `${formatCount(failed.length, 'question')} failed and will be asked again by the same command:`,
    );
    for (const [reason, alike] of Map.groupBy(failed, (failure) => failure.reason)) {
      const [example] = alike;
      lines.push(
        `  ${formatNumber(alike.length)} × ${example?.strategy ?? ''} (${example?.id ?? ''}): ${reason}`,
      );
    }
  }
  return lines.join('\n');
}
