import { addCosts, forEachConcurrently, noCost, type Cost, type ModelMessage } from '../../models/index.ts';
import {
  answerOrFail,
  PromptError,
  type Answer,
  type Strategy,
  type TraceStep,
} from '../../strategies/index.ts';
import { lineKey } from '../run-line.ts';
import type { CallMeter } from './metered-client.ts';
import type { CorpusOfQuestions, QuestionGroup, RunQuestion } from './question-group.ts';
import { resultLine, shortenedStep } from './result-line.ts';
import { OpenCorpora } from './open-corpora.ts';
import type { RunFile } from './run-file.ts';
import { TokenRoom } from './token-room.ts';

/** Who answers: a strategy with a model. */
export interface Contestant {
  readonly strategy: Strategy;
  /** The id of its model; `none` where it asks none. */
  readonly model: string;
  /** What its prompts may hold; 0 without a model. */
  readonly windowTokens: number;
  /** Questions that it answers at once: as many as its model takes calls; 1 without a model or with one in process. */
  readonly concurrency: number;
  /** Under which name it adds to what was read of the documents, as a model does that reads further fields; else null. */
  readonly writer: string | null;
  /** Sends a published prompt as it stands; absent where the strategy is another way to answer. */
  readonly sendMessages?:
    | ((prompt: {
        messages: readonly ModelMessage[];
        question: string;
        signal?: AbortSignal | undefined;
      }) => Promise<Answer>)
    | undefined;
  /** Whether it reads with the project's own pattern reader or understands by its grammar. */
  readonly usesOwnReading: boolean;
}

/** A question for one contestant. */
export interface RunTask {
  readonly group: QuestionGroup;
  readonly question: RunQuestion;
  readonly contestant: Contestant;
  /** What its line in the file of results is known by. */
  readonly key: string;
}

/** An answer that did not come about, and is tried again by the next run. */
export interface FailedTask {
  readonly task: RunTask;
  readonly reason: string;
}

export interface RunProgress {
  readonly done: number;
  readonly total: number;
  readonly task: RunTask;
}

export interface RunReport {
  readonly answered: number;
  readonly refused: number;
  readonly failed: readonly FailedTask[];
  /** Spent by this run, without what the ledger had. */
  readonly spent: Cost;
}

/** Tokens of prompts that are held at once at most: more than one prompt of the longest sets, below a gigabyte. */
const heldTokens = 12_000_000;

/** Every question for every contestant, in the order in which the file of results has them in the end. */
export function runTasks(groups: readonly QuestionGroup[], contestants: readonly Contestant[]): RunTask[] {
  return groups.flatMap((group) =>
    contestants.flatMap((contestant) =>
      group.questions.map((question) => ({
        group,
        question,
        contestant,
        key: lineKey({ id: question.id, strategy: contestant.strategy.name, model: contestant.model }),
      })),
    ),
  );
}

/**
 * Asks what the file of results does not have yet and writes each answer down as it comes. Killed at any moment and
 * run again it goes on, and ends with the same file; no call is sent again whose answer the ledger has.
 *
 * @throws {ModelError} of kind `over-budget` or `not-in-ledger`, the signal's reason: what is done until then is kept.
 */
export async function runBenchmark({
  tasks,
  results,
  meter,
  signal,
  onProgress,
}: {
  tasks: readonly RunTask[];
  results: RunFile;
  /** The meter of the contestants' models. */
  meter: CallMeter;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: RunProgress) => void) | undefined;
}): Promise<RunReport> {
  const open = tasks.filter(({ key, question }) => !results.has(key, question));
  let corpora = new OpenCorpora([], null);
  const room = new TokenRoom(heldTokens);
  const counts = { answered: 0, refused: 0 };
  const failed: FailedTask[] = [];
  let spent = noCost;
  let done = tasks.length - open.length;

  async function run(task: RunTask): Promise<void> {
    signal?.throwIfAborted();
    onProgress?.({ done, total: tasks.length, task });
    const { group, question, contestant } = task;
    const isSent = question.messages !== undefined && contestant.sendMessages !== undefined;
    try {
      const documents = isSent ? null : await corpora.take(group);
      const trace: TraceStep[] = [];
      const held = Math.min(contestant.windowTokens, group.tokens);
      const metered = await room.hold(held, () =>
        meter.measure(() => answerTask({ task, documents, trace, signal })),
      );
      const { result: answer } = metered;
      const beside = subtractCosts(answer.cost, metered.spent);
      const took = addCosts(metered.took, beside);
      spent = addCosts(spent, addCosts(metered.spent, beside));
      if (isToBeTriedAgain(answer, contestant)) {
        failed.push({ task, reason: answer.reason ?? 'No reason was given.' });
        return;
      }
      const strategy = contestant.strategy.name;
      await results.append(resultLine({ ...contestant, strategy, question, answer, took, trace, documents }));
      counts[answer.status === 'answered' ? 'answered' : 'refused'] += 1;
    } catch (error) {
      // A prompt in which no documents are found must not end a run of many.
      if (!(error instanceof PromptError)) throw error;
      failed.push({ task, reason: error.message });
    } finally {
      corpora.release(group);
      done += 1;
    }
  }

  for (const [{ concurrency, writer }, items] of Map.groupBy(open, ({ contestant }) => contestant)) {
    corpora = new OpenCorpora(items, writer);
    try {
      await forEachConcurrently({ items, concurrency, run });
    } finally {
      corpora.closeAll();
    }
  }
  await results.arrange(tasks.map(({ key }) => key));
  return { ...counts, failed, spent };
}

/** What an answer cost beside the calls of the model: embeddings. */
function subtractCosts(all: Cost, metered: Cost): Cost {
  const difference = (name: keyof Cost): number => Math.max(0, all[name] - metered[name]);
  return {
    calls: difference('calls'),
    inputTokens: difference('inputTokens'),
    outputTokens: difference('outputTokens'),
    usd: difference('usd'),
  };
}

async function answerTask({
  task: { question, contestant },
  documents,
  trace,
  signal,
}: {
  task: RunTask;
  documents: CorpusOfQuestions | null;
  /** Takes the steps. */
  trace: TraceStep[];
  signal: AbortSignal | undefined;
}): Promise<Answer> {
  if (documents !== null) {
    return await answerOrFail(contestant.strategy, {
      corpus: documents.corpus,
      question: question.question,
      instructions: documents.instructions ?? question.instructions,
      evidenceLimit: 20,
      signal,
      onTrace: (step) => void trace.push(shortenedStep(step)),
    });
  }
  const { messages = () => Promise.resolve([]) } = question;
  const { sendMessages } = contestant;
  if (sendMessages === undefined) throw new TypeError('A prompt is to be sent that nobody sends.');
  return await sendMessages({ messages: await messages(), question: question.question, signal });
}

/**
 * A call that failed may go well another time. What no call was needed for fails again, and a reply that was received is
 * the model's: both are results.
 */
function isToBeTriedAgain(answer: Answer, { model }: Contestant): boolean {
  return answer.status === 'failed' && answer.response === undefined && model !== 'none';
}
