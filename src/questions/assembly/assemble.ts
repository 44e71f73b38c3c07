import { contrasted, differences, frequentValues, shares } from './ask-shares.ts';
import { bestGroups, bestRows, commonest } from './ask-best.ts';
import { calculated, countedRows, countedValues, listedRows, listedValues } from './ask-rows.ts';
import type { Context } from '../grammar/context.ts';
import type { Parse } from '../grammar/engine.ts';
import type { Draft } from '../grammar/meanings.ts';
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
  bestGroups,
  commonest,
  shares,
  differences,
  contrasted,
  frequentValues,
];

/**
 * Readings of a sentence that no rule of the grammar reads in order: cut into parts that mean something by
 * themselves, it is put together by what parts there are. Every word has its part, and none that says something may
 * be left over.
 */
export function assembledDrafts(context: Context): Parse<Draft>[] {
  const end = context.tokens.length;
  const found: Parse<Draft>[] = [];
  for (const tiling of tilingsOf(context)) {
    const reading = readingOf(context, tiling);
    const notes = tiling.tiles.flatMap((tile) => tile.notes);
    for (const ask of asks)
      for (const { draft, cost, notes: own } of ask(reading)) {
        const whole = assembledCost + tiling.cost + cost;
        if (whole <= dearest) found.push({ end, value: draft, cost: whole, notes: [...notes, ...own] });
      }
  }
  return found.toSorted((one, other) => one.cost - other.cost).slice(0, 12);
}
