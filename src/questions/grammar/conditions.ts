import type { Predicate } from '../plan.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { Weighed } from './engine.ts';
import type { Outcome } from './engine.ts';
import type { Comparing, Condition, Literal, Quantity } from './meanings.ts';
import { compare } from './compare.ts';
import { plainColumn } from './quantity-values.ts';
import { textCondition } from './text-conditions.ts';

/** The comparison of a quantity as the outcome of a rule. */
export function comparison(context: Context, quantity: Quantity, comparing: Comparing): Outcome<Condition> {
  const result = compare(context, quantity, comparing);
  return result === null ? null : new Weighed([result]);
}

/** Whether a value is stated at all. */
export function statedCondition(context: Context, quantity: Quantity, negated: boolean): Condition | null {
  const column = plainColumn(context, quantity);
  if (column === null || quantity.expression.kind !== 'column') return null;
  const { period } = quantity.expression;
  return {
    predicate: {
      kind: 'stated',
      column: column.name,
      ...(period === undefined ? {} : { period }),
      ...(negated ? { negated } : {}),
    },
    quantity,
  };
}

/** "No airports": a count of nought, or nothing stated where the column counts nothing. */
export function noneCondition(context: Context, quantity: Quantity): Outcome<Condition> {
  const missing = statedCondition(context, quantity, true);
  if (quantity.type === 'number') {
    const zero = compare(context, quantity, { comparison: '=', operand: { kind: 'literal', literal: plain(0) } });
    const note = `"no ${quantity.name}" is taken as 0, not as missing`;
    return zero === null ? null : new Weighed([{ ...zero, cost: 0.2, notes: [note] }]);
  }
  const column = plainColumn(context, quantity);
  if (column?.type === 'boolean')
    return { predicate: { kind: 'boolean', column: column.name, value: false }, quantity };
  return missing;
}

const plain = (value: number): Literal => ({ value, percent: false, unit: null });

/** The opposite condition. */
export function opposite(condition: Condition): Condition {
  const { predicate, quantity } = condition;
  return { predicate: negated(predicate), quantity };
}

/** The opposite of each reading. */
const opposites = (outcome: Weighed<Condition> | null): Weighed<Condition> | null =>
  outcome === null
    ? null
    : new Weighed(outcome.options.map((option) => ({ ...option, value: opposite(option.value) })));

function negated(predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case 'is':
    case 'contains':
    case 'stated':
    case 'entity':
    case 'among':
    case 'between': {
      const { negated: was, ...rest } = predicate;
      return was === true ? rest : { ...rest, negated: true };
    }
    case 'boolean':
      return { ...predicate, value: !predicate.value };
    case 'not':
      return predicate.operand;
    default:
      return { kind: 'not', operand: predicate };
  }
}

/** A column that holds yes or no, as a condition; another column, as stated. */
export function hasColumn(context: Context, quantity: Quantity): Outcome<Condition> {
  const column = plainColumn(context, quantity);
  if (column?.type === 'boolean') return { predicate: { kind: 'boolean', column: column.name, value: true }, quantity };
  const stated = statedCondition(context, quantity, false);
  return stated === null ? null : new Weighed([{ value: stated, cost: 0.1 }]);
}

/** Adds what may follow "have" and "with", and clauses with a quantity as their subject. */
export function addConditionRules(grammar: AnalystGrammar): void {
  addHaveRules(grammar);
  addClauseRules(grammar);
}

