import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { z } from 'zod';
import type { TraceStep } from '../../strategies/strategy.ts';
import type { CorpusLocation, OpenCorpus } from '../../table/index.ts';
import { answerQuestions, type AnswerWork } from '../answer-questions.ts';
import { openAnswering } from '../answering.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { withFreshCorpus } from '../fresh-corpus.ts';
import { addModelOptions, modelOptions } from '../model-options.ts';
import { commonOptions, evidenceCount } from '../options.ts';
import { readQuestionsFile, type FiledQuestion } from '../questions-file.ts';
import { showQuestionPlans, type QuestionPlan } from '../show-question-plans.ts';
import { addStrategyOptions, strategyOptions } from '../strategy-options.ts';
import { screenOf } from '../terminal/screen.ts';

const askOptions = commonOptions
  .extend(modelOptions.shape)
  .extend(strategyOptions.shape)
  .extend({
    questions: z.string().optional(),
    evidence: z.number().optional(),
    plan: z.boolean().default(false),
    trace: z.boolean().default(false),
  });

type AskOptions = z.infer<typeof askOptions>;

export function addAskCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('ask')
    .summary('answer a question, with what the answer rests on')
    .description(
      'Reads what is new or changed, then answers. Without a model the answer comes from the table, with its SQL, the ' +
        'cells it rests on (file, line and quote), and how many documents had no value; a question that is not ' +
        'understood with confidence is refused with the nearest fields, never guessed at. With --model, a strategy puts ' +
        'the documents before a language model: auto chooses among full (all in one prompt), retrieval (the passages ' +
        'that fit), memory (chunk by chunk) and table (SQL by the model where the grammar does not go, over fields that ' +
        'the model reads where the table lacks them), and says why.',
    )
    .argument('<path>', 'folder, file, quoted glob, or - for standard input')
    .argument('[question]', 'the question, in quotation marks')
    .allowExcessArguments()
    .option(
      '--questions <file>',
      'answer many, several at once with a model: one {"id", "question"} a line in, one JSON answer a line out, in that order',
    )
    .option('--evidence <number>', 'how many cells to cite: a number or "all"', evidenceCount)
    .option('--plan', 'say what answering will take in calls, tokens and dollars; spend nothing')
    .option('--trace', 'show every step of the strategy (with --json: in the answer)')
    .addHelpText(
      'after',
      `
Examples:
  corpuscope ask ./reports "Which 5 companies have the highest revenue?"
  corpuscope ask ./reports "What is the average revenue of companies with more than 500 employees?" --json
  corpuscope ask ./reports --questions questions.jsonl > answers.jsonl
  corpuscope ask ./reports "Which reports doubt their own figures?" --model openai:gpt-5-mini --plan
  corpuscope ask ./reports "Which reports doubt their own figures?" --model openai:gpt-5-mini --max-usd 2
  corpuscope ask ./reports "…" --strategy memory --model compatible:qwen3-32b --window 32000 --trace
  corpuscope ask ./reports "…" --strategy full --truncate middle --model embedded --window 128000

"corpuscope fields ./reports" lists what can be asked about; "corpuscope calls ./reports" what models were asked. Calls
that were answered are never paid for again: killed and started anew, a command goes on. Exit status 3: refused, or files
were skipped.`,
    );
  addModelOptions(addStrategyOptions(command)).action(
    async (path: string, question: string | undefined, _: unknown, command: Command) => {
      const options = askOptions.parse(command.optsWithGlobals());
      if (command.args.length > 2) throw unquotedQuestion(path, command.args.slice(1));
      if (options.model === undefined && options.strategy !== undefined && options.strategy !== 'table')
        throw needsModel(options.strategy);
      const questions = await questionsOf({ path, question, options });
      const answerAll = async (corpus: OpenCorpus, location: CorpusLocation): Promise<ExitStatus> => {
        const answering = await openAnswering({ options, location, signal });
        try {
          const work = { corpus, answering, questions, options, signal };
          return options.plan ? await planAll(work) : await answerQuestions(work);
        } finally {
          await answering.close();
        }
      };
      process.exitCode = await withFreshCorpus({ path, options, signal }, answerAll);
    },
  );
}

function needsModel(strategy: string): CommandError {
  return new CommandError({
    message: `The strategy ${strategy} needs a model.`,
    remedy: 'Name one with --model ID; --model embedded needs no key and no network.',
    wrongArguments: true,
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

async function planAll({ corpus, answering, questions, options, signal }: AnswerWork): Promise<ExitStatus> {
  const plans: QuestionPlan[] = [];
  for (const { question } of questions) {
    const chosen: TraceStep[] = [];
    const plan = await answering.strategy.plan({
      corpus,
      question,
      signal,
      onTrace: (step) => void (step.step === 'strategy' && chosen.push(step)),
    });
    const { chosen: name, because } = chosen[0]?.detail ?? {};
    plans.push({
      question,
      strategy: typeof name === 'string' ? name : answering.strategy.name,
      ...(typeof because === 'string' && { because }),
      plan: plan.upperBound.calls === 0 ? null : answering.price(plan),
    });
  }
  const text = options.json
    ? plans.map((plan) => JSON.stringify(plan)).join('\n')
    : showQuestionPlans(plans, screenOf(process.stdout));
  process.stdout.write(`${text}\n`);
  return exitStatus.done;
}
