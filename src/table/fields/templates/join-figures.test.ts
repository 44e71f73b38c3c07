import { describe, expect, it } from 'vitest';
import type { ReadValue } from '../../reading.ts';
import { joinFigures } from './join-figures.ts';
import type { Found } from './separate-slots.ts';
import { unnamed, type Slot } from './template.ts';

interface Wording {
  readonly label: string;
  readonly words: string;
  readonly unit?: string | null;
  readonly from: number;
  readonly numbers: readonly number[];
}

/** A slot that documents from a number on have, each with a figure of its own. */
function slotOf({ label, words, unit = null, from, numbers }: Wording): Found[] {
  const slot: Slot = { label, children: [], words: words.split(' ') };
  return numbers.map((number, index): Found => {
    const value: ReadValue = { type: 'number', number, unit, bound: null };
    const at = { start: 0, valueStart: 0, valueEnd: 1, text: String(number), outOf: null, period: null };
    return { ...at, slot, label, document: from + index, typed: { value, end: 1 } };
  });
}

const tens = [10, 12, 14, 16, 18, 20, 22, 24, 26, 28];

describe('joinFigures', () => {
  it('joins two wordings whose words no third has', () => {
    const found = [
      ...slotOf({ label: 'toll charged', words: 'toll charged boat', from: 0, numbers: tens }),
      ...slotOf({ label: 'crew', words: 'crew boat', from: 0, numbers: tens }),
      ...slotOf({ label: unnamed, words: 'toll', from: 10, numbers: tens }),
    ];
    const { named } = joinFigures(found, 20);
    expect(new Set(named.filter(({ document }) => document >= 10).map(({ label }) => label))).toEqual(
      new Set(['toll charged']),
    );
  });

  it('joins none where two may be meant', () => {
    const found = [
      ...slotOf({ label: 'toll by day', words: 'toll day', from: 0, numbers: tens }),
      ...slotOf({ label: 'toll by night', words: 'toll night', from: 0, numbers: tens }),
      ...slotOf({ label: 'toll', words: 'toll', from: 10, numbers: tens }),
    ];
    expect(joinFigures(found, 20).alike).toEqual([]);
  });

  it('joins none of other sizes or units', () => {
    const found = [
      ...slotOf({ label: 'toll charged', words: 'toll', unit: 'EUR', from: 0, numbers: tens }),
      ...slotOf({ label: 'toll', words: 'toll', unit: 'km', from: 10, numbers: tens }),
      ...slotOf({ label: 'tolls', words: 'toll', unit: 'EUR', from: 20, numbers: tens.map((n) => n * 100) }),
    ];
    expect(joinFigures(found, 30).alike).toEqual([]);
  });

  it('takes an amount "a year" and an annual one for the same', () => {
    const found = [
      ...slotOf({ label: 'annual rent', words: 'annual rent', unit: 'EUR', from: 0, numbers: tens }),
      ...slotOf({ label: 'rent', words: 'pay rent', unit: 'EUR/year', from: 10, numbers: tens }),
    ];
    const { named, alike } = joinFigures(found, 20);
    expect(alike).toEqual([['annual rent', 'rent']]);
    const units = named.map(({ typed }) => (typed?.value.type === 'number' ? typed.value.unit : null));
    expect(new Set(units)).toEqual(new Set(['EUR']));
  });
});
