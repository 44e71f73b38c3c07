import type { AnalystGrammar, Context } from './context.ts';
import type { Parse } from './engine.ts';

const most: ReadonlySet<string> = new Set('most highest largest greatest biggest longest'.split(' '));
const least: ReadonlySet<string> = new Set('least fewest lowest smallest shortest'.split(' '));
const longestNoun = 3;

/** "From the most days to the fewest": an order between two ends, of which either may say what is counted. */
function orderSpanAt(context: Context, at: number): Parse<boolean>[] {
  const { tokens } = context;
  const wordAt = (index: number): string => tokens[index]?.word ?? '';
  let from = wordAt(at) === 'from' ? at + 1 : at;
  if (wordAt(from) === 'the') from += 1;
  const descending = most.has(wordAt(from));
  if (!descending && !least.has(wordAt(from))) return [];
  const others = descending ? least : most;
  for (let to = from + 1; to <= from + 1 + longestNoun; to += 1) {
    const token = tokens[to];
    if (token?.kind !== 'word') return [];
    if (token.word !== 'to') continue;
    const other = wordAt(to + 1) === 'the' ? to + 2 : to + 1;
    if (!others.has(wordAt(other))) return [];
    const noun = tokens.slice(from + 1, to).map(({ lemma }) => lemma);
    const isRepeated =
      noun.length > 0 && noun.every((lemma, index) => tokens[other + 1 + index]?.lemma === lemma);
    return [{ end: other + 1 + (isRepeated ? noun.length : 0), cost: 0, value: descending, notes: [] }];
  }
  return [];
}

/** Adds the order in which an answer is listed, said by both of its ends. */
export function addOrderSpans(grammar: AnalystGrammar): void {
  grammar.primitive('order-span', orderSpanAt);
  grammar.rule('direction', '<order-span:descending>', ({ descending }) => descending);
}
