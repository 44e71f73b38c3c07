import type { AnalystGrammar, Context } from './context.ts';
import type { Quantity } from './meanings.ts';
import { plainColumn } from './quantity-values.ts';
import { opposite } from './conditions.ts';
import { textCondition } from './text-conditions.ts';
import { named, eventDate, onlyDates, onDate } from './predicate-conditions.ts';

/**
 * Whether the column is called by a verb in the third person, "Recommends": what is recommended by a row is not the
 * row that the column speaks of.
 */
function saysWhatRowsDo(context: Context, quantity: Quantity): boolean {
  const label = plainColumn(context, quantity)?.label.trim() ?? '';
  return /^\p{L}+s$/u.test(label) && !/(?:ss|ors|ers|ees|ists)$/.test(label);
}

/** Adds conditions on places, kinds and dates: "in Asia", "founded before 1990". */
export function addLocationRules(grammar: AnalystGrammar): void {
  grammar.rule(
    'place',
    '[$situated] $placed [either] <value-list:value> (combined|together|taken together)',
    ({ value }) => named(value),
    0.01,
  );
  grammar.rule(
    'place',
    '[$situated] $placed <column> <value-list:value> (combined|together|taken together)',
    ({ column, value }) => (value.column === column.columns[0] ? named(value) : null),
    0.01,
  );
  grammar.rule('place', '[$situated] $placed [either] <value-list:value>', ({ value }) => named(value));
  grammar.rule(
    'place',
    '[$situated|built|compiled|meant|intended|designed|made] $placed <value> [,] (as opposed to|rather than|instead of|and not|not) [$placed] <value:other>',
    ({ value, other }) => (value.column === other.column ? named(value) : null),
    -0.1,
  );
  grammar.rule(
    'place',
    '[$situated] (not in|outside|outside of|not from|not of) <value-list:value>',
    ({ value }) => opposite(named(value)),
  );
  grammar.rule(
    'place',
    '[$situated] $placed <column> [of|:|=|named|called] [either] <value-list:value>',
    ({ column, value }) => (value.column === column.columns[0] ? named(value) : null),
  );
  grammar.rule('place', '[$situated] $placed <value-list:value> <column>', ({ column, value }) =>
    value.column === column.columns[0] ? named(value) : null,
  );
  grammar.rule(
    'place',
    '[$situated] $placed <column> <text>',
    ({ column, text }, context) => textCondition(context, column, { text, match: 'is' }),
    0.2,
  );
  grammar.rule('place', '<verb-column:column> $placed <value-list:value>', ({ column, value }) =>
    value.column === column.columns[0] ? named(value) : null,
  );
  grammar.rule(
    'place',
    '<verb-column:column> by <text>',
    ({ column, text }, context) =>
      saysWhatRowsDo(context, column) ? null : textCondition(context, column, { text, match: 'is' }),
    0.15,
  );
  grammar.rule(
    'place',
    '<verb-column:column> (as|in|at|on|for|under|from|with) <text>',
    ({ column, text }, context) => textCondition(context, column, { text, match: 'is' }),
    0.15,
  );
  grammar.rule(
    'place',
    '<verb-column:column> [in|on|at|during] <comparing>',
    ({ column, comparing }, context) => onlyDates(context, column, comparing),
  );
  grammar.rule('place', '<verb-column:column> (in|on|during|at) <date>', ({ column, date }, context) =>
    onDate(context, column, date),
  );
  grammar.rule(
    'place',
    '(about|concerning|involving|regarding|describing|covering|concerned with|dealing with) <value-list:value>',
    ({ value }) => named(value),
  );
  grammar.rule(
    'place',
    '(in|on|during|from|of) [month of] <date>',
    ({ date }, context) => eventDate(context, { comparison: '=', operand: { kind: 'date', date } }),
    0.08,
  );
  grammar.rule(
    'place',
    '(called|named) <text>',
    ({ text }, context) => ({
      predicate: { kind: 'contains', column: context.table.key, text },
      quantity: null,
    }),
    0.2,
  );
}
