import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildTables } from './build-tables.ts';
import { parseFieldsFile } from './fields-file.ts';
import { BuiltStore, appendDocuments, quantity, read, type TestDocument } from './testing/built-store.ts';

let folder = '';
let fieldsFile = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fields-'));
  fieldsFile = join(folder, 'fields.json');
});
afterEach(() => rm(folder, { recursive: true }));

const hills = ['Ash', 'Birch', 'Cedar', 'Elm'];
const documents = (extra: (index: number) => TestDocument['readings'] = () => []): TestDocument[] =>
  hills.map((title, index) => ({
    path: `${title}.md`,
    title,
    readings: [
      read('Height', quantity(100 + index, 'm')),
      read('Summit altitude', quantity(200 + index, 'm')),
      read('Code', `H-${index}`),
      ...extra(index),
    ],
  }));

interface File {
  tables: { name: string; key: string | null; fields: Record<string, unknown>[] }[];
}

async function load(): Promise<File> {
  return JSON.parse(await readFile(fieldsFile, 'utf8')) as File;
}

/** Builds, lets a user edit the file, and builds again. */
async function edited(edit: (file: File) => void): Promise<BuiltStore> {
  const store = await BuiltStore.build(documents(), { settings: { fieldsFile }, corpusName: 'hills' });
  const file = await load();
  edit(file);
  await writeFile(fieldsFile, JSON.stringify(file));
  await rebuild(store);
  return store;
}

const rebuild = (store: BuiltStore) =>
  buildTables({ connection: store.connection, settings: { fieldsFile }, corpusName: 'hills' });

const field = (file: File, label: string): Record<string, unknown> =>
  file.tables[0]?.fields.find((each) => each['label'] === label) ?? {};

describe('fields.json', () => {
  it('lists what was discovered', async () => {
    await BuiltStore.build(documents(), { settings: { fieldsFile }, corpusName: 'hills' });
    const file = await load();
    expect(file.tables[0]).toMatchObject({ name: 'hills', key: null, rows: 4 });
    expect(field(file, 'Height')).toMatchObject({
      name: 'height',
      type: 'number',
      unit: 'm',
      coverage: 1,
      drop: false,
    });
  });

  it('lets a user rename, retype, describe, drop and join fields, and name the table and its key', async () => {
    const store = await edited((file) => {
      Object.assign(field(file, 'Height'), {
        name: 'elevation',
        description: 'Above sea level.',
        join: ['Summit altitude'],
      });
      Object.assign(field(file, 'Code'), { type: 'list' });
      Object.assign(file.tables[0] ?? {}, { name: 'mountains', key: 'Code' });
    });
    expect(await store.columns('mountains')).toEqual(['name', 'elevation', 'code']);
    expect(await store.rows('SELECT * FROM mountains LIMIT 1')).toEqual([['H-0', 100, ['H-0']]]);
    expect(
      await store.rows("SELECT label, aliases, description FROM store.fields WHERE name = 'elevation'"),
    ).toEqual([['Height', ['Height', 'Summit altitude'], 'Above sea level.']]);
  });

  it('drops a field, and remembers it', async () => {
    const store = await edited((file) => Object.assign(field(file, 'Code'), { drop: true }));
    expect(await store.columns('hills')).toEqual(['name', 'height', 'summit_altitude']);
    await rebuild(store);
    expect(field(await load(), 'Code')).toMatchObject({ drop: true });
  });

  it('keeps changes, and refreshes the rest, when the documents change', async () => {
    const store = await edited((file) =>
      Object.assign(field(file, 'Height'), { name: 'elevation', unit: 'km' }),
    );
    expect(await store.rows('SELECT elevation FROM hills LIMIT 1')).toEqual([[0.1]]);
    await store.connection.run('DELETE FROM store.documents; DELETE FROM store.readings');
    await appendDocuments(store.connection, documents((index) => [read('Owner', `Owner ${index}`)]).slice(1));
    await rebuild(store);
    const file = await load();
    expect(file.tables[0]).toMatchObject({ rows: 3 });
    expect(field(file, 'Height')).toMatchObject({
      name: 'elevation',
      unit: 'km',
      discovered: { name: 'height', unit: 'm' },
    });
    expect(field(file, 'Owner')).toMatchObject({ name: 'owner' });
  });

  it('keeps changes to a field that no document states any more', async () => {
    const store = await edited((file) => Object.assign(field(file, 'Code'), { name: 'identifier' }));
    await store.connection.run("DELETE FROM store.readings WHERE label = 'Code'");
    await rebuild(store);
    expect(field(await load(), 'Code')).toMatchObject({ name: 'identifier' });
  });

  it('is written only when it changes, and a second build changes nothing', async () => {
    const store = await edited(() => {});
    const before = await readFile(fieldsFile, 'utf8');
    await rebuild(store);
    expect(await readFile(fieldsFile, 'utf8')).toBe(before);
  });

  it('names line, field and remedy when it is wrong', async () => {
    const store = await BuiltStore.build(documents(), { settings: { fieldsFile }, corpusName: 'hills' });
    const wrong = async (change: (text: string) => string): Promise<string> => {
      const text = await readFile(fieldsFile, 'utf8');
      await writeFile(fieldsFile, change(text));
      const message = await rebuild(store).then(
        () => 'no error',
        (error: unknown) => String(error),
      );
      await writeFile(fieldsFile, text);
      return message.replace(folder, '');
    };
    expect(await wrong((text) => text.replace('"type":"number"', '"type":"numeral"'))).toMatch(
      /fields\.json, line \d+: "type" of the field "Height" Invalid option/,
    );
    expect(await wrong((text) => text.replace('"name":"height"', '"name":"The Height"'))).toMatch(
      /"name" of the field "Height" must be lower case/,
    );
    expect(await wrong((text) => text.replace('"drop":false', '"dorp":true'))).toMatch(
      /line \d+: "dorp" of the field "Height"/,
    );
    expect(await wrong((text) => text.replace('{"label"', '{"label":'))).toMatch(
      /line \d+: this is not JSON/,
    );
    expect(
      await wrong((text) =>
        text.replace('"name":"code"', '"name":"elevation"').replace('"name":"height"', '"name":"elevation"'),
      ),
    ).toMatch(/"Height" and "Code" have the same name, elevation/);
    expect(await wrong((text) => text.replace('"key": null', '"key": "Codes of all"'))).toMatch(
      /no field "Codes of all"/,
    );
  });

  it('takes a file written by hand for the changes it states', () => {
    const edits = parseFieldsFile(
      '{"tables":[{"name":"hills","fields":[{"label":"Height","unit":null}]}]}',
      'fields.json',
    );
    expect(edits.get('hills')?.fields.get('Height')).toMatchObject({ unit: null, join: [], drop: false });
  });
});
