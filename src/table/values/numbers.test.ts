import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNumbers } from './numbers.ts';

const numbers = (text: string, options = {}) => findNumbers(text, options).map((each) => each.number);

describe('findNumbers: separators', () => {
  it.each([
    ['1,234,567.89', 1234567.89],
    ['1.234.567,89', 1234567.89],
    ['1 234 567', 1234567],
    ['1\u00A0234\u00A0567,5', 1234567.5],
    ['1\u2009234', 1234],
    ["1'234'567", 1234567],
    ['1’234’567.50', 1234567.5],
    ['12,34,567', 1234567],
    ['1,23,45,678.5', 12345678.5],
    ['3,5', 3.5],
    ['0,125', 0.125],
    ['1,234', 1234],
    ['1.234', 1.234],
    ['.5', 0.5],
    ['１２，３４５'.normalize('NFKC'), 12345],
    ['１２３', 123],
  ])('%s', (text, number) => {
    expect(numbers(text)).toEqual([number]);
  });

  it('takes the comma as decimal where the locale says so', () => {
    expect(numbers('1,234', { locale: 'de' })).toEqual([1.234]);
    expect(numbers('1.234', { locale: 'de' })).toEqual([1234]);
    expect(numbers('1,234', { locale: '?' })).toEqual([1234]);
  });
});

describe('findNumbers: scales, currencies, percent', () => {
  it.each([
    ['$4.5 billion', 4.5e9, 'USD'],
    ['US$4.5bn', 4.5e9, 'USD'],
    ['€1,2 Mrd.', 1.2e9, 'EUR'],
    ['£3m', 3e6, 'GBP'],
    ['A$ 12.5 million', 12.5e6, 'AUD'],
    ['CHF 5k', 5000, 'CHF'],
    ['5 million euros', 5e6, 'EUR'],
    ['12.5 EUR million', 12.5e6, 'EUR'],
    ['300 kr', 300, 'kr'],
    ['RMB 5 million', 5e6, 'CNY'],
    ['Rs 5 crore', 5e7, 'INR'],
    ['₹ 2 lakh', 2e5, 'INR'],
    ['12.5万元', 125000, 'CNY'],
    ['1.2万亿美元', 1.2e12, 'USD'],
    ['人民币3亿5000万元', 3.5e8, 'CNY'],
    ['1.284 million sq km', 1284000, 'sq km'],
    ['495.56 billion', 495560000000, null],
    ['3k', 3000, null],
    ['12M', 12e6, null],
    ['2 hundred', 200, null],
    ['5 thousand billion', 5e12, null],
    ['1.2e6', 1.2e6, null],
    ['5 × 10^9', 5e9, null],
    ['5×10⁹', 5e9, null],
    ['三千五百人', 3500, '人'],
    ['一百二十万元', 1.2e6, 'CNY'],
    ['Canadian dollars', null, null],
    ['5 million Canadian dollars', 5e6, 'CAD'],
  ])('%s', (text, number, unit) => {
    const found = findNumbers(text);
    expect(found.map((each) => [each.number, each.unit])).toEqual(number === null ? [] : [[number, unit]]);
  });

  it.each(['12%', '12 %', '12％', '12 percent', '12 per cent', '12 pct', '12 percentage points'])(
    '%s',
    (text) => {
      expect(findNumbers(text)).toMatchObject([{ number: 12, percentage: true, unit: null }]);
    },
  );

  it('reads negatives', () => {
    expect(numbers('-5, −12.5, minus 3 and $(4.5) million')).toEqual([-5, -12.5, -3, -4.5]);
    expect(numbers('a loss of -$5')).toEqual([-5]);
    expect(numbers('see (12) and A-12')).toEqual([12]);
  });

  it('reads fractions', () => {
    expect(numbers('½ 2½')).toEqual([0.5, 2.5]);
    expect(numbers('2 1/2 cups')).toEqual([2.5]);
    expect(numbers('3/4 of it')).toEqual([0.75]);
  });
});

describe('findNumbers: units', () => {
  it.each([
    ['36 km/h', 'km/h'],
    ['36 kilometres per hour', 'km/h'],
    ['3.66 cu km/yr', 'cu km/year'],
    ['12 MW', 'MW'],
    ['66 KM', 'km'],
    ['5 °C', '°C'],
    ['200 nm', 'nm'],
    ['65 W', 'W'],
    ['0.6 W/(m·K)', 'W/(m·K)'],
    ['954 mb', 'mb'],
    ['5 mg/L', 'mg/l'],
    ['4.7 GB', 'GB'],
    ['5 in 2020', null],
    ['90-day', 'days'],
    ['2,000 m²', 'sq m'],
    ['$5 per share', 'USD/share'],
    ['5 ft 11 in', 'ft'],
  ])('%s', (text, unit) => {
    expect(findNumbers(text)[0]?.unit).toBe(unit);
  });

  it('adds the smaller parts of a measure', () => {
    expect(numbers('2 h 30 min')).toEqual([2.5]);
    expect(numbers('1 year and 6 months')).toEqual([1.5]);
  });

  it('takes nouns only where asked', () => {
    expect(findNumbers('44 dormant volcanoes')[0]?.unit).toBeNull();
    expect(findNumbers('44 dormant volcanoes', { nouns: true })[0]?.unit).toBe('dormant volcanoes');
    expect(findNumbers('9.34 births/1,000 population', { nouns: true })[0]?.unit).toBe(
      'births/1,000 population',
    );
    expect(findNumbers('5 of them', { nouns: true })[0]?.unit).toBeNull();
  });
});

