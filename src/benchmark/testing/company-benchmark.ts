import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { companyFiles } from '../../strategies/testing/company-corpus.ts';
import { benchmarkFiles, type BenchmarkManifest, type BenchmarkQuestion } from '../benchmark-format.ts';

const sets = [
  { name: '1K', length: 1_000, tokens: 700, documents: 5 },
  { name: '2K', length: 2_000, tokens: 1_700, documents: 12 },
];

/** What is asked of each set, and the answer over its first so many companies. */
const asked: readonly {
  readonly question: string;
  readonly language?: 'en' | 'zh';
  readonly type: BenchmarkQuestion['answer_type'];
  readonly answer: (documents: number) => BenchmarkQuestion['answer'];
  readonly plan?: unknown;
}[] = [
  {
    question: 'How many companies have more than 30 employees?',
    type: 'number',
    answer: (count) => count - 3,
  },
  {
    question: 'Which two companies have the highest revenue?',
    type: 'list',
    answer: (count) => [count, count - 1].map((number) => `Company ${String(number).padStart(3, '0')}`),
    plan: { kind: 'list' },
  },
  {
    question: 'What is the average revenue of the companies?',
    type: 'number',
    answer: (count) => (count + 1) * 500_000,
  },
  { question: 'Which company has the nicest founder?', type: 'string', answer: () => 'Company 001' },
  { question: '有多少家公司？', language: 'zh', type: 'number', answer: (count) => count },
];

/** A small benchmark of profiles of companies in two lengths, whose truth was given and not read. */
export async function companyBenchmark(changes: Partial<BenchmarkManifest> = {}): Promise<string> {
  const folder = new TemporaryFolder().path;
  const manifest: BenchmarkManifest = {
    format: 'corpuscope-benchmark',
    version: 1,
    name: 'companies',
    seed: '1',
    tokenizer: 'o200k',
    template: 'corpusqa',
    corpuscope: '0.1.0',
    sources: [],
    truth: { kind: 'file', rule: 'by hand' },
    sets,
    ...changes,
  };
  await writeFile(join(folder, benchmarkFiles.manifest), JSON.stringify(manifest));
  const questions = sets.flatMap((set) => asked.map((_, index) => questionOf(set, index)));
  await writeFile(
    join(folder, benchmarkFiles.questions),
    questions.map((question) => `${JSON.stringify(question)}\n`).join(''),
  );
  const files = Object.entries(companyFiles(12));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run('CREATE TABLE files (position INTEGER, id VARCHAR, text VARCHAR)');
  const insert = await connection.prepare('INSERT INTO files VALUES (?, ?, ?)');
  for (const [position, [id, text]] of files.entries()) {
    insert.bindInteger(1, position);
    insert.bindVarchar(2, `reports/${id}`);
    insert.bindVarchar(3, text);
    await insert.run();
  }
  await connection.run(`COPY (
    SELECT position, id, '' AS title, id AS source, text, 140 AS tokens, false AS counterfactual FROM files ORDER BY position
  ) TO '${join(folder, benchmarkFiles.documents)}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return folder;
}

function questionOf(set: (typeof sets)[number], index: number): BenchmarkQuestion {
  const {
    question,
    language = 'en',
    type,
    answer,
    plan = null,
  } = asked[index] ?? {
    question: '',
    type: 'number',
    answer: () => 0,
  };
  return {
    id: `companies_${set.name}_${index + 1}`,
    set: set.name,
    question,
    language,
    answer: answer(set.documents),
    answer_type: type,
    family: index === 0 ? 'E4' : 'other',
    difficulty: index === 2 ? 'medium' : 'easy',
    look_up: false,
    domain: 'companies',
    plan,
    sql: 'SELECT 1',
    dispersion: { read: 1, decisive: 0.5 },
    // The words "# Company 001".
    evidence: [{ document: 'reports/company-001.md', field: 'Name', start: 2, end: 13 }],
  };
}
