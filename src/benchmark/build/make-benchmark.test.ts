import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { readCorpusQaPrompt } from '../../models/prompts/index.ts';
import type { OpenCorpus } from '../../table/index.ts';
import type { BenchmarkQuestion } from '../benchmark-format.ts';
import { openBenchmark, type Benchmark } from '../open-benchmark.ts';
import { makeReports, openFolder } from '../testing/made-corpus.ts';
import type { BuildReport } from './build-settings.ts';
import { makeBenchmark, type BenchmarkRequest } from './make-benchmark.ts';

const { folder, truth } = makeReports();
let corpus: OpenCorpus;

const request: BenchmarkRequest = {
  out: '',
  lengths: [4000, 7000],
  questions: 40,
  seed: '1',
  languages: ['en'],
  published: false,
  version: '0.1.0',
  consensus: 'two',
  counterfactual: false,
};

function make(more: Partial<BenchmarkRequest> & { out: string }): Promise<BuildReport> {
  return makeBenchmark({ corpus, request: { ...request, ...more } });
}

const newFolder = (): string => join(new TemporaryFolder().path, 'bench');

beforeAll(async () => {
  ({ corpus } = await openFolder(folder));
});

afterAll(() => corpus.close());

describe('a benchmark out of documents', () => {
  let report: BuildReport;
  let benchmark: Benchmark;
  let questions: BenchmarkQuestion[];

  beforeAll(async () => {
    const out = newFolder();
    report = await make({ out, published: true });
    benchmark = await openBenchmark({ folder: out });
    questions = await Array.fromAsync(benchmark.questions());
  });

  it('has nested sets just below their lengths', async () => {
    const [short, long] = benchmark.manifest.sets;
    expect([short?.name, long?.name]).toEqual(['4K', '7K']);
    for (const { length, tokens } of benchmark.manifest.sets) {
      expect(tokens).toBeLessThanOrEqual(length - 400);
      expect(tokens).toBeGreaterThan(length - 560);
    }
    const documents = await Array.fromAsync(benchmark.documents({ set: '7K' }));
    expect(documents).toHaveLength(long?.documents ?? 0);
    expect(documents.map(({ position }) => position)).toEqual(documents.map((_, index) => index));
    expect((await Array.fromAsync(benchmark.documents({ set: '4K' }))).map(({ id }) => id)).toEqual(
      documents.slice(0, short?.documents).map(({ id }) => id),
    );
  });

  it('asks as many questions as wanted, of all difficulties and many families', () => {
    for (const { questions: made } of report.sets) {
      expect(made).toHaveLength(40);
      expect(made.filter(({ difficulty }) => difficulty === 'medium')).toHaveLength(20);
      expect(new Set(made.map(({ family }) => family)).size).toBeGreaterThan(25);
      expect(made.filter(({ isLookUp }) => isLookUp).length).toBeLessThanOrEqual(2);
      const read = made.map(({ dispersion }) => dispersion.read).toSorted((one, other) => one - other);
      expect(read[20]).toBe(1);
    }
  });

  it('has answers that follow from the documents of the set', async () => {
    const counted = questions.filter(({ family, answer_type: type }) => family === 'E5' && type === 'number');
    expect(counted.length).toBeGreaterThan(0);
    for (const { set, plan, answer } of counted) {
      const documents = await Array.fromAsync(benchmark.documents({ set }));
      const names = new Set(documents.map(({ title }) => title));
      const text = JSON.stringify(plan);
      const column = ['revenue', 'costs', 'employees'].find((name) => text.includes(`"column":"${name}"`));
      const measure = /"function":"(\w+)"/.exec(text)?.[1];
      if (column === undefined || !['sum', 'average'].includes(measure ?? '')) continue;
      const values = truth.filter(({ name }) => names.has(String(name))).map((row) => Number(row[column]));
      const sum = values.reduce((total, value) => total + value, 0);
      expect(answer).toBeCloseTo(measure === 'sum' ? sum : sum / values.length, 2);
    }
  });

  it('keeps lists short and evidence true', async () => {
    const texts = new Map<string, string>();
    for await (const { id, text } of benchmark.documents({ set: '7K' })) texts.set(id, text);
    for (const { answer, evidence } of questions) {
      const items = [answer].flat().length;
      expect(items).toBeGreaterThan(0);
      expect(items).toBeLessThanOrEqual(15);
      expect(evidence.length).toBeGreaterThan(0);
      for (const { document, start, end } of evidence) {
        expect(texts.get(document)?.slice(start, end).trim()).not.toBe('');
      }
    }
  });

  it('is the same for the same seed, byte for byte, and another for another', async () => {
    const out = newFolder();
    await make({ out });
    for (const file of ['manifest.json', 'questions.jsonl', 'documents.parquet']) {
      expect(await readFile(join(out, file))).toEqual(await readFile(join(benchmark.folder, file)));
    }
    const other = newFolder();
    await make({ out: other, seed: '2' });
    expect(await readFile(join(other, 'questions.jsonl'), 'utf8')).not.toBe(
      await readFile(join(out, 'questions.jsonl'), 'utf8'),
    );
  });

  it('is written in the published format too', async () => {
    const lines = (await readFile(join(benchmark.folder, 'published-4K.jsonl'), 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(40);
    const [first] = lines.map(
      (line): { id: string; prompt: { content: string }[]; question: string; answer: string } =>
        JSON.parse(line),
    );
    expect(Object.keys(first ?? {})).toEqual(['id', 'prompt', 'question', 'answer']);
    const prompt = readCorpusQaPrompt(first?.prompt[0]?.content ?? '');
    expect(prompt?.question).toBe(first?.question);
    expect(prompt?.documents).toHaveLength(benchmark.set('4K').documents);
  });

  it('takes the place of what an interrupted run left, and of an earlier benchmark', async () => {
    const out = newFolder();
    const partial = join(dirname(out), `.${basename(out)}.partial`);
    await mkdir(partial);
    await writeFile(join(partial, 'documents.duckdb'), 'half');
    await make({ out, lengths: [4000] });
    await make({ out, lengths: [7000] });
    expect((await openBenchmark({ folder: out })).manifest.sets.map(({ name }) => name)).toEqual(['7K']);
    expect(await readdir(dirname(out))).toEqual([basename(out)]);
  });

  it('takes the words of a model where they mean the same, and no others', async () => {
    const plain = newFolder();
    const out = newFolder();
    const paraphrase = async (question: string): Promise<string | null> => {
      if (question.startsWith('What is the')) return 'Which of them is the best?';
      const other = question.replace(/\b(?:above|over|greater than)\b/, 'more than');
      return other === question ? null : other;
    };
    await make({ out: plain, lengths: [7000] });
    const made = await make({ out, lengths: [7000], paraphrase });
    const [before, asked] = await Promise.all(
      [plain, out].map(async (each) => Array.fromAsync((await openBenchmark({ folder: each })).questions())),
    );
    const reworded = asked?.filter(({ paraphrase_of: original }) => original !== undefined) ?? [];
    const {
      kept,
      'read otherwise': refused = 0,
      'no other words': none = 0,
    } = made.sets[0]?.paraphrases ?? {};
    expect(kept).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
    expect(reworded).toHaveLength(kept ?? 0);
    expect((kept ?? 0) + refused + none).toBe(40);
    // The same questions, but for the words.
    expect(asked?.map(({ paraphrase_of: original, question }) => original ?? question)).toEqual(
      before?.map(({ question }) => question),
    );
    expect(asked?.filter(({ question }) => question.includes('best'))).toEqual([]);
  });

  it('asks in two languages, as often in each', async () => {
    const out = newFolder();
    const made = await make({ out, lengths: [7000], languages: ['en', 'zh'] });
    const languages = made.sets[0]?.questions.map(({ language }) => language) ?? [];
    expect(languages.filter((language) => language === 'zh').length).toBeGreaterThanOrEqual(18);
    expect(languages.filter((language) => language === 'en').length).toBeGreaterThanOrEqual(18);
    await expect(make({ out, languages: ['fr'] })).rejects.toThrow(/cannot be written in "fr"/);
  });

  it('asks about the fields it is told to alone', async () => {
    const out = newFolder();
    await make({ out, lengths: [7000], fields: ['Revenue', 'employees', 'region'], questions: 15 });
    for await (const { plan } of (await openBenchmark({ folder: out })).questions()) {
      expect(JSON.stringify(plan)).not.toMatch(/"column":"(?:costs|margin|founding_date|orders)"/);
    }
    await expect(make({ out, fields: ['turnover'] })).rejects.toThrow(/no field "turnover"/);
  });

  it('leaves a folder of something else alone', async () => {
    await expect(make({ out: folder })).rejects.toThrow(/not empty and holds no benchmark/);
  });

  it('says when there are too few documents, for a length or to search in', async () => {
    await expect(make({ out: newFolder(), lengths: [100_000] })).rejects.toThrow(/too few documents/);
    await expect(make({ out: newFolder(), lengths: [1200] })).rejects.toThrow(/holds only/);
  });

  it('fills a length up with copies of other names and numbers', async () => {
    const out = newFolder();
    const made = await make({ out, lengths: [5000, 14_000], counterfactual: true });
    expect(made.sets.map(({ questions: asked }) => asked.length)).toEqual([40, 40]);
    const copied = await openBenchmark({ folder: out });
    const documents = await Array.fromAsync(copied.documents({ set: '14K' }));
    const [real, invented] = [false, true].map((is) =>
      documents.filter((each) => each.counterfactual === is),
    );
    expect(real?.length).toBe(truth.length);
    expect(invented?.length).toBeGreaterThan(10);
    expect(new Set(documents.map(({ title }) => title)).size).toBe(documents.length);
    expect(documents.slice(0, copied.set('5K').documents).some((each) => each.counterfactual)).toBe(false);
    const names = new Set(truth.map(({ name }) => name));
    expect(
      invented?.some(({ title, text }) => names.has(title) || text.includes(`# ${title}\n`) === false),
    ).toBe(false);
    expect(await readdir(dirname(out))).toEqual([basename(out)]);
  });

  it('takes documents that pass a filter only', async () => {
    const out = newFolder();
    await expect(make({ out, minimumTokens: 10_240 })).rejects.toThrow(/too few/);
    await expect(make({ out, minimumNumbers: 50 })).rejects.toThrow(/too few/);
  });
});

describe('a truth given in a file', () => {
  it('is what questions are about', async () => {
    const file = join(new TemporaryFolder().path, 'truth.csv');
    const rows = truth.map(({ name, region, revenue, employees }) => [
      String(name).toLowerCase().replace(' ', '-'),
      name,
      region,
      Number(revenue) + 1,
      employees,
    ]);
    await writeFile(
      file,
      [['doc', 'name', 'region', 'turnover_usd', 'employees'], ...rows]
        .map((row) => row.join(','))
        .join('\n'),
    );
    const out = newFolder();
    await make({ out, truthFile: file, questions: 10, lengths: [7000] });
    const benchmark = await openBenchmark({ folder: out });
    expect(benchmark.manifest.truth).toEqual({ kind: 'file', rule: 'truth.csv' });
    const asked = await Array.fromAsync(benchmark.questions());
    expect(asked).toHaveLength(10);
    expect(asked.some(({ question }) => question.includes('turnover'))).toBe(true);
  });

  it('must name the documents', async () => {
    const file = join(new TemporaryFolder().path, 'truth.csv');
    await writeFile(file, 'name,revenue\nNobody,5\nNothing,6\n');
    await expect(make({ out: newFolder(), truthFile: file })).rejects.toThrow(
      /No column of .* names the documents/,
    );
  });
});

describe('documents whose folder has no telling name', () => {
  it('are called by a noun that questions are read back with', async () => {
    const reports = makeReports();
    const renamed = join(dirname(reports.folder), 'Xq7-b Tz_09');
    await rename(reports.folder, renamed);
    const opened = await openFolder(renamed);
    try {
      const out = newFolder();
      const report = await makeBenchmark({ ...opened, request: { ...request, out, lengths: [7000] } });
      expect(report.sets[0]?.questions).toHaveLength(40);
    } finally {
      opened.corpus.close();
    }
  });
});

describe('the consensus of readings', () => {
  it('leaves out a document that contradicts itself', async () => {
    const reports = makeReports({ changes: [{ company: 5, lines: ['', 'Employees: 77777', ''] }] });
    const opened = await openFolder(reports.folder);
    try {
      const out = newFolder();
      const report = await makeBenchmark({ ...opened, request: { ...request, out, lengths: [6000] } });
      expect(report.notes).toEqual([expect.stringMatching(/^1 of 60 entities were left out/)]);
      const documents = await Array.fromAsync(
        (await openBenchmark({ folder: out })).documents({ set: '6K' }),
      );
      expect(documents.map(({ title }) => title)).not.toContain(reports.truth[5]?.['name']);
    } finally {
      opened.corpus.close();
    }
  });
});
