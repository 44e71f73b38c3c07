import { lemmaOf } from '../language/lemma.ts';
import { wordsKey } from '../linking/value-links.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { Weighed } from './engine.ts';
import type { Parse } from './engine.ts';
import type { Condition, Named } from './meanings.ts';
import { named } from './predicate-conditions.ts';
import { allRows, both } from './row-sets.ts';

const longestGlossed = 4;

/** Up to four words right before a bracket, which says what they mean: "republics of any sort (…)". */
function glossedAt(context: Context, at: number): Parse<readonly string[]>[] {
  for (let end = at; end <= at + longestGlossed; end += 1) {
    const token = context.tokens[end];
    if (token?.word === '(') {
      const words = context.tokens.slice(at, end).map((each) => each.lemma);
      return words.length === 0 ? [] : [{ end, cost: 0.1, value: words, notes: [] }];
    }
    if (token?.kind !== 'word') return [];
  }
  return [];
}

/** Adds words that the question itself explains in brackets, by a condition or a value. */
export function addGlosses(grammar: AnalystGrammar): void {
  grammar.primitive('glossed', glossedAt);
  for (const explained of [
    '<glossed:words> lparen [with|having|of] <haves:meaning> rparen',
    '<glossed:words> lparen [whose|where|with] <clauses:meaning> rparen',
    '<glossed:words> lparen [that|which] <predicates:meaning> rparen',
  ] as const) {
    grammar.rule('base', explained, ({ meaning }) => ({ ...allRows, where: meaning.predicate }), 0.1);
    grammar.rule('being', explained, ({ meaning }) => meaning, 0.1);
  }
  grammar.rule('being', '<glossed:words> lparen <value> rparen', ({ words, value }, context) =>
    explainedBy(context, words, value),
  );
  grammar.rule(
    'being',
    '<glossed:words> lparen <value> rparen (with|having) <haves>',
    ({ words, value, haves }, context) =>
      new Weighed(
        explainedBy(context, words, value).options.map((option) => ({
          ...option,
          value: {
            predicate: both(option.value.predicate, haves.predicate) ?? haves.predicate,
            quantity: haves.quantity,
          },
        })),
      ),
  );
}

/** A value that explains words of the name of its own column is the likelier one. */
function explainedBy(context: Context, words: readonly string[], value: Named): Weighed<Condition> {
  const column = context.table.columns.find((each) => each.name === value.column);
  const label = new Set(
    wordsKey(column?.label ?? '')
      .split(' ')
      .map(lemmaOf),
  );
  const cost = words.some((word) => label.has(word)) ? 0.05 : 0.3;
  return new Weighed([{ value: named(value), cost }]);
}
