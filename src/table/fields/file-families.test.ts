import { describe, expect, it } from 'vitest';
import type { RankedDocument } from './document-order.ts';
import { FileFamilies } from './file-families.ts';

function areOne(a: readonly string[], b: readonly string[]): boolean {
  const documents = [...a, ...b].map((path, rank): RankedDocument => ({
    number: rank,
    path,
    fragment: null,
    title: null,
    format: path.replace(/.*\./, ''),
    period: null,
    labels: 0,
    subject: rank,
  }));
  const ranks = documents.map(({ subject }) => subject);
  return new FileFamilies(documents).areOne(ranks.slice(0, a.length), ranks.slice(a.length));
}

describe('files are called alike', () => {
  it.each([
    [
      'with a word in common, whatever their formats',
      ['an-elm-survey.md', 'oak-survey.md'],
      ['ash-survey.html'],
    ],
    [
      'numbered in the same way',
      ['1987_112.txt', '1988_9.txt', '1989_31.txt'],
      ['1990_1.txt', '1991_2.md', '1992_3.md'],
    ],
    [
      'made up in the same way of numbers and words that differ',
      ['01-7-elm-row.txt', '02-31-oak-hill-end.txt', '03-5-ash-way.txt'],
      ['04-8-fir-close.html', '05-2-yew-lane.html', '06-6-bay-green.html'],
    ],
  ])('%s', (_, a, b) => {
    expect(areOne(a, b)).toBe(true);
  });

  it.each([
    ['in different folders', ['a/elm-survey.md'], ['b/oak-survey.md']],
    [
      'with a word that sets some apart',
      ['letter-1.md', 'letter-2.md', 'letter-3.md'],
      ['elm-1.md', 'oak-2.md', 'ash-3.md'],
    ],
    ['made up of words alone', ['elm.md', 'oak.md', 'ash.md'], ['fir.md', 'yew.md', 'bay.md']],
  ])('but not %s', (_, a, b) => {
    expect(areOne(a, b)).toBe(false);
  });
});
