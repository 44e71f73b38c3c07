import { describe, expect, it } from 'vitest';
import type { CatalogColumn, CatalogTable } from '../../table/index.ts';
import { describeTables } from './describe-tables.ts';

const column = (name: string, changes: Partial<CatalogColumn> = {}): CatalogColumn => ({
  name,
  label: name,
  aliases: [],
  type: 'number',
  unit: null,
  description: null,
  coverage: 0.5,
  periods: [],
  examples: [],
  values: [],
  ...changes,
});

const table = (
  name: string,
  columns: readonly CatalogColumn[],
  entities: readonly string[] = [],
): CatalogTable => ({
  name,
  nouns: [name, 'document'],
  rows: 10,
  key: 'name',
  columns,
  findEntity: (words) => entities.find((entity) => entity.toLowerCase() === words.toLowerCase()) ?? null,
});

const many = Array.from({ length: 200 }, (_, index) => column(`measure_${index}`));

describe('the description of tables for a question', () => {
  it('keeps the columns that the question is likeliest about, in their order', () => {
    const catalog = {
      tables: [
        table('site', many),
        table('company', [
          ...many,
          column('auditor', { type: 'category', values: [{ value: 'Grant', rows: 3 }] }),
          column('net_revenue', { label: 'Net revenue', unit: 'USD', periods: ['2020'] }),
        ]),
      ],
    };
    const [first, second] = describeTables({
      catalog,
      question: 'What turnover do those have that Grant looks after?',
      focus: ['measure_7'],
      maximumColumns: 4,
    });
    expect(first?.name).toBe('company');
    const names = first?.columns.map(({ name }) => name) ?? [];
    expect(names).toEqual(expect.arrayContaining(['measure_7', 'auditor', 'net_revenue']));
    expect(names.length + (second?.columns.length ?? 0)).toBeLessThanOrEqual(4);
    expect(first?.columns.find(({ name }) => name === 'net_revenue')).toMatchObject({
      sqlType: 'DOUBLE',
      unit: 'USD',
      periods: ['2020'],
      filled: 0.5,
    });
    expect(first?.nouns).toEqual(['company']);
  });

  it('shows values, and the names of rows that the question has', () => {
    const prose = 'so long that no condition would ever name it, as it is prose and goes on and on';
    const catalog = {
      tables: [
        table(
          'company',
          [
            column('sector', { type: 'category', values: [{ value: 'Energy', rows: 2 }] }),
            column('motto', { type: 'text', examples: ['Onward', prose] }),
          ],
          ['Acme & Sons', 'Acme'],
        ),
      ],
    };
    const [described] = describeTables({
      catalog,
      question: 'Is Acme & Sons, dear friend, in the same sector as "Acme"?',
      focus: [],
      maximumColumns: 10,
    });
    expect(described?.named).toEqual(['Acme & Sons', 'Acme']);
    expect(described?.columns.map(({ values }) => values)).toEqual([['Energy'], ['Onward']]);
  });
});
