import type { AnalystGrammar, Context } from './context.ts';
import type { Outcome } from './engine.ts';
import type { Comparing, Condition, Quantity } from './meanings.ts';
import { absolute, arithmetic, percentOf } from './quantity-values.ts';
import { textCondition } from './text-conditions.ts';
import {
  comparison,
  nameCondition,
  statedCondition,
  plain,
  opposite,
  opposites,
  sameCondition,
} from './conditions.ts';

/** How far one quantity lies from another: in percent of the other, or in its own unit. */
function relativeGap(
  context: Context,
  quantities: readonly [Quantity, Quantity],
  comparing: Comparing,
): Outcome<Condition> {
  const [first, other] = quantities;
  const { operand } = comparing;
  const gap = absolute(arithmetic('-', first, other));
  if (gap === null || operand.kind !== 'literal') return null;
  if (!operand.literal.percent || first.type === 'percentage') return comparison(context, gap, comparing);
  const share = percentOf(gap, other);
  return share === null
    ? null
    : comparison(context, share, {
        ...comparing,
        operand: { kind: 'literal', literal: { value: operand.literal.value, percent: true, unit: null } },
      });
}

/** Adds clauses with a quantity as their subject: "whose revenue exceeds …". */
export function addClauseRules(grammar: AnalystGrammar): void {
  const be =
    '[also] (be|lie|stand|amount to|come to|equal|remain|fall|measure|total|reach|sit|run|number) [currently|exactly|still|also|at]';
  grammar.rule('clause', `<quantity> ${be} <comparing>` as const, ({ quantity, comparing }, context) =>
    comparison(context, quantity, comparing),
  );
  grammar.rule('clause', `<quantity> ${be} <literal>` as const, ({ quantity, literal }, context) =>
    comparison(context, quantity, { comparison: '=', operand: { kind: 'literal', literal } }),
  );
  grammar.rule(
    'clause',
    `<quantity> (do not|doesn't|don't|not) (exceed|surpass) <operand>` as const,
    ({ quantity, operand }, context) => comparison(context, quantity, { comparison: '<=', operand }),
  );
  grammar.rule(
    'clause',
    '<quantity> <comparing>',
    ({ quantity, comparing }, context) => comparison(context, quantity, comparing),
    0.02,
  );
  grammar.rule(
    'clause',
    '<quantity> (exceed|surpass|top|outstrip|outweigh|outnumber|be in excess of) <operand>',
    ({ quantity, operand }, context) => comparison(context, quantity, { comparison: '>', operand }),
  );
  grammar.rule(
    'clause',
    '<quantity> be (same as|equal to|identical to) <quantity:other>',
    ({ quantity, other }, context) => sameCondition(context, quantity, other),
  );
  grammar.rule(
    'clause',
    '<quantity> (differ from|be different from|be not same as|be not equal to) <quantity:other>',
    ({ quantity, other }, context) => {
      const same = sameCondition(context, quantity, other);
      return same === null ? null : opposite(same);
    },
  );
  for (const apart of [
    '(differ|deviate|diverge|depart) from [$stated] <quantity:other> by <comparing> [of latter|of that|of it]',
    'be [more|off] <comparing> (away from|apart from|off) [$stated] <quantity:other>',
  ] as const)
    grammar.rule('clause', `<quantity> ${apart}` as const, ({ quantity, other, comparing }, context) =>
      relativeGap(context, [quantity, other], comparing),
    );
  grammar.rule('clause', '<quantity> be positive', ({ quantity }, context) =>
    comparison(context, quantity, { comparison: '>', operand: { kind: 'literal', literal: plain(0) } }),
  );
  grammar.rule('clause', '<quantity> be negative', ({ quantity }, context) =>
    comparison(context, quantity, { comparison: '<', operand: { kind: 'literal', literal: plain(0) } }),
  );
  grammar.rule('clause', '<quantity> be $stated', ({ quantity }, context) =>
    statedCondition(context, quantity, false),
  );
  grammar.rule('clause', '<quantity> be $missing', ({ quantity }, context) =>
    statedCondition(context, quantity, true),
  );
  grammar.rule(
    'clause',
    '<quantity> (be|=|be listed as|be given as|be stated as|be described as|be classified as|be recorded as|be set to|equal|be either|be one of|be in) <value-list:value>',
    ({ quantity, value }) =>
      value.column === quantity.columns[0] ? { predicate: value.predicate, quantity } : null,
  );
  grammar.rule(
    'clause',
    '<quantity> (be not|be neither|be other than|be anything but|!=|be different from) <value-list:value>',
    ({ quantity, value }) =>
      value.column === quantity.columns[0] ? opposite({ predicate: value.predicate, quantity }) : null,
  );
  grammar.rule(
    'clause',
    '<quantity> (be|=|equal|be called|be named|be listed as|be given as|be stated as|be described as|be recorded as|be set to|be exactly) [just|only|exactly] <text>',
    ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'is' }),
    0.1,
  );
  grammar.rule(
    'clause',
    '<quantity> be not <text>',
    ({ quantity, text }, context) => opposites(textCondition(context, quantity, { text, match: 'is' })),
    0.1,
  );
  grammar.rule(
    'clause',
    '<quantity> (contain|include|mention|feature|be among others) [word|words|phrase|term|text|string] <text>',
    ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'contains' }),
  );
  grammar.rule(
    'clause',
    '<quantity> (do not) (contain|include|mention) [word|words|phrase|term|text|string] <text>',
    ({ quantity, text }, context) => opposites(textCondition(context, quantity, { text, match: 'contains' })),
  );
  grammar.rule(
    'clause',
    '[<noun:noun?>] (name|title) (start|begin) with [letter|letters|word] <text>',
    ({ text }, context) => nameCondition(context, text, 'start'),
  );
  grammar.rule(
    'clause',
    '[<noun:noun?>] (name|title) (end) (with|in) [letter|letters|word] <text>',
    ({ text }, context) => nameCondition(context, text, 'end'),
  );
  grammar.rule(
    'clause',
    '[<noun:noun?>] (name|title) (contain|include) [word|letter|letters|string|text] <text>',
    ({ text }, context) => nameCondition(context, text, undefined),
  );
  grammar.rule(
    'clause',
    '<quantity> (start|begin) with [letter|letters|word] <text>',
    ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'start' }),
  );
  grammar.rule(
    'clause',
    '<quantity> (end) (with|in) [letter|letters|word] <text>',
    ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'end' }),
  );
}
