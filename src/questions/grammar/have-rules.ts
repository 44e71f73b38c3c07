import { isNumeric } from './context.ts';
import { countsThings } from './loose-conditions.ts';
import type { AnalystGrammar } from './context.ts';
import { Weighed } from './engine.ts';
import { plainColumn } from './quantity-values.ts';
import { averageOfAll, sharedScale } from './comparisons.ts';
import { textCondition } from './text-conditions.ts';
import {
  comparison,
  nameCondition,
  sharedComparison,
  statedCondition,
  noneCondition,
  plain,
  opposite,
  hasColumn,
  sameCondition,
} from './conditions.ts';

/** Adds what may follow "have" and "with". */
export function addHaveRules(grammar: AnalystGrammar): void {
  grammar.rule(
    'have',
    'z score [of] <comparing> (for|in|on) <quantity>',
    ({ comparing, quantity }, context) => {
      const expression = { kind: 'z-score', of: quantity.expression, deviation: 'population' } as const;
      return comparison(context, { ...quantity, expression, type: 'number', unit: null }, comparing);
    },
  );
  grammar.rule(
    'have',
    'no <quantity> lparen [of|i.e|that be|=] [,] <literal> rparen',
    ({ quantity, literal }, context) =>
      comparison(context, quantity, { comparison: '=', operand: { kind: 'literal', literal } }),
  );
  grammar.rule(
    'have',
    '(data|value|figure|information|entry) (for|of|on|about|in) both <quantity:first> and <quantity:second>',
    ({ first, second }, context) => {
      const one = statedCondition(context, first, false);
      const other = statedCondition(context, second, false);
      return one === null || other === null
        ? null
        : { predicate: { kind: 'and', operands: [one.predicate, other.predicate] }, quantity: null };
    },
    -0.02,
  );
  grammar.rule(
    'have',
    '<quantity> [of|that be|which be|at|lying|being|standing at] [also] <comparing>',
    ({ quantity, comparing }, context) => comparison(context, quantity, comparing),
  );
  for (const [joint, kind] of [
    ['and', 'and'],
    ['or', 'or'],
  ] as const)
    grammar.rule(
      'have',
      `[both|either] <quantity:first> ${joint} [their|its] <quantity:second> [both|each] [of|that be] <comparing>`,
      ({ first, second, comparing }, context) =>
        sharedComparison(context, [first, second], { comparing, kind }),
      0.03,
    );
  grammar.rule(
    'have',
    '<comparing> [in] <quantity>',
    ({ quantity, comparing }, context) => comparison(context, quantity, comparing),
    0.02,
  );
  grammar.rule(
    'have',
    '<comparator:sign> <literal> [of] <quantity>',
    ({ sign, literal, quantity }, context) =>
      comparison(context, quantity, { comparison: sign, operand: { kind: 'literal', literal } }),
  );
  grammar.rule(
    'have',
    '[exactly|precisely|just] <literal> [of] <quantity>',
    ({ literal, quantity }, context) =>
      comparison(context, quantity, { comparison: '=', operand: { kind: 'literal', literal } }),
  );
  grammar.rule('have', '<literal> or more [of] <quantity>', ({ literal, quantity }, context) =>
    comparison(context, quantity, { comparison: '>=', operand: { kind: 'literal', literal } }),
  );
  grammar.rule('have', '<literal> or (fewer|less) [of] <quantity>', ({ literal, quantity }, context) =>
    comparison(context, quantity, { comparison: '<=', operand: { kind: 'literal', literal } }),
  );
  grammar.rule(
    'have',
    'between <literal:low> and <literal:high> [of] <quantity>',
    ({ low, high, quantity }, context) =>
      comparison(context, quantity, {
        comparison: '>=',
        operand: sharedScale({ kind: 'literal', literal: low }, { kind: 'literal', literal: high }),
        high: { kind: 'literal', literal: high },
      }),
  );
  grammar.rule('have', '($more) <quantity:left> than <operand>', ({ left, operand }, context) =>
    comparison(context, left, { comparison: '>', operand }),
  );
  grammar.rule('have', '($fewer) <quantity:left> than <operand>', ({ left, operand }, context) =>
    comparison(context, left, { comparison: '<', operand }),
  );
  grammar.rule('have', 'same <quantity> as [their|its] <quantity:other>', ({ quantity, other }, context) =>
    sameCondition(context, quantity, other),
  );
  grammar.rule(
    'have',
    '<quantity> (different from|that differ from|other than|not equal to|that be different from|that be not same as) [their|its] <quantity:other>',
    ({ quantity, other }, context) => {
      const same = sameCondition(context, quantity, other);
      return same === null ? null : opposite(same);
    },
  );
  grammar.rule(
    'have',
    '<quantity> (equal to|same as|identical to|that equal|that be same as|that match|matching) [their|its] <quantity:other>',
    ({ quantity, other }, context) => sameCondition(context, quantity, other),
  );
  grammar.rule('have', '(same|equal) <quantity:left> (as|to) <operand>', ({ left, operand }, context) =>
    comparison(context, left, { comparison: '=', operand }),
  );
  grammar.rule(
    'have',
    '<factor> (as many|as much|as large|as high|as long) <quantity:left> as <operand>',
    ({ factor, left, operand }, context) =>
      comparison(context, left, { comparison: '=', operand: { kind: 'times', factor, operand } }),
  );
  grammar.rule(
    'have',
    '(at least|more than|over) <factor> (as many|as much) <quantity:left> as <operand>',
    ({ factor, left, operand }, context) =>
      comparison(context, left, { comparison: '>=', operand: { kind: 'times', factor, operand } }),
    0.05,
  );
  grammar.rule('have', '(above|$more than|better than) average <quantity>', ({ quantity }, context) =>
    comparison(context, quantity, {
      comparison: '>',
      operand: { kind: 'own-aggregate', measure: { function: 'average' }, rows: null },
    }),
  );
  grammar.rule('have', '(below|$fewer than|worse than) average <quantity>', ({ quantity }, context) =>
    comparison(context, quantity, {
      comparison: '<',
      operand: { kind: 'own-aggregate', measure: { function: 'average' }, rows: null },
    }),
  );
  grammar.rule('have', '(positive|nonzero|non zero|non - zero) <quantity>', ({ quantity }, context) =>
    comparison(context, quantity, { comparison: '>', operand: { kind: 'literal', literal: plain(0) } }),
  );
  grammar.rule('have', 'negative <quantity>', ({ quantity }, context) =>
    comparison(context, quantity, { comparison: '<', operand: { kind: 'literal', literal: plain(0) } }),
  );
  grammar.rule(
    'have',
    '(no|zero|not any|without any) <quantity> [at all|whatsoever|of any kind]',
    ({ quantity }, context) => noneCondition(context, quantity),
  );
  // "No recorded accidents" are none, where a field counts them.
  grammar.rule(
    'have',
    'no (known|recorded|reported|listed) <quantity>',
    ({ quantity }, context) => {
      const column = plainColumn(context, quantity);
      return column !== null && countsThings(column) ? noneCondition(context, quantity) : null;
    },
    -0.2,
  );
  grammar.rule('have', 'no <quantity>', ({ quantity }, context) => {
    const missing = statedCondition(context, quantity, true);
    return missing === null || !isNumeric(quantity.type)
      ? null
      : new Weighed([{ value: missing, cost: 0.35 }]);
  });
  grammar.rule(
    'have',
    '(missing|unknown|unstated|unreported|undisclosed|no known|no stated|no reported|no recorded|no listed) [value for|value of|value in|entry for|figure for|data on|data for|information on|information about] <quantity>',
    ({ quantity }, context) => {
      const missing = statedCondition(context, quantity, true);
      // "No helipad" says that there is none, not that nobody said so.
      const type = plainColumn(context, quantity)?.type;
      const cost = type === 'boolean' ? 0.15 : 0;
      return missing === null ? null : new Weighed([{ value: missing, cost }]);
    },
    0.05,
  );
  grammar.rule(
    'have',
    '(known|stated|reported|recorded|listed|available|valid|non null|non empty|given) [value for|figure for] <quantity>',
    ({ quantity }, context) => statedCondition(context, quantity, false),
  );
  grammar.rule(
    'have',
    '(value|figure|entry|data|information) (for|of|on|about|in) <quantity>',
    ({ quantity }, context) => statedCondition(context, quantity, false),
  );
  grammar.rule(
    'have',
    '[any|some|at least one] <quantity> [at all|given|stated|listed|recorded|reported]',
    ({ quantity }, context) => hasColumn(context, quantity),
  );
  grammar.rule(
    'have',
    '(name|title) (start|starting|begin|beginning|that start|that begin) with <text>',
    ({ text }, context) => nameCondition(context, text, 'start'),
  );
  grammar.rule('have', '(name|title) (end|ending) (with|in) <text>', ({ text }, context) =>
    nameCondition(context, text, 'end'),
  );
  grammar.rule(
    'have',
    '(name|title) (containing|including|that contain|that include) [word|string|text] <text>',
    ({ text }, context) => nameCondition(context, text, undefined),
  );
  grammar.rule(
    'have',
    '<text> in [their|its] (name|title)',
    ({ text }, context) => nameCondition(context, text, undefined),
    0.05,
  );
  grammar.rule('have', '<quantity> $missing', ({ quantity }, context) =>
    statedCondition(context, quantity, true),
  );
  grammar.rule(
    'have',
    '<quantity> [of|that be|that is|equal to|=|:|set to|being|of either] <value-list:value>',
    ({ quantity, value }) =>
      value.column === quantity.columns[0] ? { predicate: value.predicate, quantity } : null,
  );
  grammar.rule('have', '<value> (as|for) [their|its] <quantity>', ({ quantity, value }) =>
    value.column === quantity.columns[0] ? { predicate: value.predicate, quantity } : null,
  );
  grammar.rule(
    'have',
    '<value> <quantity>',
    ({ quantity, value }) =>
      value.column === quantity.columns[0] ? { predicate: value.predicate, quantity } : null,
    0.05,
  );
  grammar.rule(
    'have',
    '<quantity> [of|equal to|=|:|set to] <text>',
    ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'is' }),
    0.1,
  );
  grammar.rule(
    'have',
    '<text> (as|for) [their|its] <quantity>',
    ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'is' }),
    0.1,
  );
  grammar.rule(
    'have',
    '<quantity> (other than|different from|not equal to|!=) <value-list:value>',
    ({ quantity, value }) =>
      value.column === quantity.columns[0] ? opposite({ predicate: value.predicate, quantity }) : null,
  );
  for (const [words, match] of [
    ['(start|begin|starting|beginning) with', 'start'],
    ['(end|ending) (with|in)', 'end'],
    ['(contain|containing|include|including|mention|mentioning)', 'contains'],
  ] as const)
    grammar.rule(
      'have',
      `<quantity> [that|which|whose name|whose title|whose text|name] ${words} [letter|letters|word|words|phrase|term|string] <text>`,
      ({ quantity, text }, context) => textCondition(context, quantity, { text, match }),
    );
  grammar.rule(
    'have',
    '<anaphor:quantity> [of|that be|which be|at|lying] <comparing>',
    ({ quantity, comparing }, context) => comparison(context, quantity, comparing),
  );
  grammar.rule(
    'have',
    '<anaphor:quantity> [that be|which be] (hosted|located|kept|found|held|based|published|served) (at|on|in|by) <text>',
    ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'contains' }),
  );
  grammar.rule(
    'have',
    '<quantity> (hosted|located|kept|found|held|based|published|served) (at|on|in|by) <text>',
    ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'contains' }),
    0.05,
  );
  grammar.rule('have', '(above|over) average <quantity>', ({ quantity }, context) =>
    comparison(context, quantity, { comparison: '>', operand: averageOfAll }),
  );
  grammar.rule('have', '(below|under) average <quantity>', ({ quantity }, context) =>
    comparison(context, quantity, { comparison: '<', operand: averageOfAll }),
  );
  grammar.rule('have', 'negative <quantity>', ({ quantity }, context) =>
    comparison(context, quantity, { comparison: '<', operand: { kind: 'literal', literal: plain(0) } }),
  );
  grammar.rule(
    'have',
    '<quantity> (contain|containing|include|including|mention|mentioning|with|matching) [word|words|phrase|term|text|string] <text>',
    ({ quantity, text }, context) => textCondition(context, quantity, { text, match: 'contains' }),
  );
}
