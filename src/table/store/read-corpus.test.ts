import { mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveCorpus } from './corpus-location.ts';
import { openCorpus } from './open-corpus.ts';
import { openDatabase } from './open-database.ts';
import { readCorpus, type ReadProgress } from './read-corpus.ts';
import { StoreError } from './store-error.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-read-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const profile = (name: string, people: string, area: string): string =>
  `# ${name}\n\n## Geography\n\n### Area\n\ntotal: ${area} sq km\n\nland: ${area} sq km\n\n### Coast\n\ntotal: 3 km\n\n### Population\n\n${people} (2022 est.)\n`;

async function writeProfiles(): Promise<void> {
  await writeFile(join(folder, 'alba.md'), profile('Alba', '1,200,000', '45,000'));
  await writeFile(join(folder, 'brenn.md'), profile('Brenn', '8.5 million', '120,500'));
  await writeFile(join(folder, 'corvo.md'), profile('Corvo', '930,000', '7,020'));
}

async function tableRows(): Promise<readonly (readonly unknown[])[]> {
  const corpus = await openCorpus({ location: await resolveCorpus({ input: folder }) });
  try {
    const [table] = corpus.catalog.tables;
    const { rows } = await corpus.sql(
      `SELECT name, area_total, population FROM "${table?.name}" ORDER BY name`,
    );
    return rows;
  } finally {
    corpus.close();
  }
}

const read = async (options: { force?: boolean } = {}) =>
  await readCorpus({ location: await resolveCorpus({ input: folder }), ...options });