describe('findNumbers: bounds and ranges', () => {
  it.each([
    ['about 5', 5, 'approximate'],
    ['approx. 5', 5, 'approximate'],
    ['~5', 5, 'approximate'],
    ['less than 5', 5, 'below'],
    ['up to 5', 5, 'below'],
    ['<5', 5, 'below'],
    ['<= 5', 5, 'below'],
    ['over 100,000', 100000, 'above'],
    ['at least $5', 5, 'above'],
    ['>5', 5, 'above'],
    ['5+', 5, 'above'],
    ['5 or more', 5, 'above'],
    ['5 sq km less than', 5, 'below'],
    ['5% or less', 5, 'below'],
    ['约500', 500, 'approximate'],
    ['超过500', 500, 'above'],
    ['500以上', 500, 'above'],
    ['32-52 nm', 42, 'range'],
    ['32–52', 42, 'range'],
    ['between 5 and 10 km', 7.5, 'range'],
    ['5 to 10 years', 7.5, 'range'],
    ['$4-5 billion', 4.5e9, 'range'],
    ['4.5% to 5%', 4.75, 'range'],
    ['ranging from 2 to 4', 3, 'range'],
  ])('%s', (text, number, bound) => {
    expect(findNumbers(text)).toMatchObject([{ number, bound }]);
  });

  it('keeps both ends of a change', () => {
    expect(numbers('rose from 5 to 10 km')).toEqual([5, 10]);
    expect(numbers('rose 12 % to $4.5 billion')).toEqual([12, 4.5e9]);
  });
});

describe('findNumbers: what is no quantity', () => {
  it.each([
    'in 2021',
    '1992-98',
    '2140-618302',
    '12路',
    '3号楼',
    'from 1914 to 1918',
    '9 JAN 90',
    'January 9, 1990',
    '2021-03-09',
    '09/01/1990',
    'the 1990s',
    'at 12:30',
    '10:30 a.m.',
    '5 p.m.',
    '28 00 N, 3 00 E',
    '28°00′N',
    '25 N, 71 W',
    '+44 20 7946 0958',
    '(555) 123-4567',
    '555-123-4567',
    '555-1234',
    '1.2.3',
    '192.168.1.1',
    '192.168.100.200',
    'version 1.5.0+ds1-1+b4',
    'ISO-9001',
    'A320',
    'COVID-19',
    'INV-2023-001',
    '3rd',
    '21st',
    '007',
    '1a2b3c4d5e',
    'http://a.b/12/c',
    'x@y12.org',
    'Table 3',
    'see page 12',
    '25-year-old',
    '10 x 20 cm',
    '120/80 mmHg',
    '12345678901234567890',
    '2023年4月5日',
  ])('%s', (text) => {
    expect(findNumbers(text)).toEqual([]);
  });
});

describe('findNumbers: words', () => {
  it.each([
    ['twenty-five men', 25],
    ['one hundred and five', 105],
    ['two thousand three hundred', 2300],
    ['five million', 5e6],
    ['A dozen', 12],
    ['FORTY TWO', 42],
    ['ten percent', 10],
  ])('%s', (text, number) => {
    expect(numbers(text, { words: true })).toEqual([number]);
    expect(numbers(text)).toEqual([]);
  });

  it('reads neighbours apart', () => {
    expect(numbers('one two', { words: true })).toEqual([1, 2]);
  });
});

describe('findNumbers: invariants', () => {
  const piece = fc.constantFrom(
    '1',
    '12',
    '1,234',
    '5.5',
    '$',
    '€',
    '%',
    ' ',
    '-',
    '–',
    '(',
    ')',
    'km',
    'million',
    'about',
    'and',
    'between',
    'from',
    'to',
    '万',
    '元',
    'x',
    '/',
    ':',
    '.',
    ',',
    'per',
    'year',
    'Jan',
    '2020',
    '½',
    'e5',
    '±',
    '\n',
    'three',
    '三千',
    '+',
    '<',
    "'",
  );
  it('keeps spans in range and in order, numbers finite, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 25 }).map((all) => all.join('')),
        ),
        (text) => {
          let last = 0;
          for (const each of findNumbers(text, { words: true, nouns: true })) {
            expect(each.start).toBeGreaterThanOrEqual(last);
            expect(each.numberStart).toBeGreaterThanOrEqual(each.start);
            expect(each.numberEnd).toBeGreaterThan(each.numberStart);
            expect(each.end).toBeGreaterThanOrEqual(each.numberEnd);
            expect(each.end).toBeLessThanOrEqual(text.length);
            expect(Number.isFinite(each.number)).toBe(true);
            last = each.end;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads what the common notations write', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 999_999_999 }), (number) => {
        expect(numbers(number.toLocaleString('en-US'))).toEqual([number]);
        expect(numbers(number.toLocaleString('en-IN'))).toEqual([number]);
        expect(numbers(number.toLocaleString('fr-FR'))).toEqual([number]);
        expect(numbers(number.toLocaleString('de-CH'))).toEqual([number]);
        expect(numbers(`${number.toLocaleString('de-DE')},50`)).toEqual([number + 0.5]);
      }),
    );
  });

  it('reads a megabyte of hostile digits and blanks', () => {
    for (const text of [
      '1,'.repeat(500_000),
      ' '.repeat(1_000_000),
      '9'.repeat(1_000_000),
      '1-'.repeat(500_000),
      '('.repeat(1_000_000),
      'a '.repeat(500_000),
      '5 km '.repeat(200_000),
    ]) {
      expect(findNumbers(text, { words: true, nouns: true }).length).toBeLessThanOrEqual(200_000);
    }
  });
});
