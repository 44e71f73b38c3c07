import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rememberLines } from './remember-lines.ts';
import { loadTokenizer } from './tokenizer.ts';

const tokenizer = await loadTokenizer('o200k');
const remembering = rememberLines(tokenizer);

describe('a tokenizer that remembers lines', () => {
  it('counts as the tokenizer does, whatever stands around line breaks', () => {
    const marks = [
      '\n',
      '\n\n',
      '\r\n',
      ' ',
      '  ',
      '\t',
      '/',
      '://',
      ');',
      '…',
      "'s",
      '# Title',
      '-',
      '| a | b |',
    ];
    const words = [
      '2021',
      '1,284',
      'Word',
      'words',
      '中文',
      '<|endoftext|>',
      '\u2028',
      '\u00A0',
      'é',
      '\u0301',
      '🇩🇪',
    ];
    const piece = constantFrom(...marks, ...words);
    assert(
      property(array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        expect(remembering.count(text)).toBe(tokenizer.count(text));
        expect(remembering.count(text)).toBe(tokenizer.count(text));
      }),
      { numRuns: 2000 },
    );
    assert(
      property(string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(remembering.count(text)).toBe(tokenizer.count(text));
      }),
    );
  });

  it('counts runs without end in the same pieces', () => {
    for (const text of [
      `a\n${'x'.repeat(9000)}\nb`,
      `a${'\n'.repeat(5000)}b`,
      `${' '.repeat(4500)}\n\n  b`,
    ]) {
      expect(remembering.count(text)).toBe(tokenizer.count(text));
    }
  });
});
