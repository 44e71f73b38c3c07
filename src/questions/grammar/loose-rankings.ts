import { functionWords } from '../language/function-words.ts';
import type { Token } from '../language/token.ts';
import { first } from './ask-lists.ts';
import type { AnalystGrammar, Context } from './context.ts';
import type { Parse } from './engine.ts';
import { bagOf, emptyCost, isNamedSo } from './loose-bags.ts';
import { isAsking } from './loose-conditions.ts';
import { quantitiesOf, range } from './loose-quantities.ts';
import { isLinked, mayBeVerb, roleOf } from './loose-words.ts';
import type { Quantity, Ranking } from './meanings.ts';
import { percentOf } from './quantity-values.ts';
import { rankingBy, rankingByAdjective } from './superlatives.ts';

const looseCost = 0.15;
const furthest = 8;
const unknownVerbCost = 0.12;
const lightVerbCost = 0.03;

const isContent = (context: Context, at: number): boolean => {
  const token = context.tokens[at];
  return token !== undefined && roleOf(token) === 'content';
};

/** Words that a ranking's quantity may have but that end any other loose phrase. */
const inner: ReadonlySet<string> = new Set([
  'per',
  'total',
  'average',
  'mean',
  'percentage',
  'share',
  'proportion',
  'fraction',
  'and',
  'growth',
  'divided',
  'by',
  'minus',
  'times',
  'relative',
  'over',
]);

const mayStand = (token: Token | undefined): boolean =>
  token !== undefined && (roleOf(token) !== 'barrier' || inner.has(token.word));

function rankingsAt(context: Context, at: number): Parse<Ranking>[] {
  if (!context.loose) return [];
  const results: Parse<Ranking>[] = [];
  for (let start = at; start - at <= furthest; start += 1) {
    // "Drugs have the highest …": what comes before the verb is no part of what is highest.
    const verb = context.tokens.findIndex(({ lemma }, each) => each > at && each < start && lemma === 'have');
    if (verb > at && range(at, verb).some((each) => isContent(context, each))) break;
    // "Which month saw the most …": what is asked for is no part of it either.
    if (isAsking(context, at - 1) && start > at && isContent(context, at)) break;
    for (const superlative of context.grammar.parse('superlative', context, start)) {
      const before = range(at, start);
      for (let end = superlative.end; end - superlative.end <= furthest; end += 1) {
        if (end > superlative.end && !mayStand(context.tokens[end - 1])) break;
        const last = context.tokens[end - 1];
        if (end > superlative.end && last !== undefined && roleOf(last) === 'glue') continue;
        const positions = [...before, ...range(superlative.end, end)];
        for (const { value, cost, notes } of rankingsBy(context, superlative.value, positions))
          results.push({
            end,
            value,
            cost: looseCost + superlative.cost + cost,
            notes: [...superlative.notes, ...notes],
          });
      }
    }
    if (!mayStand(context.tokens[start])) break;
  }
  return results;
}

/** The order that a superlative and the words around it mean. */
function rankingsBy(
  context: Context,
  superlative: Parameters<typeof rankingBy>[0],
  positions: readonly number[],
): { value: Ranking; cost: number; notes: readonly string[] }[] {
  const named = [...quantitiesOf(context, positions), ...sharesOf(context, positions)].flatMap(
    ({ value: quantity, cost, notes }) => {
      const value = rankingBy(superlative, quantity);
      return value === null ? [] : [{ value, cost, notes }];
    },
  );
  const bag = bagOf(context, positions);
  const empty = bag === null ? null : emptyCost(bag);
  const alone = empty === null ? null : rankingByAdjective(context, superlative, null);
  return [
    ...named,
    ...(alone?.options ?? []).map(({ value, cost, notes }) => ({
      value,
      cost: cost + (empty ?? 0),
      notes: notes ?? [],
    })),
  ];
}

const shareWords: ReadonlySet<string> = new Set([
  'share',
  'percentage',
  'proportion',
  'fraction',
  'part',
  'portion',
  'percent',
]);

/** "Spends the largest share of its revenue on research": research as a share of revenue. */
function sharesOf(context: Context, positions: readonly number[]): Parse<Quantity>[] {
  const at = positions.findIndex((each) => shareWords.has(context.tokens[each]?.lemma ?? ''));
  const next = positions[at + 1];
  if (at < 0 || next === undefined || context.tokens[next]?.word !== 'of') return [];
  const before = positions.slice(0, at);
  const after = positions.slice(at + 2);
  const results: Parse<Quantity>[] = [];
  for (let middle = after.length; middle > 0; middle -= 1) {
    const joint = after[middle];
    const isJoint =
      joint === undefined || ['on', 'to', 'for', 'in', 'from'].includes(context.tokens[joint]?.word ?? '');
    if (!isJoint) continue;
    const parts = quantitiesOf(context, [...before, ...after.slice(middle)]);
    for (const whole of quantitiesOf(context, after.slice(0, middle)))
      for (const part of parts) {
        const value =
          part.value.columns.join() === whole.value.columns.join()
            ? null
            : percentOf(part.value, whole.value);
        const notes = [...part.notes, ...whole.notes];
        if (value !== null) results.push({ end: 0, cost: part.cost + whole.cost + 0.05, value, notes });
      }
  }
  return results;
}

/** Up to three verbs and other words that add nothing: "handled", "was responsible for". */
function lightAt(context: Context, at: number): Parse<boolean>[] {
  if (!context.loose) return [];
  const results: Parse<boolean>[] = [];
  let cost = 0;
  const notes: string[] = [];
  for (let end = at + 1; end <= at + 3; end += 1) {
    const token = context.tokens[end - 1];
    if (token === undefined) break;
    const role = roleOf(token);
    if (role === 'light' && isNamedSo(context, end - 1)) break;
    if (role === 'glue' || role === 'light') cost += lightVerbCost;
    else if (mayBeVerb(token) && !isLinked(context, end - 1)) {
      cost += unknownVerbCost;
      notes.push(`taken without "${token.text}"`);
    } else break;
    if (role !== 'glue' || token.lemma === 'have' || token.lemma === 'do' || token.lemma === 'be')
      results.push({ end, value: true, cost, notes: [...notes] });
  }
  return results;
}

/** Adds rankings that are made out of loose words: "lasted the longest", "carries the most traffic per day". */
export function addLooseRankings(grammar: AnalystGrammar): void {
  grammar.primitive('loose-ranking', rankingsAt);
  grammar.primitive('light', lightAt);
  grammar.primitive('unknown-verb', (context, at) => {
    const token = context.tokens[at];
    const isKnown =
      token?.kind !== 'word' || token.capital || functionWords.has(token.word) || isLinked(context, at);
    return isKnown ? [] : [{ end: at + 1, cost: 0, value: true, notes: [] }];
  });
  grammar.rule('change-ranking', '<loose-ranking:ranking>', ({ ranking }) => ranking);
  grammar.rule(
    'ask',
    '(in|for|at|of|on|with) (which|what) <rows> <loose-ranking:ranking>',
    ({ rows, ranking }) => first(rows, ranking),
  );
}
