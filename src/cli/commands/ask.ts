import { existsSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import type { Answer } from '../../strategies/strategy.ts';
import type { OpenCorpus } from '../../table/index.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { withFreshCorpus } from '../fresh-corpus.ts';
import { commonOptions, evidenceCount } from '../options.ts';
import { readQuestionsFile, type FiledQuestion } from '../questions-file.ts';
import { showAnswer } from '../show-answer.ts';
import { screenOf } from '../terminal/screen.ts';

const askOptions = commonOptions.extend({
  questions: z.string().optional(),
  evidence: z.number().optional(),
  strategy: z.string(),
});

type AskOptions = z.infer<typeof askOptions>;

const evidenceShown = 5;
const entriesShown = 50;

export function addAskCommand(program: Command, signal: AbortSignal): void {
  program
    .command('ask')
    .summary('answer a question, with the SQL and the cells it rests on')
    .description(
      'Reads what is new or changed, then answers. The answer comes with its SQL, the cells it rests on (file, line ' +
        'and quote), and how many documents had no value. A question that is not understood with confidence is ' +
        'refused with the nearest fields, never guessed at.',
    )
    .argument('<path>', 'folder, file, quoted glob, or - for standard input')
    .argument('[question]', 'the question, in quotation marks')
    .allowExcessArguments()
    .option('--questions <file>', 'answer many: one {"id", "question"} a line in, one JSON answer a line out')
    .option('--evidence <number>', 'how many cells to cite: a number or "all"', evidenceCount)
    .addOption(
      new Option('--strategy <name>', 'how to answer: table is the one there is')
        .choices(['table'])
        .default('table'),
    )
    .addHelpText(
      'after',
      `
Examples:
  corpuscope ask ./reports "Which 5 companies have the highest revenue?"
  corpuscope ask ./reports "What is the average revenue of companies with more than 500 employees?" --json
  corpuscope ask ./reports --questions questions.jsonl > answers.jsonl

"corpuscope fields ./reports" lists what can be asked about. Exit status 3: refused, or files were skipped.`,
    )
    .action(async (path: string, question: string | undefined, _: unknown, command: Command) => {
      const options = askOptions.parse(command.optsWithGlobals());
      if (command.args.length > 2) throw unquotedQuestion(path, command.args.slice(1));
      const questions = await questionsOf({ path, question, options });
      const answerAll = (corpus: OpenCorpus): Promise<ExitStatus> =>
        answerInOrder({ corpus, questions, options, signal });
      process.exitCode = await withFreshCorpus({ path, options, signal }, answerAll);
    });
}

function unquotedQuestion(path: string, words: readonly string[]): CommandError {
  return new CommandError({
    message: `There are ${words.length} arguments after the path; the question must be one.`,
    remedy: `Put it in quotation marks: corpuscope ask ${path} "${words.join(' ')}"`,
    wrongArguments: true,
  });
}

async function questionsOf({
  path,
  question,
  options,
}: {
  path: string;
  question: string | undefined;
  options: AskOptions;
}): Promise<FiledQuestion[]> {
  if ((question === undefined) === (options.questions === undefined)) {
    throw new CommandError({
      message:
        question === undefined ? 'There is no question.' : 'A question and --questions were both given.',
      remedy: 'Give one question in quotation marks, or a file with --questions FILE.jsonl.',
      wrongArguments: true,
    });
  }
  if (options.questions !== undefined) return readQuestionsFile(options.questions);
  const text = question ?? '';
  if (text.trim() === '') {
    throw new CommandError({
      message: 'The question is empty.',
      remedy: 'Write it in quotation marks: corpuscope ask PATH "Which 5 …?"',
      wrongArguments: true,
    });
  }
  if (!existsSync(path) && existsSync(text)) {
    throw new CommandError({
      message: `There is no file or folder ${path}, but the question ${text} is one.`,
      remedy: 'The path comes first: corpuscope ask PATH "question"',
      wrongArguments: true,
    });
  }
  return [{ question: text }];
}

async function answerInOrder({
  corpus,
  questions,
  options,
  signal,
}: {
  corpus: OpenCorpus;
  questions: readonly FiledQuestion[];
  options: AskOptions;
  signal: AbortSignal;
}): Promise<ExitStatus> {
  const asJson = options.json || options.questions !== undefined;
  const screen = screenOf(process.stdout);
  const evidence = options.evidence ?? evidenceShown;
  const statuses = new Set<Answer['status']>();
  for (const { id, question } of questions) {
    signal.throwIfAborted();
    const answer = await answerOrFail({ corpus, question, evidenceLimit: options.evidence, signal });
    statuses.add(answer.status);
    const text = asJson
      ? JSON.stringify({ ...(id === undefined ? {} : { id }), ...answer })
      : showAnswer(answer, { screen, evidence, entries: entriesShown, sql: true });
    process.stdout.write(`${text}\n`);
  }
  if (statuses.has('failed')) return exitStatus.failed;
  return statuses.has('refused') ? exitStatus.incomplete : exitStatus.done;
}

/** One question that fails must not end a file of many: the failure is its answer. */
async function answerOrFail({
  corpus,
  question,
  evidenceLimit,
  signal,
}: {
  corpus: OpenCorpus;
  question: string;
  evidenceLimit: number | undefined;
  signal: AbortSignal;
}): Promise<Answer> {
  const { answerByTable, emptyAnswer } = await import('../../strategies/index.ts');
  const started = performance.now();
  try {
    return await answerByTable({ corpus, question, evidenceLimit, signal });
  } catch (error) {
    signal.throwIfAborted();
    const { documents } = await corpus.summary();
    return {
      ...emptyAnswer,
      question,
      status: 'failed',
      reason: error instanceof Error ? error.message : String(error),
      coverage: { documents, read: documents, withValue: 0, missing: 0 },
      seconds: (performance.now() - started) / 1000,
    };
  }
}
