import { describe, expect, it } from 'vitest';
import type { CatalogColumn, CatalogTable } from '../../table/catalog.ts';
import { nounsOfLabels } from './nouns-of-labels.ts';

function tableWith(...columns: readonly Partial<CatalogColumn>[]): CatalogTable {
  return {
    name: 'factbook',
    nouns: ['factbook', 'document'],
    rows: 200,
    key: 'name',
    columns: columns.map((column, index) => ({
      name: `column_${index}`,
      label: '',
      aliases: [],
      type: 'text',
      unit: null,
      description: null,
      coverage: 1,
      periods: [],
      examples: [],
      values: [],
      ...column,
    })),
    findEntity: () => null,
  };
}

describe('what rows are by the label of their names', () => {
  it('takes the noun before "name"', () => {
    expect(nounsOfLabels(tableWith({ label: 'Country name > etymology' }))).toEqual(['country']);
    expect(nounsOfLabels(tableWith({ label: 'Hospital name' }))).toEqual(['hospital']);
  });

  it('takes no names that recur from row to row, that few rows state, or that name no kind of things', () => {
    const values = [{ value: 'Acme', rows: 100 }];
    expect(nounsOfLabels(tableWith({ label: 'Company name', type: 'category', values }))).toEqual([]);
    expect(nounsOfLabels(tableWith({ label: 'Company name', coverage: 0.4 }))).toEqual([]);
    expect(nounsOfLabels(tableWith({ label: 'Short name' }, { label: 'Surname' }))).toEqual([]);
  });
});
