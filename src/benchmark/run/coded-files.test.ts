import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { openCorpus, readCorpus, resolveCorpus } from '../../table/index.ts';
import { makeBenchmark } from '../build/make-benchmark.ts';
import { openBenchmark } from '../open-benchmark.ts';
import { openSetCorpus } from './set-corpus.ts';

/** Lakes in JSON files that are called by codes of two letters, some of which are words. */
const codes = 'at be by do go he if in is it me my no of on or so to up us we an as am'.split(' ');
const names = codes.map((code, index) => `Lake ${code.toUpperCase()}${['more', 'wick', 'stone'][index % 3]}`);

function lakeFiles(): string {
  const folder = new TemporaryFolder();
  for (const [index, code] of codes.entries()) {
    const spread = 7 + ((index * 37) % 23);
    folder.write(
      `lakes/${code}.json`,
      JSON.stringify({
        General: { 'common name': names[index], country: ['Norway', 'Chile', 'Kenya'][index % 3] },
        Water: {
          Depth: { mean: `${spread} m`, maximum: `${spread * 3 + index} m` },
          Inflow: { mean: `${spread * 11} L/s`, maximum: `${spread * 29 + index} L/s` },
        },
        Note: 'It is fed by rain, and no river goes to it as far as we know, so it may be dry in summer.',
      }),
    );
  }
  return join(folder.path, 'lakes');
}

describe('a benchmark out of JSON files that are called by codes', () => {
  it('is read like the files, under the names that its answers have', { timeout: 60_000 }, async () => {
    const location = await resolveCorpus({ input: lakeFiles(), store: new TemporaryFolder().path });
    await readCorpus({ location, key: 'common name' });
    const corpus = await openCorpus({ location });
    const out = join(new TemporaryFolder().path, 'bench');
    await makeBenchmark({
      corpus,
      request: {
        out,
        lengths: [5000],
        questions: 10,
        seed: '1',
        languages: ['en'],
        published: false,
        version: '0.1.0',
        consensus: 'one',
        counterfactual: true,
      },
    });
    const columns = corpus.catalog.tables[0]?.columns.map(({ name }) => name) ?? [];
    corpus.close();
    expect(columns).toContain('inflow_mean');
    const benchmark = await openBenchmark({ folder: out });
    const set = await openSetCorpus({
      benchmark,
      set: '5K',
      folder: join(out, 'sets'),
      places: [],
      writer: null,
    });
    try {
      const [table] = set.corpus.catalog.tables;
      expect(table?.columns.map(({ name }) => name)).toEqual(expect.arrayContaining(columns));
      const documents = await Array.fromAsync(benchmark.documents({ set: '5K' }));
      const copies = documents.filter(({ counterfactual }) => counterfactual);
      expect(copies.length).toBeGreaterThan(5);
      for (const { title, text } of copies) {
        expect(names).not.toContain(title);
        expect(text).toContain('It is fed by rain, and no river goes to it as far as we know');
        expect(text).toContain(`common name: ${title}`);
      }
      const { rows } = await set.corpus.sql(`SELECT name FROM "${table?.name}"`);
      expect(new Set(rows.map(([name]) => name))).toEqual(new Set(documents.map(({ title }) => title)));
    } finally {
      set.close();
    }
  });
});
