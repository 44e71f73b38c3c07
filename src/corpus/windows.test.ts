import { assert, constantFrom, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTokenizer } from './tokenizer.ts';
import { splitIntoWindows } from './windows.ts';

const tokenizer = await loadTokenizer('o200k');

describe('splitIntoWindows', () => {
  it('cuts between paragraphs where they fit', () => {
    const text = 'One two three.\nFour five six.\n\nSeven eight nine.\n\nTen eleven twelve.\n';
    const windows = splitIntoWindows({ text, tokenizer, maximumTokens: 10 });
    expect(windows.map(({ start, end }) => text.slice(start, end))).toEqual([
      'One two three.\nFour five six.\n\n',
      'Seven eight nine.\n\nTen eleven twelve.\n',
    ]);
  });

  it('cuts a line that is too long between words', () => {
    const text = 'A short one. A sentence of quite a few more words than that.';
    const windows = splitIntoWindows({ text, tokenizer, maximumTokens: 8 });
    expect(windows.map(({ start, end }) => text.slice(start, end))).toEqual([
      'A short one. A sentence of quite',
      ' a few more words than that.',
    ]);
  });

  it('makes no window of an empty text', () => {
    expect(splitIntoWindows({ text: '', tokenizer, maximumTokens: 10 })).toEqual([]);
  });

  it('refuses a limit below one token', () => {
    expect(() => splitIntoWindows({ text: 'a', tokenizer, maximumTokens: 0 })).toThrow(RangeError);
  });

  it('covers any text without gaps, within the limit', () => {
    const texts = string({ unit: constantFrom('a', 'Bc', ' ', '\n', '\n\n', '. ', '中', '。', '7', '😀') });
    assert(
      property(texts, integer({ min: 4, max: 30 }), (text, maximumTokens) => {
        const windows = splitIntoWindows({ text, tokenizer, maximumTokens });
        expect(windows.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        for (const { start, end, tokens } of windows) {
          expect(tokens).toBe(tokenizer.count(text.slice(start, end)));
          expect(tokens).toBeLessThanOrEqual(maximumTokens);
        }
      }),
    );
  });
});
