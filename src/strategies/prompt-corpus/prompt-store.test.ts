import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenCorpus, ReadProgress } from '../../table/index.ts';
import { answerByTable } from '../table.ts';
import { documentPaths } from './document-files.ts';
import { PromptStore } from './prompt-store.ts';
import type { PromptDocument } from './split-documents.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-prompt-store-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const company = (name: string, revenue: number): PromptDocument => ({
  name: null,
  text: `# ${name}\n\nSector: Energy\nRevenue: $${revenue} million\n`,
});
const companies = [company('Acme', 120), company('Brisk', 80), company('Corda', 410)];

const entriesOf = async (): Promise<string[]> =>
  (await readdir(folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));

async function readingsDuring(use: (onProgress: (progress: ReadProgress) => void) => Promise<OpenCorpus[]>) {
  let readings = 0;
  const corpora = await use(({ phase }) => {
    if (phase === 'listing') readings += 1;
  });
  for (const corpus of corpora) corpus.close();
  return readings;
}

describe('PromptStore', () => {
  it('makes a corpus that strategies answer from, read once however often it is asked for', async () => {
    const store = new PromptStore({ folder });
    const first = await readingsDuring(
      async (onProgress) => await Promise.all([1, 2, 3].map(() => store.open(companies, { onProgress }))),
    );
    // All three are told how far the one reading has come.
    expect(first).toBe(3);
    expect(await entriesOf()).toHaveLength(1);
    const again = await readingsDuring(async (onProgress) => {
      const corpus = await new PromptStore({ folder }).open(companies, { onProgress });
      const answer = await answerByTable({ corpus, question: 'Which company has the highest revenue?' });
      expect(answer).toMatchObject({ status: 'answered', value: 'Corda' });
      expect(answer.evidence[0]).toMatchObject({ document: 'document-3.md', location: 'line 4' });
      return [corpus];
    });
    expect(again).toBe(0);
  });

  it('takes the names that a prompt gives for titles, but not the names of files', async () => {
    const named = ['Acme', 'Brisk', 'corda.md'].map((name, index) => ({
      name,
      text: `# Report of ${2020 + index}\n\nRevenue: $${index + 1} million\n`,
    }));
    const corpus = await new PromptStore({ folder }).open(named);
    const titles: (string | null)[] = [];
    for await (const { title } of corpus.documents()) titles.push(title);
    corpus.close();
    expect(titles).toEqual(['Acme', 'Brisk', 'Report of 2022']);
  });

  it('goes on for the others when one who waits leaves, and stops when all have', async () => {
    const store = new PromptStore({ folder });
    const leaving = new AbortController();
    const left = store.open(companies, { signal: leaving.signal });
    const stayed = store.open(companies);
    leaving.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    (await stayed).close();

    const alone = new AbortController();
    const given = store.open([company('Dorn', 3)], {
      signal: alone.signal,
      onProgress: () => alone.abort(new Error('gone too')),
    });
    await expect(given).rejects.toThrow('gone too');
    // What was begun can be taken up again.
    const corpus = await store.open([company('Dorn', 3)]);
    expect((await corpus.summary()).documents).toBe(1);
    corpus.close();
  });

  it('keeps what is in use and drops what was used longest ago when there is too much', async () => {
    const store = new PromptStore({ folder, maximumBytes: 1 });
    const held = await store.open([company('Acme', 1)]);
    (await store.open([company('Brisk', 2)])).close();
    expect(await entriesOf()).toHaveLength(2);
    expect((await held.summary()).documents).toBe(1);
    held.close();
    (await store.open([company('Dorn', 4)])).close();
    expect(await entriesOf()).toHaveLength(1);
  });

  it('drops what is old and what other processes left half done or half removed', async () => {
    const store = new PromptStore({ folder, maximumAgeMilliseconds: 60_000 });
    (await store.open([company('Acme', 1)])).close();
    const [old = ''] = await entriesOf();
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    await utimes(join(folder, old, 'finished.json'), longAgo, longAgo);
    const halfDone = 'a'.repeat(64);
    await mkdir(join(folder, halfDone));
    await utimes(join(folder, halfDone), longAgo, longAgo);
    const underWay = 'b'.repeat(64);
    await mkdir(join(folder, underWay));
    await mkdir(join(folder, `${halfDone}.removed-1`));
    await writeFile(join(folder, 'not-ours.txt'), '');
    (await store.open([company('Brisk', 2)])).close();
    const left = await readdir(folder);
    expect(left).toContain(underWay);
    expect(left).toContain('not-ours.txt');
    expect(left).not.toContain(old);
    expect(left).not.toContain(halfDone);
    expect(left).not.toContain(`${halfDone}.removed-1`);
  });

  it('reads again what it cannot open, and lets no one else look in', async () => {
    const store = new PromptStore({ folder: join(folder, 'private') });
    (await store.open(companies)).close();
    expect((await stat(join(folder, 'private'))).mode & 0o077).toBe(0);
    const [entry = ''] = await readdir(join(folder, 'private'));
    await rm(join(folder, 'private', entry, 'store'), { recursive: true });
    const corpus = await store.open(companies);
    expect((await corpus.summary()).documents).toBe(3);
    corpus.close();
  });
});

describe('documentPaths', () => {
  it('numbers documents, and names those that the prompt names, in its order', () => {
    const texts = (names: readonly (string | null)[]) => names.map((name) => ({ name, text: 'Revenue: 5' }));
    expect(documentPaths([company('Acme', 1), { name: null, text: 'a,b\n1,2' }])).toEqual([
      'document-1.md',
      'document-2.txt',
    ]);
    expect(documentPaths(texts(['Acme 2023', null, '../../etc/passwd', 'a/b:c.csv', '...']))).toEqual([
      '1/Acme 2023.txt',
      '2/document-2.txt',
      '3/etc passwd.txt',
      '4/a b c.csv',
      '5/document.txt',
    ]);
    const long = documentPaths(texts(Array.from({ length: 12 }, () => '公司'.repeat(200))));
    expect(long.toSorted()).toEqual(long);
    expect(Buffer.byteLength(long[0] ?? '')).toBeLessThan(140);
  });
});
