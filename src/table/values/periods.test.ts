import { describe, expect, it } from 'vitest';
import { readPeriod } from './periods.ts';

describe('readPeriod', () => {
  it.each([
    ['2021', '2021'],
    ['FY23', '2023'],
    ['FY 2023', '2023'],
    ['fiscal 2022', '2022'],
    ['2021E', '2021'],
    ['2021 (audited)', '2021'],
    ['2021 est.', '2021'],
    ['July 2021 est.', '2021-07'],
    ['Q3 2021', '2021-Q3'],
    ['3Q21', '2021-Q3'],
    ["Q3'21", '2021-Q3'],
    ['2021Q3', '2021-Q3'],
    ['first quarter of 2021', '2021-Q1'],
    ['2022/23', '2022/2023'],
    ['FY2022/23', '2022/2023'],
    ['2022–2023', '2022/2023'],
    ['2019-20', '2019/2020'],
    ['2020-25 est.', '2020/2025'],
    ['2021-03', '2021-03'],
    ['Mar-21', '2021-03'],
    ['March 2021', '2021-03'],
    ['03/2021', '2021-03'],
    ['December 31, 2022', '2022-12-31'],
    ['31.12.2022', '2022-12-31'],
    ['As of June 30, 2021', '2021-06-30'],
    ['fiscal year ended 31 December 2022', '2022'],
    ['Year ended June 30, 2022', '2022'],
    ['three months ended March 31, 2022', '2022-Q1'],
    ['six months ended June 30, 2022', '2022-H1'],
    ['nine months ended September 30, 2022', '2022-9M'],
    ['H1 2021', '2021-H1'],
    ['1H22', '2022-H1'],
    ['2021年', '2021'],
    ['2021年度', '2021'],
    ['2021年第三季度', '2021-Q3'],
    ['2021年上半年', '2021-H1'],
    ['2021年3月', '2021-03'],
  ])('%s → %s', (text, period) => {
    expect(readPeriod(text)).toBe(period);
  });

  it.each([
    '',
    'Total',
    '1990s',
    '12',
    '21',
    '09/01/1990',
    'Note 5',
    '2021 employees',
    '5 km',
    '12345',
    '99/98',
    'male',
    'approx. 5',
  ])('is no period: %s', (text) => {
    expect(readPeriod(text)).toBeNull();
  });

  it('settles the order of day and month by locale', () => {
    expect(readPeriod('09/01/1990', { locale: 'en-US' })).toBe('1990-09-01');
    expect(readPeriod('09/01/1990', { locale: 'en-GB' })).toBe('1990-01-09');
  });
});
