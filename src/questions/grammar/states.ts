import type { CatalogColumn } from '../../table/catalog.ts';
import { stemOf } from '../language/lemma.ts';
import { areOneFamily } from '../language/word-family.ts';
import { columnIndexOf } from '../linking/column-links.ts';
import { comparison, statedCondition } from './conditions.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { Weighed } from './engine.ts';
import type { Condition, Quantity } from './meanings.ts';
import { quantityOf } from './terms.ts';

/** The only date column whose name has a word of the same family. */
function dateOfVerb(context: Context, verb: string): CatalogColumn | null {
  const stem = stemOf(verb);
  if (stem.length < 4) return null;
  const found = columnIndexOf(context.table).columns.filter(
    ({ column, variants }) =>
      column.type === 'date' &&
      variants.some(({ segments }) => segments.some((segment) => segment.some((word) => word.stem === stem))),
  );
  const [only] = found;
  return found.length === 1 && only !== undefined ? only.column : null;
}

/** The column of yes and no of whose name the word is the opposite: "uninsured", "inactive". */
function negatedFlag(context: Context, word: string): CatalogColumn | null {
  const stated = /^(?:un|in|im|non|dis)(\p{L}{4,})$/u.exec(word)?.[1];
  if (stated === undefined) return null;
  const found = columnIndexOf(context.table).columns.filter(
    ({ column, variants }) =>
      column.type === 'boolean' &&
      variants.some(({ segments }) => segments.flat().some(({ lemma }) => areOneFamily(stated, lemma))),
  );
  const [only] = found;
  return found.length === 1 && only !== undefined ? only.column : null;
}

/** "Unresolved": no date is stated on which it was resolved. */
function undone(context: Context, at: number): { condition: Condition; note: string } | null {
  const token = context.tokens[at];
  const flag = token?.kind === 'word' ? negatedFlag(context, token.word) : null;
  if (token !== undefined && flag !== null) {
    const predicate = { kind: 'boolean', column: flag.name, value: false } as const;
    return {
      condition: { predicate, quantity: quantityOf(flag) },
      note: `"${token.text}" is taken as not "${flag.label}"`,
    };
  }
  const verb = token?.kind === 'word' ? /^un(\p{L}{4,}ed)$/u.exec(token.word)?.[1] : undefined;
  const column = verb === undefined ? null : dateOfVerb(context, verb);
  if (token === undefined || column === null) return null;
  const condition = statedCondition(context, quantityOf(column), true);
  return condition === null
    ? null
    : { condition, note: `"${token.text}" is taken as without a "${column.label}"` };
}

/** The whole days from one date of a row to another. */
function days(from: Quantity, to: Quantity): Quantity | null {
  if (from.type !== 'date' || to.type !== 'date') return null;
  return {
    expression: { kind: 'days-between', from: from.expression, to: to.expression },
    type: 'number',
    unit: 'days',
    name: `days from ${from.name} to ${to.name}`,
    columns: [...from.columns, ...to.columns],
  };
}

/** Adds states that a missing or present value means, and how long a thing took. */
export function addStates(grammar: AnalystGrammar): void {
  grammar.primitive('undone', (context, at) => {
    const found = undone(context, at);
    return found === null ? [] : [{ end: at + 1, cost: 0.1, value: found.condition, notes: [found.note] }];
  });
  grammar.rule('being', '<undone>', ({ undone: condition }) => condition);
  grammar.rule('rows-core', '[all|every|each|any|only] <undone> <noun>', ({ undone: condition, noun }) => ({
    where: condition.predicate,
    by: null,
    count: null,
    singular: false,
    noun,
  }));
  grammar.rule('being', '(currently|presently|still|now|already) <being:inner>', ({ inner }) => inner);
  grammar.rule('restrictor', '(currently|presently|still) <being>', ({ being }) => ({
    kind: 'condition',
    condition: being,
  }));
  const kept =
    '(value|figure|reading|data|entry|measurement|estimate|information|record|$stated|named|assigned|entered)';
  for (const no of ['no', 'not any', 'neither'] as const)
    grammar.rule('have', `${no} <column> ${kept}` as const, ({ column }, context) =>
      statedCondition(context, column, true),
    );
  grammar.rule(
    'verb',
    '(take|took|taken|last|lasted|need|needed|require|required|be|run) <comparing> (from|between) [their|its] <column:from> (to|and|until|till) [their|its] <column:to>',
    ({ comparing, from, to }, context) => {
      const { operand } = comparing;
      const quantity = days(from, to);
      if (quantity === null || operand.kind !== 'literal') return null;
      return operand.literal.unit === null ? null : comparison(context, quantity, comparing);
    },
  );
  grammar.rule('term', '(days|time|duration|interval) to <verb-column:to>', ({ to }, context) => {
    if (to.type !== 'date') return null;
    const others = context.table.columns.filter(
      (column) => column.type === 'date' && !to.columns.includes(column.name),
    );
    const [only] = others;
    if (others.length !== 1 || only === undefined) return null;
    const value = days(quantityOf(only), to);
    const notes = [`counted from "${only.label}" to "${to.name}"`];
    return value === null ? null : new Weighed([{ value, cost: 0.2, notes }]);
  });
}