function addHaveRules(grammar: AnalystGrammar): void {
  grammar.rule('have', '<quantity> [of|that be|which be|at|lying|being|standing at] [also] <comparing>', ({ quantity, comparing }, context) => comparison(context, quantity, comparing));
  grammar.rule('have', '<comparing> [in] <quantity>', ({ quantity, comparing }, context) => comparison(context, quantity, comparing), 0.02);
  grammar.rule('have', '<comparator:sign> <literal> [of] <quantity>', ({ sign, literal, quantity }, context) =>
    comparison(context, quantity, { comparison: sign, operand: { kind: 'literal', literal } }),
  );
  grammar.rule('have', '[exactly|precisely|just] <literal> [of] <quantity>', ({ literal, quantity }, context) =>
    comparison(context, quantity, { comparison: '=', operand: { kind: 'literal', literal } }),
  );
  grammar.rule('have', '<literal> or more [of] <quantity>', ({ literal, quantity }, context) =>
    comparison(context, quantity, { comparison: '>=', operand: { kind: 'literal', literal } }),
  );
  grammar.rule('have', '<literal> or (fewer|less) [of] <quantity>', ({ literal, quantity }, context) =>
    comparison(context, quantity, { comparison: '<=', operand: { kind: 'literal', literal } }),
  );
  grammar.rule('have', 'between <literal:low> and <literal:high> [of] <quantity>', ({ low, high, quantity }, context) =>
    comparison(context, quantity, {
      comparison: '>=',
      operand: { kind: 'literal', literal: low },
      high: { kind: 'literal', literal: high },
    }),
  );
  grammar.rule('have', '($more) <quantity:left> than <operand>', ({ left, operand }, context) => comparison(context, left, { comparison: '>', operand }));
  grammar.rule('have', '($fewer) <quantity:left> than <operand>', ({ left, operand }, context) => comparison(context, left, { comparison: '<', operand }));
  grammar.rule('have', '(same|equal) <quantity:left> (as|to) <operand>', ({ left, operand }, context) => comparison(context, left, { comparison: '=', operand }));
  grammar.rule('have', '<factor> (as many|as much|as large|as high|as long) <quantity:left> as <operand>', ({ factor, left, operand }, context) =>
    comparison(context, left, { comparison: '=', operand: { kind: 'times', factor, operand } }),
  );
  grammar.rule('have', '(at least|more than|over) <factor> (as many|as much) <quantity:left> as <operand>', ({ factor, left, operand }, context) =>
    comparison(context, left, { comparison: '>=', operand: { kind: 'times', factor, operand } }), 0.05);
  grammar.rule('have', '(above|$more than|better than) average <quantity>', ({ quantity }, context) => comparison(context, quantity, { comparison: '>', operand: { kind: 'own-aggregate', measure: { function: 'average' }, rows: null } }));
  grammar.rule('have', '(below|$fewer than|worse than) average <quantity>', ({ quantity }, context) => comparison(context, quantity, { comparison: '<', operand: { kind: 'own-aggregate', measure: { function: 'average' }, rows: null } }));
  grammar.rule('have', '(positive|nonzero|non zero|non - zero) <quantity>', ({ quantity }, context) => comparison(context, quantity, { comparison: '>', operand: { kind: 'literal', literal: plain(0) } }));
  grammar.rule('have', 'negative <quantity>', ({ quantity }, context) => comparison(context, quantity, { comparison: '<', operand: { kind: 'literal', literal: plain(0) } }));
  grammar.rule('have', '(no|zero|not any|without any) <quantity> [at all|whatsoever|of any kind]', ({ quantity }, context) => noneCondition(context, quantity));
  grammar.rule('have', '(no|missing|unknown|unstated|unreported|undisclosed|no known|no stated|no reported|no recorded|no listed) [value for|value of|value in|entry for|figure for|data on|data for|information on|information about] <quantity>', ({ quantity }, context) => statedCondition(context, quantity, true), 0.05);
  grammar.rule('have', '(known|stated|reported|recorded|listed|available|valid|non null|non empty|given) [value for|figure for] <quantity>', ({ quantity }, context) => statedCondition(context, quantity, false));
  grammar.rule('have', '(value|figure|entry|data|information) (for|of|on|about|in) <quantity>', ({ quantity }, context) => statedCondition(context, quantity, false));
  grammar.rule('have', '[any|some|at least one] <quantity> [at all|given|stated|listed|recorded|reported]', ({ quantity }, context) => hasColumn(context, quantity));
  grammar.rule('have', '<quantity> $missing', ({ quantity }, context) => statedCondition(context, quantity, true));
  grammar.rule('have', '<quantity> [of|that be|that is|equal to|=|:|set to|being|of either] <value-list:value>', ({ quantity, value }) => (value.column === quantity.columns[0] ? { predicate: value.predicate, quantity } : null));
  grammar.rule('have', '<value> (as|for) [their|its] <quantity>', ({ quantity, value }) => (value.column === quantity.columns[0] ? { predicate: value.predicate, quantity } : null));
  grammar.rule('have', '<value> <quantity>', ({ quantity, value }) => (value.column === quantity.columns[0] ? { predicate: value.predicate, quantity } : null), 0.05);
  grammar.rule('have', '<quantity> [of|equal to|=|:|set to] <text>', ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'is' }), 0.1);
  grammar.rule('have', '<text> (as|for) [their|its] <quantity>', ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'is' }), 0.1);
  grammar.rule('have', '<quantity> (other than|different from|not equal to|!=) <value-list:value>', ({ quantity, value }) => (value.column === quantity.columns[0] ? opposite({ predicate: value.predicate, quantity }) : null));
  grammar.rule('have', '<quantity> (contain|containing|include|including|mention|mentioning|with|matching) [word|words|phrase|term|text|string] <text>', ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'contains' }));
}

