import type { AnalystGrammar } from './context.ts';
import { groupsDraft } from './ask-groups.ts';
import { comparison, statedCondition } from './conditions.ts';
import { valuesDraft } from './drafts.ts';
import { Weighed } from './engine.ts';
import type { Draft, Quantity } from './meanings.ts';
import { numeric } from './quantity-values.ts';
import { allRows } from './row-sets.ts';

const valueOf = (quantity: Quantity, entity: string): Draft | null =>
  valuesDraft({ ...allRows, where: { kind: 'entity', names: [entity] }, singular: true }, [quantity]);

/** Adds what is asked of single records, such as tickets, readings and listings, in the words of those who keep them. */
export function addRecordQuestions(grammar: AnalystGrammar): void {
  grammar.rule(
    'ask',
    '(how much|how many) (be|have be) <verb-column:quantity> (on|for|in|at|by|to|with|under) <entity>',
    ({ quantity, entity }) => (numeric(quantity) === null ? null : valueOf(quantity, entity)),
  );
  grammar.rule(
    'ask',
    '(which|what) <column:quantity> (be|do) <entity> (about|for|with|concerning|from|by|under|assigned to|sent by|made by|filed under|mean for)',
    ({ quantity, entity }) => valueOf(quantity, entity),
  );
  grammar.rule(
    'ask',
    '(which|what) <column:quantity> [level|value|figure] do <entity> (show|give|record|measure|report|state|have|read)',
    ({ quantity, entity }) => valueOf(quantity, entity),
  );
  // A date says by being there that the thing was done.
  grammar.rule('being', '<verb-column:column>', ({ column }, context) => {
    const value = column.type === 'date' ? statedCondition(context, column, false) : null;
    const notes = [`taken as with a "${column.name}"`];
    return value === null ? null : new Weighed([{ value, cost: 0.2, notes }]);
  });
  grammar.rule('predicate', 'have be <verb-column:column>', ({ column }, context) => {
    const value = column.type === 'date' ? statedCondition(context, column, false) : null;
    const notes = [`taken as with a "${column.name}"`];
    return value === null ? null : new Weighed([{ value, cost: 0.1, notes }]);
  });
  for (const [words, sign] of [
    ['(above|over|exceeding|beyond)', '>'],
    ['(below|under)', '<'],
  ] as const)
    grammar.rule(
      'restrictor',
      `${words} <literal> [of|in] <column>` as const,
      ({ literal, column }, context) => {
        if (numeric(column) === null) return null;
        const outcome = comparison(context, column, {
          comparison: sign,
          operand: { kind: 'literal', literal },
        });
        return outcome instanceof Weighed
          ? new Weighed(
              outcome.options.map((option) => ({
                ...option,
                value: { kind: 'condition', condition: option.value } as const,
              })),
            )
          : null;
      },
      0.05,
    );
  grammar.rule(
    'verb',
    '(use|carry|be of|run on|be of type|belong to) <column> <value>',
    ({ column, value }) =>
      value.column === column.columns[0] ? { predicate: value.predicate, quantity: null } : null,
  );
  grammar.rule(
    'ask',
    '(which|what|who) [<count:count?>] <group> (received|got|earned|spent|paid|handled|reported|recorded|had|made|raised|saw|generated|produced|requested) <superlative> <group-value:grouped>',
    ({ count, group, superlative, grouped }) =>
      groupsDraft(group, grouped, { superlative, count, show: 'group' }),
  );
  grammar.rule(
    'tail',
    '(across|over|in|for|on|among) (their|its|all their|all its|all of their) <noun>',
    () => (draft) => (draft.output.kind === 'groups' ? draft : null),
  );
  grammar.rule(
    'tail',
    '[ever] (recorded|measured|observed|reported|registered)',
    () => (draft) => {
      const { kind } = draft.output;
      return kind === 'aggregate' || kind === 'calculation' || kind === 'entities' ? draft : null;
    },
    0.05,
  );
}
