import { Weighed } from './engine.ts';
import { isCalendar, onlyColumnIn } from './superlatives.ts';
import type { Predicate } from '../plan.ts';
import { isNumeric } from './context.ts';
import type { AnalystGrammar } from './context.ts';
import { listDraft, valuesDraft } from './drafts.ts';
import type { Draft, Quantity, Rows } from './meanings.ts';
import { numeric } from './quantity-values.ts';
import { allRows } from './row-sets.ts';

/** The rows that the names name. */
function rowsOf(names: readonly string[]): Rows {
  const where: Predicate = { kind: 'entity', names };
  return { ...allRows, where, singular: names.length === 1 };
}

const lookUp = (quantities: readonly Quantity[], names: readonly string[]): Draft | null =>
  names.length === 1
    ? valuesDraft(rowsOf(names), quantities)
    : listDraft({ ...rowsOf(names), singular: false }, quantities);

/** Words that ask for one number over many rows. */
const totals: ReadonlySet<string> = new Set([
  'total',
  'combined',
  'overall',
  'average',
  'mean',
  'median',
  'sum',
]);

/** "How many" asks for a number: an officer is no number of offices. */
function lookUpNumber(given: Quantity, entity: string): Draft | null {
  const quantity = numeric(given);
  return quantity === null || quantity.type === 'percentage' ? null : lookUp([quantity], [entity]);
}

/** Of rows that an order singles out, their values; of others, the values beside the names. */
function valuesOf(quantities: readonly Quantity[], rows: Rows): Draft | null {
  if (rows.count !== null) return null;
  if (rows.by !== null && rows.by.limit !== null) return valuesDraft(rows, quantities);
  return rows.where === null || rows.singular ? null : listDraft(rows, quantities);
}

/** Adds questions for the values of named rows, and for their places in an order. */
export function addLookupQuestions(grammar: AnalystGrammar): void {
  for (const [words, units] of [
    ['long', ['m', 's']],
    ['(tall|high|deep|wide)', ['m']],
    ['(large|big)', ['sq m', 'B']],
    ['heavy', ['kg']],
  ] as const)
    grammar.rule('ask', `how ${words} be <entity>` as const, ({ entity }, context) => {
      const quantity = onlyColumnIn(context, units);
      const value = quantity === null ? null : lookUp([quantity], [entity]);
      return quantity === null || value === null
        ? null
        : new Weighed([{ value, cost: 0.2, notes: [`taken as the field "${quantity.name}"`] }]);
    });
  grammar.rule('ask', '($list|$compute) <quantities> (of|for|in|at) <entities>', ({ quantities, entities }) =>
    lookUp(quantities, entities),
  );
  grammar.rule('ask', "($list|$compute) <entity> 's <quantities>", ({ quantities, entity }) =>
    lookUp(quantities, [entity]),
  );
  grammar.rule(
    'ask',
    "(how long|how large|how big|how high|how old|how wide|how deep|how great|how heavy|how expensive|how much|how many) be <entity> 's <quantity>",
    ({ quantity, entity }) => lookUp([quantity], [entity]),
  );
  grammar.rule(
    'ask',
    '(how long|how large|how big|how high|how old|how wide|how deep|how great|how heavy|how much) be <quantity> (of|for|in|at) <entity>',
    ({ quantity, entity }) => lookUp([quantity], [entity]),
  );
  grammar.rule(
    'ask',
    '(which|what) <quantities> do <entity> (have|report|list|state|name|record|show)',
    ({ quantities, entity }) => lookUp(quantities, [entity]),
  );
  grammar.rule(
    'ask',
    '(how many|how much) <quantity> do <entity> (have|report|list|state|name|record|show)',
    ({ quantity, entity }) => lookUpNumber(quantity, entity),
  );
  grammar.rule('ask', '(which|what) <quantities> be there (in|at|for) <entity>', ({ quantities, entity }) =>
    lookUp(quantities, [entity]),
  );
  grammar.rule(
    'ask',
    '(how many|how much) <quantity> be there (in|at|for) <entity>',
    ({ quantity, entity }) => lookUpNumber(quantity, entity),
  );
  grammar.rule('ask', 'where (be|do) <entity> <verb-column:quantity>', ({ quantity, entity }) =>
    lookUp([quantity], [entity]),
  );
  grammar.rule(
    'ask',
    '(when|in which year|in what year|on which date|on what date) (be|do) <entity> <verb-column:quantity>',
    ({ quantity, entity }) => {
      const value = lookUp([quantity], [entity]);
      // "When was it discovered" asks for no name, whatever else is called so.
      return value === null ? null : new Weighed([{ value, cost: isCalendar(quantity) ? 0 : 0.2 }]);
    },
  );
  grammar.rule('ask', '(by whom|by who) be <entity> <verb-column:quantity>', ({ quantity, entity }) =>
    lookUp([quantity], [entity]),
  );
  grammar.rule(
    'ask',
    'who be <quantity> of <entity>',
    ({ quantity, entity }) => lookUp([quantity], [entity]),
    0.01,
  );
  grammar.rule('ask', 'who <verb-column:quantity> <entity>', ({ quantity, entity }) =>
    isNumeric(quantity.type) || quantity.type === 'date' ? null : lookUp([quantity], [entity]),
  );
  grammar.rule(
    'ask',
    '(which|what) <column:quantity> (be|do) <entity> [in|from|belong to|come from|use|located in|based in]',
    ({ quantity, entity }) => lookUp([quantity], [entity]),
    0.05,
  );
  grammar.rule(
    'ask',
    '(to|in|from|of|at) (which|what) <column:quantity> (be|do) <entity> [belong|located|come|based|listed|fall]',
    ({ quantity, entity }) => lookUp([quantity], [entity]),
    0.05,
  );
  grammar.rule(
    'ask',
    '($list|$compute) <quantities> (of|for|in|at) <rows>',
    ({ quantities, rows }, context) => {
      const value = valuesOf(quantities, rows);
      // "The total length of all bridges" is one number, though each bridge has a total length.
      const isTotal = context.tokens.some(({ word }) => totals.has(word));
      return value === null ? null : new Weighed([{ value, cost: isTotal ? 0.25 : 0 }]);
    },
    0.08,
  );
  grammar.rule(
    'ask',
    '$list (name|names) [,|and|, and] [their|its] <quantities> (of|for) <rows>',
    ({ quantities, rows }) => listDraft(rows, quantities),
  );
  grammar.rule(
    'ask',
    '(which|what|who) <quantities> (belong to|go with|correspond to|lead|run|head|manage|govern|own) <rows>',
    ({ quantities, rows }) => valuesOf(quantities, rows),
    0.05,
  );
  grammar.rule(
    'ask',
    '(which|what|who) <quantities> (belong to|go with|correspond to|lead|run|head|manage|govern|own) <entity>',
    ({ quantities, entity }) => lookUp(quantities, [entity]),
  );
  grammar.rule(
    'ask',
    '(which|what) <quantities> do <rows> have',
    ({ quantities, rows }) => valuesOf(quantities, rows),
    0.08,
  );
  grammar.rule(
    'ask',
    'for <entity> [,] ($list|$compute) [its|their] <quantities>',
    ({ quantities, entity }) => lookUp(quantities, [entity]),
  );
  grammar.rule(
    'ask',
    'for <rows> [,] ($list|$compute) [their|its|name and] <quantities>',
    ({ quantities, rows }) => valuesOf(quantities, rows),
    0.08,
  );
  addRankQuestions(grammar);
}

