import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBenchmark } from '../open-benchmark.ts';
import { companyBenchmark } from '../testing/company-benchmark.ts';
import { openSetCorpus } from './set-corpus.ts';

describe('openSetCorpus', async () => {
  const benchmark = await openBenchmark({ folder: await companyBenchmark() });
  const folder = join(benchmark.folder, 'sets');
  const open = (set: string, writer: string | null = null) => {
    const readings: string[] = [];
    const places = [{ document: 'reports/company-002.md', start: 2, end: 13 }];
    const opened = openSetCorpus({
      benchmark,
      set,
      folder,
      places,
      writer,
      onProgress: ({ phase }) => readings.push(phase),
    });
    return opened.then((corpus) => ({ ...corpus, readings }));
  };

  it('has the documents of the set in their order, under the names that the benchmark has for them', async () => {
    const { corpus, documentId, quote, close } = await open('1K');
    const documents = await Array.fromAsync(corpus.documents());
    expect(documents.map(({ id }) => documentId(id))).toEqual(
      [1, 2, 3, 4, 5].map((number) => `reports/company-00${number}.md`),
    );
    expect(quote({ document: 'reports/company-002.md', start: 2, end: 13 })).toBe('Company 002');
    close();
  });

  it('reads a set once', async () => {
    const first = await open('2K');
    expect(first.readings).toContain('reading');
    first.close();
    const second = await open('2K');
    expect(second.readings).toEqual([]);
    second.close();
  });

  it('gives who adds to what was read a store of their own', async () => {
    const plain = await open('1K');
    const written = await open('1K', 'table compatible:a/b');
    expect(written.corpus.location.storeFolder).not.toBe(plain.corpus.location.storeFolder);
    expect(written.readings).toEqual([]);
    expect((await written.corpus.summary()).documents).toBe(5);
    const entries = await readdir(join(written.corpus.location.storeFolder, '..'));
    expect(entries.filter((name) => name.startsWith('store'))).toHaveLength(2);
    plain.close();
    written.close();
  });
});
