import type { Expression, Predicate } from '../plan.ts';
import type { Condition, Wording } from './wording.ts';

/** Comparisons of every period with the one before, taken together: `revenue rose every year`. */
export function takeTrends(
  conditions: readonly Predicate[],
  wording: Wording,
): { readonly trends: readonly Condition[]; readonly others: readonly Predicate[] } {
  const trends: Condition[] = [];
  let others = conditions;
  for (const { name, periods } of wording.table.columns) {
    if (periods.length < 2) continue;
    for (const [comparison, verb] of [
      ['>', 'rose'],
      ['<', 'fell'],
    ] as const) {
      const steps = periods.map((period, index): string => {
        const later = periods[index - 1];
        return JSON.stringify({
          kind: 'compare',
          left: column(name, later),
          comparison,
          right: column(name, period),
        } satisfies Predicate);
      });
      const rest = others.filter((condition) => !steps.includes(JSON.stringify(condition)));
      if (others.length - rest.length < steps.length) continue;
      others = rest;
      trends.push({ clause: `${wording.quantity(column(name, undefined))} ${verb} every year` });
    }
  }
  return { trends, others };
}

function column(name: string, period: string | undefined): Expression {
  return { kind: 'column', column: name, ...(period === undefined ? {} : { period }) };
}
