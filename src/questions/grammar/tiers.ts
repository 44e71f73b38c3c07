import type { AnalystGrammar } from './context.ts';
import type { Condition, Quantity, Rows } from './meanings.ts';
import { numeric } from './quantity-values.ts';
import { allRows, both } from './row-sets.ts';

/** A part of an order: the highest quarter, the lowest tenth. */
export interface Tier {
  readonly tiers: number;
  /** 1 = lowest values. */
  readonly tier: number;
}

const parts: readonly (readonly [string, number])[] = [
  ['half', 2],
  ['(third|tercile|tertile)', 3],
  ['(quartile|quarter)', 4],
  ['(quintile|fifth)', 5],
  ['(decile|tenth)', 10],
];

/** The condition that a row falls in the tier of all rows, or of some. */
function inTier(given: Quantity, { tier, tiers }: Tier, over: Rows): Condition | null {
  const quantity = numeric(given);
  if (quantity === null || over.by !== null || over.count !== null) return null;
  const selection = over.where === null ? {} : { over: { where: over.where } };
  return {
    predicate: {
      kind: 'compare',
      left: { kind: 'tier', of: quantity.expression, tiers, ...selection },
      comparison: '=',
      right: { kind: 'number', value: tier },
    },
    quantity,
  };
}

function rowsIn(quantity: Quantity, tier: Tier, rows: Rows): Rows | null {
  const condition = inTier(quantity, tier, rows);
  return condition === null
    ? null
    : { ...rows, singular: false, where: both(rows.where, condition.predicate) };
}

/** Adds quartiles, deciles and other equal parts of an order. */
export function addTierRules(grammar: AnalystGrammar): void {
  for (const [word, tiers] of parts) {
    grammar.rule('tier', `(top|highest|upper|uppermost|largest|richest) ${word}`, () => ({
      tiers,
      tier: tiers,
    }));
    grammar.rule('tier', `(bottom|lowest|lower|lowermost|smallest|poorest) ${word}`, () => ({
      tiers,
      tier: 1,
    }));
    grammar.rule('tier', `<ordinal> ${word}`, ({ ordinal }) =>
      ordinal <= tiers ? { tiers, tier: ordinal } : null,
    );
  }
  grammar.rule('tier', '(top|highest|upper) <literal>', ({ literal }) =>
    percentTier(literal.percent ? literal.value : 0, true),
  );
  grammar.rule('tier', '(bottom|lowest|lower) <literal>', ({ literal }) =>
    percentTier(literal.percent ? literal.value : 0, false),
  );

  const by = '(by|of|for|in|in terms of|with respect to|ranked by|based on|when ranked by)';
  grammar.rule('being', `[in|within|among] <tier> ${by} [their|all] <quantity>`, ({ tier, quantity }) =>
    inTier(quantity, tier, allRows),
  );
  grammar.rule(
    'restrictor',
    `(in|within|from|falling in|belonging to) <tier> ${by} [their|all] <quantity>`,
    ({ tier, quantity }) => {
      const condition = inTier(quantity, tier, allRows);
      return condition === null ? null : { kind: 'condition', condition };
    },
  );
  grammar.rule(
    'verb',
    `(fall|rank|lie|belong|sit) (in|into|to|within) <tier> ${by} <quantity>`,
    ({ tier, quantity }) => inTier(quantity, tier, allRows),
  );
  grammar.rule(
    'rows-core',
    `<tier> of <rows> (by|in terms of|ranked by|with respect to|based on|for|of) [their] <quantity>`,
    ({ tier, rows, quantity }) => rowsIn(quantity, tier, rows),
  );
  grammar.rule(
    'rows-core',
    `<tier> of <rows>`,
    ({ tier, rows }, context) =>
      context.discourse.tiers === null ? null : rowsIn(context.discourse.tiers, tier, rows),
    0.05,
  );
  grammar.rule(
    'rows-core',
    `<tier> (by|in terms of|ranked by|with respect to|based on|for|of) [their] <quantity>`,
    ({ tier, quantity }) => rowsIn(quantity, tier, allRows),
  );
  grammar.rule('rows-core', `<tier>`, ({ tier }, context) =>
    context.discourse.tiers === null ? null : rowsIn(context.discourse.tiers, tier, allRows),
  );
  grammar.rule('rows-core', `<tier> <noun>`, ({ tier }, context) =>
    context.discourse.tiers === null ? null : rowsIn(context.discourse.tiers, tier, allRows),
  );
  grammar.rule(
    'division',
    `(divide|split|group|sort|partition|rank|classify|put|assign|label|bin|segment|cut|break) [all|each|every] <rows> (into|in|to) (half|third|tercile|quartile|quintile|decile|quarter|fifth|tenth|four equal group|five equal group|ten equal group|three equal group|<count:count?> (equal|equally sized|equally large) (group|part|tier|class)) (by|based on|according to|in terms of|of) [their] <quantity> [lparen (quartile|quintile|decile|tercile|group|tier|class|part) (1|one) (=|be|:|for|hold) [with] (lowest|smallest|least) [value|one] rparen]`,
    ({ quantity, rows }) =>
      rows.count === null && rows.by === null ? { quantity, rows: { ...rows, singular: false } } : null,
  );
}

/** "Top 10 %": the highest of ten parts; null for percentages that make no equal parts. */
function percentTier(percent: number, top: boolean): Tier | null {
  const tiers = 100 / percent;
  if (percent <= 0 || percent > 50 || Math.abs(tiers - Math.round(tiers)) > 1e-9) return null;
  return { tiers: Math.round(tiers), tier: top ? Math.round(tiers) : 1 };
}
