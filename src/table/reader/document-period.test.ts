import { describe, expect, it } from 'vitest';
import { readText } from './testing/read-text.ts';

describe('the period of a whole document', () => {
  it.each([
    ['Town budget, fiscal year 2019', 'Roads ...... $5,000\nSchools .... $7,500'],
    ['Results 2019', 'Roads: $5,000\nSchools: $7,500'],
    ['2019年度报告', 'Roads: $5,000\nSchools: $7,500'],
    ['Jahresbericht 2019', 'Roads: $5,000\nSchools: $7,500'],
  ])('%s: from its first line', (first, body) => {
    expect(readText(`${first}\n\n${body}`).map((line) => line.replace(/^.* \| /, ''))).toEqual([
      'Roads = 5000 USD @2019',
      'Schools = 7500 USD @2019',
    ]);
  });

  it('takes it from the title, and from a label of its own', () => {
    expect(readText('Revenue: $5 million', { title: 'Q3 2021 results' })).toEqual([
      'Revenue = 5000000 USD @2021-Q3',
    ]);
    expect(readText('Reporting period: H1 2020\nRevenue: $5 million')).toContain(
      'Revenue = 5000000 USD @2020-H1',
    );
  });

  it('leaves figures with a period of their own, years, and words as they are', () => {
    const text = 'Revenue (2018): $4 million\nFounded: 1987\nSeat: Lima\nStaff: 40';
    expect(readText(text, { title: 'Annual report 2019' })).toEqual([
      'Revenue = 4000000 USD @2018',
      'Founded = 1987',
      'Seat = "Lima"',
      'Staff = 40 @2019',
    ]);
  });

  it.each([
    'Summer games 2016',
    'Roadster 2019',
    'Report, updated 14 March 2023',
    'Results 2019 and 2020',
    'Budget',
  ])('%s: names no period of figures', (title) => {
    expect(readText('Height: 5 m', { title })).toEqual(['Height = 5 m']);
  });
});
