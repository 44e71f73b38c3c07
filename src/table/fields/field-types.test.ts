import { describe, expect, it } from 'vitest';
import { unitFactor, unitInName } from './field-types.ts';

describe('unitFactor', () => {
  it.each([
    ['m', 'km', 0.001],
    ['km', 'km', 1],
    [null, 'km', 1],
    ['USD', 'EUR', null],
    ['km', 'USD', null],
    ['km', null, null],
    ['members', null, 1],
    ['members', 'seats', 1],
    ['years of age', 'years', 1],
    ['members', 'km', null],
  ])('from %s to %s is %s', (from, to, factor) => {
    expect(unitFactor(from, to)).toBe(factor);
  });
});

describe('unitInName', () => {
  it.each([
    ['area_sq_km', 'sq km'],
    ['price_usd', 'USD'],
    ['share_pct', '%'],
    ['size_kib', 'KiB'],
    ['age_years', 'years'],
    ['start_year', null],
    ['n_depends', null],
    ['plan_b', null],
    ['gust_m_s', 'm/s'],
    ['density_g_cm3', 'g/cu cm'],
    ['fee_eur_month', 'EUR/month'],
    ['price_sek', 'SEK'],
    ['count_all', null],
    ['temp_water_c', '°C'],
    ['fibre_g', 'g'],
    ['group_g', null],
    ['vitamin_c', null],
    ['Area in km', null],
  ])('of %s is %s', (label, unit) => {
    expect(unitInName(label)).toBe(unit);
  });
});
