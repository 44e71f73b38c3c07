import { describe, expect, it } from 'vitest';
import { matchDateAt, readDate } from './dates.ts';

describe('readDate', () => {
  it.each([
    ['2021-03-09', '2021-03-09'],
    ['2021/3/9', '2021-03-09'],
    ['2021-03-09T12:30:00Z', '2021-03-09'],
    ['2021-03-09 12:30', '2021-03-09'],
    ['2021-03-09 12:30 UTC', '2021-03-09'],
    ['2021-03', '2021-03'],
    ['9 JAN 90', '1990-01-09'],
    ['20 Dec 88', '1988-12-20'],
    ['January 9, 1990', '1990-01-09'],
    ['Jan. 9 1990', '1990-01-09'],
    ['9th of January 1990', '1990-01-09'],
    ['Monday, 5 May 2020', '2020-05-05'],
    ['Tue, 14 Nov 2017 09:42:10 +0000', '2017-11-14'],
    ['5 May 2020 at 4:30 pm', '2020-05-05'],
    ['1. März 1999', '1999-03-01'],
    ['1er mai 2003', '2003-05-01'],
    ['12 de octubre de 1992', '1992-10-12'],
    ['settembre 2001', '2001-09'],
    ['March 2021', '2021-03'],
    ['06/2024', '2024-06'],
    ['13/2024', null],
    ['13/01/1990', '1990-01-13'],
    ['01/13/1990', '1990-01-13'],
    ['9.1.1990', '1990-01-09'],
    ['05/05/2005', '2005-05-05'],
    ['2023年4月5日', '2023-04-05'],
    ['2023年4月', '2023-04'],
    ['29 February 2020', '2020-02-29'],
  ])('%s → %s', (text, date) => {
    expect(readDate(text)).toBe(date);
  });

  it.each([
    '',
    '09/01/1990',
    '30 February 2020',
    '29 February 2021',
    '2021-13-01',
    '1.5.20',
    '12:30',
    'may',
    '5 may',
    '1990',
    'soon',
  ])('is no date: %s', (text) => {
    expect(readDate(text)).toBeNull();
  });

  it('takes the month first in the United States only', () => {
    expect(readDate('09/01/1990', { locale: 'en-US' })).toBe('1990-09-01');
    expect(readDate('09/01/1990', { locale: 'de' })).toBe('1990-01-09');
  });
});

describe('matchDateAt', () => {
  it('gives the parts of a date without its year', () => {
    expect(matchDateAt('16 NOVEMBER AT', 0)).toMatchObject({ date: null, month: 11, day: 16, end: 11 });
    expect(matchDateAt('November 16 at', 0)).toMatchObject({ date: null, month: 11, day: 16 });
  });

  it('does not take "may" after a number for the month', () => {
    expect(matchDateAt('5 may be', 0)).toBeNull();
  });
});