describe('readCorpus', () => {
  it('makes a table of what documents state', async () => {
    await writeProfiles();
    const report = await read();
    expect(report).toMatchObject({ documents: 3, changed: true, skipped: [] });
    expect(report.files).toEqual({ total: 3, read: 3, unchanged: 0, removed: 0 });
    expect(await tableRows()).toEqual([
      ['Alba', 45000, 1200000],
      ['Brenn', 120500, 8500000],
      ['Corvo', 7020, 930000],
    ]);
  });

  it('gives the documents with their texts, all or some', async () => {
    await writeProfiles();
    await read();
    const corpus = await openCorpus({ location: await resolveCorpus({ input: folder }) });
    const all = await Array.fromAsync(corpus.documents());
    const some = await Array.fromAsync(corpus.documents({ ids: ['corvo.md', 'alba.md', 'nothing.md'] }));
    const versions = await corpus.documentVersions();
    corpus.close();
    expect(all.map(({ id, title }) => [id, title])).toEqual([
      ['alba.md', 'Alba'],
      ['brenn.md', 'Brenn'],
      ['corvo.md', 'Corvo'],
    ]);
    expect(all[1]?.text).toContain('8.5 million (2022 est.)');
    expect(some.map(({ id }) => id)).toEqual(['alba.md', 'corvo.md']);
    expect(versions).toEqual(all.map(({ id, hash }) => ({ id, hash })));
  });

  it('reads nothing again when nothing changed', async () => {
    await writeProfiles();
    await read();
    const again = await read();
    expect(again.changed).toBe(false);
    expect(again.files).toEqual({ total: 3, read: 0, unchanged: 3, removed: 0 });
    expect(again.documents).toBe(3);
  });

  it('reads all again when other code made the store', async () => {
    await writeProfiles();
    await read();
    const location = await resolveCorpus({ input: folder });
    const { connection, close } = await openDatabase({ file: location.databaseFile, mode: 'write' });
    await connection.run("UPDATE store.meta SET value = 'other code' WHERE key = 'version'");
    close();
    await expect(openCorpus({ location })).rejects.toThrow('the version has changed');
    expect((await read()).files).toEqual({ total: 3, read: 3, unchanged: 0, removed: 0 });
    expect(await tableRows()).toHaveLength(3);
    expect((await read()).changed).toBe(false);
  });

  it('reads only what is new or changed, and takes out what is gone', async () => {
    await writeProfiles();
    await read();
    await writeFile(join(folder, 'brenn.md'), profile('Brenn', '9 million', '120,500'));
    await writeFile(join(folder, 'dorn.md'), profile('Dorn', '40,000', '300'));
    await rm(join(folder, 'corvo.md'));
    const report = await read();
    expect(report.files).toEqual({ total: 3, read: 2, unchanged: 1, removed: 1 });
    expect(await tableRows()).toEqual([
      ['Alba', 45000, 1200000],
      ['Brenn', 120500, 9000000],
      ['Dorn', 300, 40000],
    ]);
  });

  it('knows a touched file by its content', async () => {
    await writeProfiles();
    await read();
    await utimes(join(folder, 'alba.md'), new Date(), new Date(Date.now() + 5000));
    const report = await read();
    expect(report.documents).toBe(3);
    expect((await read()).changed).toBe(false);
  });

  it('lists what it cannot read and goes on', async () => {
    await writeProfiles();
    await writeFile(join(folder, 'empty.md'), '');
    await writeFile(
      join(folder, 'binary.md'),
      Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * 31) % 256)),
    );
    await symlink('/etc/hostname', join(folder, 'outside.md'));
    const report = await read();
    expect(report.documents).toBe(3);
    expect(report.skipped.map(({ path }) => path).sort()).toEqual(['binary.md', 'empty.md', 'outside.md']);
    expect(report.skipped.every(({ reason }) => reason.length > 3)).toBe(true);
  });

  it('keeps what is done when it is stopped, and goes on from there', async () => {
    for (let index = 0; index < 40; index += 1) {
      await writeFile(
        join(folder, `p${index}.md`),
        profile(`Place ${index}`, `${index + 1},000`, `${index + 5}0`),
      );
    }
    const stop = new AbortController();
    const location = await resolveCorpus({ input: folder });
    const onProgress = ({ phase, filesDone }: ReadProgress): void => {
      if (phase === 'reading' && filesDone === 10) stop.abort(new Error('stopped'));
    };
    await expect(readCorpus({ location, signal: stop.signal, onProgress })).rejects.toThrow('stopped');
    await expect(openCorpus({ location })).rejects.toThrow(StoreError);
    const resumed = await readCorpus({ location });
    expect(resumed.files.unchanged).toBe(10);
    expect(resumed.documents).toBe(40);
    expect((await tableRows()).length).toBe(40);
  });

  it('waits for another writer and says so', async () => {
    await writeProfiles();
    const location = await resolveCorpus({ input: folder });
    await mkdir(location.storeFolder, { recursive: true });
    // DuckDB locks by process: the other writer must be one of its own.
    const { spawn } = await import('node:child_process');
    const holder = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { DuckDBInstance } from '@duckdb/node-api';
       const instance = await DuckDBInstance.create(${JSON.stringify(location.databaseFile)});
       await (await instance.connect()).run('CREATE TABLE held (i INTEGER)');
       console.log('held');
       process.stdin.resume();`,
    ]);
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    let waited = '';
    const report = await readCorpus({
      location,
      onWait: (by) => {
        waited = by;
        holder.kill();
      },
    });
    expect(waited).toBe(`process ${holder.pid}`);
    expect(report.documents).toBe(3);
  });

  it('names an empty folder and a missing path', async () => {
    await expect(read()).rejects.toThrow(/no files to read/);
    await expect(resolveCorpus({ input: join(folder, 'nowhere') })).rejects.toThrow(/no file or folder/);
  });

  it('says when a store is damaged', async () => {
    await writeProfiles();
    const location = await resolveCorpus({ input: folder });
    await mkdir(location.storeFolder, { recursive: true });
    await writeFile(location.databaseFile, 'this is no database');
    await expect(readCorpus({ location })).rejects.toThrow(StoreError);
    expect(await readFile(join(folder, 'alba.md'), 'utf8')).toContain('# Alba');
  });
});

describe('openDatabase', () => {
  it('says what to do when there is no store', async () => {
    const opening = openDatabase({ file: join(folder, 'none', 'corpus.duckdb'), mode: 'read' });
    await expect(opening).rejects.toMatchObject({ remedy: 'Run `corpuscope read PATH` first.' });
  });
});
