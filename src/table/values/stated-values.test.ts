import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStatedValues } from './stated-values.ts';

const values = (text: string, options = {}) =>
  readStatedValues({ text, ...options }).map(({ value, period }) => {
    const bare =
      value.type === 'number'
        ? `${value.number}${value.unit === null ? '' : ` ${value.unit}`}${value.bound === null ? '' : ` ${value.bound}`}`
        : value.type === 'percentage'
          ? `${value.number}%${value.bound === null ? '' : ` ${value.bound}`}`
          : value.type === 'date'
            ? `date ${value.date}`
            : value.type === 'boolean'
              ? `boolean ${value.boolean}`
              : value.type;
    return period === null ? bare : `${bare} @${period}`;
  });

describe('readStatedValues: numbers', () => {
  it.each([
    ['2,381,740 sq km', ['2381740 sq km']],
    ['in 3 months', ['3 months']],
    ['After 10 days.', ['10 days']],
    ['in 3 parts', ['text']],
    ['in 3 months or when it is convenient', ['text']],
    ['18.1 million (2021 est.)', ['18100000 @2021']],
    [
      '$468.4 billion (2020 est.) $495.56 billion (2019 est.)',
      ['468400000000 USD @2020', '495560000000 USD @2019'],
    ],
    ['12.3% (2021 est.), 11.9% (2020 est.)', ['12.3% @2021', '11.9% @2020']],
    ['1.9% of GDP (2020 est.)\n1.7% of GDP (2019)', ['1.9% @2020', '1.7% @2019']],
    ['0.98% annual rate of change (2020-25 est.)', ['0.98% @2020/2025']],
    ['1.284 million sq km', ['1284000 sq km']],
    ['0 km (landlocked)', ['0 km']],
    ['5,231 (male 3,000)', ['5231']],
    ['18.06% (male 730/female 701) (2022 est.)', ['18.06% @2022']],
    ['approximately 1,200 employees', ['1200 employees approximate']],
    ['12 nm', ['12 nm']],
    ['3.66 cu km/yr (11%/2%/87%)', ['3.66 cu km/year']],
    ['Tahat 2,908 m', ['2908 m']],
    ['Chott Melrhir -40 m', ['-40 m']],
    ['2 bedrooms', ['2 bedrooms']],
    ['43,576,691 inhabitants, of whom 75 % live in towns', ['43576691 inhabitants']],
    ['1,300 km (800 mi)', ['1300 km']],
    ['68.6 NA', ['68.6']],
    ['1987', ['1987']],
    ['1,000 JAMESTOWN (capital) (2018)', ['1000 @2018']],
    ['2.1 million metric tonnes of CO2 (2019 est.)', ['2100000 t @2019']],
    ['(2020 est.) less than 1%', ['1% below @2020']],
    ['(2014) NA', ['missing @2014']],
    ['5 private TV stations', ['5 private TV stations']],
    ['5 people make up', ['5 people']],
    ['12 state-owned', ['12']],
    ['(1,234)', ['-1234']],
    ['$(4.5)', ['-4.5 USD']],
    ['(12.3%)', ['-12.3%']],
    ['(5)%', ['-5%']],
    ['1,5 Mio. €', ['1500000 EUR']],
    ['12,300 in 2021', ['12300 @2021']],
    ['5.2 ± 0.3 mg', ['5.2 mg']],
    ['-20 to 60 °C', ['20 °C range']],
    ['-20 to -5 °C', ['-12.5 °C range']],
    ['-40 °C to 85 °C', ['22.5 °C range']],
    ['20 Hz – 20 kHz', ['10010 Hz range']],
    ['38 mΩ', ['38 mΩ']],
    ['$(18.6) million', ['-18600000 USD']],
    [
      '318,402 in 2016, 341,977 in 2017 and 329,150 in 2018',
      ['318402 @2016', '341977 @2017', '329150 @2018'],
    ],
    ['77.8% of total population (2023)', ['77.8% @2023']],
    ['entfällt', ['missing']],
    ['k. A.', ['missing']],
    ['待定', ['missing']],
    ['not supplied', ['missing']],
    ['nil', ['0']],
    ['1h 30m', ['1.5 h']],
    ['$ —', ['missing']],
    ['300 [12]', ['300']],
    ['35 employees*', ['35 employees']],
    ['20 (2021), of which 5 paved', ['20 @2021']],
    ['note that 5', ['text']],
  ])('%s', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it('applies scale and unit of a caption where the value has none of its own', () => {
    const caption = { scale: 1e6, unit: 'USD' };
    expect(values('12.5', caption)).toEqual(['12500000 USD']);
    expect(values('$ 12.5', caption)).toEqual(['12500000 USD']);
    expect(values('€12.5', caption)).toEqual(['12500000 EUR']);
    expect(values('(1,234)', caption)).toEqual(['-1234000000 USD']);
    expect(values('1.2 billion', caption)).toEqual(['1200000000 USD']);
    expect(values('12 %', caption)).toEqual(['12%']);
    expect(values('5 km', caption)).toEqual(['5 km']);
    expect(values('12.5', { unit: '%' })).toEqual(['12.5%']);
    expect(values('0.07', { scale: 1e6 })).toEqual(['70000']);
  });
});

describe('readStatedValues: dates, booleans, missing', () => {
  it.each([
    ['2021-03-09', ['date 2021-03-09']],
    ['9 January 1990', ['date 1990-01-09']],
    ['5 July 1962 (from France)', ['date 1962-07-05']],
    ['March 2021', ['date 2021-03']],
    ['yes', ['boolean true']],
    ['False', ['boolean false']],
    ['是', ['boolean true']],
    ['否', ['boolean false']],
    ['有', ['boolean true']],
    ['62.4万人次', ['624000 人次']],
    ['Yes, partly', ['text']],
    ['NA', ['missing']],
    ['n/a', ['missing']],
    ['—', ['missing']],
    ['not available', ['missing']],
    ['none stated', ['missing']],
    ['Not reported', ['missing']],
    ['NA (2021)', ['missing @2021']],
    ['暂无', ['missing']],
    ['', []],
    ['   ', []],
  ])('%s', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });
});

