import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BuiltStore,
  appendDocuments,
  date,
  percent,
  quantity,
  read,
  storeOf,
  type TestDocument,
} from './testing/built-store.ts';
import { buildTables } from './build-tables.ts';

const towns = ['Aston', 'Bury', 'Corby', 'Derby', 'Exeter', 'Frome'];

/** Documents about towns. */
function documents(count: number, readings: (index: number) => TestDocument['readings']): TestDocument[] {
  return towns.slice(0, count).map((town, index) => ({
    path: `${town.toLowerCase()}.md`,
    title: town,
    readings: readings(index),
  }));
}

describe('buildTables', () => {
  it('makes a table with a row a document and a column a field', async () => {
    const store = await BuiltStore.build(
      documents(4, (index) => [
        read('Population', 1000 + index * 7, { section: 'People' }),
        read('Mayor', ['Ada', 'Bo', 'Cy', 'Di'][index] ?? '', { section: 'Government' }),
      ]),
      { corpusName: 'towns' },
    );
    expect(store.result.tables).toEqual([{ name: 'towns', rows: 4, columns: 2 }]);
    expect(await store.columns('towns')).toEqual(['name', 'population', 'mayor']);
    expect((await store.rows('SELECT * FROM towns'))[1]).toEqual(['Bury', 1007, 'Bo']);
  });

  it('takes numbers among codes for names, and Y and N alone for yes and no', async () => {
    const store = await BuiltStore.build(
      documents(6, (index) => [
        read('Route', [1, 2, 'S1', 3, 'X10', 4][index] ?? ''),
        read('Lit', index % 2 === 0 ? 'Y' : 'N'),
        read('Side', ['N', 'S', 'N', 'E', 'N', 'N'][index] ?? ''),
      ]),
      { corpusName: 'towns' },
    );
    expect((await store.rows('SELECT typeof(route), lit, side FROM towns')).slice(0, 3)).toEqual([
      ['VARCHAR', true, 'N'],
      ['VARCHAR', false, 'S'],
      ['VARCHAR', true, 'N'],
    ]);
  });

  it('names rows of a day each by the day, and calls them days', async () => {
    const days = ['2021-05-01', '2021-05-02', '2021-05-03', '2021-05-04'];
    const store = await BuiltStore.build(
      days.map((day, index) => ({
        path: 'tides.csv',
        format: 'csv',
        fragment: `row=${index + 1}`,
        readings: [read('date', date(day)), read('high_water_m', 3.5 + index)],
      })),
      { corpusName: 'tides' },
    );
    expect(await store.rows('SELECT name FROM tides ORDER BY name')).toEqual(days.map((day) => [day]));
    expect(await store.rows('SELECT nouns[1] FROM store.kinds')).toEqual([['day']]);
  });

  it('keeps tables and views when a later build fails', async () => {
    const store = await BuiltStore.build(
      documents(3, (index) => [read('Height', index + 0.5)]),
      { corpusName: 'hills' },
    );
    const again = buildTables({
      connection: store.connection,
      settings: { key: 'Depth' },
      corpusName: 'hills',
    });
    await expect(again).rejects.toThrow('no field "Depth"');
    expect(await store.rows('SELECT height FROM hills')).toHaveLength(3);
    expect(await store.rows('SELECT count(*) FROM cells')).toEqual([['3']]);
  });

  it('replaces the tables of an earlier build, and leaves no temporary tables', async () => {
    const store = await BuiltStore.build(
      documents(3, (index) => [read('Height', index + 0.5)]),
      { corpusName: 'hills' },
    );
    await store.connection.run('DELETE FROM store.documents; DELETE FROM store.readings');
    await appendDocuments(
      store.connection,
      documents(2, (index) => [read('Depth', index + 5)]),
    );
    await buildTables({ connection: store.connection, settings: {}, corpusName: 'lakes' });
    expect(await store.rows("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'")).toEqual([
      ['lakes'],
    ]);
    expect(await store.rows('SELECT * FROM lakes')).toEqual([
      ['Aston', 5],
      ['Bury', 6],
    ]);
  });

  it('builds nothing from an empty store', async () => {
    const store = await BuiltStore.build([]);
    expect(store.result).toEqual({ tables: [], notes: [] });
    expect(await store.rows('SELECT * FROM facts')).toEqual([]);
  });

  it('gives documents without readings a row', async () => {
    const store = await BuiltStore.build([
      ...documents(3, () => [read('Height', 3)]),
      { path: 'z.md', title: 'Zero', readings: [] },
    ]);
    expect(await store.rows('SELECT name, height FROM records WHERE height IS NULL')).toEqual([
      ['Zero', null],
    ]);
  });

  it('shows every reading as a fact, those of no field by their label', async () => {
    const store = await BuiltStore.build([
      ...documents(3, (index) => [read('Height', index)]),
      { path: 'odd.md', title: 'Odd', readings: [read('Remark', 'none of the above', { section: 'End' })] },
    ]);
    expect(await store.rows('SELECT document, kind, field FROM facts ORDER BY document')).toEqual([
      ['aston.md', 'records', 'Height'],
      ['bury.md', 'records', 'Height'],
      ['corby.md', 'records', 'Height'],
      ['odd.md', null, 'End > Remark'],
    ]);
  });
});

