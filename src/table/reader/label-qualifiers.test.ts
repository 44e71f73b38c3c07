import { describe, expect, it } from 'vitest';
import { qualifyLabel } from './label-qualifiers.ts';

describe('what a label says about its values', () => {
  it.each([
    ['Revenue', 'Revenue', null, 1, null],
    ['Revenue (in millions)', 'Revenue', null, 1e6, null],
    ['Revenue ($ thousands)', 'Revenue', null, 1e3, 'USD'],
    ['Revenue, in millions of euros', 'Revenue', null, 1e6, 'EUR'],
    ['Net income (2023, in millions)', 'Net income', '2023', 1e6, null],
    ['营业收入（万元）', '营业收入', null, 1e4, 'CNY'],
    ['Height (m)', 'Height (m)', null, 1, 'm'],
    ['里程/公里', '里程（公里）', null, 1, 'km'],
    ['均价元/平方米', '均价元/平方米', null, 1, null],
    ['Literacy (%)', 'Literacy (%)', null, 1, '%'],
    ['Responders, n (%)', 'Responders, n (%)', null, 1, null],
    ['Inflation rate (consumer prices) 2019', 'Inflation rate (consumer prices)', '2019', 1, null],
    ['Net income for the year ended December 31, 2023', 'Net income', '2023', 1, null],
    ['Reserves 31 December 2017', 'Reserves', '2017-12-31', 1, null],
    ['FY2023 net income', 'net income', '2023', 1, null],
    ['Emissions by source, 2022 (kilotonnes)', 'Emissions by source (kilotonnes)', '2022', 1, 'kt'],
    ['Members since 1999', 'Members since 1999', null, 1, null],
    ['Units per 1000 people', 'Units per 1000 people', null, 1, null],
    ['2. Total assets*', 'Total assets', null, 1, null],
    ['Table 3. Emissions', 'Emissions', null, 1, null],
    ['Area in km²', 'Area in km²', null, 1, null],
    ['No. of berths', 'No. of berths', null, 1, null],
    ['B2a. Berths', 'Berths', null, 1, null],
    ['2021', '', '2021', 1, null],
  ])('understands %j', (text, ...expected) => {
    const { label, period, scale, unit } = qualifyLabel(text);
    expect([label, period, scale, unit]).toEqual(expected);
  });
});
