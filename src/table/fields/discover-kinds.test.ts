import { describe, expect, it } from 'vitest';
import { BuiltStore, percent, quantity, read, type TestDocument } from './testing/built-store.ts';

const letters = Array.from({ length: 12 }, (_, index) => String.fromCodePoint(65 + index));

const invoice = (index: number): TestDocument => ({
  path: `invoice-${index}.md`,
  title: null,
  readings: [
    read('Number', `R${index}`),
    read('Due date', `day ${index}`),
    read('Net', index),
    read('Tax', index),
    read('Email', 'x'),
  ],
});

const resume = (index: number): TestDocument => ({
  path: `cv-${index}.md`,
  title: `Person ${letters[index]}`,
  readings: [
    read('Degree', 'BSc'),
    read('University', `U${index}`),
    read('Languages', 'fr'),
    read('Employer', `E${index}`),
    read('Email', 'y'),
  ],
});

describe('kinds of documents', () => {
  it('tells invoices from CVs in one folder, and names them after their files', async () => {
    const store = await BuiltStore.build([0, 1, 2, 3].flatMap((index) => [invoice(index), resume(index)]));
    expect(store.result.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['cvs', 4],
      ['invoices', 4],
    ]);
  });

  it('takes documents whose files are called alike for layouts of one kind, whatever their formats', async () => {
    const survey = (index: number, format: 'html' | 'markdown', labels: readonly string[]): TestDocument => ({
      path: `${letters[index]}-survey.${format === 'html' ? 'html' : 'md'}`,
      format,
      title: `Tree ${letters[index]}`,
      readings: labels.map((label) => read(label, index)),
    });
    const first = ['Girth', 'Crown spread', 'Planted', 'Soil', 'Surveyor', 'Species', 'Bark'];
    const second = ['Trunk', 'Canopy', 'Age', 'Ground', 'Species found', 'Bark colour', 'Visited'];
    const store = await BuiltStore.build(
      letters.map((_, index) =>
        index % 2 === 0 ? survey(index, 'html', first) : survey(index, 'markdown', second),
      ),
    );
    expect(store.result.tables.map(({ name, rows }) => [name, rows])).toEqual([['surveys', 12]]);
  });

  it('takes files of one row for documents where most of a folder are', async () => {
    const labels = ['Girth', 'Crown', 'Planted', 'Soil'];
    const store = await BuiltStore.build(
      [1, 2, 3, 4, 5, 6].map((index) => ({
        path: `trees/TR-${index}0.csv`,
        ...(index > 3 && { fragment: 'row=1' }),
        format: 'csv',
        title: `Tree ${letters[index]}`,
        readings: labels.map((label) => read(label, index)),
      })),
    );
    expect(store.result.tables.map(({ name, rows }) => [name, rows])).toEqual([['trees', 6]]);
  });

  it('keeps documents of one kind together however few of its labels each states', async () => {
    const labels = Array.from({ length: 40 }, (_, index) => `Attribute ${letters[index % 12]}${index}`);
    const given = letters.map((letter, index) => ({
      path: `${letter}.md`,
      title: letter,
      readings: labels
        .filter((_, place) => (place * 7 + index * 3) % 10 < 2 + (index % 6))
        .map((label) => read(label, 1)),
    }));
    const store = await BuiltStore.build(given);
    expect(store.result.tables).toHaveLength(1);
  });

  it('sets an odd document apart from many that are alike', async () => {
    const store = await BuiltStore.build([
      ...letters.map((_, index) => resume(index)),
      {
        path: 'README.md',
        title: 'Read me',
        readings: [read('Licence', 'MIT'), read('Author', 'x'), read('Version', '1')],
      },
    ]);
    expect(store.result.tables.find(({ name }) => name === 'cvs')?.rows).toBe(12);
  });

  it('makes a kind of the rows of a file, named after it, and one of files with the same header', async () => {
    const row = (path: string, number: number, labels: readonly string[]): TestDocument => ({
      path,
      fragment: `row=${number}`,
      format: 'csv',
      title: `${path} ${number}`,
      readings: labels.map((label) => read(label, number)),
    });
    const store = await BuiltStore.build([
      ...[1, 2, 3].map((number) => row('sales_2021.csv', number, ['Units', 'Revenue'])),
      ...[1, 2].map((number) => row('sales_2022.csv', number, ['Units', 'Revenue'])),
      ...[1, 2].map((number) => row('staff.csv', number, ['Salary', 'Age'])),
    ]);
    expect(store.result.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['sales', 5],
      ['staff', 2],
    ]);
  });

  it('takes files that are called alike for one kind, whatever their layout', async () => {
    const record = (year: number, number: number, labels: readonly string[]): TestDocument => ({
      path: `incidents_${year}.jsonl`,
      fragment: `row=${number}`,
      format: 'jsonl',
      title: `${year} ${number}`,
      readings: labels.map((label) => read(label, number)),
    });
    const exports = await BuiltStore.build([
      ...[1, 2, 3].map((number) => record(2022, number, ['id', 'startedAt', 'durationMinutes', 'sev'])),
      ...[1, 2, 3].map((number) => record(2023, number, ['key', 'started_at', 'duration_minutes', 'tier'])),
    ]);
    expect(exports.result.tables.map(({ name, rows }) => [name, rows])).toEqual([['incidents', 6]]);
    const layouts = await BuiltStore.build(
      letters.flatMap((letter, index): TestDocument[] => [
        { ...invoice(index), path: `inspection_${index}-a.md`, title: `Form ${letter}` },
        {
          path: `inspection_${index}-b.md`,
          title: `Letter ${letter}`,
          readings: [
            read('Background', 'It was seen.'),
            read('Findings', 'All is well.'),
            read('Outlook', 'x'),
          ],
        },
      ]),
    );
    expect(layouts.result.tables).toHaveLength(1);
  });

  it('takes the sheets of a workbook for one thing where each states other labels, else for several', async () => {
    const sheet = (
      book: string,
      name: string,
      title: string | null,
      labels: readonly string[],
    ): TestDocument => ({
      path: `${book}.xlsx`,
      fragment: name,
      format: 'xlsx',
      title,
      readings: labels.map((label, index) => read(label, index + 1)),
    });
    const budgets = await BuiltStore.build(
      ['Alba', 'Brenn', 'Corvo'].flatMap((town) => [
        sheet(town, 'Overview', town, ['Revenue', 'Spending', 'Population']),
        sheet(town, 'Debt', null, ['Loans', 'Reserves']),
      ]),
      { corpusName: 'budgets' },
    );
    expect(await budgets.rows('SELECT name, population, reserves FROM budgets ORDER BY name')).toEqual([
      ['Alba', 3, 2],
      ['Brenn', 3, 2],
      ['Corvo', 3, 2],
    ]);
    const towns = await BuiltStore.build(
      ['Alba', 'Brenn', 'Corvo'].map((town) =>
        sheet('towns', town, town, ['Revenue', 'Spending', 'Population']),
      ),
      { corpusName: 'towns' },
    );
    expect(await towns.rows('SELECT name FROM towns ORDER BY name')).toEqual([
      ['Alba'],
      ['Brenn'],
      ['Corvo'],
    ]);
  });

  it('names a kind after its folder when that is a word', async () => {
    const inFolder = (folder: string) =>
      [0, 1, 2].map((index) => ({
        path: `${folder}/${letters[index]}.md`,
        readings: [read('Height', index)],
      }));
    const named = await BuiltStore.build(inFolder('recipes'));
    const unnamed = await BuiltStore.build(inFolder('docs'), { corpusName: '2022' });
    expect([named, unnamed].map(({ result }) => result.tables[0]?.name)).toEqual(['recipes', 'records']);
  });
});

