import type { ReadProgress } from '../../table/index.ts';
import type { BenchmarkQuestion, QuestionLanguage } from '../benchmark-format.ts';
import type { Benchmark } from '../open-benchmark.ts';
import { publishedAnswer } from '../published-answer.ts';
import type { QuestionGroup, RunQuestion } from './question-group.ts';
import { openSetCorpus } from './set-corpus.ts';

export interface BenchmarkChoice {
  /** Names of sets; absent: all, from the shortest to the longest. */
  readonly sets?: readonly string[] | undefined;
  /** Absent: all. */
  readonly languages?: readonly QuestionLanguage[] | undefined;
  /** Questions of each set at most: the first ones. */
  readonly limit?: number | undefined;
}

/**
 * The chosen questions of a benchmark, one group a set.
 *
 * @param options.cacheFolder where what was read of the sets is kept.
 * @throws {BenchmarkError} when a set does not exist or a question is malformed.
 */
export async function benchmarkGroups({
  benchmark,
  choice,
  cacheFolder,
  signal,
  onRead,
}: {
  benchmark: Benchmark;
  choice: BenchmarkChoice;
  cacheFolder: string;
  signal?: AbortSignal | undefined;
  onRead?: ((set: string, progress: ReadProgress) => void) | undefined;
}): Promise<QuestionGroup[]> {
  const { sets = benchmark.manifest.sets.map(({ name }) => name), languages, limit = Infinity } = choice;
  const groups: QuestionGroup[] = [];
  for (const set of sets) {
    const { tokens } = benchmark.set(set);
    const chosen: BenchmarkQuestion[] = [];
    for await (const question of benchmark.questions({ set })) {
      if (chosen.length >= limit) break;
      if (languages === undefined || languages.includes(question.language)) chosen.push(question);
    }
    groups.push({
      name: set,
      tokens,
      questions: chosen.map((question) => toRunQuestion(question, benchmark)),
      open: (writer) =>
        openSetCorpus({
          writer,
          benchmark,
          set,
          folder: cacheFolder,
          places: chosen.flatMap(({ evidence }) => evidence),
          signal,
          onProgress: (progress) => onRead?.(set, progress),
        }),
    });
  }
  return groups;
}

/**
 * A truth that was given as a file is independent of the project's reader, and a question without a plan of its grammar;
 * of what is not known it is not assumed.
 */
function toRunQuestion(question: BenchmarkQuestion, { manifest }: Benchmark): RunQuestion {
  const { plan, sql: _, answer, unit, tolerance, ordered, ...kept } = question;
  const wasWrittenByGrammar = plan !== null && plan !== undefined;
  return {
    ...kept,
    answer: publishedAnswer({ answer, answerType: question.answer_type }),
    ...(unit !== null && unit !== undefined && { unit }),
    ...(tolerance !== undefined && { tolerance }),
    ...(ordered !== undefined && { ordered }),
    isOwnTruth: wasWrittenByGrammar || manifest.truth?.kind !== 'file',
  };
}
