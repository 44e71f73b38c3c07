import { describe, expect, it } from 'vitest';
import { readUnitCaption } from './unit-caption.ts';

describe('readUnitCaption', () => {
  it.each([
    ['(in millions of USD, except per share data)', 1e6, 'USD', true],
    ['(in thousands, except share and per share amounts)', 1e3, null, true],
    ['($ in millions)', 1e6, 'USD', false],
    ['€ thousand', 1e3, 'EUR', false],
    ['€ 000', 1e3, 'EUR', false],
    ['in 000s', 1e3, null, false],
    ["RMB'000", 1e3, 'CNY', false],
    ["$'000", 1e3, 'USD', false],
    ['US$ m', 1e6, 'USD', false],
    ['£m', 1e6, 'GBP', false],
    ['USD million', 1e6, 'USD', false],
    ['Amounts in EUR thousands', 1e3, 'EUR', false],
    ['In thousands of U.S. dollars', 1e3, 'USD', false],
    ['*All figures in MW*', 1, 'MW', false],
    ['unit: kg', 1, 'kg', false],
    ['in km', 1, 'km', false],
    ['%', 1, '%', false],
    ['in TEUR', 1e3, 'EUR', false],
    ['k€', 1e3, 'EUR', false],
    ['M€', 1e6, 'EUR', false],
    ['Rs crore', 1e7, 'INR', false],
    ['单位：万元', 1e4, 'CNY', false],
    ['单位：元 币种：人民币', 1, 'CNY', false],
    ['（单位：百万美元）', 1e6, 'USD', false],
    ['人民币百万元', 1e6, 'CNY', false],
    ['(kWh per capita)', 1, 'kWh/capita', false],
  ])('%s', (text, scale, unit, exceptPerShare) => {
    expect(readUnitCaption(text)).toEqual({ scale, unit, exceptPerShare });
  });

  it.each([
    '',
    '(unaudited)',
    'Revenue',
    'Notes',
    'Year',
    'Total',
    'Month',
    'million reasons to invest',
    '2021',
    'B',
  ])('is no caption: %s', (text) => {
    expect(readUnitCaption(text)).toBeNull();
  });
});
