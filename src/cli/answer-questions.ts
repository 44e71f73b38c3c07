import { forEachConcurrently } from '../models/for-each-concurrently.ts';
import type { Answer, StrategyInput, StrategyProgress, TraceStep } from '../strategies/strategy.ts';
import type { OpenCorpus } from '../table/index.ts';
import type { Answering } from './answering.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import type { FiledQuestion } from './questions-file.ts';
import { showAnswer } from './show-answer.ts';
import { showTraceStep } from './show-trace.ts';
import { screenOf } from './terminal/screen.ts';
import { progressBar, StatusLine } from './terminal/status-line.ts';

const evidenceShown = 5;
const entriesShown = 50;

/** Questions, and what answers them. */
export interface AnswerWork {
  readonly corpus: OpenCorpus;
  readonly answering: Answering;
  readonly questions: readonly FiledQuestion[];
  readonly options: {
    readonly json: boolean;
    readonly trace: boolean;
    readonly evidence?: number | undefined;
    /** The file they are from; absent: the question was an argument. */
    readonly questions?: string | undefined;
  };
  readonly signal: AbortSignal;
}

interface Answered {
  readonly answer: Answer;
  readonly trace: readonly TraceStep[];
}

/**
 * Answers questions, as many at once as the model takes calls, and writes the answers in the order of the questions,
 * each as soon as those before it are there. What ends the work leaves the answers before it written; what was
 * answered behind them is in the ledger.
 *
 * @throws {ModelError} of a kind that ends a whole command, or the signal's reason.
 */
export async function answerQuestions(work: AnswerWork): Promise<ExitStatus> {
  const { questions, options, answering, signal } = work;
  const status = new StatusLine({ stream: process.stderr, enabled: !options.json });
  const statuses = new Set<Answer['status']>();
  const waiting = new Map<number, Answered>();
  let written = 0;
  let answered = 0;
  try {
    await forEachConcurrently({
      items: questions,
      concurrency: answering.concurrency,
      run: async ({ question }, index) => {
        signal.throwIfAborted();
        const say = (progress: StrategyProgress): void =>
          status.show(() => describeProgress(progress, { answered, questions: questions.length }));
        waiting.set(index, await answerOne({ work, question, status, say }));
        answered += 1;
        status.clear();
        for (let next = waiting.get(written); next !== undefined; next = waiting.get(written)) {
          write({ answered: next, question: questions[written], options });
          statuses.add(next.answer.status);
          waiting.delete(written);
          written += 1;
        }
      },
    });
  } finally {
    status.clear();
  }
  if (statuses.has('failed')) return exitStatus.failed;
  return statuses.has('refused') ? exitStatus.incomplete : exitStatus.done;
}

function describeProgress(
  { activity, done, total }: StrategyProgress,
  { answered, questions }: { answered: number; questions: number },
): string {
  const step = `${activity}  ${progressBar(total === 0 ? 0 : done / total)} ${done}/${total}`;
  return questions === 1 ? step : `${answered}/${questions} questions  ${step}`;
}

const writesJson = ({ json, questions }: AnswerWork['options']): boolean => json || questions !== undefined;

function write({
  answered: { answer, trace },
  question,
  options,
}: {
  answered: Answered;
  question: FiledQuestion | undefined;
  options: AnswerWork['options'];
}): void {
  const id = question?.id;
  const text = writesJson(options)
    ? JSON.stringify({ ...(id === undefined ? {} : { id }), ...answer, ...(options.trace && { trace }) })
    : showAnswer(answer, {
        screen: screenOf(process.stdout),
        evidence: options.evidence ?? evidenceShown,
        entries: entriesShown,
        sql: true,
      });
  process.stdout.write(`${text}\n`);
}

async function answerOne({
  work: { corpus, answering, options, signal },
  question,
  status,
  say,
}: {
  work: AnswerWork;
  question: string;
  status: StatusLine;
  say: (progress: StrategyProgress) => void;
}): Promise<Answered> {
  const trace: TraceStep[] = [];
  const input: StrategyInput = {
    corpus,
    question,
    evidenceLimit: options.evidence,
    signal,
    onTrace: (step) => {
      if (!options.trace) return;
      if (writesJson(options)) {
        trace.push(step);
        return;
      }
      status.clear();
      process.stderr.write(`${showTraceStep(step, screenOf(process.stderr))}\n`);
    },
    onProgress: say,
  };
  const { answerOrFail } = await import('../strategies/index.ts');
  return { answer: await answerOrFail(answering.strategy, input), trace };
}
