import { describe, expect, it } from 'vitest';
import { canonicalUnit, convertUnit } from './units.ts';

describe('canonicalUnit', () => {
  it.each([
    ['square kilometres', 'sq km'],
    ['sq km', 'sq km'],
    ['km2', 'sq km'],
    ['km²', 'sq km'],
    ['SQUARE MILES', 'sq mi'],
    ['KM', 'km'],
    ['tonnes', 't'],
    ['mt', 't'],
    ['US gal', 'gallons'],
    ['kilometres per hour', 'km/h'],
    ['km/h', 'km/h'],
    ['cu km/yr', 'cu km/year'],
    ['bbl/day', 'bbl/day'],
    ['barrels per day', 'bbl/day'],
    ['births/1,000 population', 'births/1,000 population'],
    ['deaths per 1,000 live births', 'deaths/1,000 live births'],
    ['migrant(s)/1,000 population', 'migrants/1,000 population'],
    ['平方公里', 'sq km'],
    ['employees', 'employees'],
  ])('%s → %s', (notation, unit) => {
    expect(canonicalUnit(notation)).toBe(unit);
  });
});

describe('convertUnit', () => {
  it.each([
    [1, 'km', 'm', 1000],
    [1, 'sq mi', 'km²', 2.589988110336],
    [36, 'km/h', 'm/s', 10],
    [2, 'GiB', 'MiB', 2048],
    [1, 'MWh', 'kWh', 1000],
    [90, 'min', 'h', 1.5],
    [1, 't', 'kg', 1000],
    [1, 'square metres', 'ha', 0.0001],
    [25, 'people/sq km', '/sq km', 25],
  ])('%s %s is in %s', (number, from, to, expected) => {
    expect(convertUnit({ number, from, to })).toBeCloseTo(expected, 10);
  });

  it('does not convert between dimensions, currencies, or ambiguous notations', () => {
    expect(convertUnit({ number: 1, from: 'km', to: 'kg' })).toBeNull();
    expect(convertUnit({ number: 1, from: 'USD', to: 'EUR' })).toBeNull();
    expect(convertUnit({ number: 1, from: 'nm', to: 'm' })).toBeNull();
    expect(convertUnit({ number: 7, from: 'employees', to: 'Employees' })).toBeNull();
  });

  it('keeps the number within one unit, known or not', () => {
    expect(convertUnit({ number: 7, from: 'employees', to: 'employees' })).toBe(7);
    expect(convertUnit({ number: 7, from: 'USD', to: 'USD' })).toBe(7);
  });
});
