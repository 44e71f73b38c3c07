/**
 * What building a benchmark takes, and whether what is built is true.
 *
 *   node benchmarks/benchmark/build.ts measure CORPUS --length 128K,1M,4M,10M [--language en,zh] [--store FOLDER] --out FOLDER
 *   node benchmarks/benchmark/build.ts check FOLDER
 *   node benchmarks/benchmark/build.ts truth factbook|debian [--questions 75]
 *
 * `measure` builds with counterfactual copies in a process of its own: seconds and peak memory. `check` takes nothing but
 * the folder: it writes the documents out, reads them anew, and computes every answer again by both evaluators, with all
 * guards. `truth` builds over a corpus of ../shared/data about the fields its truth.csv holds, and computes every answer
 * over truth.csv, which people checked.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBenchmark, type Benchmark, type BenchmarkQuestion } from '../../src/benchmark/index.ts';
import { DocumentRanking } from '../../src/benchmark/build/bm25.ts';
import { truthByConsensus } from '../../src/benchmark/build/consensus.ts';
import { sameAnswer, type FinalAnswer } from '../../src/benchmark/build/final-answer.ts';
import { guardAnswer, guardChecks, guardValues } from '../../src/benchmark/build/guards.ts';
import { SetTable } from '../../src/benchmark/build/set-table.ts';
import { columnName, type TruthTable } from '../../src/benchmark/build/truth-table.ts';
import { columnsNamed } from '../../src/questions/plan-nodes.ts';
import { PlanError, type QueryPlan, type Value } from '../../src/questions/index.ts';
import { toSearchTerms } from '../../src/strategies/retrieval/search-text.ts';
import {
  openCorpus,
  readCorpus,
  resolveCorpus,
  type CatalogTable,
  type OpenCorpus,
} from '../../src/table/index.ts';
import { developmentCorpora, truthRows } from '../corpora/development-corpora.ts';
import { runCorpuscope } from '../measured-process.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    length: { type: 'string', default: '128K,1M' },
    questions: { type: 'string', default: '75' },
    seed: { type: 'string', default: '1' },
    language: { type: 'string', default: 'en,zh' },
    store: { type: 'string' },
    out: { type: 'string' },
  },
});

const [task, target] = positionals;
if (task === 'measure' && target !== undefined && options.out !== undefined)
  await measure(target, options.out);
else if (task === 'check' && target !== undefined) await check(target);
else if (task === 'truth' && target !== undefined) await compareWithTruth(target);
else {
  console.error(
    'usage: node benchmarks/benchmark/build.ts measure CORPUS --out FOLDER | check FOLDER | truth factbook|debian',
  );
  process.exitCode = 2;
}

async function measure(path: string, out: string): Promise<void> {
  const store = options.store === undefined ? [] : ['--store', options.store];
  const { length, seed, language } = options;
  const made = ['--length', length, '--seed', seed, '--language', language, '--counterfactual', '--out', out];
  const run = await runCorpuscope(['bench', 'build', path, ...made, ...store]);
  console.log(`${run.stdout}${run.stderr}`);
  const { status, seconds, processorSeconds, peakMebibytes } = run;
  console.log(
    `status ${status}, ${seconds.toFixed(1)} s, ${processorSeconds.toFixed(1)} s of processors, ${peakMebibytes.toFixed(0)} MiB peak`,
  );
}

/** Everything again from the folder alone. */
async function check(folder: string): Promise<void> {
  const benchmark = await openBenchmark({ folder });
  const work = await mkdtemp(join(tmpdir(), 'check-benchmark-'));
  try {
    const longest = benchmark.manifest.sets.at(-1)?.name ?? '';
    const ranking = new DocumentRanking();
    const order: string[] = [];
    for await (const { id, title, text, position } of benchmark.documents({ set: longest })) {
      const file = join(work, benchmark.manifest.name, id);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      ranking.add(position, `${title}\n${text}`);
      order.push(id);
    }
    const corpus = await readFolder(join(work, benchmark.manifest.name), join(work, 'store'));
    try {
      await checkQuestions({ benchmark, corpus, ranking, order });
    } finally {
      corpus.close();
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function readFolder(input: string, store: string): Promise<OpenCorpus> {
  const location = await resolveCorpus({ input, store });
  await readCorpus({ location });
  return await openCorpus({ location });
}

async function checkQuestions({
  benchmark,
  corpus,
  ranking,
  order,
}: {
  benchmark: Benchmark;
  corpus: OpenCorpus;
  ranking: DocumentRanking;
  order: readonly string[];
}): Promise<void> {
  const [table] = corpus.catalog.tables;
  if (table === undefined) throw new Error('The documents make no table.');
  const questions = await Array.fromAsync(benchmark.questions());
  const named = new Set(questions.flatMap(({ plan }) => columnsNamed(plan)));
  named.delete(table.key);
  const columns = [...named].filter((name) =>
    table.columns.some((column) => column.name === name.replace(/@.*$/, '')),
  );
  const truth = await truthByConsensus({ corpus, table, rule: 'one', exactly: columns });
  const names = new Set(truth.fields.map(columnName));
  const counts = {
    questions: questions.length,
    same: 0,
    'other answer': 0,
    'evaluators differ': 0,
    'cannot be computed': 0,
  };
  const violations = new Map<string, number>();
  for (const set of benchmark.manifest.sets) {
    const documents = order.slice(0, set.documents);
    const held = new Set(documents);
    const entities = truth.entities.filter((entity) => entity.documents.every((id) => held.has(id)));
    const setTable = await SetTable.create({ truth, rows: entities.map(({ row }) => row) });
    const ofSet = questions.filter((question) => question.set === set.name);
    for (const question of ofSet) {
      try {
        const plan = planOf(question, table);
        if (!columnsNamed(plan).every((name) => name === table.key || names.has(name))) {
          counts['cannot be computed'] += 1;
          continue;
        }
        const query = setTable.compile(plan);
        const answer = setTable.answerByEvaluation(plan, query);
        const bySql = await setTable.answerBySql(plan, query);
        if (!sameAnswer(answer, bySql, true)) counts['evaluators differ'] += 1;
        counts[sameAnswer(answer, stated(question)) ? 'same' : 'other answer'] += 1;
        if (!sameAnswer(answer, stated(question)))
          console.log(
            set.name,
            question.id,
            question.question,
            JSON.stringify(question.answer),
            JSON.stringify(answer?.value),
          );
        const terms = toSearchTerms(question.question);
        const best = ranking.best({ terms, documents: set.documents, limit: 10 });
        const few = new Set(best.map((position) => documents[position]));
        const rows = entities
          .filter((entity) => entity.documents.some((id) => few.has(id)))
          .map(({ row }) => row);
        const isEasy =
          !question.look_up && sameAnswer(setTable.answerByEvaluation(plan, query, rows), answer);
        const broken =
          guardAnswer(plan, answer) ??
          guardValues(plan, setTable) ??
          (await guardChecks(query, setTable)) ??
          (isEasy ? 'answered by ten documents' : null);
        if (broken !== null) violations.set(broken, (violations.get(broken) ?? 0) + 1);
      } catch (error) {
        if (!(error instanceof PlanError)) throw error;
        counts['cannot be computed'] += 1;
      }
    }
    const lookUps = ofSet.filter((question) => question.look_up).length;
    if (lookUps > ofSet.length * 0.05) violations.set('look-ups', lookUps);
    const read = ofSet.map(({ dispersion }) => dispersion.read).toSorted((one, other) => one - other);
    const mix = ['easy', 'medium', 'hard'].map(
      (name) => ofSet.filter(({ difficulty }) => difficulty === name).length,
    );
    console.log(
      `${set.name}: ${set.documents} documents, ${entities.length} entities, ${set.tokens} tokens; ${ofSet.length} questions (${mix.join(', ')}), ${lookUps} look-ups, median read ${read[read.length >> 1]}`,
    );
    setTable.close();
  }
  console.log(counts, 'violations:', Object.fromEntries(violations));
}

function planOf({ plan }: BenchmarkQuestion, { name }: CatalogTable): QueryPlan {
  // The benchmark wrote it itself.
  return { ...(plan as QueryPlan), table: name };
}

function stated({ answer, answer_type: type, unit = null }: BenchmarkQuestion): FinalAnswer {
  return { type, value: answer, unit };
}

/** Questions about the fields that truth.csv holds, answered over it. */
async function compareWithTruth(name: string): Promise<void> {
  const development = developmentCorpora[name];
  if (development === undefined) throw new Error(`There is no corpus ${name}.`);
  const work = await mkdtemp(join(tmpdir(), 'build-truth-'));
  try {
    const store = options.store ?? join(work, 'store');
    const corpus = await readFolder(development.folder, store);
    const [table] = corpus.catalog.tables;
    if (table === undefined) throw new Error('The documents make no table.');
    const truthColumn = new Map<string, string>();
    for (const [column, label] of Object.entries(development.fields).toReversed()) {
      const found = table.columns.find((each) => each.label === label);
      if (found !== undefined) truthColumn.set(found.name, column);
    }
    const out = join(work, 'bench');
    const fields = [
      '--fields',
      [...truthColumn.keys()].join(','),
      '--questions',
      options.questions,
      '--seed',
      options.seed,
    ];
    const run = await runCorpuscope([
      'bench',
      'build',
      development.folder,
      '--store',
      store,
      '--length',
      options.length,
      ...fields,
      '--out',
      out,
    ]);
    console.log(`${run.stdout}${run.stderr}`);
    await compareQuestions({
      benchmark: await openBenchmark({ folder: out }),
      corpus,
      table,
      name,
      truthColumn,
    });
    corpus.close();
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function compareQuestions({
  benchmark,
  corpus,
  table,
  name,
  truthColumn,
}: {
  benchmark: Benchmark;
  corpus: OpenCorpus;
  table: CatalogTable;
  name: string;
  truthColumn: ReadonlyMap<string, string>;
}): Promise<void> {
  const development = developmentCorpora[name];
  if (development === undefined) return;
  const byDocument = new Map(truthRows(development).map((row) => [row['doc_id'] ?? '', row]));
  const fields = table.columns
    .filter((column) => truthColumn.has(column.name))
    .map((column) => ({ column, period: null }));
  const truth: TruthTable = {
    catalog: corpus.catalog,
    table,
    fields,
    entities: [],
    kind: 'file',
    rule: '',
    notes: [],
  };
  const counts = { compared: 0, equal: 0, 'not in truth.csv': 0 };
  for (const { name: set } of benchmark.manifest.sets) {
    const documents = await Array.fromAsync(benchmark.documents({ set }));
    const rows = documents.flatMap(({ id }) => {
      const stating = byDocument.get(basename(id, extname(id)));
      if (stating === undefined) return [];
      const row: Record<string, Value> = { [table.key]: stating[development.entity] ?? '' };
      for (const { column } of fields) {
        const text = stating[truthColumn.get(column.name) ?? ''] ?? '';
        const isNumber = column.type === 'number' || column.type === 'percentage';
        row[column.name] = text === '' ? null : isNumber ? Number(text) : text;
      }
      return [row];
    });
    if (rows.length < documents.length)
      console.log(`${set}: ${documents.length - rows.length} documents are not in truth.csv`);
    const setTable = await SetTable.create({ truth, rows });
    for await (const question of benchmark.questions({ set })) {
      const plan = planOf(question, table);
      if (!columnsNamed(plan).every((column) => truthColumn.has(column) || column === table.key)) {
        counts['not in truth.csv'] += 1;
        continue;
      }
      const answer = setTable.answerByEvaluation(plan, setTable.compile(plan));
      counts.compared += 1;
      if (sameAnswer(answer, stated(question))) counts.equal += 1;
      else
        console.log(
          set,
          question.id,
          question.question,
          JSON.stringify(question.answer),
          JSON.stringify(answer?.value),
        );
    }
    setTable.close();
  }
  console.log(counts, `${((100 * counts.equal) / counts.compared).toFixed(1)} % equal`);
}