describe('types and units', () => {
  it('votes on types; texts among numbers are missing, unless they mean zero', async () => {
    const lengths = [5, 7, 9, 'not surveyed', 'none (landlocked)'];
    const store = await BuiltStore.build(documents(5, (index) => [read('Coast', lengths[index] ?? null)]));
    expect(await store.rows('SELECT coast FROM records')).toEqual([[5], [7], [9], [null], [0]]);
    expect(await store.rows('SELECT type, excluded FROM store.fields')).toEqual([['number', 1]]);
  });

  it('takes none for nothing stated where nothing came about, and where a party is named', async () => {
    const prices = [5, 7, 9, 'none (cancelled)', '无（流标）'];
    const builders = ['Arnold & Co', 'Birch Ltd', 'Arnold & Co', 'none', 'Birch Ltd'];
    const store = await BuiltStore.build(
      documents(5, (index) => [
        read('Price', prices[index] ?? null),
        read('Main contractor', builders[index] ?? null),
      ]),
    );
    expect(await store.rows('SELECT price, main_contractor FROM records')).toEqual([
      [5, 'Arnold & Co'],
      [7, 'Birch Ltd'],
      [9, 'Arnold & Co'],
      [null, null],
      [null, 'Birch Ltd'],
    ]);
  });

  it('converts units, and leaves out and counts what does not convert', async () => {
    const values = [
      quantity(5, 'km'),
      quantity(7, 'km'),
      quantity(9000, 'm'),
      quantity(3, 'USD'),
      quantity(11),
    ];
    const store = await BuiltStore.build(documents(5, (index) => [read('Length', values[index] ?? null)]));
    expect(await store.rows('SELECT length FROM records')).toEqual([[5], [7], [9], [null], [11]]);
    expect(await store.rows('SELECT unit, excluded FROM store.fields')).toEqual([['km', 1]]);
  });

  it('does not mix currencies', async () => {
    const values = [quantity(5, 'USD'), quantity(7, 'USD'), quantity(9, 'EUR')];
    const store = await BuiltStore.build(documents(3, (index) => [read('Price', values[index] ?? null)]));
    expect(await store.rows('SELECT price FROM records')).toEqual([[5], [7], [null]]);
  });

  it('takes words behind a number for no unit, so that they exclude nothing', async () => {
    const values = [quantity(34, 'provinces'), quantity(12, 'counties'), quantity(9, 'regions')];
    const store = await BuiltStore.build(documents(3, (index) => [read('Divisions', values[index] ?? null)]));
    expect(await store.rows('SELECT divisions FROM records')).toEqual([[34], [12], [9]]);
  });

  it('reads percentages, dates, booleans, lists and categories', async () => {
    const store = await BuiltStore.build(
      documents(6, (index) => [
        read('Share', percent(index * 10)),
        read(
          'Founded',
          date(['2001-02-03', '2002-05', '2003', '2004-01-01', '2005-01-01', '2006-12-31'][index] ?? ''),
        ),
        read('Open', index % 2 === 0),
        read('Rivers', ['Oro', `River ${index}`]),
        read('Region', index % 2 === 0 ? 'North' : 'South'),
        read('Motto', `Motto number ${index}, and no other`),
      ]),
    );
    expect(await store.rows('SELECT name, type FROM store.fields ORDER BY position')).toEqual([
      ['share', 'percentage'],
      ['founded', 'date'],
      ['open', 'boolean'],
      ['rivers', 'list'],
      ['region', 'category'],
      ['motto', 'text'],
    ]);
    const [rivers] = await store.rows("SELECT category_values FROM store.fields WHERE name = 'rivers'");
    expect(rivers?.[0]).toEqual(['Oro', ...Array.from({ length: 6 }, (_, index) => `River ${index}`)]);
    expect(await store.rows('SELECT * EXCLUDE (motto) FROM records LIMIT 2')).toEqual([
      ['Aston', 0, '2001-02-03', true, ['Oro', 'River 0'], 'North'],
      ['Bury', 10, '2002-05-01', false, ['Oro', 'River 1'], 'South'],
    ]);
    expect(
      await store.rows("SELECT date FROM cells WHERE field = 'founded' ORDER BY document LIMIT 3"),
    ).toEqual([['2001-02-03'], ['2002-05'], ['2003']]);
  });

  it('leaves years numbers, unless they stand among dates', async () => {
    const store = await BuiltStore.build(
      documents(4, (index) => [
        read('Built', 1980 + index),
        read('Opened', index === 0 ? 1999 : date(`200${index}-05-06`)),
      ]),
    );
    expect(await store.rows('SELECT name, type FROM store.fields ORDER BY position')).toEqual([
      ['built', 'number'],
      ['opened', 'date'],
    ]);
    expect(await store.rows('SELECT opened FROM records LIMIT 1')).toEqual([['1999-01-01']]);
  });

  it('keeps the words of a number that stands in a field of texts', async () => {
    const text = '😀 Version: 1.10';
    const versions = ['1.2-rc', '2.0-beta', '3.1+git'];
    const store = await BuiltStore.build([
      ...documents(3, (index) => [read('Version', versions[index] ?? null)]),
      { path: 'z.md', title: 'Z', text, readings: [read('Version', 1.1, { valueStart: 12, valueEnd: 16 })] },
    ]);
    expect(await store.rows("SELECT version FROM records WHERE name = 'Z'")).toEqual([['1.10']]);
  });

  it('splits texts that are lists of short items which come back', async () => {
    const resources = [
      'iron, coal, fish (fresh, salted)',
      'coal',
      'fish, iron',
      'timber, fish, coal, and iron',
      'iron, oil',
    ];
    const store = await BuiltStore.build(
      documents(5, (index) => [read('Resources', resources[index] ?? null)]),
    );
    expect(await store.rows('SELECT resources FROM records')).toEqual([
      [['iron', 'coal', 'fish (fresh, salted)']],
      [['coal']],
      [['fish', 'iron']],
      [['timber', 'fish', 'coal', 'iron']],
      [['iron', 'oil']],
    ]);
  });

  it('takes an item for the same wherever its lines were wrapped', async () => {
    const crossed = [
      'Limpopo, Free State',
      'Free\nState, North West',
      'North\nWest',
      'Limpopo',
      'North West, Limpopo',
    ];
    const store = await BuiltStore.build(
      documents(5, (index) => [read('Provinces', crossed[index] ?? null)]),
    );
    expect(await store.rows('SELECT provinces FROM records')).toEqual([
      [['Limpopo', 'Free State']],
      [['Free State', 'North West']],
      [['North West']],
      [['Limpopo']],
      [['North West', 'Limpopo']],
    ]);
  });
});

