import { describe, expect, it } from 'vitest';
import { findCodeLines, readCodeLines } from './code-lines.ts';

const linesOf = (text: string): [string, string][] =>
  findCodeLines(0, text).map(({ label, code, valueStart }) => {
    expect(text.slice(valueStart, valueStart + code.length)).toBe(code);
    return [label, code];
  });

describe('lines of words and a code', () => {
  it.each([
    ['Charter No. HM-2018-24', [['charter no', 'HM-2018-24']]],
    ['# Log of catch KL4071', [['log of catch', 'KL4071']]],
    ['4 May 2021 · Bulletin 06-1043', [['bulletin', '06-1043']]],
    ['Season 2020-21', []],
    ['Charter of 2018-04-12', []],
    [
      'The boats of charter HM-2018-24 were all lost in the storm of that winter off the northern coast of it.',
      [],
    ],
  ])('are found in "%s"', (text, expected) => {
    expect(linesOf(text)).toEqual(expected);
  });

  const read = (textOf: (index: number) => string): ReturnType<typeof readCodeLines> =>
    readCodeLines(Array.from({ length: 20 }, (_, index) => findCodeLines(index, textOf(index))).flat(), 20);

  it('number the documents where each has its own, whatever they are called', () => {
    const { found, alike } = read(
      (index) => `${index % 2 === 0 ? 'Bulletin' : 'HMSO'} 06-${1000 + index * 7}`,
    );
    expect(found).toHaveLength(20);
    expect(alike).toEqual([['bulletin', 'hmso']]);
  });

  it('number none where all have the same', () => {
    expect(read(() => 'Printed as form KL4071').found).toEqual([]);
  });
});
