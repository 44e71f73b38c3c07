import type { Command } from 'commander';
import { z } from 'zod';
import type { BuildProgress } from '../../benchmark/index.ts';
import type { CorpusLocation, OpenCorpus } from '../../table/index.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { withFreshCorpus } from '../fresh-corpus.ts';
import { addCallOptions, modelIdForms, modelOptions, openCommandModels } from '../model-options.ts';
import { modelProviders } from '../model-providers.ts';
import { commonOptions, nameList, parseOptions, wholeNumber } from '../options.ts';
import { showBuildReport } from '../show-build.ts';
import { formatNumber } from '../terminal/numbers.ts';
import { screenOf } from '../terminal/screen.ts';
import { progressBar, StatusLine } from '../terminal/status-line.ts';
import { packageVersion } from '../version.ts';

const buildOptions = commonOptions.extend(modelOptions.omit({ model: true }).shape).extend({
  length: z.array(z.string()),
  questions: z.number().min(1, 'at least one question must be asked'),
  seed: z.string(),
  out: z.string(),
  language: z.array(z.string()),
  name: z.string().optional(),
  domain: z
    .string()
    .regex(/^[\p{L}\p{N}_-]+$/u, 'letters, digits, _ and - alone')
    .optional(),
  table: z.string().optional(),
  noun: z.string().min(1).optional(),
  fields: z.array(z.string()).optional(),
  truth: z.string().optional(),
  consensus: z.enum(['two', 'one']),
  minimumTokens: z.number().optional(),
  minimumNumbers: z.number().optional(),
  counterfactual: z.boolean().default(false),
  published: z.boolean().default(false),
  paraphrase: z.string().optional(),
});

type BuildOptions = z.infer<typeof buildOptions>;

export function addBenchBuildCommand(bench: Command, signal: AbortSignal): void {
  const command = bench
    .command('build')
    .summary('make a benchmark out of documents')
    .description(
      'Makes questions with known answers about a corpus: sets of documents just below each length, and for each set ' +
        'questions of 32 families, from a top five to outliers and hypotheticals. Answers are computed over the table of ' +
        "exactly the set's documents, by SQL and again by an independent evaluator.",
    )
    .argument('<path>', 'folder, file, quoted glob, or - for standard input')
    .requiredOption(
      '--out <folder>',
      'the benchmark; one that is there already is replaced when the new one is whole',
    )
    .option('--length <list>', 'tokens of the sets, such as 128K,1M', nameList, ['128K'])
    .option('--questions <number>', 'questions for each set', wholeNumber, 60)
    .option('--seed <text>', 'decides all that is drawn; the same seed makes the same files', '1')
    .option('--language <list>', 'languages of the questions, in turn', nameList, ['en'])
    .option('--name <text>', "what the benchmark is called (default: the table's name)")
    .option('--domain <text>', "what the questions' ids begin with (default: the table's name)")
    .option('--table <name>', 'the table that questions are about, where the corpus has several')
    .option('--noun <word>', 'what questions call a row, in the singular: country')
    .option('--fields <list>', 'ask about these fields only, by column or label', nameList)
    .option('--truth <file>', 'a CSV of the true values, a column of it titles or file names of documents')
    .option(
      '--consensus <rule>',
      'what is taken for true: "two" independent readings that agree, or "one" that nothing contradicts',
      'two',
    )
    .option('--minimum-tokens <number>', 'only documents of so many tokens (published: 10240)', wholeNumber)
    .option('--minimum-numbers <number>', 'only documents that state so many numbers', wholeNumber)
    .option('--counterfactual', 'fill lengths up with copies whose names and numbers are invented')
    .option('--published', 'also write each set in the published format, a prompt a line (large)')
    .option(
      '--paraphrase <model>',
      `have a model say questions in other words, kept where they mean the same: ${modelIdForms}`,
    )
    .addHelpText(
      'after',
      `
Examples:
  corpuscope bench build ./reports --length 128K,1M --questions 60 --seed 1 --out ./bench
  corpuscope bench build ./reports --length 10M --counterfactual --out ./bench-10m
  corpuscope bench build ./reports --truth truth.csv --out ./bench --published

A document of which a used field is not certain is in no set. What the guards on questions mean: docs/benchmarks.md.
Exit status 3: fewer questions than wanted could be made, or a file of the corpus was skipped.`,
    );
  addCallOptions(command).action(async (path: string, _: unknown, command: Command) => {
    const options = parseOptions({
      schema: buildOptions,
      given: command.optsWithGlobals(),
      command: 'bench build',
    });
    const lengths = await lengthsOf(options.length);
    process.exitCode = await withFreshCorpus({ path, options, signal }, (corpus, location) =>
      build({ corpus, location, options, lengths, signal }),
    );
  });
}

async function build({
  corpus,
  location,
  options,
  lengths,
  signal,
}: {
  corpus: OpenCorpus;
  location: CorpusLocation;
  options: BuildOptions;
  lengths: readonly number[];
  signal: AbortSignal;
}): Promise<ExitStatus> {
  const { makeBenchmark, paraphraseBy } = await import('../../benchmark/index.ts');
  const started = performance.now();
  const line = new StatusLine({ stream: process.stderr, enabled: !options.json });
  const models =
    options.paraphrase === undefined
      ? null
      : await openCommandModels({
          options: { ...options, model: options.paraphrase },
          storeFolder: location.storeFolder,
          providers: modelProviders,
          signal,
        });
  try {
    const paraphrase =
      models === null || options.paraphrase === undefined
        ? undefined
        : paraphraseBy(await models.client(options.paraphrase), signal);
    const report = await makeBenchmark({
      corpus,
      request: {
        ...options,
        languages: options.language,
        lengths,
        paraphrase,
        truthFile: options.truth,
        version: packageVersion(),
      },
      signal,
      onProgress: (progress) => line.show(() => describeProgress(progress)),
    }).finally(() => line.clear());
    const seconds = (performance.now() - started) / 1000;
    const text = options.json
      ? JSON.stringify({ ...report, seconds })
      : showBuildReport({ report, seconds, screen: screenOf(process.stdout) });
    process.stdout.write(`${text}\n`);
    const isFull = report.sets.every(({ questions }) => questions.length >= options.questions);
    return isFull ? exitStatus.done : exitStatus.incomplete;
  } finally {
    await models?.close();
  }
}

async function lengthsOf(texts: readonly string[]): Promise<number[]> {
  const { parseLength } = await import('../../benchmark/index.ts');
  const lengths = texts.map((text) => {
    const length = parseLength(text);
    if (length !== null) return length;
    throw new CommandError({
      message: `"${text}" is no length.`,
      remedy: 'Lengths are numbers of tokens such as 128K, 1M or 40000.',
      wrongArguments: true,
    });
  });
  return [...new Set(lengths)];
}

function describeProgress(progress: BuildProgress): string {
  const { done, total } = progress;
  const how = `${progressBar(total === 0 ? 1 : done / total)} ${formatNumber(done)}/${formatNumber(total)}`;
  switch (progress.phase) {
    case 'checking':
      return `Reading values a second time ${how} documents`;
    case 'copying':
      return `Making counterfactual copies ${how} documents`;
    case 'writing':
      return `Writing documents ${how}`;
    case 'asking':
      return `Making questions for ${progress.set} ${how}`;
    case 'publishing':
      return `Writing prompts ${how} questions`;
  }
}
