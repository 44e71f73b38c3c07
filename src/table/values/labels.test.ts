import { describe, expect, it } from 'vitest';
import { foldLabel } from './labels.ts';

describe('foldLabel', () => {
  it.each([
    ['Life Expectancies (at birth)', 'life expectancy at birth'],
    ['Área – total', 'area total'],
    ["Queen's  Peaks", 'queen peak'],
    ['Net_sales.', 'net sale'],
    ['Installed-Size', 'installed size'],
    ['Series', 'series'],
    ['GDP (%)', 'gdp %'],
    ['营业收入', '营业收入'],
    ['Boxes / dishes', 'box dish'],
    ['Analysis of mass', 'analysis of mass'],
    ['startedAt', 'started at'],
    ['estimatedCostUSD', 'estimated cost usd'],
    ['httpURLPath', 'http url path'],
    ['pH', 'ph'],
    ['McKay', 'mckay'],
    ['', ''],
  ])('%s → %s', (label, folded) => {
    expect(foldLabel(label)).toBe(folded);
  });

  it('is idempotent', () => {
    for (const label of ['Land boundaries', 'Airports - with paved runways', 'Naïve Cafés']) {
      expect(foldLabel(foldLabel(label))).toBe(foldLabel(label));
    }
  });
});
