import type { Predicate } from '../plan.ts';
import { compare } from './compare.ts';
import { opposite, plain } from './conditions.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { isNumeric } from './context.ts';
import { Weighed } from './engine.ts';
import type { Outcome } from './engine.ts';
import { hasSome, noneOf } from './loose-conditions.ts';
import type { Condition, Quantity } from './meanings.ts';
import { plainColumn } from './quantity-values.ts';
import { allRows, both } from './row-sets.ts';

/** "Severity 1", "level 4": a grade that is a number, said without a comparison. */
function graded(context: Context, quantity: Quantity, value: number): Outcome<Condition> {
  const column = plainColumn(context, quantity);
  if (column === null || !isNumeric(column.type) || column.unit !== null || !Number.isInteger(value))
    return null;
  const result = compare(context, quantity, {
    comparison: '=',
    operand: { kind: 'literal', literal: plain(value) },
  });
  return result === null ? null : new Weighed([{ ...result, cost: result.cost + 0.05 }]);
}

type Either = (context: Context, quantity: Quantity) => Outcome<Condition>;

const someOf: Either = (context, quantity) => {
  const column = plainColumn(context, quantity);
  if (column === null) return null;
  if (column.type === 'boolean')
    return { predicate: { kind: 'boolean', column: column.name, value: true }, quantity };
  return hasSome(context, quantity, column);
};

const nothingOf: Either = (context, quantity) => {
  const column = plainColumn(context, quantity);
  if (column === null) return null;
  if (column.type === 'boolean')
    return { predicate: { kind: 'boolean', column: column.name, value: false }, quantity };
  return noneOf(context, quantity, column);
};

const firstOf = (outcome: Outcome<Condition>): { value: Condition; cost: number } | null =>
  outcome instanceof Weighed
    ? (outcome.options[0] ?? null)
    : outcome === null
      ? null
      : { value: outcome, cost: 0 };

/** The condition on both fields. */
function ofBoth(
  context: Context,
  how: Either,
  quantities: readonly [Quantity, Quantity],
): Outcome<Condition> {
  const [one, other] = [firstOf(how(context, quantities[0])), firstOf(how(context, quantities[1]))];
  const predicate: Predicate | null =
    one === null || other === null ? null : both(one.value.predicate, other.value.predicate);
  return predicate === null
    ? null
    : new Weighed([{ value: { predicate, quantity: null }, cost: (one?.cost ?? 0) + (other?.cost ?? 0) }]);
}

/** Adds conditions as people say them in passing: grades, "both … and …", "neither … nor …", "all but …". */
export function addEverydayConditions(grammar: AnalystGrammar): void {
  grammar.rule('being', '<column> <number>', ({ column, number }, context) =>
    graded(context, column, number),
  );
  grammar.rule('restrictor', '(of|at|with|on|in) <column> <number>', ({ column, number }, context) => {
    const outcome = firstOf(graded(context, column, number));
    return outcome === null
      ? null
      : new Weighed([
          { value: { kind: 'condition', condition: outcome.value } as const, cost: outcome.cost },
        ]);
  });
  grammar.rule(
    'rows-core',
    '[all|every|each|any] <column> <number> <noun>',
    ({ column, number, noun }, context) => {
      const outcome = firstOf(graded(context, column, number));
      return outcome === null
        ? null
        : new Weighed([{ value: { ...allRows, noun, where: outcome.value.predicate }, cost: outcome.cost }]);
    },
  );
  const verb =
    '(have|keep|hold|own|with|having|offer|grow|raise|carry|use|report|record|show|contain|include|list)' as const;
  grammar.rule('have', 'both <column:first> and <column:second>', ({ first, second }, context) =>
    ofBoth(context, someOf, [first, second]),
  );
  grammar.rule('have', 'neither <column:first> nor <column:second>', ({ first, second }, context) =>
    ofBoth(context, nothingOf, [first, second]),
  );
  grammar.rule(
    'loose-pair',
    `${verb} both <column:first> and <column:second>` as const,
    ({ first, second }, context) => ofBoth(context, someOf, [first, second]),
  );
  grammar.rule(
    'loose-pair',
    `[${verb}] neither <column:first> nor <column:second>` as const,
    ({ first, second }, context) => ofBoth(context, nothingOf, [first, second]),
  );
  grammar.rule(
    'loose-pair',
    '<light> neither [in|from|by] <value:first> nor [in|from|by] <value:second>',
    ({ first, second }) => {
      const [one, other] = [first, second].map(
        ({ predicate }) => opposite({ predicate, quantity: null }).predicate,
      );
      const predicate = both(one ?? null, other ?? null);
      return predicate === null ? null : { predicate, quantity: null };
    },
  );
  grammar.rule('predicate', '<loose-pair:pair>', ({ pair }) => pair);
  grammar.rule('restrictor', '<loose-pair:pair>', ({ pair }) => ({ kind: 'condition', condition: pair }));
  grammar.rule(
    'restrictor',
    '[,] (but|but not|but for|save for|other than|aside from|with exception of|bar) [those|ones] <rows>',
    ({ rows }) =>
      rows.where === null || rows.by !== null || rows.count !== null
        ? null
        : {
            kind: 'condition',
            condition: opposite({ predicate: rows.where, quantity: null }),
          },
    0.1,
  );
  grammar.rule(
    'restrictor',
    '[,] (but|but not|except|excluding|other than|aside from|save) (those|ones) (in|from|with|of|by) <value>',
    ({ value }) => ({
      kind: 'condition',
      condition: opposite({ predicate: value.predicate, quantity: null }),
    }),
    0.05,
  );
}
