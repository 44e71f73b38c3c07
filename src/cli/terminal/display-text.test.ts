import { assert, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayWidth, oneLine, shorten } from './display-text.ts';

describe('oneLine', () => {
  it('leaves nothing that a terminal would act on', () => {
    expect(oneLine('a\u001b[31mred\u0007\nb\t\tc \u202egnp.exe')).toBe('a [31mred b c gnp.exe');
  });
});

describe('displayWidth', () => {
  it.each([
    ['plain', 5],
    ['中国', 4],
    ['한국어', 6],
    ['ﾊﾝ', 2],
    ['e\u0301', 1],
    ['👍🏽', 2],
    ['👨‍👩‍👧', 2],
    ['（1）', 5],
    ['–…', 2],
  ])('%s takes %i columns', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe('shorten', () => {
  it('keeps what fits and marks what is left out', () => {
    expect(shorten('abcdef', 6)).toBe('abcdef');
    expect(shorten('abcdef', 5)).toBe('abcd…');
    expect(shorten('中国人民', 6)).toBe('中国…');
  });

  it('never exceeds the columns', () => {
    const line = string({ unit: 'grapheme', maxLength: 60 });
    assert(
      property(line, integer({ min: 1, max: 40 }), (text, columns) => {
        const short = shorten(text, columns);
        expect(displayWidth(short)).toBeLessThanOrEqual(columns);
        expect(short === text).toBe(displayWidth(text) <= columns);
      }),
    );
  });

  it('shortens a line of a million characters without measuring it', () => {
    expect(shorten('x'.repeat(1_000_000), 10)).toBe('xxxxxxxxx…');
  });
});
