import { describe, expect, it } from 'vitest';
import { unitInLabel } from './unit-in-label.ts';

describe('unitInLabel', () => {
  it.each([
    ['sail_area_sq_m', 'sq m'],
    ['price_per_kg', null],
    ['Area in km', 'km'],
    ['Draught m', null],
    ['Keel depth m', 'm'],
    ['Sail area sq m', 'sq m'],
    ['Charter fee EUR', 'EUR'],
    ['Charter fee EUR m', null],
    ['Charter fee k€', null],
    ['Current m/s', 'm/s'],
    ['Turnaround time min', 'min'],
    ['Temperature min', null],
    ['Heel angle %', '%'],
    ['% laden', '%'],
    ['pct_laden', '%'],
    ['Days', null],
    ['Logged in', null],
    ['Prize pounds', null],
  ])('of %j is %j', (label, unit) => {
    expect(unitInLabel(label)).toBe(unit);
  });
});
