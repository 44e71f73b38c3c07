import { describe, expect, it } from 'vitest';
import type { FieldType } from '../catalog.ts';
import { readModelValue, sameValue, type CanonicalValue } from './canonical-value.ts';
import { toDeclaredField } from './declared-fields-file.ts';

function read(written: string, type: FieldType | null, values: string[] = []): unknown {
  const stated = readModelValue(written, toDeclaredField({ name: 'field', type, values }));
  return stated.status === 'value' ? stated.value : stated.status;
}

const number = (value: number, unit: string | null = null): object => ({
  type: 'number',
  number: value,
  unit,
  bound: null,
});

describe('readModelValue', () => {
  it.each([
    ['456.78B USD', number(456_780_000_000, 'USD')],
    ['USD 456.78 billion', number(456_780_000_000, 'USD')],
    ['The revenue was 12 million', number(12_000_000)],
    ['three', number(3)],
    ['either 3 or 7', 'unfit'],
    ['many', 'unfit'],
    ['n/a', 'not-stated'],
    ['not stated', 'not-stated'],
    ['', 'not-stated'],
  ])('reads %j as a number', (written, value) => {
    expect(read(written, 'number')).toEqual(value);
  });

  it('reads percentages without their sign, and no amounts as percentages', () => {
    const value = { type: 'percentage', number: 12.34, bound: null };
    expect(read('12.34 %', 'percentage')).toEqual(value);
    expect(read('12.34', 'percentage')).toEqual(value);
    expect(read('12.34 km', 'percentage')).toBe('unfit');
    expect(read('12.34 %', 'number')).toBe('unfit');
  });

  it.each([
    ['9 JAN 90', '1990-01-09'],
    ['on January 9, 1990', '1990-01-09'],
    ['1990-01', '1990-01'],
    ['1990', '1990'],
  ])('reads %j as a date', (written, date) => {
    expect(read(written, 'date')).toEqual({ type: 'date', date });
  });

  it('takes listed values in any notation, also where words stand around one of them', () => {
    const values = ['attack', 'bombing'];
    expect(read('BOMBING', 'category', values)).toEqual({ type: 'text', text: 'bombing' });
    expect(read('a bombing in Lima', 'category', values)).toEqual({ type: 'text', text: 'bombing' });
    expect(read('attack or bombing', 'category', values)).toBe('unfit');
    expect(read('murder', 'category', values)).toBe('unfit');
  });

  it('reads lists and yes or no', () => {
    expect(read('Lima; Cuzco', 'list')).toEqual({ type: 'list', items: ['Lima', 'Cuzco'] });
    expect(read('- Lima\n- Cuzco', 'list')).toEqual({ type: 'list', items: ['Lima', 'Cuzco'] });
    expect(read('Yes, it was', 'boolean')).toEqual({ type: 'boolean', boolean: true });
    expect(read('perhaps', 'boolean')).toBe('unfit');
  });

  it('lets the value decide where no type was declared', () => {
    expect(read('$5 million', null)).toEqual(number(5_000_000, 'USD'));
    expect(read('"Lima"', null)).toEqual({ type: 'text', text: 'Lima' });
  });
});

describe('sameValue', () => {
  const value = (written: string, type: FieldType): CanonicalValue => {
    const stated = readModelValue(written, toDeclaredField({ name: 'field', type }));
    if (stated.status !== 'value') throw new Error(stated.status);
    return stated.value;
  };

  it.each([
    ['number', '12.5 million USD', '$12,500,000', true],
    ['number', '12.5 million USD', '12,500,000', true],
    ['number', '5 km', '5,000 m', true],
    ['number', '5 km', '5 kg', false],
    ['number', '5 USD', '5 EUR', false],
    ['number', '12.5 million', '12.6 million', false],
    ['percentage', '12.5 %', '12.50', true],
    ['date', '9 Jan 1990', '1990-01-09', true],
    ['date', '1990-01-09', '1990-01', false],
    ['text', 'El  Salvador', 'EL SALVADOR', true],
    ['list', 'Lima; Cuzco', 'cuzco; lima', true],
    ['boolean', 'yes', 'no', false],
  ] as const)('compares %ss: %s and %s', (type, left, right, same) => {
    expect(sameValue(value(left, type), value(right, type))).toBe(same);
    expect(sameValue(value(right, type), value(left, type))).toBe(same);
  });
});
