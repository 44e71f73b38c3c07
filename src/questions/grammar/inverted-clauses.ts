import type { AnalystGrammar } from './context.ts';
import { comparison, hasColumn, noneCondition, opposite, statedCondition } from './conditions.ts';

/** Adds clauses in the order of a question: "in how many companies is revenue above costs". */
export function addInvertedClauses(grammar: AnalystGrammar): void {
  const be = '(be|do)';
  grammar.rule(
    'inverted',
    `${be} [their|its] <quantity> [be] <comparing>`,
    ({ quantity, comparing }, context) => comparison(context, quantity, comparing),
  );
  grammar.rule(
    'inverted',
    `${be} [their|its] <quantity> exceed <operand>`,
    ({ quantity, operand }, context) => comparison(context, quantity, { comparison: '>', operand }),
  );
  grammar.rule('inverted', 'be there <haves>', ({ haves }) => haves);
  grammar.rule('inverted', 'do <clause>', ({ clause }) => clause, 0.05);
  grammar.rule('inverted', 'be [their|its] <quantity> $missing', ({ quantity }, context) =>
    statedCondition(context, quantity, true),
  );
  grammar.rule('inverted', 'be no <quantity> $stated', ({ quantity }, context) =>
    statedCondition(context, quantity, true),
  );
  grammar.rule('inverted', 'be there no <quantity> [$stated]', ({ quantity }, context) =>
    noneCondition(context, quantity),
  );
  grammar.rule('inverted', 'be there [any|some] <quantity> [$stated]', ({ quantity }, context) =>
    hasColumn(context, quantity),
  );
  grammar.rule('inverted', 'be [their|its] <quantity> $stated', ({ quantity }, context) =>
    statedCondition(context, quantity, false),
  );
  grammar.rule(
    'inverted',
    'be [their|its] <quantity> [equal to|set to|given as] <value-list:value>',
    ({ quantity, value }) =>
      value.column === quantity.columns[0] ? { predicate: value.predicate, quantity } : null,
  );
  grammar.rule('inverted', 'be [their|its] <quantity> not <value-list:value>', ({ quantity, value }) =>
    value.column === quantity.columns[0] ? opposite({ predicate: value.predicate, quantity }) : null,
  );
}