function addClauseRules(grammar: AnalystGrammar): void {
  const be = '[also] (be|lie|stand|amount to|come to|equal|remain|fall|measure|total|reach|sit|run|number) [currently|exactly|still|also|at]';
  grammar.rule('clause', `<quantity> ${be} <comparing>` as const, ({ quantity, comparing }, context) => comparison(context, quantity, comparing));
  grammar.rule('clause', `<quantity> ${be} <literal>` as const, ({ quantity, literal }, context) => comparison(context, quantity, { comparison: '=', operand: { kind: 'literal', literal } }));
  grammar.rule('clause', `<quantity> (do not|doesn't|don't|not) (exceed|surpass) <operand>` as const, ({ quantity, operand }, context) => comparison(context, quantity, { comparison: '<=', operand }));
  grammar.rule('clause', '<quantity> <comparing>', ({ quantity, comparing }, context) => comparison(context, quantity, comparing), 0.02);
  grammar.rule('clause', '<quantity> (exceed|surpass|top|outstrip|outweigh|outnumber|be in excess of) <operand>', ({ quantity, operand }, context) => comparison(context, quantity, { comparison: '>', operand }));
  grammar.rule('clause', '<quantity> be (same as|equal to|identical to) <quantity:other>', ({ quantity, other }, context) => sameCondition(context, quantity, other));
  grammar.rule('clause', '<quantity> (differ from|be different from|be not same as|be not equal to) <quantity:other>', ({ quantity, other }, context) => {
    const same = sameCondition(context, quantity, other);
    return same === null ? null : opposite(same);
  });
  grammar.rule('clause', '<quantity> be positive', ({ quantity }, context) => comparison(context, quantity, { comparison: '>', operand: { kind: 'literal', literal: plain(0) } }));
  grammar.rule('clause', '<quantity> be negative', ({ quantity }, context) => comparison(context, quantity, { comparison: '<', operand: { kind: 'literal', literal: plain(0) } }));
  grammar.rule('clause', '<quantity> be $stated', ({ quantity }, context) => statedCondition(context, quantity, false));
  grammar.rule('clause', '<quantity> be $missing', ({ quantity }, context) => statedCondition(context, quantity, true));
  grammar.rule('clause', '<quantity> (be|=|be listed as|be given as|be classified as|be recorded as|be set to|equal|be either|be one of|be in) <value-list:value>', ({ quantity, value }) => (value.column === quantity.columns[0] ? { predicate: value.predicate, quantity } : null));
  grammar.rule('clause', '<quantity> (be not|be neither|be other than|be anything but|!=|be different from) <value-list:value>', ({ quantity, value }) => (value.column === quantity.columns[0] ? opposite({ predicate: value.predicate, quantity }) : null));
  grammar.rule('clause', '<quantity> (be|=|equal|be called|be named|be listed as|be set to|be exactly) <text>', ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'is' }), 0.1);
  grammar.rule('clause', '<quantity> be not <text>', ({ quantity, text }, context) => opposites(textCondition(context, quantity, { text, match: 'is' })), 0.1);
  grammar.rule('clause', '<quantity> (contain|include|mention|feature|be among others) [word|words|phrase|term|text|string] <text>', ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'contains' }));
  grammar.rule('clause', '<quantity> (do not) (contain|include|mention) [word|words|phrase|term|text|string] <text>', ({ quantity, text }, context) => opposites(textCondition(context, quantity, { text, match: 'contains' })));
  grammar.rule('clause', '<quantity> (start|begin) with [letter|letters|word] <text>', ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'start' }));
  grammar.rule('clause', '<quantity> (end) (with|in) [letter|letters|word] <text>', ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'end' }));
}

function sameCondition(context: Context, left: Quantity, right: Quantity): Condition | null {
  if (plainColumn(context, left) === null || plainColumn(context, right) === null) return null;
  return {
    predicate: { kind: 'compare', left: left.expression, comparison: '=', right: right.expression },
    quantity: left,
  };
}
