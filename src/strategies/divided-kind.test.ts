import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCorpus, readCorpus, resolveCorpus, type OpenCorpus } from '../table/index.ts';
import type { Catalog, CatalogTable } from '../table/catalog.ts';
import { otherTablesOfKind } from './divided-kind.ts';

const streets = 'Elm Ash Oak Lime Birch Maple Cedar Willow'.split(' ');
let folder: string;
let corpus: OpenCorpus;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-divided-'));
  for (const [index, street] of streets.entries()) {
    const lines = [`# ${street} Street`, '', `Price: $${200 + index},000`, `Rooms: ${2 + index}`];
    await writeFile(join(folder, `${street}.md`), `${lines.join('\n')}\n`);
  }
  const location = await resolveCorpus({ input: folder });
  await readCorpus({ location });
  corpus = await openCorpus({ location });
});

afterAll(async () => {
  corpus.close();
  await rm(folder, { recursive: true, force: true });
});

/** The table as read, and another that was made of it. */
function withOther(change: (table: CatalogTable) => CatalogTable): { name: string; catalog: Catalog } {
  const [table] = corpus.catalog.tables;
  if (table === undefined) throw new Error('no table was read');
  const other = change({ ...table, name: `${table.name}_2` });
  return { name: table.name, catalog: { tables: [table, other] } };
}

const namesOfOthers = ({ name, catalog }: { name: string; catalog: Catalog }): string[] =>
  otherTablesOfKind(catalog, name).map((table) => table.name);

describe('otherTablesOfKind', () => {
  it('finds a table of things called alike that shares columns', () => {
    const both = withOther((table) => table);
    expect(namesOfOthers(both)).toEqual([`${both.name}_2`]);
  });

  it('finds none of another noun, with other columns, or of few rows', () => {
    expect(namesOfOthers(withOther((table) => ({ ...table, nouns: ['invoice'] })))).toEqual([]);
    expect(namesOfOthers(withOther((table) => ({ ...table, columns: table.columns.slice(1) })))).toEqual([]);
    expect(namesOfOthers(withOther((table) => ({ ...table, rows: 0 })))).toEqual([]);
    expect(otherTablesOfKind(corpus.catalog, 'nosuch')).toEqual([]);
  });

  it('finds a table of other names for everything, where several categories have the same values', () => {
    const vocabularies = [
      ['Legal', 'Sales'],
      ['Lyon', 'Gdansk'],
      ['Counsel', 'Planner'],
      ['met', 'missed'],
    ];
    const categories = (table: CatalogTable, names: readonly string[]): CatalogTable => ({
      ...table,
      nouns: [names[0] ?? ''],
      columns: names.map((name, index) => ({
        ...(table.columns[0] as CatalogTable['columns'][number]),
        name,
        label: name,
        type: 'category',
        values: (vocabularies[index] ?? []).map((value) => ({ value, rows: 4 })),
      })),
    });
    const { catalog } = withOther((table) => table);
    const [one, other] = catalog.tables as [CatalogTable, CatalogTable];
    const reviews = categories(one, ['team', 'office', 'role', 'rating']);
    const appraisals = categories(other, ['department', 'location', 'position', 'result']);
    expect(namesOfOthers({ name: one.name, catalog: { tables: [reviews, appraisals] } })).toEqual([
      other.name,
    ]);
    const offices = { ...appraisals, columns: appraisals.columns.slice(0, 2) };
    expect(namesOfOthers({ name: one.name, catalog: { tables: [reviews, offices] } })).toEqual([]);
  });
});
