import { describe, expect, it } from 'vitest';
import type { CatalogColumn, CatalogTable, SqlCell } from '../../table/index.ts';
import { columnsReadBy, resultAnswer } from './result-answer.ts';
import { bareSql, readMissingFields } from './sql-reply.ts';

const revenue: CatalogColumn = {
  name: 'revenue',
  label: 'Revenue',
  aliases: [],
  type: 'number',
  unit: 'USD',
  description: null,
  coverage: 1,
  periods: ['2020'],
  examples: [],
  values: [],
};

const company: CatalogTable = {
  name: 'company',
  nouns: [],
  rows: 3,
  key: 'name',
  columns: [revenue, { ...revenue, name: 'sector', type: 'text', unit: null, periods: [] }],
  findEntity: () => null,
};

const answer = (columns: readonly string[], rows: readonly (readonly SqlCell[])[], question = 'How many?') =>
  resultAnswer({
    result: { columns, rows, truncated: false },
    question,
    columnOf: (name) => (name === 'revenue' ? revenue : null),
  });

describe('the answer that a result is', () => {
  it.each([
    [['revenue'], [[0.1 + 0.2]], { type: 'number', value: 0.3, unit: 'USD' }],
    [['percent'], [[12.5]], { type: 'percentage', value: 12.5, unit: '%' }],
    [['founded'], [['1990-01-09']], { type: 'date', value: '1990-01-09' }],
    [['b'], [[true]], { type: 'string', value: 'Yes' }],
    [['name'], [['Acme'], ['Brisk']], { type: 'list', value: ['Acme', 'Brisk'] }],
    [['name'], [], { type: 'list', value: [] }],
    [['name', 'revenue'], [['Acme', 1]], { type: 'rows', value: [['Acme', 1]] }],
  ] satisfies [string[], SqlCell[][], object][])('of %j %j is %j', (columns, rows, expected) => {
    expect(answer(columns, rows)).toMatchObject(expected);
  });

  it('is a list of one where a list was asked for, and nothing where a value is NULL', () => {
    expect(answer(['name'], [['Acme']], 'Which companies are certified?')).toMatchObject({ value: ['Acme'] });
    expect(answer(['name'], [['Acme']], 'Which company has the highest revenue?')).toMatchObject({
      value: 'Acme',
    });
    expect(answer(['revenue'], [[null]])).toBeNull();
  });

  it('rests on the columns that the statement names', () => {
    const sql = `SELECT Name, "revenue@2020" FROM company WHERE sector <> 'revenue'`;
    expect(columnsReadBy(sql, { tables: [company] })).toMatchObject({ columns: ['revenue@2020', 'sector'] });
    expect(columnsReadBy('SELECT 1', { tables: [company] })).toBeNull();
  });
});

describe('what a model replies', () => {
  it('may be fenced', () => {
    expect(bareSql('```sql\nSELECT 1;\n```')).toBe('SELECT 1');
  });

  it('names fields with or without their types, and nothing else', () => {
    const fields = readMissingFields('date of delivery: date; Inspector (text); - colour\n?; a b c d e f g');
    expect(fields.map(({ name, type }) => [name, type])).toEqual([
      ['date_of_delivery', 'date'],
      ['inspector', 'text'],
      ['colour', null],
    ]);
  });
});
