import { assert, constantFrom, integer, property, string, array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutToTokens } from './cut-to-tokens.ts';
import { loadTokenizer } from './tokenizer.ts';

const tokenizer = await loadTokenizer('o200k');

describe('cutToTokens', () => {
  const prose = 'The company earned 1,234.5 million dollars in 2021. '.repeat(2000);

  it.each([1, 2, 10, 999, 10_000])('keeps exactly %i tokens of a long text', (maximumTokens) => {
    const start = cutToTokens({ text: prose, tokenizer, maximumTokens });
    expect(tokenizer.count(start)).toBe(maximumTokens);
    expect(prose.startsWith(start)).toBe(true);
    const end = cutToTokens({ text: prose, tokenizer, maximumTokens, keep: 'end' });
    expect(tokenizer.count(end)).toBeGreaterThanOrEqual(maximumTokens - 1);
    expect(tokenizer.count(end)).toBeLessThanOrEqual(maximumTokens);
    expect(prose.endsWith(end)).toBe(true);
  });

  it('returns a text that fits as it is, and nothing where nothing fits', () => {
    expect(cutToTokens({ text: 'short', tokenizer, maximumTokens: 10 })).toBe('short');
    expect(cutToTokens({ text: prose, tokenizer, maximumTokens: 1_000_000 })).toBe(prose);
    expect(cutToTokens({ text: prose, tokenizer, maximumTokens: 0 })).toBe('');
  });

  it('never exceeds the limit nor cuts a character in half', () => {
    const piece = constantFrom('word ', '\n\n', '😀', '漢字', '1,234', '   ', 'é', '👩‍👩‍👧');
    const text = array(piece, { maxLength: 60 }).map((pieces) => pieces.join('').repeat(12));
    const mode = constantFrom('start' as const, 'end' as const);
    assert(
      property(text, string(), integer({ min: 0, max: 900 }), mode, (body, tail, maximumTokens, keep) => {
        const whole = body + tail;
        const cut = cutToTokens({ text: whole, tokenizer, maximumTokens, keep });
        expect(tokenizer.count(cut)).toBeLessThanOrEqual(maximumTokens);
        expect(keep === 'start' ? whole.startsWith(cut) : whole.endsWith(cut)).toBe(true);
        expect(cut.isWellFormed() || !whole.isWellFormed()).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
