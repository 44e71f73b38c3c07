import { describe, expect, it } from 'vitest';
import { numberedNames } from './numbered-names.ts';

const countUp = (prefix: string, first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `${prefix}${first + index}`);

describe('numberedNames', () => {
  it('takes numbers that count up beyond all years for numbers', () => {
    const tickets = countUp('TKT-', 1980, 2110);
    expect(numberedNames(tickets, { codes: false }).size).toBe(tickets.length);
    expect(
      numberedNames(['Studio 1990', 'Studio 112', 'Studio 87'], { codes: false }).get('Studio 1990'),
    ).toBe('Studio ');
    expect(numberedNames(['batch 202411', 'batch 202436'], { codes: false }).size).toBe(2);
  });

  it('leaves years and dates of editions', () => {
    const editions = ['Harbour dues 2019', 'Harbour dues 2020', 'Lighthouse 2020', 'log 20240131', 'FY2021'];
    expect(numberedNames(editions, { codes: true }).size).toBe(0);
    expect(numberedNames(countUp('Budget ', 1990, 2024), { codes: true }).size).toBe(0);
  });

  it('takes codes of rows for what they are, whatever their number', () => {
    expect([...numberedNames(['A-2019', 'B-2020'], { codes: true }).values()]).toEqual(['A-', 'B-']);
    expect(numberedNames(['A-2019', 'B-2020'], { codes: false }).size).toBe(0);
  });
});
