import { basename, dirname, join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { z } from 'zod';
import type {
  PlannedWork,
  QuestionGroup,
  RunFile as ResultsFile,
  RunProgress,
  RunReport,
} from '../../benchmark/index.ts';
import type { ReadProgress } from '../../table/index.ts';
import { strategyNames, type StrategyName } from '../../strategies/strategy-names.ts';
import { CommandError } from '../command-error.ts';
import { openContestants } from '../contestants.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { addCallOptions, modelIdForms, modelOptions } from '../model-options.ts';
import { commonOptions, nameList, parseOptions, wholeNumber } from '../options.ts';
import { addStrategySettings, strategyOptions } from '../strategy-options.ts';
import { showRunPlan, showRunReport } from '../show-run.ts';
import { ProgressLine } from '../terminal/progress-line.ts';
import { screenOf } from '../terminal/screen.ts';
import { progressBar, StatusLine } from '../terminal/status-line.ts';

const languages = ['en', 'zh'] as const;

const runOptions = commonOptions
  .extend(modelOptions.omit({ model: true }).shape)
  .extend(strategyOptions.omit({ strategy: true }).shape)
  .extend({
    strategy: z.array(z.enum(strategyNames)),
    model: z.array(z.string()).default([]),
    set: z.array(z.string()).optional(),
    language: z.array(z.enum(languages)).optional(),
    limit: z.number().optional(),
    out: z.string().optional(),
    dryRun: z.boolean().default(false),
    dataset: z.object({ name: z.string(), path: z.string() }).optional(),
  });

type RunOptions = z.infer<typeof runOptions>;

export function addBenchRunCommand(bench: Command, signal: AbortSignal): void {
  const command = bench
    .command('run')
    .summary('ask the questions of a benchmark')
    .description(
      'Asks strategies and models the questions of a benchmark and writes an answer a line. Killed at any moment and ' +
        'started again, it goes on where it was: lines that are there are kept, and no call is sent again whose answer ' +
        'was received. A question whose call failed has no line, and is asked again by the next run.',
    )
    .argument('[folder]', 'a benchmark that `corpuscope bench build` made')
    .option(
      '--dataset <name=path>',
      'or a published data set: corpusqa, longbench-v2, mrcr, … (another name lists them)',
      dataset,
    )
    .requiredOption('--strategy <names>', `one or more of ${strategyNames.join(', ')}`, strategyList)
    .option('--model <ids>', `one or more of ${modelIdForms}`, nameList)
    .option('--set <names>', 'only these lengths, such as 128K,1M', nameList)
    .option('--language <names>', 'only these languages: en, zh', nameList)
    .option('--limit <number>', 'only the first so many questions of each length', wholeNumber)
    .option('--out <file>', 'the file of results, which is gone on with where it exists')
    .option('--dry-run', 'say what the run will take in calls, tokens and dollars; spend nothing')
    .addHelpText(
      'after',
      `
Examples:
  corpuscope bench run ./bench --strategy table --out table.jsonl
  corpuscope bench run ./bench --strategy full,retrieval,memory,table,auto --model embedded --window 160000 --out run.jsonl
  corpuscope bench run ./bench --strategy full --model openai:gpt-5-mini --set 128K --limit 10 --dry-run
  corpuscope bench run ./bench --strategy memory --model compatible:a,compatible:b --max-usd 5 --out run.jsonl
  corpuscope bench run --dataset corpusqa=financial_en_set1.jsonl --strategy full --model openai:gpt-5-mini --out run.jsonl
  corpuscope bench report run.jsonl --html report.html

A line holds the fields of the published evaluation (id, question, answer, response, model) and what else is known:
strategy, set, tokens, cost, seconds, evidence, trace. Another window or setting is another run: give it a file of
its own. What is read of the documents is kept in FOLDER/.corpuscope, or beside the file of a data set (--store FOLDER
for elsewhere). Of a data set that comes as whole prompts, \`full\` sends each word for word.
Exit status 3: some questions have no line yet, since their calls failed.`,
    );
  addCallOptions(addStrategySettings(command)).action(
    async (folder: string | undefined, _: unknown, command: Command) => {
      const options = parseOptions({
        schema: runOptions,
        given: command.optsWithGlobals(),
        command: 'bench run',
      });
      process.exitCode = await runBench({ folder, options, signal });
    },
  );
}

function dataset(text: string): { name: string; path: string } {
  const [, name, path] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name !== undefined && path !== undefined) return { name, path };
  throw new InvalidArgumentError('Write the name of the data set, "=" and its file: corpusqa=set1.jsonl.');
}

function strategyList(text: string): StrategyName[] {
  return nameList(text).map((name) => {
    const known = strategyNames.find((each) => each === name);
    if (known !== undefined) return known;
    throw new InvalidArgumentError(`There is no strategy ${name}; there are ${strategyNames.join(', ')}.`);
  });
}