describe('consensus', () => {
  it('takes the value that most readings of a document state, and counts the others', async () => {
    const store = await BuiltStore.build(
      documents(3, () => [read('Height', 10), read('Height', 12), read('Height', 12), read('Height', 13)]),
    );
    expect(await store.rows('SELECT number, agreeing, alternatives, reading FROM cells LIMIT 1')).toEqual([
      [12, 2, 2, 1],
    ]);
  });

  it('takes the first of equally many, labels before sentences', async () => {
    const store = await BuiltStore.build(
      documents(3, () => [
        read('Height', 10, { rule: 'sentence-count', valueStart: 7 }),
        read('Height', 12),
        read('Height', 13),
      ]),
    );
    expect(await store.rows('SELECT DISTINCT height FROM records')).toEqual([[12]]);
  });

  it('takes the latest document of an entity, and keeps the earlier values by period', async () => {
    const editions = [2021, 2022].flatMap((year) =>
      towns.slice(0, 4).map((title, index) => ({
        path: `${year}/${title}.md`,
        title,
        readings: [read('Population', year + index)],
      })),
    );
    const store = await BuiltStore.build(editions);
    expect(await store.rows('SELECT * FROM records LIMIT 2')).toEqual([
      ['Aston', 2022, 2022, 2021],
      ['Bury', 2023, 2023, 2022],
    ]);
    expect(await store.columns('records')).toEqual([
      'name',
      'population',
      'population@2022',
      'population@2021',
    ]);
  });

  it('names documents by the identifiers of their files, where titles repeat these and little else', async () => {
    const store = await BuiltStore.build(
      ['OUT-101', 'OUT-102', 'OUT-107', 'OUT-133'].map((id, index) => ({
        path: `${id}.eml`,
        title: `Outage ${id}: mail down`,
        readings: [read('Minutes', index)],
      })),
    );
    expect(await store.rows(`SELECT name FROM ${store.result.tables[0]?.name}`)).toEqual([
      ['OUT-101'],
      ['OUT-102'],
      ['OUT-107'],
      ['OUT-133'],
    ]);
  });

  it('shows the latest period, but neither a forecast nor a part of a year', async () => {
    const store = await BuiltStore.build(
      documents(3, () => [
        read('Revenue', 1, { period: '2020' }),
        read('Revenue', 2, { period: '2021' }),
        read('Revenue', 3, { period: '2022-Q1' }),
        read('Revenue', 9, { period: '2030' }),
        read('Costs', 4, { period: '2021' }),
        read('Costs', 5, { period: '2019' }),
      ]).map((document) => ({ ...document, path: `2022/${document.path}` })),
    );
    expect(await store.rows('SELECT revenue, costs FROM records LIMIT 1')).toEqual([[2, 4]]);
    expect(
      await store.rows('SELECT name, latest_period, periods FROM store.fields ORDER BY position'),
    ).toEqual([
      ['revenue', '2021', ['2020']],
      ['costs', '2021', ['2019']],
    ]);
  });

  it('counts a value without period as the latest', async () => {
    const store = await BuiltStore.build(
      documents(3, () => [read('Revenue', 1, { period: '2020' }), read('Revenue', 2)]),
    );
    expect(await store.rows('SELECT DISTINCT revenue, "revenue@2020" FROM records')).toEqual([[2, 1]]);
  });
});

