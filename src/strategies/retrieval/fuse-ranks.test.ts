import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuseRanks } from './fuse-ranks.ts';

const ranking = (...passages: number[]) => passages.map((passage, index) => ({ passage, score: 9 - index }));

describe('fuseRanks', () => {
  it('adds the reciprocals of the ranks', () => {
    const [first, second, third] = fuseRanks({ words: ranking(1, 2), meaning: ranking(3, 2) });
    expect(first).toEqual({
      passage: 2,
      score: 2 / 62,
      words: { rank: 2, score: 8 },
      meaning: { rank: 2, score: 8 },
    });
    expect(second).toEqual({ passage: 1, score: 1 / 61, words: { rank: 1, score: 9 }, meaning: null });
    expect(third).toMatchObject({ passage: 3, score: 1 / 61, words: null });
  });

  it('keeps the order of a ranking that is alone', () => {
    const one = fc.uniqueArray(fc.nat(1000), { maxLength: 50 });
    fc.assert(
      fc.property(one, (passages) => {
        const order = fuseRanks({ words: ranking(...passages), meaning: [] }).map(({ passage }) => passage);
        expect(order).toEqual(passages);
      }),
    );
  });

  it('puts what both rank higher first, and loses nothing', () => {
    const both = fc.tuple(
      fc.shuffledSubarray([...Array(30).keys()]),
      fc.shuffledSubarray([...Array(30).keys()]),
    );
    fc.assert(
      fc.property(both, ([left, right]) => {
        const fused = fuseRanks({ words: ranking(...left), meaning: ranking(...right) });
        expect(new Set(fused.map(({ passage }) => passage))).toEqual(new Set([...left, ...right]));
        fused.forEach((higher, index) => {
          for (const lower of fused.slice(index + 1)) {
            const isBehindInBoth =
              rankOf(lower.words) < rankOf(higher.words) && rankOf(lower.meaning) < rankOf(higher.meaning);
            expect(isBehindInBoth).toBe(false);
          }
        });
      }),
      { numRuns: 30 },
    );
  });
});

function rankOf(place: { rank: number } | null): number {
  return place?.rank ?? Number.POSITIVE_INFINITY;
}
