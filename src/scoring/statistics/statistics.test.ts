import { array, assert, constantFrom, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { average, macroAverage } from './averages.ts';
import { comparePaired, mcNemarP } from './paired-comparison.ts';

describe('averages', () => {
  it('count each value alike, or each group alike', () => {
    const groups = [
      [1, 1, 1, 0],
      [0, 1],
    ].map(average);
    expect(groups.map(({ mean }) => mean)).toEqual([0.75, 0.5]);
    expect(macroAverage(groups).mean).toBe(0.625);
    expect(average([1, 1, 1, 0, 0, 1])).toMatchObject({ mean: 4 / 6, count: 6 });
  });

  it('have the standard error of the sample', () => {
    // 3 of 4 right: √(0.75 · 0.25 / 3)
    expect(average([1, 1, 1, 0]).standardError).toBeCloseTo(0.25, 12);
    expect(macroAverage([average([1, 1, 1, 0]), average([1, 0])]).standardError).toBeCloseTo(
      Math.hypot(0.25, 0.5) / 2,
      12,
    );
    expect(average([1]).standardError).toBeNull();
    expect(average([])).toEqual({ mean: 0, standardError: null, count: 0 });
  });

  it("reproduce the paper's overall accuracy from its domains", () => {
    const domains = [93.98, 78.31, 81.71, 74.07].map((mean) => ({ mean, standardError: null, count: 83 }));
    expect(macroAverage(domains).mean).toBeCloseTo(82.02, 2);
  });
});

describe('paired comparison', () => {
  it("has the p of McNemar's exact test", () => {
    // 2 · (1 + 10) / 2^10
    expect(mcNemarP(1, 9)).toBeCloseTo(22 / 1024, 12);
    expect(mcNemarP(9, 1)).toBeCloseTo(22 / 1024, 12);
    expect(mcNemarP(5, 5)).toBe(1);
    expect(mcNemarP(0, 0)).toBe(1);
    expect(mcNemarP(0, 4000)).toBeLessThan(1e-300);
    expect(mcNemarP(2000, 2000)).toBe(1);
  });

  it('turns its sign with the order of the runs, and its interval holds the difference', () => {
    const pairs = array(record({ first: constantFrom(0, 1), second: constantFrom(0, 1) }), { minLength: 8 });
    assert(
      property(pairs, (runs) => {
        let state = 7;
        const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
        const forth = comparePaired({ pairs: runs, random, resamples: 400 });
        const back = comparePaired({
          pairs: runs.map(({ first, second }) => ({ first: second, second: first })),
          random,
          resamples: 400,
        });
        expect(forth.difference).toBeCloseTo(-back.difference, 12);
        expect(forth.mcNemarP).toBe(back.mcNemarP);
        expect(forth.interval[0]).toBeLessThanOrEqual(forth.difference + 1e-9);
        expect(forth.interval[1]).toBeGreaterThanOrEqual(forth.difference - 1e-9);
      }),
      { numRuns: 30 },
    );
  });
});
