import type { Predicate } from '../plan.ts';
import { compare } from './compare.ts';
import { opposite } from './conditions.ts';
import type { AnalystGrammar, Context } from './context.ts';
import type { Parse } from './engine.ts';
import type { Condition } from './meanings.ts';
import { both } from './row-sets.ts';

type Kind = 'have' | 'clause' | 'being' | 'predicate';

type Joint = 'and' | 'or';

interface Chain {
  readonly end: number;
  readonly cost: number;
  readonly notes: readonly string[];
  readonly conditions: readonly Condition[];
  /** What stands before each condition but the first; null is a comma alone. */
  readonly joints: readonly (Joint | null)[];
}

const joints: readonly { readonly words: readonly string[]; readonly joint: Joint | null }[] = [
  { words: ['and'], joint: 'and' },
  { words: [',', 'and'], joint: 'and' },
  { words: ['and', 'also'], joint: 'and' },
  { words: [',', 'and', 'also'], joint: 'and' },
  { words: ['and', 'at', 'same', 'time'], joint: 'and' },
  { words: ['as', 'well', 'as'], joint: 'and' },
  { words: ['but'], joint: 'and' },
  { words: [',', 'but'], joint: 'and' },
  { words: ['yet'], joint: 'and' },
  { words: [',', 'yet'], joint: 'and' },
  { words: ['and', ','], joint: 'and' },
  { words: [',', 'and', ','], joint: 'and' },
  { words: ['as', 'well', 'as', 'having'], joint: 'and' },
  { words: ['but', 'also'], joint: 'and' },
  { words: ['while'], joint: 'and' },
  { words: [',', 'while'], joint: 'and' },
  { words: ['while', 'also'], joint: 'and' },
  { words: ['and', 'yet'], joint: 'and' },
  { words: ['together', 'with'], joint: 'and' },
  { words: ['combined', 'with'], joint: 'and' },
  { words: ['or'], joint: 'or' },
  { words: [',', 'or'], joint: 'or' },
  { words: ['or', 'else'], joint: 'or' },
  { words: ['and', '/', 'or'], joint: 'or' },
  { words: [','], joint: null },
  { words: [';'], joint: null },
];

/** Words that may open a further condition, and the kinds of condition that then follow. */
const openers: readonly { readonly words: readonly string[]; readonly kinds: readonly Kind[] }[] = [
  { words: [], kinds: [] },
  { words: ['with'], kinds: ['have'] },
  { words: ['having'], kinds: ['have'] },
  { words: ['have'], kinds: ['have'] },
  { words: ['has'], kinds: ['have'] },
  { words: ['with', 'their'], kinds: ['have'] },
  { words: ['whose'], kinds: ['clause'] },
  { words: ['where'], kinds: ['clause'] },
  { words: ['that'], kinds: ['predicate'] },
  { words: ['which'], kinds: ['predicate'] },
  { words: ['who'], kinds: ['predicate'] },
  { words: ['also'], kinds: ['being', 'have', 'predicate'] },
  { words: ['their'], kinds: ['clause'] },
  { words: ['its'], kinds: ['clause'] },
];

/** After a whole verb phrase, its verb need not come again: "rank among … and among …". */
const followers: readonly Kind[] = ['predicate', 'being'];

const matchesAt = (context: Context, at: number, words: readonly string[]): boolean =>
  words.every((word, index) => {
    const token = context.tokens[at + index];
    return token !== undefined && token.kind !== 'quote' && token.word === word;
  });

const longestChain = 6;

/** What a chain means: "and" binds closer than "or"; commas join as the last joint does. */
function meaningOf(chain: Chain): Condition | null {
  const [first] = chain.conditions;
  if (first === undefined) return null;
  const last = chain.joints.at(-1);
  if (last === null) return null;
  const isOr = chain.joints.includes('or');
  const isMixed = isOr && chain.joints.includes('and');
  if (isMixed && chain.joints.includes(null)) return null;
  const alternatives: Predicate[] = [];
  let current: Predicate = first.predicate;
  for (const [index, joint] of chain.joints.entries()) {
    const condition = chain.conditions[index + 1];
    if (condition === undefined) return null;
    if (joint === 'or' || (joint === null && isOr)) {
      alternatives.push(current);
      current = condition.predicate;
    } else current = both(current, condition.predicate) ?? current;
  }
  alternatives.push(current);
  const predicate: Predicate = alternatives.length === 1 ? current : { kind: 'or', operands: alternatives };
  return { predicate, quantity: chain.conditions.at(-1)?.quantity ?? null };
}