describe('order', () => {
  const label = constantFrom('Height', 'Depth', 'Width', 'Total');
  const reading = record({
    label,
    section: constantFrom('', 'Size', 'Past'),
    number: integer({ min: 0, max: 9 }),
    period: constantFrom(null, '2020', '2021'),
  });
  const corpus = array(array(reading, { maxLength: 8 }), { minLength: 1, maxLength: 6 });

  it('gives the same tables whatever the order in which documents were read', async () => {
    await assert(
      asyncProperty(corpus, async (lists) => {
        const given = lists.map((readings, index): TestDocument => ({
          path: `${index}.md`,
          title: towns[index] ?? null,
          readings: readings.map((each) =>
            read(each.label, each.number, { section: each.section, period: each.period }),
          ),
        }));
        const [first, second] = await Promise.all(
          [given, given.toReversed()].map(async (all) => {
            const connection = await storeOf(all);
            const { tables } = await buildTables({ connection, settings: {}, corpusName: '' });
            const contents = tables.map(async ({ name }) =>
              (await connection.run(`SELECT * FROM ${name}`)).getRowsJson(),
            );
            return JSON.stringify([tables, await Promise.all(contents)]);
          }),
        );
        expect(second).toBe(first);
      }),
      { numRuns: 5 },
    );
  });
});
