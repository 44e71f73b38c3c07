import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { companyFiles } from '../../strategies/testing/company-corpus.ts';
import type { BenchmarkDocument, BenchmarkQuestion } from '../benchmark-format.ts';
import { writeBenchmark } from './write-benchmark.ts';

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
export async function companyBenchmark(): Promise<string> {
  const folder = new TemporaryFolder().path;
  await writeBenchmark({
    folder,
    manifest: { name: 'companies', truth: { kind: 'file', rule: 'by hand' }, sets },
    documents: companyDocuments(12),
    questions: sets.flatMap((set) => asked.map((_, index) => questionOf(set, index))),
  });
  return folder;
}

function companyDocuments(count: number): BenchmarkDocument[] {
  return Object.entries(companyFiles(count)).map(([name, text], position) => ({
    position,
    id: `reports/${name}`,
    title: '',
    source: `reports/${name}`,
    text,
    format: null,
    tokens: 140,
    counterfactual: false,
  }));
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
