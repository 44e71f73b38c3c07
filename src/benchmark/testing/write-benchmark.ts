import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  benchmarkFiles,
  type BenchmarkDocument,
  type BenchmarkManifest,
  type BenchmarkQuestion,
} from '../benchmark-format.ts';

/** Writes a benchmark folder of documents and questions whose answers are known from elsewhere. */
export async function writeBenchmark({
  folder,
  manifest,
  documents,
  questions,
}: {
  folder: string;
  manifest: Pick<BenchmarkManifest, 'name' | 'truth' | 'sets'> & Partial<BenchmarkManifest>;
  documents: readonly BenchmarkDocument[];
  questions: readonly BenchmarkQuestion[];
}): Promise<void> {
  const whole: BenchmarkManifest = {
    format: 'corpuscope-benchmark',
    version: 1,
    seed: '1',
    tokenizer: 'o200k',
    template: 'corpusqa',
    corpuscope: '0.1.0',
    sources: [],
    ...manifest,
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, benchmarkFiles.manifest), `${JSON.stringify(whole, null, 2)}\n`);
  const lines = questions.map((question) => `${JSON.stringify(question)}\n`);
  await writeFile(join(folder, benchmarkFiles.questions), lines.join(''));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(
    `CREATE TABLE documents (position INTEGER, id VARCHAR, title VARCHAR, source VARCHAR, text VARCHAR,
       format VARCHAR, tokens INTEGER, counterfactual BOOLEAN)`,
  );
  const appender = await connection.createAppender('documents');
  for (const { position, id, title, source, text, format, tokens, counterfactual } of documents) {
    appender.appendInteger(position);
    for (const value of [id, title, source, text]) appender.appendVarchar(value);
    if (format === null) appender.appendNull();
    else appender.appendVarchar(format);
    appender.appendInteger(tokens);
    appender.appendBoolean(counterfactual);
    appender.endRow();
  }
  appender.closeSync();
  const file = join(folder, benchmarkFiles.documents);
  await connection.run(`COPY (SELECT * FROM documents ORDER BY position) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}
