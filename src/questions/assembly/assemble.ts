import { contrasted, differences, frequentValues, shares } from './ask-shares.ts';
import { bestGroups, bestRows, commonest, orderedRows } from './ask-best.ts';
import { calculated, countedRows, countedValues, listedRows, listedValues } from './ask-rows.ts';
import { extremes, groupDifferences, valuesOfBest } from './ask-values.ts';
import type { Context } from '../grammar/context.ts';
import type { Parse } from '../grammar/engine.ts';
import type { Draft } from '../grammar/meanings.ts';
import { lengths } from './durations.ts';
import { readingOf } from './reading.ts';
import type { Assembled, Reading } from './reading.ts';
import { tilingsOf } from './tilings.ts';

/** What it costs to put a question together out of its parts rather than to read it in order. */
const assembledCost = 0.3;
const dearest = 1.2;

const asks: readonly ((reading: Reading) => Assembled[])[] = [
  countedRows,
  countedValues,
  listedRows,
  listedValues,
  calculated,
  bestRows,
  orderedRows,
  bestGroups,
  commonest,
  shares,
  differences,
  contrasted,
  frequentValues,
  lengths,
  valuesOfBest,
  extremes,
  groupDifferences,
];

/**
 * Readings of a sentence that no rule of the grammar reads in order: cut into parts that mean something by
 * themselves, it is put together by what parts there are. Every word has its part, and none that says something may
 * be left over.
 */
export function assembledDrafts(context: Context): Parse<Draft>[] {
  const whole = draftsOf(context);
  const [best] = whole;
  if (best !== undefined) return whole;
  return withTail(context);
}

const tailCost = 0.02;

/** A question with something added at its end: "…, and how much is it". */
function withTail(context: Context): Parse<Draft>[] {
  const { tokens, grammar } = context;
  return tokens.flatMap((token, at): Parse<Draft>[] => {
    if (at < 3 || (token.word !== 'and' && token.word !== ',')) return [];
    const tails = grammar.parse('tail', context, at).filter(({ end }) => end === tokens.length);
    if (tails.length === 0) return [];
    const head = draftsOf({ ...context, tokens: tokens.slice(0, at), memo: new Map() });
    return head.flatMap((parse) =>
      tails.flatMap((tail): Parse<Draft>[] => {
        const value = tail.value(parse.value);
        const cost = parse.cost + tail.cost + tailCost;
        return value === null
          ? []
          : [{ end: tokens.length, value, cost, notes: [...parse.notes, ...tail.notes] }];
      }),
    );
  });
}

function draftsOf(context: Context): Parse<Draft>[] {
  const end = context.tokens.length;
  const found: Parse<Draft>[] = [];
  for (const tiling of tilingsOf(context)) {
    const reading = readingOf(context, tiling);
    const notes = tiling.tiles.flatMap((tile) => tile.notes);
    for (const ask of asks)
      for (const { draft, cost, notes: own } of ask(reading)) {
        const total = assembledCost + tiling.cost + cost;
        if (total <= dearest) found.push({ end, value: draft, cost: total, notes: [...notes, ...own] });
      }
  }
  return found.toSorted((one, other) => one.cost - other.cost).slice(0, 12);
}