function addRankQuestions(grammar: AnalystGrammar): void {
  const by =
    '(by|in terms of|for|in|on|with respect to|when ranked by|when ordered by|according to|based on|when sorted by) [their|its]';
  const place = (given: Quantity, entity: string, descending: boolean): Draft | null => {
    const quantity = numeric(given);
    if (quantity === null || quantity.expression.kind === 'rank') return null;
    const value = { kind: 'rank', of: quantity.expression, descending } as const;
    return {
      selection: { where: { kind: 'entity', names: [entity] } },
      output: { kind: 'values', show: [{ value, name: `rank by ${quantity.name}`, unit: null }] },
    };
  };
  grammar.rule(
    'ask',
    `(where|at which place|in which place|at what position|in what position|how high|how|what) (do|be) <entity> (rank|stand|placed|ranked|come|place) [$among <rows:rows?>] ${by} <quantity>` as const,
    ({ entity, quantity, rows }) =>
      rows === undefined || rows.where === null ? place(quantity, entity, true) : null,
  );
  grammar.rule(
    'ask',
    `(where|at which place) (do|be) <entity> (rank|stand|placed|ranked|come|place) ${by} <quantity> [, ] [$among <rows:rows?>]` as const,
    ({ entity, quantity, rows }) =>
      rows === undefined || rows.where === null ? place(quantity, entity, true) : null,
  );
  grammar.rule(
    'ask',
    `($list|$compute|which|what) (rank|position|place|ranking) (of|do|for) <entity> [have|hold|take|occupy] [among <rows:rows?>|$among <rows:rows?>] ${by} <quantity>` as const,
    ({ entity, quantity, rows }) =>
      rows === undefined || rows.where === null ? place(quantity, entity, true) : null,
  );
  grammar.rule(
    'ask',
    `($list|$compute) <entity> 's (rank|position|place|ranking) [among <rows:rows?>] ${by} <quantity>` as const,
    ({ entity, quantity, rows }) =>
      rows === undefined || rows.where === null ? place(quantity, entity, true) : null,
  );
}
