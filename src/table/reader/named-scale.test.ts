import { describe, expect, it } from 'vitest';
import { scaleInName, scaleOfCounted } from './named-scale.ts';

describe('scaleInName', () => {
  it.each([
    ['raised_musd', { label: 'raised', scale: 1e6, unit: 'USD' }],
    ['rent_keur', { label: 'rent', scale: 1e3, unit: 'EUR' }],
    ['sales_usd_m', { label: 'sales', scale: 1e6, unit: 'USD' }],
    ['gdp_bn_usd', { label: 'gdp', scale: 1e9, unit: 'USD' }],
    ['assets_in_thousands', { label: 'assets', scale: 1e3, unit: null }],
    ['population_m', { label: 'population', scale: 1e6, unit: null }],
  ])('reads scale and currency off %s', (name, expected) => {
    expect(scaleInName(name)).toEqual(expected);
  });

  it.each(['height_mm', 'height_m', 'shopping_mall', 'fee_eur', 'Population (m)', 'wall_m', 'total'])(
    'finds none in %s',
    (name) => {
      expect(scaleInName(name)).toBeNull();
    },
  );
});

describe('scaleOfCounted', () => {
  it('takes a letter for millions only behind what is counted or paid', () => {
    expect(scaleOfCounted('m', 'Passengers')).toBe(6);
    expect(scaleOfCounted('k', 'Followers')).toBe(3);
    expect(scaleOfCounted('m', 'Hub height')).toBeNull();
    expect(scaleOfCounted('K', 'Melting point')).toBeNull();
  });
});
