import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanSlice, sourceEnd, sourceStart } from './clean-text.ts';
import { cleanInline } from './inline-markup.ts';

const clean = (text: string): string => cleanInline(text, 0, text.length).text;

describe('inline markup', () => {
  it.each([
    ['**bold** and *slanted* and __more__', 'bold and slanted and more'],
    ['5 * 3 and snake_case_name', '5 * 3 and snake_case_name'],
    ['Revenue*', 'Revenue*'],
    ['a \\* b \\| c \\_d\\_', 'a * b | c _d_'],
    ['[the site](https://example.org/a_(b) "title") here', 'the site here'],
    ['see [1] and [note]', 'see [1] and [note]'],
    ['text[^1] and <sup>2</sup>', 'text and '.trimEnd()],
    ['`code` &amp; &#8364;5 &nbsp;x', 'code & €5 \u00a0x'],
    ['<b>5</b> <span class="x">km</span>', '5 km'],
    ['a < b > c', 'a < b > c'],
    ['Erik <erik@example.org>', 'Erik <erik@example.org>'],
    ['<https://example.org>', 'https://example.org'],
    ['~~old~~ new', 'old new'],
    ['  line one\n   line two  ', 'line one line two'],
    ['line one\\\nline two', 'line one line two'],
  ])('cleans %j', (text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('keeps lines apart where asked to', () => {
    const text = ' a  \n  b<br>c ';
    expect(cleanInline(text, 0, text.length, { keepLines: true }).text).toBe('a\nb\nc');
  });

  it('knows where each character came from', () => {
    const text = 'x **Net \\*income\\*** &amp; y';
    const whole = cleanInline(text, 0, text.length);
    const at = whole.text.indexOf('*income*');
    const part = cleanSlice(whole, at, at + '*income*'.length);
    expect(text.slice(part.start, part.end)).toBe('\\*income\\*');
    expect(text.slice(sourceStart(whole, at + 1), sourceEnd(whole, at + 7))).toBe('income');
  });

  it('maps every character into the source, in order', () => {
    const pieces = fc.constantFrom(
      '**',
      '*',
      '_',
      'ab',
      ' ',
      '\n',
      '&amp;',
      '<b>',
      '[x](y)',
      '[',
      ']',
      '\\*',
      '`',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const result = cleanInline(text, 0, text.length);
        const positions = Array.from(result.text, (_, index) => sourceStart(result, index));
        expect(positions).toEqual([...positions].sort((a, b) => a - b));
        expect(positions.every((position) => position >= 0 && position < text.length)).toBe(true);
        expect(result.start).toBeLessThanOrEqual(result.end);
      }),
    );
  });
});
