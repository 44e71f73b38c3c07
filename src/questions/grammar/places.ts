import type { Comparison } from '../plan.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { comparison } from './conditions.ts';
import type { Outcome } from './engine.ts';
import type { Comparing, Condition, Group, Quantity } from './meanings.ts';
import { absolute, arithmetic, numeric } from './quantity-values.ts';

const tierWords = [
  { words: 'quartile|quarter', tiers: 4 },
  { words: 'quintile', tiers: 5 },
  { words: 'decile', tiers: 10 },
  { words: 'tercile|tertile', tiers: 3 },
  { words: 'half', tiers: 2 },
] as const;

/** The row's place when all rows are ordered by the quantity, largest first. */
function rankBy(given: Quantity): Quantity | null {
  const quantity = numeric(given);
  if (quantity === null) return null;
  return {
    expression: { kind: 'rank', of: quantity.expression, descending: true },
    type: 'number',
    unit: null,
    name: `rank by ${quantity.name}`,
    columns: quantity.columns,
  };
}

/** The rows whose places by two quantities lie so far apart. */
function rankGap(
  context: Context,
  quantities: readonly [Quantity, Quantity],
  comparing: Comparing,
): Outcome<Condition> {
  const [first, second] = quantities.map(rankBy);
  const gap = first == null || second == null ? null : absolute(arithmetic('-', first, second));
  return gap === null ? null : comparison(context, gap, comparing);
}

/** The rows that stand further ahead, or behind, by one quantity than by another. */
function ranksCompared(quantities: readonly [Quantity, Quantity], sign: Comparison): Condition | null {
  const [first, second] = quantities.map(rankBy);
  if (first == null || second == null) return null;
  return {
    predicate: { kind: 'compare', left: first.expression, comparison: sign, right: second.expression },
    quantity: null,
  };
}

function tierGroup(given: Quantity, tiers: number): Group | null {
  const quantity = numeric(given);
  if (quantity === null) return null;
  return {
    by: { kind: 'tier', of: quantity.expression, tiers },
    name: `tier of ${quantity.name}`,
    columns: quantity.columns,
  };
}

/** Adds ranks as quantities, and equal parts of an order as groups: "for each quartile of revenue". */
export function addPlaceRules(grammar: AnalystGrammar): void {
  const by = '(by|in|for|on|in terms of|according to|with respect to)';
  grammar.rule('term', `(rank|ranking|position) ${by} <column>`, ({ column }) => rankBy(column));
  grammar.rule('term', '<column> (rank|ranking)', ({ column }) => rankBy(column), 0.02);
  for (const ranks of [
    `(rank|ranking) ${by} <column:one> and [their|its] (rank|ranking) ${by} <column:other>`,
    `(rank|ranking) ${by} <column:one> and ${by} <column:other>`,
    `(rank|ranking) ${by} <column:one> and <column:other>`,
  ] as const) {
    grammar.rule(
      'clause',
      `${ranks} (differ|diverge|be apart) by <comparing>` as const,
      ({ one, other, comparing }, context) => rankGap(context, [one, other], comparing),
    );
  }
  for (const [word, sign] of [
    ['(higher|better|further up)', '<'],
    ['(lower|worse|further down)', '>'],
  ] as const) {
    grammar.rule(
      'verb',
      `(rank|be ranked|stand|place) ${word} ${by} <column:one> than ${by} <column:other>` as const,
      ({ one, other }) => ranksCompared([one, other], sign),
    );
  }
  for (const { words, tiers } of tierWords) addTierGroups(grammar, words, tiers);
}

function addTierGroups(grammar: AnalystGrammar, words: string, tiers: number): void {
  grammar.rule('group', `(${words})`, (_, context) =>
    context.discourse.tiers === null ? null : tierGroup(context.discourse.tiers, tiers),
  );
  grammar.rule('group', `(${words}) (of|by) <column>` as '<column>', ({ column }) =>
    tierGroup(column, tiers),
  );
  if (tiers > 2) {
    grammar.rule('group', `<column> (${words})` as '<column>', ({ column }) => tierGroup(column, tiers));
  }
}
