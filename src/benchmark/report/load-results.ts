import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { BenchmarkError } from '../benchmark-error.ts';
import { readResultLines, type ResultLine } from '../score/result-lines.ts';
import { scoreResult } from '../score/score-line.ts';
import { scoreLine, type RunLine, type ScoreLine } from '../run-line.ts';

/** What became of a question: a refusal is wrong, but shown apart; ungraded is neither right nor wrong. */
export const outcomes = ['right', 'wrong', 'refused', 'ungraded', 'missing'] as const;
export type Outcome = (typeof outcomes)[number];

/** A scored line of a file of results. */
export interface Result {
  readonly line: ScoreLine;
  readonly outcome: Exclude<Outcome, 'missing'>;
  /** 1 for right, 0 for wrong and refused; between them where a metric grades by shares. Null where ungraded. */
  readonly value: number | null;
}

/** The lines of one file by one strategy with one model. */
export interface ResultRun {
  /** Short, and unlike that of every other run. */
  readonly label: string;
  readonly file: string;
  readonly strategy: string | null;
  readonly model: string | null;
  readonly results: readonly Result[];
}

/**
 * Reads files of results; lines without a verdict are scored by their type. Where a file holds a question twice for one
 * strategy and model, the later line counts.
 *
 * @throws {BenchmarkError} when a file cannot be read or holds something else than results.
 */
export async function loadResults(files: readonly string[]): Promise<ResultRun[]> {
  const runs = new Map<string, { run: Omit<ResultRun, 'label' | 'results'>; results: Map<string, Result> }>();
  for (const file of files) {
    for await (const line of linesOf(file)) {
      const { strategy = null, model = null } = line;
      const key = JSON.stringify([file, strategy, model]);
      const found = runs.get(key) ?? { run: { file, strategy, model }, results: new Map() };
      runs.set(key, found);
      found.results.set(questionKey(line), toResult(await scored(line)));
    }
  }
  const labels = labelsOf([...runs.values()].map(({ run }) => run));
  return [...runs.values()].map(({ run, results }, index) => ({
    ...run,
    label: labels[index] ?? '',
    results: [...results.values()],
  }));
}

/** What lines of several runs about the same question have in common: benchmarks may use the same ids. */
export function questionKey({ id, set, question }: Pick<RunLine, 'id' | 'set' | 'question'>): string {
  return JSON.stringify([id, set ?? null, question]);
}

async function* linesOf(file: string): AsyncGenerator<ResultLine> {
  const problem = (message: string, cause?: unknown): BenchmarkError =>
    new BenchmarkError({
      message,
      remedy: 'Give files of `corpuscope bench run`, or of lines with id, question, answer and response.',
      cause,
    });
  try {
    for await (const read of readResultLines(createReadStream(file))) {
      if ('problem' in read) throw problem(`Line ${read.number} of ${file} is no result: ${read.problem}.`);
      yield read.result;
    }
  } catch (error) {
    if (error instanceof BenchmarkError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw problem(`The file of results ${file} cannot be read: ${message}.`, error);
  }
}

async function scored(line: ResultLine): Promise<ScoreLine> {
  const known = scoreLine.safeParse(line);
  return known.success ? known.data : (await scoreResult(line, {})).line;
}

function toResult(line: ScoreLine): Result {
  const outcome = outcomeOf(line);
  if (outcome === 'ungraded') return { line, outcome, value: null };
  const [share] = Object.values(line.metrics ?? {});
  return { line, outcome, value: outcome === 'refused' ? 0 : (share ?? Number(outcome === 'right')) };
}

function outcomeOf({ status, verdict }: ScoreLine): Result['outcome'] {
  if (status === 'refused') return 'refused';
  return status === 'failed' ? 'wrong' : verdict;
}

/** The strategy; the model and the file only where they tell runs apart. */
function labelsOf(runs: readonly Pick<ResultRun, 'file' | 'strategy' | 'model'>[]): string[] {
  const named = (parts: readonly ('model' | 'file')[]): string[] =>
    runs.map((run) => {
      const model = run.model === null || run.model === 'none' ? '' : run.model;
      const words = [
        run.strategy ?? (model === '' ? basename(run.file) : model),
        ...(parts.includes('model') && run.strategy !== null ? [model] : []),
        ...(parts.includes('file') ? [basename(run.file, '.jsonl')] : []),
      ];
      return words.filter((word) => word !== '').join(' · ');
    });
  const isTold = (labels: readonly string[]): boolean => new Set(labels).size === labels.length;
  const tries = [named([]), named(['model']), named(['file']), named(['model', 'file'])];
  const told = tries.find(isTold);
  return told ?? named(['model', 'file']).map((label, index) => `${label} (${index + 1})`);
}
