/**
 * How many questions with known answers are answered right.
 *
 *   node benchmarks/questions/run.ts CORPUS QUESTIONS.jsonl [--store FOLDER]
 *   node benchmarks/questions/run.ts --truth factbook|debian|muc4
 *
 * The first form asks the corpus as the command line does. The second asks the table that a development corpus's
 * truth.csv holds, so that nothing but the understanding of the question is measured. Right is what the rule of
 * ../shared/data/grade.py says; without it, the answers are only printed.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { parseQuestion } from '../../src/questions/parse-question.ts';
import { runPlan } from '../../src/questions/testing/run-plan.ts';
import { loadTable } from '../../src/questions/testing/test-table.ts';
import { answerByTable } from '../../src/strategies/index.ts';
import { openCorpus, readCorpus, resolveCorpus } from '../../src/table/index.ts';
import { truthTables } from './truth-table.ts';

interface Question {
  readonly id: string;
  readonly question: string;
}

interface Outcome {
  readonly id: string;
  readonly status: string;
  readonly value: unknown;
  readonly reason?: string | undefined;
}

const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

const questionsIn = (file: string): Question[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): Question => JSON.parse(line));

async function askCorpus(
  path: string,
  questions: readonly Question[],
  store: string | undefined,
): Promise<Outcome[]> {
  const location = await resolveCorpus({ input: path, store });
  await readCorpus({ location });
  const corpus = await openCorpus({ location });
  try {
    const outcomes: Outcome[] = [];
    for (const { id, question } of questions) {
      const { status, value, reason } = await answerByTable({ corpus, question });
      outcomes.push({ id, status, value, reason });
    }
    return outcomes;
  } finally {
    corpus.close();
  }
}

async function askTruth(name: string, questions: readonly Question[]): Promise<Outcome[]> {
  const make = truthTables[name];
  if (make === undefined)
    throw new Error(`There is no truth for "${name}"; there is for ${Object.keys(truthTables).join(', ')}.`);
  const table = make(data);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await loadTable(connection, table);
  const outcomes: Outcome[] = [];
  for (const { id, question } of questions) {
    const parsed = parseQuestion({ question, catalog: table.catalog });
    if (parsed.status === 'refused')
      outcomes.push({ id, status: 'refused', value: null, reason: parsed.reason });
    else
      outcomes.push({ id, status: 'answered', value: (await runPlan(connection, table, parsed.plan)).value });
  }
  return outcomes;
}

/** Prints a line for each question and the sums, by the rule of grade.py where it is there. */
function grade(file: string, outcomes: readonly Outcome[]): void {
  for (const { id, reason } of outcomes) if (reason !== undefined) console.log(`${id} ${reason}`);
  const rule = `${data}grade.py`;
  if (!existsSync(rule)) {
    for (const outcome of outcomes) console.log(JSON.stringify(outcome));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'questions-'));
  const graded = join(folder, 'questions.jsonl');
  const answers = join(folder, 'answers.jsonl');
  // The rule expects a tolerance, which some sets leave out.
  const lines = questionsIn(file).map((question) => JSON.stringify({ tolerance: null, ...question }));
  writeFileSync(graded, `${lines.join('\n')}\n`);
  writeFileSync(answers, `${outcomes.map((outcome) => JSON.stringify(outcome)).join('\n')}\n`);
  process.stdout.write(execFileSync('python3', [rule, graded, answers]));
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { truth: { type: 'string' }, store: { type: 'string' } },
});
const [path, file] = positionals;
if (values.truth !== undefined) {
  const questions = path ?? `${data}${values.truth}/questions.jsonl`;
  grade(questions, await askTruth(values.truth, questionsIn(questions)));
} else if (path !== undefined && file !== undefined) {
  grade(file, await askCorpus(path, questionsIn(file), values.store));
} else {
  console.error(
    'Usage: node benchmarks/questions/run.ts CORPUS QUESTIONS.jsonl [--store FOLDER] | --truth NAME [QUESTIONS.jsonl]',
  );
  process.exitCode = 2;
}