describe('rows of tables within documents', () => {
  const cell = (entity: string, label: string, value: Parameters<typeof read>[1]) =>
    read(label, value, { section: 'Figures', entity, rule: 'markdown-table' });

  it('are attributes of the document when they recur', async () => {
    const store = await BuiltStore.build(
      letters.slice(0, 4).map((letter, index) => ({
        path: `${letter}.md`,
        title: letter,
        readings: ['Urban', 'Rural'].flatMap((row) => [
          cell(row, 'Men', index),
          cell(row, 'Women', index + 5),
        ]),
      })),
    );
    expect(await store.columns('records')).toEqual([
      'name',
      'urban_men',
      'urban_women',
      'rural_men',
      'rural_women',
    ]);
  });

  it('are entities when they do not, told apart by document where a label recurs', async () => {
    const store = await BuiltStore.build(
      letters.slice(0, 6).map((letter, index) => ({
        path: `${letter}.md`,
        title: `Company ${letter}`,
        readings: [
          read('Employees', index),
          ...[`Plant ${letter}`, `Office ${letter}`, ...(index < 2 ? ['Depot'] : [])].map((row) =>
            cell(row, 'Area', index * 10),
          ),
        ],
      })),
      { corpusName: 'companies' },
    );
    expect(store.result.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['figures', 14],
      ['companies', 6],
    ]);
    expect(await store.rows('SELECT * FROM figures LIMIT 4')).toEqual([
      ['Plant A', 'Company A', 0],
      ['Office A', 'Company A', 0],
      ['Depot (Company A)', 'Company A', 0],
      ['Plant B', 'Company B', 10],
    ]);
  });

  it('are entities however many documents there are', async () => {
    const companies = Array.from({ length: 70 }, (_, index) => `Company ${index + 100}`);
    const store = await BuiltStore.build(
      companies.map((company, index) => ({
        path: `${company}.md`,
        title: company,
        readings: [
          read('Employees', index),
          ...[`Plant of ${company}`, `Office of ${company}`].map((row) => cell(row, 'Area', index)),
        ],
      })),
      { corpusName: 'companies' },
    );
    expect(store.result.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['figures', 140],
      ['companies', 70],
    ]);
  });

  it('are the table in a corpus of one document, without its totals', async () => {
    const cities = ['Tokyo', 'Delhi', 'Cairo', 'Total'];
    const store = await BuiltStore.build([
      {
        path: 'cities.md',
        title: 'Large cities',
        readings: cities.flatMap((city, index) => [
          read('Population', index * 5, { entity: city }),
          read('Country', `Land ${index}`, { entity: city }),
        ]),
      },
    ]);
    expect(store.result.tables[0]).toEqual({ name: 'large_cities', rows: 3, columns: 2 });
    expect(await store.rows('SELECT name FROM large_cities')).toEqual([['Tokyo'], ['Delhi'], ['Cairo']]);
  });

  it('are entities although they recur, when columns are uniform and rows many', async () => {
    const store = await BuiltStore.build(
      ['2021', '2022'].map((year, edition) => ({
        path: `list-${year}.md`,
        title: `Price list ${year}`,
        readings: letters.flatMap((letter, index) => [
          cell(`Product ${letter}`, 'Price', quantity(index + edition, 'USD')),
          cell(`Product ${letter}`, 'Weight', quantity(index, 'kg')),
          cell(`Product ${letter}`, 'Discount', percent(edition)),
        ]),
      })),
    );
    // Editions of one list: a product is one row, the earlier price in a column of its own.
    expect(await store.rows('SELECT name, price, "price@2021" FROM figures LIMIT 2')).toEqual([
      ['Product A', 1, 0],
      ['Product B', 2, 1],
    ]);
  });
});