describe('readStatedValues: text', () => {
  it.each([
    'presidential republic',
    '28 00 N, 3 00 E',
    'Northern Africa, bordering the Mediterranean Sea, between 5 states',
    'Algiers; geographic coordinates 36 45 N',
    '+44 20 7946 0958',
    '07700 900123',
    '1.5.0+ds1-1+b4',
    '1.05+~cs1.3-1',
    '1.4.D001-12+b1',
    '0.99d+dfsg-3',
    '2018.12.R1-5.1',
    'd41d8cd98f00b204e9800998ecf8427e',
    'https://example.org/12',
    'someone12@example.org',
    'INV-2023-001',
    '10 Downing Street',
    '7-Eleven',
    '24/7',
    '4.5/5',
    '3rd',
    '12, 13, 14',
    '1992-98',
    'Boeing 747',
    "Queen Mary's Peak on Tristan da Cunha 2,060 m; Green Mountain 859 m",
    '09/01/1990',
    '1980s',
    '(2021)',
    '5\'11"',
    '10-K',
    '1 in 5',
    '2 × 4',
    '747-400',
    '12345-6789',
  ])('%s', (text) => {
    expect(values(text)).toEqual(['text']);
    expect(readStatedValues({ text })).toMatchObject([{ start: 0, end: text.length, value: { text } }]);
  });
});

describe('readStatedValues: spans', () => {
  it('cover the value without what surrounds it', () => {
    const text = '  $468.4 billion (2020 est.) $495.56 billion (2019 est.) ';
    expect(readStatedValues({ text }).map(({ start, end }) => text.slice(start, end))).toEqual([
      '$468.4 billion',
      '$495.56 billion',
    ]);
    const named = 'Tahat 2,908 m';
    expect(readStatedValues({ text: named }).map(({ start, end }) => named.slice(start, end))).toEqual([
      '2,908 m',
    ]);
  });

  it('stay within the text, whatever it is', () => {
    const piece = fc.constantFrom(
      '12',
      '1,234',
      '$',
      '%',
      ' ',
      '(',
      ')',
      '(2020)',
      'est.',
      'km',
      'million',
      'about',
      '-',
      ';',
      ',',
      'NA',
      'x',
      '9 May 2020',
      '万元',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 15 }).map((all) => all.join('')),
        ),
        (text) => {
          const stated = readStatedValues({ text, scale: 1000, unit: 'USD' });
          expect(stated.length > 0).toBe(text.trim() !== '');
          let last = 0;
          for (const { start, end, value } of stated) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            expect(Number.isFinite('number' in value ? value.number : 0)).toBe(true);
            last = end;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('takes a distance in a direction from a place for a place', () => {
    expect(readStatedValues({ text: '95 km WNW of Denby, Fenland' })[0]?.value.type).toBe('text');
    expect(readStatedValues({ text: '95 km of new track' })[0]?.value.type).toBe('number');
  });

  it('takes "NA" for no value, and the symbol "Na" for one', () => {
    expect(readStatedValues({ text: 'NA' })[0]?.value).toEqual({ type: 'missing' });
    expect(readStatedValues({ text: 'Na' })[0]?.value).toEqual({ type: 'text', text: 'Na' });
  });

  it('takes a megabyte of text in its stride', () => {
    for (const text of [
      '1 '.repeat(500_000),
      'ab '.repeat(330_000),
      '5 (2020) '.repeat(100_000),
      '('.repeat(1_000_000),
    ])
      expect(readStatedValues({ text }).length).toBeGreaterThan(0);
  });
});
