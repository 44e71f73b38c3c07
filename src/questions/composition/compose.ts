import type { Context } from '../grammar/context.ts';
import type { Parse } from '../grammar/engine.ts';
import type { Draft } from '../grammar/meanings.ts';
import { bestGroups, bestOfEach, bestRows, extremes, valuesOfBest } from './frames/best.ts';
import { better } from './frames/better.ts';
import { contrasts, places, ratiosOfSums, sideBySide, spreads, whether } from './frames/contrasts.ts';
import { countRows, countValues } from './frames/counts.ts';
import { calculated, calculatedByGroup } from './frames/figures.ts';
import type { Frame } from './frames/frame.ts';
import { listRows, lookUp, valuesWithout } from './frames/lookups.ts';
import { groupsHaving, orderedRows, rankedGroups } from './frames/orders.ts';
import { rates } from './frames/rates.ts';
import { bestShares, shares, sharesByGroup, sharesOfSums } from './frames/shares.ts';
import { winners } from './frames/winners.ts';
import { partsOf } from './parts.ts';
import type { Piece } from './piece.ts';
import { segmentationsOf } from './segmentations.ts';

/** What it costs to put a question together out of its parts rather than to read it in order. */
const composedCost = 0.2;
const dearest = 0.95;
const keptDrafts = 12;

const frames: readonly Frame[] = [
  countRows,
  countValues,
  calculated,
  calculatedByGroup,
  listRows,
  lookUp,
  valuesWithout,
  bestRows,
  valuesOfBest,
  extremes,
  bestGroups,
  bestOfEach,
  better,
  orderedRows,
  rankedGroups,
  groupsHaving,
  shares,
  sharesOfSums,
  sharesByGroup,
  bestShares,
  contrasts,
  spreads,
  ratiosOfSums,
  rates,
  sideBySide,
  whether,
  winners,
  places,
];

/**
 * Readings of a sentence, in the language of its pieces, whose words are cut into pieces, each with a meaning of its own, which are put in relation by
 * what they are and how near they stand, and asked in whatever frame takes all of them up. Every word has its part,
 * and none that says something may be left over.
 */
export function composedDrafts(context: Context, piecesAt: (at: number) => readonly Piece[]): Parse<Draft>[] {
  const end = context.tokens.length;
  const found = new Map<string, Parse<Draft>>();
  for (const segmentation of segmentationsOf(end, piecesAt))
    for (const parts of partsOf(context, segmentation)) {
      for (const frame of frames)
        for (const { draft, cost, notes } of frame(parts)) {
          const total = composedCost + parts.cost + cost;
          const key = JSON.stringify(draft);
          if (total > dearest || (found.get(key)?.cost ?? Infinity) <= total) continue;
          found.set(key, { end, value: draft, cost: total, notes: [...new Set([...parts.notes, ...notes])] });
        }
    }
  return [...found.values()].toSorted((one, other) => one.cost - other.cost).slice(0, keptDrafts);
}
