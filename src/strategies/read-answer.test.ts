import { describe, expect, it } from 'vitest';
import { findWrittenAnswer, parseWrittenAnswer } from './read-answer.ts';

describe('findWrittenAnswer', () => {
  it('takes the first answer in the prescribed form, as published', () => {
    expect(findWrittenAnswer('Because.\nThe answer is: ["NETFLIX INC"]\nExtra line')).toBe('["NETFLIX INC"]');
    expect(findWrittenAnswer('The answer is: 3.\nBut finally\nThe answer is: 4')).toBe('3.');
  });

  it('takes the last in other words where there is none', () => {
    expect(findWrittenAnswer('So **the answer is:** 12.34%')).toBe('12.34%');
    expect(findWrittenAnswer('**The answer is:**\n"South"')).toBe('"South"');
    expect(findWrittenAnswer('The final answer is 7')).toBe('7');
  });

  it('gives null where there is no answer', () => {
    for (const reply of ['', 'I do not know.', 'The answer is: ', 'Cannot answer: too long']) {
      expect(findWrittenAnswer(reply)).toBeNull();
    }
  });
});

describe('parseWrittenAnswer', () => {
  it.each([
    ['1234567.89', { type: 'number', value: 1234567.89 }],
    ['1,234,567', { type: 'number', value: 1234567 }],
    ['$1,234.50', { type: 'number', value: 1234.5 }],
    ['-3.', { type: 'number', value: -3 }],
    ['**5**', { type: 'number', value: 5 }],
    ['12.34%', { type: 'percentage', value: 12.34, unit: '%' }],
    ['-0.5 %', { type: 'percentage', value: -0.5, unit: '%' }],
    ['"South"', { type: 'string', value: 'South' }],
    ['"say \\"hi\\""', { type: 'string', value: 'say "hi"' }],
    ['South', { type: 'string', value: 'South' }],
    ['"2021"', { type: 'string', value: '2021' }],
    ['2021-03', { type: 'date', value: '2021-03' }],
    ['"2021-03"', { type: 'date', value: '2021-03' }],
    ['["NETFLIX INC", "H&R BLOCK INC"]', { type: 'list', value: ['NETFLIX INC', 'H&R BLOCK INC'] }],
    ['[]', { type: 'list', value: [] }],
    ["['a, b', 'c']", { type: 'list', value: ['a, b', 'c'] }],
    ['[Acme, Brisk]', { type: 'list', value: ['Acme', 'Brisk'] }],
    ['["a", "b', { type: 'list', value: ['a', 'b'] }],
    ['[["a", 1], ["b", 2]]', { type: 'rows', value: [['a', 1], ['b', 2]] }], // prettier-ignore
    ['5 apples', { type: 'string', value: '5 apples' }],
  ])('reads %s', (written, expected) => {
    expect(parseWrittenAnswer(written)).toEqual(expected);
  });
});
