import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeEach, describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../corpus/testing/temporary-folder.ts';
import { BenchmarkError } from './benchmark-error.ts';
import { openBenchmark } from './open-benchmark.ts';

const manifest = {
  format: 'corpuscope-benchmark',
  version: 1,
  name: 'cities',
  seed: '1',
  tokenizer: 'o200k',
  template: 'corpusqa',
  corpuscope: '0.1.0',
  sources: [],
  sets: [
    { name: '128K', length: 128_000, tokens: 20, documents: 2 },
    { name: '1M', length: 1_000_000, tokens: 30, documents: 3 },
  ],
};

const question = {
  id: 'city_en_128K_1',
  set: '128K',
  question: 'How many cities are there?',
  language: 'en',
  answer: 2,
  answer_type: 'number',
  family: 'E4',
  difficulty: 'easy',
  look_up: false,
  domain: 'city',
  plan: {},
  sql: 'SELECT 2',
  dispersion: { read: 1, decisive: 1 },
  evidence: [],
};

describe('openBenchmark', () => {
  let folder: string;

  beforeEach(async () => {
    folder = new TemporaryFolder().path;
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    const questions = [question, { ...question, id: 'city_en_1M_1', set: '1M', answer: ['Aldea', 'Bourg'] }];
    await writeFile(
      join(folder, 'questions.jsonl'),
      `${questions.map((each) => JSON.stringify(each)).join('\n')}\n`,
    );
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run(`COPY (
      SELECT i::INTEGER AS position, 'd' || i AS id, 'Title ' || i AS title, 'd.md' AS source, 'text' AS text,
        10 AS tokens, i = 2 AS counterfactual FROM range(3) t(i)
    ) TO '${join(folder, 'documents.parquet')}' (FORMAT parquet)`);
    connection.closeSync();
  });

  it('streams the documents and questions of a set', async () => {
    const benchmark = await openBenchmark({ folder });
    const short = await Array.fromAsync(benchmark.documents({ set: '128K' }));
    expect(short.map(({ id, position }) => [id, position])).toEqual([
      ['d0', 0],
      ['d1', 1],
    ]);
    expect(await Array.fromAsync(benchmark.documents({ set: '1M' }))).toHaveLength(3);
    const asked = await Array.fromAsync(benchmark.questions({ set: '1M' }));
    expect(asked.map(({ answer }) => answer)).toEqual([['Aldea', 'Bourg']]);
    expect(await Array.fromAsync(benchmark.questions())).toHaveLength(2);
  });

  it('says what is wrong with a folder, a set or a line', async () => {
    await expect(openBenchmark({ folder: `${folder}/nowhere` })).rejects.toThrow(/is no benchmark/);
    const benchmark = await openBenchmark({ folder });
    expect(() => benchmark.set('4M')).toThrow(BenchmarkError);
    await writeFile(join(folder, 'questions.jsonl'), '{"id": 5}\n');
    await expect(Array.fromAsync(benchmark.questions())).rejects.toThrow(/questions\.jsonl:1 is no question/);
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, version: 2 }));
    await expect(openBenchmark({ folder })).rejects.toThrow(/not what this version reads/);
  });
});
