import { describe, expect, it } from 'vitest';
import { splitModifiers, type PlacedValue } from './split-modifiers.ts';

const place = (label: string, text: string, document: number): PlacedValue => ({
  slot: { label, children: [] },
  label,
  document,
  text,
  typed: null,
  valueStart: 10,
  valueEnd: 10 + text.length,
});

const rigs = [
  'barque',
  'barque',
  'brig',
  'brig',
  'two-masted barque',
  'two-masted brig',
  'one-masted barque',
  'one-masted brig',
];

describe('splitModifiers', () => {
  it('takes what a thing is and what tells it apart for two fields', () => {
    const found = splitModifiers([
      ...rigs.map((text, index) => place('type', text, index)),
      place('vessel', 'two-masted vessel', 0),
      place('vessel', 'one-masted vessel', 1),
    ]);
    const of = (wanted: string): string[] =>
      found.filter(({ label }) => label === wanted).map(({ text }) => text);
    expect(of('type')).toEqual(['barque', 'barque', 'brig', 'brig', 'barque', 'brig', 'barque', 'brig']);
    expect(of('masted')).toEqual([
      'two-masted',
      'two-masted',
      'one-masted',
      'one-masted',
      'two-masted',
      'one-masted',
    ]);
    expect(found.find(({ text, document }) => text === 'brig' && document === 5)).toMatchObject({
      valueStart: 21,
      valueEnd: 25,
    });
  });

  it('leaves values whole whose nouns do not stand alone', () => {
    const found = ['black tea', 'green tea', 'black coffee', 'green coffee'].map((text, index) =>
      place('drink', text, index),
    );
    expect(splitModifiers(found)).toEqual(found);
  });
});