async function runBench({
  folder,
  options,
  signal,
}: {
  folder: string | undefined;
  options: RunOptions;
  signal: AbortSignal;
}): Promise<ExitStatus> {
  if (options.out === undefined && !options.dryRun) {
    throw new CommandError({
      message: 'There is no file for the results.',
      remedy: 'Name one with --out FILE.jsonl, or see what the run will take with --dry-run.',
      wrongArguments: true,
    });
  }
  const { planRun, runBenchmark, RunFile, runTasks } = await import('../../benchmark/index.ts');
  const view = new RunView({ enabled: !options.json });
  const { groups, store, close: closeGroups } = await openGroups({ folder, options, view, signal });
  const { contestants, meter, modelOf, close } = await openContestants({
    options,
    storeFolder: store,
    signal,
  }).catch(async (error: unknown) => {
    await closeGroups();
    throw error;
  });
  let results: ResultsFile | null = null;
  try {
    checkSomeQuestion(groups);
    const tasks = runTasks(groups, contestants);
    results = options.out === undefined ? null : await RunFile.open(options.out);
    if (results === null || options.dryRun) {
      const planned = await planRun({ tasks, results: results ?? { has: () => false }, modelOf, signal });
      view.clear();
      printPlan(planned, options);
      return exitStatus.done;
    }
    const report = await runBenchmark({
      tasks,
      results,
      meter,
      signal,
      onProgress: (progress) => view.running(progress),
    });
    view.clear();
    printReport({ report, tasks: tasks.length, options });
    return report.failed.length > 0 ? exitStatus.incomplete : exitStatus.done;
  } finally {
    view.clear();
    await results?.close();
    await close();
    await closeGroups();
  }
}

interface Groups {
  readonly groups: readonly QuestionGroup[];
  /** Where what is read is kept, and the calls. */
  readonly store: string;
  close(): Promise<void>;
}

/** The questions that the folder or the data set has, as far as they are chosen. */
async function openGroups({
  folder,
  options: { dataset, set: sets, language: languages, limit, ...options },
  view,
  signal,
}: {
  folder: string | undefined;
  options: RunOptions;
  view: RunView;
  signal: AbortSignal;
}): Promise<Groups> {
  const { benchmarkGroups, datasetGroups, openBenchmark, readDataset } =
    await import('../../benchmark/index.ts');
  const choice = { sets, languages, limit };
  if (dataset !== undefined && folder === undefined) {
    const store = options.store ?? join(dirname(dataset.path), '.corpuscope', basename(dataset.path));
    const opened = await datasetGroups({ items: readDataset(dataset), choice, folder: store, signal });
    return { ...opened, store };
  }
  if (folder === undefined || dataset !== undefined) {
    throw new CommandError({
      message: folder === undefined ? 'There is no benchmark.' : 'A folder and --dataset were both given.',
      remedy: 'Give the folder of a benchmark, or a published data set with --dataset NAME=PATH.',
      wrongArguments: true,
    });
  }
  const store = options.store ?? join(folder, '.corpuscope');
  const groups = await benchmarkGroups({
    benchmark: await openBenchmark({ folder }),
    choice,
    cacheFolder: join(store, 'sets'),
    signal,
    onRead: (name, progress) => view.reading(name, progress),
  });
  return { groups, store, close: () => Promise.resolve() };
}

function checkSomeQuestion(groups: readonly QuestionGroup[]): void {
  if (groups.some(({ questions }) => questions.length > 0)) return;
  throw new CommandError({
    message: 'No question of the benchmark is chosen.',
    remedy: 'Choose other lengths with --set or other languages with --language.',
  });
}

function printPlan(planned: readonly PlannedWork[], { json }: RunOptions): void {
  const text = json ? JSON.stringify(planned) : showRunPlan(planned, screenOf(process.stdout));
  process.stdout.write(`${text}\n`);
}

function printReport({
  report,
  tasks,
  options: { json, out = '' },
}: {
  report: RunReport;
  tasks: number;
  options: RunOptions;
}): void {
  const { answered, refused, failed, spent } = report;
  const told = failed.map(({ task: { question, contestant }, reason }) => ({
    id: question.id,
    strategy: contestant.strategy.name,
    model: contestant.model,
    reason,
  }));
  const text = json
    ? JSON.stringify({ file: out, lines: tasks - failed.length, answered, refused, failed: told, spent })
    : showRunReport({ answered, refused, failed: told, spent, file: out, tasks });
  process.stdout.write(`${text}\n`);
}

/** Tells how far a run has come. */
class RunView {
  readonly #enabled: boolean;
  readonly #reading: ProgressLine;
  readonly #running: StatusLine;
  readonly #startedAt = performance.now();
  #doneAtStart: number | null = null;

  constructor({ enabled }: { enabled: boolean }) {
    this.#enabled = enabled;
    this.#reading = new ProgressLine({ stream: process.stderr, enabled });
    this.#running = new StatusLine({ stream: process.stderr, enabled });
  }

  reading(set: string, progress: ReadProgress): void {
    if (!this.#enabled) return;
    this.#running.clear();
    this.#reading.update(progress);
    if (progress.phase === 'tabulating' && progress.filesDone === 0)
      this.#running.show(() => `Reading ${set}`);
  }

  running({ done, total, task }: RunProgress): void {
    this.#reading.clear();
    this.#doneAtStart ??= done;
    const { group, contestant } = task;
    const model = contestant.model === 'none' ? '' : ` ${contestant.model}`;
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const rate = (done - this.#doneAtStart) / seconds;
    const left = rate > 0 ? `  ${Math.ceil((total - done) / rate)} s left` : '';
    this.#running.show(
      () =>
        `${group.name} ${contestant.strategy.name}${model}  ${progressBar(done / total)} ${done}/${total}${left}`,
    );
  }

  clear(): void {
    this.#reading.clear();
    this.#running.clear();
  }
}
