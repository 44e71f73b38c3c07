import { describe, expect, it } from 'vitest';
import { OpenLinesFinder } from './open-lines.ts';

const text = `# Alba

## People

### Age

18 years

## Money

| year | debt |
|---|---:|
| 2020 | 5 |
| 2021 | 7 |

No more.
`;
const finder = new OpenLinesFinder(text);
const openAt = (words: string) => finder.at(text.indexOf(words));

describe('OpenLinesFinder', () => {
  it('finds the headings that a place stands under', () => {
    expect(openAt('18 years')).toEqual({ headings: ['# Alba', '## People', '### Age'], tableHeader: null });
    expect(openAt('No more')).toEqual({ headings: ['# Alba', '## Money'], tableHeader: null });
    expect(finder.at(0).headings).toEqual([]);
  });

  it('counts a heading that stands at the place itself as part of what follows', () => {
    expect(openAt('### Age').headings).toEqual(['# Alba', '## People']);
    expect(openAt('## Money').headings).toEqual(['# Alba']);
  });

  it('gives the header of a table to its rows only', () => {
    const header = '| year | debt |\n|---|---:|';
    expect(openAt('| 2020').tableHeader).toBe(header);
    expect(openAt('| 2021').tableHeader).toBe(header);
    expect(openAt('| year').tableHeader).toBeNull();
    expect(openAt('\nNo more').tableHeader).toBeNull();
  });

  it('gives places where everything is open that is open anywhere', () => {
    const open = finder.places().map((place) => finder.at(place));
    expect(open.flatMap(({ headings }) => headings)).toEqual(
      expect.arrayContaining(['# Alba', '## People', '### Age', '## Money']),
    );
    expect(open.some(({ tableHeader }) => tableHeader !== null)).toBe(true);
  });
});
