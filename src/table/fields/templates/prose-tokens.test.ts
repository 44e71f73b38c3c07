import { describe, expect, it } from 'vitest';
import { proseSentences } from './prose-tokens.ts';

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
    ['leaders', 'Mill ...... Upper Weir\nBuilt ..... 1820 - 1822\nOwner ..... Hale & Co. Ltd'],
  ])('passes over a form whose labels end in %s', (_, text) => {
    expect(sentences(text)).toEqual([]);
  });
});
