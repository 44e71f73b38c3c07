import { describe, expect, it } from 'vitest';
import { loadCatalog } from './catalog.ts';
import { EntityIndex } from './entity-index.ts';
import { findCells } from './evidence.ts';
import { BuiltStore, percent, quantity, read } from './testing/built-store.ts';

const towns = ['Aston', 'Bury', 'Corby', 'Derby'];

const build = () =>
  BuiltStore.build(
    towns.map((title, index) => ({
      path: `${title}.md`,
      title,
      readings: [
        read('Area (total)', quantity(10 + index, 'sq km'), { start: 5, end: 20 }),
        read('Debt', percent(index), { period: '2021' }),
        read('Debt', percent(index + 10), { period: '2020', start: 30, end: 40 }),
        read('County', index < 2 ? 'Kent' : 'Essex'),
      ],
    })),
    { corpusName: 'towns' },
  );

describe('loadCatalog', () => {
  it('describes tables and columns', async () => {
    const { connection } = await build();
    const { tables } = await loadCatalog({ connection });
    const [table] = tables;
    expect(table).toMatchObject({ name: 'towns', rows: 4, key: 'name' });
    expect(table?.nouns[0]).toBe('town');
    expect(
      table?.columns.map(({ name, label, type, unit, periods, latestPeriod }) => [
        name,
        label,
        type,
        unit,
        periods,
        latestPeriod,
      ]),
    ).toEqual([
      ['area_total', 'Area (total)', 'number', 'sq km', [], null],
      ['debt', 'Debt', 'percentage', '%', ['2020'], '2021'],
      ['county', 'County', 'category', null, [], null],
    ]);
    expect(table?.columns[2]?.values).toEqual([
      { value: 'Essex', rows: 2 },
      { value: 'Kent', rows: 2 },
    ]);
    expect(table?.findEntity('bury')).toBe('Bury');
  });

  it('finds Chinese names by their beginning, which no space sets apart', async () => {
    const names = ['华丰股份有限公司', '华丰矿业有限公司', '长青集团'];
    const store = await BuiltStore.build(
      names.map((title, index) => ({ path: `${title}.md`, title, readings: [read('Size', index)] })),
    );
    const { tables } = await loadCatalog(store);
    const [table] = tables;
    expect(['长青', '华丰矿业', '华丰', '长'].map((name) => table?.findEntity(name))).toEqual([
      '长青集团',
      '华丰矿业有限公司',
      null,
      null,
    ]);
  });

  it('calls the key entity where a field with other values is called name', async () => {
    const store = await BuiltStore.build(
      towns.map((title, index) => ({
        path: `${title}.md`,
        title,
        readings: [read('Name', `Mayor ${index}`), read('Size', index)],
      })),
    );
    expect(await store.columns('records')).toEqual(['entity', 'name', 'size']);
  });

  it('shows a field called name that says the key only as the key', async () => {
    const store = await BuiltStore.build(
      towns.map((title, index) => ({
        path: `${title}.md`,
        title,
        readings: [read('Name', title), read('Size', index)],
      })),
    );
    expect(await store.columns('records')).toEqual(['name', 'size']);
  });
});

describe('EntityIndex', () => {
  const index = new EntityIndex([
    'Congo, Democratic Republic of the',
    'Congo, Republic of the',
    'Côte d’Ivoire',
    'United States of America',
    'Apple Inc.',
    'South Korea',
    'North Korea',
    'The Gambia',
  ]);

  it.each([
    ['apple inc', 'Apple Inc.'],
    ['Apple', 'Apple Inc.'],
    ['COTE D’IVOIRE', 'Côte d’Ivoire'],
    ['Democratic Republic of the Congo', 'Congo, Democratic Republic of the'],
    ['the United States', 'United States of America'],
    ['Gambia', 'The Gambia'],
    ['Korea', null],
    ['Congo', null],
    ['Unit', null],
    ['', null],
  ])('finds %s', (text, expected) => {
    expect(index.find(text)).toBe(expected);
  });
});

describe('findCells', () => {
  it('finds the readings behind cells, in the order asked for', async () => {
    const { connection } = await build();
    const { cells, total } = await findCells({
      connection,
      table: 'towns',
      keys: ['Corby', 'Aston'],
      columns: ['debt@2020', 'name', 'area_total'],
      limit: 3,
    });
    expect(total).toBe(4);
    expect(
      cells.map(({ entity, column, value, unit, start, end, document, period }) => [
        entity,
        column,
        value,
        unit,
        start,
        end,
        document,
        period,
      ]),
    ).toEqual([
      ['Corby', 'debt@2020', 12, '%', 30, 40, 'Corby.md', '2020'],
      ['Corby', 'area_total', 12, 'sq km', 5, 20, 'Corby.md', null],
      ['Aston', 'debt@2020', 10, '%', 30, 40, 'Aston.md', '2020'],
    ]);
  });

  it('counts all rows without keys', async () => {
    const { connection } = await build();
    const found = await findCells({ connection, table: 'towns', keys: null, columns: ['county'], limit: 1 });
    expect([found.cells.length, found.total]).toEqual([1, 4]);
  });

  it('finds nothing for no keys, or no limit but the total', async () => {
    const { connection } = await build();
    const ask = (keys: string[], limit: number) =>
      findCells({ connection, table: 'towns', keys, columns: ['county'], limit });
    expect(await ask([], 5)).toEqual({ cells: [], total: 0 });
    expect(await ask(['Bury'], 0)).toEqual({ cells: [], total: 1 });
  });
});