/** Conditions of a kind joined by commas, "and" and "or"; later ones may open with a word of their own. */
function conditionsAt(
  grammar: AnalystGrammar,
  kind: Kind,
  context: Context,
  start: number,
): Parse<Condition>[] {
  const results: Parse<Condition>[] = [];
  const either = matchesAt(context, start, ['either']) || matchesAt(context, start, ['both']) ? 1 : 0;
  const neither = matchesAt(context, start, ['neither']) ? 1 : 0;
  if (neither === 1) return neitherAt(grammar, kind, context, start + 1);
  let chains: Chain[] = grammar
    .parse(kind, context, start + either)
    .map(({ end, cost, notes, value }) => ({ end, cost, notes, conditions: [value], joints: [] }));
  for (let length = 1; length <= longestChain && chains.length > 0; length += 1) {
    for (const chain of chains) {
      const value = meaningOf(chain);
      if (value !== null || chain.joints.length === 0) {
        const only = chain.conditions[0];
        const meaning = value ?? only;
        if (meaning !== undefined)
          results.push({ end: chain.end, cost: chain.cost, notes: chain.notes, value: meaning });
      }
    }
    chains = chains
      .flatMap((chain) => extended(grammar, kind, context, chain))
      .sort((a, b) => a.cost - b.cost)
      .slice(0, 24);
  }
  return results;
}

function extended(grammar: AnalystGrammar, kind: Kind, context: Context, chain: Chain): Chain[] {
  const longer: Chain[] = [];
  for (const { words, joint } of joints) {
    if (!matchesAt(context, chain.end, words)) continue;
    const at = chain.end + words.length;
    for (const opener of openers) {
      if (!matchesAt(context, at, opener.words)) continue;
      const kinds = opener.words.length === 0 ? (kind === 'predicate' ? followers : [kind]) : opener.kinds;
      for (const next of kinds)
        for (const parse of grammar.parse(next, context, at + opener.words.length))
          longer.push(extend(chain, joint, parse));
    }
    for (const parse of repeatedComparison(grammar, context, chain, at))
      longer.push(extend(chain, joint, parse));
  }
  return longer;
}

/** "… above 5 and below 10": a comparison that goes on about the same quantity. */
function repeatedComparison(
  grammar: AnalystGrammar,
  context: Context,
  chain: Chain,
  at: number,
): Parse<Condition>[] {
  const quantity = chain.conditions.at(-1)?.quantity ?? null;
  if (quantity === null) return [];
  return grammar.parse('comparing', context, at).flatMap((parse) => {
    const outcome = compare(context, quantity, parse.value);
    return outcome === null
      ? []
      : [
          {
            end: parse.end,
            cost: parse.cost + outcome.cost + 0.05,
            notes: [...parse.notes, ...outcome.notes],
            value: outcome.value,
          },
        ];
  });
}

const extend = (chain: Chain, joint: Joint | null, parse: Parse<Condition>): Chain => ({
  end: parse.end,
  cost: chain.cost + parse.cost,
  notes: [...chain.notes, ...parse.notes],
  conditions: [...chain.conditions, parse.value],
  joints: [...chain.joints, joint],
});

/** "Neither this nor that". */
function neitherAt(grammar: AnalystGrammar, kind: Kind, context: Context, at: number): Parse<Condition>[] {
  const results: Parse<Condition>[] = [];
  for (const first of grammar.parse(kind, context, at)) {
    if (!matchesAt(context, first.end, ['nor'])) continue;
    for (const second of grammar.parse(kind, context, first.end + 1)) {
      const predicate = both(opposite(first.value).predicate, opposite(second.value).predicate);
      if (predicate !== null)
        results.push({
          end: second.end,
          cost: first.cost + second.cost,
          notes: [...first.notes, ...second.notes],
          value: { predicate, quantity: second.value.quantity },
        });
    }
  }
  return results;
}

/** Adds conditions joined by "and", "or" and commas. */
export function addConjunctionRules(grammar: AnalystGrammar): void {
  grammar.primitive('haves', (context, at) => conditionsAt(grammar, 'have', context, at));
  grammar.primitive('clauses', (context, at) => conditionsAt(grammar, 'clause', context, at));
  grammar.primitive('beings', (context, at) => conditionsAt(grammar, 'being', context, at));
  grammar.primitive('predicates', (context, at) => conditionsAt(grammar, 'predicate', context, at));
}
