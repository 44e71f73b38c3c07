import { describe, expect, it } from 'vitest';
import { proseSentences, proseTokens } from './prose-tokens.ts';

const sentences = (text: string): string[] =>
  proseSentences(text).map(({ start, end }) => text.slice(start, end).trim());

describe('proseSentences', () => {
  it('finds the sentences of running text', () => {
    expect(sentences('The mill was built in 1820. It has two wheels.')).toEqual([
      'The mill was built in 1820.',
      'It has two wheels.',
    ]);
  });

  it.each([
    ['colons', 'Mill: Upper Weir\nBuilt: 1820\nOwner: Hale & Co. Ltd'],
    ['colons further in', '  Mill   : Upper Weir\n  Built  : 1820\n  Owner  : Hale & Co. Ltd'],
    ['bold colons', '**Mill:** Upper Weir  \n**Built:** 1820  \n**Owner:** Hale & Co. Ltd  '],
    ['leaders', 'Mill ...... Upper Weir\nBuilt ..... 1820 - 1822\nOwner ..... Hale & Co. Ltd'],
  ])('passes over a form whose labels end in %s', (_, text) => {
    expect(sentences(text)).toEqual([]);
  });

  it('finds the sentences of clauses and items, and behind a label', () => {
    const text = [
      '3. Moorings. The lessee keeps two berths free.',
      '3.1 No boat may lie there overnight.\n3.2 Fires are forbidden.',
      'Good news: we have a berth for you from the first of May.',
    ].join('\n\n');
    expect(sentences(text)).toEqual([
      'Moorings.',
      'The lessee keeps two berths free.',
      'No boat may lie there overnight.',
      'Fires are forbidden.',
      'Good news: we have a berth for you from the first of May.',
    ]);
  });
});

describe('proseTokens', () => {
  const keys = (text: string): string[] => proseTokens(text, 0, text.length).map(({ text: token }) => token);

  it('takes a number in words, with the digits behind it, for one token', () => {
    expect(keys('within twenty-one (21) days')).toEqual(['within', 'twenty-one (21)', 'days']);
  });

  it('leaves words alone that have a number in them', () => {
    expect(keys('a two-masted ship off Three Rivers')).toEqual([
      'a',
      'two-masted',
      'ship',
      'off',
      'Three',
      'Rivers',
    ]);
  });
});