describe('things listed by section', () => {
  it('are rows, each section one', async () => {
    const store = await BuiltStore.build([
      {
        path: 'catalogue.md',
        title: 'Catalogue',
        readings: [
          read('Edition', 'third', { section: 'About' }),
          ...letters
            .slice(0, 5)
            .flatMap((letter, index) => [
              read('Price', index, { section: `Lamps > Lamp ${letter}` }),
              read('Colour', `colour ${letter}`, { section: `Lamps > Lamp ${letter}` }),
              read('Height', index, { section: `Lamps > Lamp ${letter} > Size` }),
            ]),
        ],
      },
    ]);
    expect(await store.columns('lamps')).toEqual(['name', 'price', 'colour', 'size_height']);
    expect(await store.rows('SELECT name, price FROM lamps LIMIT 2')).toEqual([
      ['Lamp A', 0],
      ['Lamp B', 1],
    ]);
  });

  it('are not what every document has', async () => {
    const topics = ['Tea', 'Coffee', 'Cocoa', 'Milk'];
    const store = await BuiltStore.build(
      letters.map((letter, index) => ({
        path: `${letter}.md`,
        title: letter,
        readings: topics.flatMap((topic) => [
          read('Imports', index, { section: topic }),
          read('Exports', index + 1, { section: topic }),
        ]),
      })),
    );
    expect(store.result.tables).toEqual([{ name: 'records', rows: 12, columns: 8 }]);
  });
});
