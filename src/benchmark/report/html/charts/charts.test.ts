import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthOf, setOrder } from '../../set-order.ts';
import { spread } from './marks.ts';

describe('setOrder', () => {
  it('goes from the shortest to the longest, and names without a length come last', () => {
    const sets = ['short', '10M', '128K', '1M', '4m', '900', 'long'];
    expect(sets.sort(setOrder)).toEqual(['900', '128K', '1M', '4m', '10M', 'long', 'short']);
    expect([lengthOf('1.5M'), lengthOf('set 1')]).toEqual([1_500_000, null]);
  });
});

describe('spread', () => {
  it('keeps names apart and above the bottom, in the order of their heights', () => {
    assert(
      property(array(integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 10 }), (heights) => {
        const placed = spread({ heights, gap: 17, bottom: 300 });
        const sorted = placed.toSorted((left, right) => left - right);
        const gaps = sorted.slice(1).map((height, index) => height - (sorted[index] ?? 0));
        expect(Math.max(...sorted)).toBeLessThanOrEqual(300);
        expect(Math.min(17, ...gaps)).toBeCloseTo(17);
        const order = heights.map((_, index) => index);
        const byHeight = order.toSorted((left, right) => (heights[left] ?? 0) - (heights[right] ?? 0));
        const byPlace = order.toSorted((left, right) => (placed[left] ?? 0) - (placed[right] ?? 0));
        expect(byPlace).toEqual(byHeight);
      }),
    );
  });
});
