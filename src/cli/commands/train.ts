import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import type { MetricsRecord, Recipe } from '../../training/index.ts';
import { CommandError } from '../command-error.ts';
import { commonOptions, wholeNumber } from '../options.ts';
import { formatSeconds, formatShort } from '../terminal/numbers.ts';
import { screenOf, type Screen } from '../terminal/screen.ts';
import { sparkline } from '../terminal/sparkline.ts';
import { progressBar, StatusLine } from '../terminal/status-line.ts';

const trainOptions = commonOptions.extend({
  out: z.string(),
  threads: z.int().positive().optional(),
  provider: z.enum(['cpu', 'webgpu']),
  restart: z.boolean().default(false),
});

export function addTrainCommand(program: Command, signal: AbortSignal): void {
  program
    .command('train')
    .summary('train a small language model by a recipe')
    .description(
      'Trains a model by the stages of a recipe: supervised fine-tuning, then reinforcement learning from rewards. ' +
        'A run that is stopped or killed goes on from its last checkpoint when the same command is started again.',
    )
    .argument('<recipe>', 'a TypeScript or JavaScript file that exports defineRecipe({ … }) as default')
    .requiredOption('--out <folder>', 'where the model, its checkpoints, metrics.jsonl and curve.svg go')
    .option(
      '--threads <count>',
      'threads that compute (default: one a core); 1 repeats runs bit for bit',
      wholeNumber,
    )
    .addOption(
      new Option('--provider <name>', 'what ONNX Runtime computes by')
        .choices(['cpu', 'webgpu'])
        .default('cpu'),
    )
    .option('--restart', 'begin anew where the folder holds a run already')
    .addHelpText(
      'after',
      `
Examples:
  corpuscope train recipe.ts --out ./run
  corpuscope sample ./run "a prompt"                 what it has learnt
  corpuscope train recipe.ts --out ./run --json      a line of JSON for each step

recipe.ts:
  import { defineRecipe } from 'corpuscope/training';
  export default defineRecipe({
    model: { size: '0.9M', convolutionTaps: 3 },
    tokenizer: { vocabularySize: 1024 },
    stages: [
      { kind: 'sft', data: 'examples.jsonl', steps: 500, optimizer: { learningRate: 2e-3 } },
      { kind: 'rl', objective: 'grpo', data: 'prompts.jsonl', steps: 100, optimizer: { learningRate: 5e-4 } },
    ],
  });

A line of data: {"prompt": "…", "response": "…"}; for rewards by rules {"prompt": "…", "gold": ["…"]}.`,
    )
    .action(async (file: string, _: unknown, command: Command) => {
      const options = trainOptions.parse(command.optsWithGlobals());
      const recipe = await importRecipe(file);
      const { train } = await import('../../training/index.ts');
      const view = new TrainingView({ json: options.json });
      const { finished } = await train({
        recipe,
        folder: options.out,
        recipeFolder: dirname(resolve(file)),
        threads: options.threads,
        provider: options.provider,
        restart: options.restart,
        signal,
        onStep: (record) => view.step(record),
      }).finally(() => view.clear());
      if (options.json) return;
      const text = view.summary({ folder: options.out, finished, screen: screenOf(process.stdout) });
      process.stdout.write(`${text}\n`);
    });
}

/** What Node says of a missing file or a folder names our own source file as the importer, which helps nobody. */
function loadingProblem(file: string, error: unknown): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return 'there is no such file.';
  if (stats.isDirectory()) return 'it is a folder.';
  return error instanceof Error ? error.message : String(error);
}

async function importRecipe(file: string): Promise<Recipe> {
  const { defineRecipe } = await import('../../training/index.ts');
  let module: unknown;
  try {
    module = await import(pathToFileURL(resolve(file)).href);
  } catch (error) {
    if (error instanceof Error && 'remedy' in error) throw error;
    throw new CommandError({
      message: `The recipe ${file} cannot be loaded: ${loadingProblem(file, error)}`,
      remedy: 'Check the path, and that node runs the file by itself.',
      wrongArguments: true,
      cause: error,
    });
  }
  const recipe = z
    .looseObject({ default: z.custom<Recipe>((value) => typeof value === 'object') })
    .safeParse(module);
  if (recipe.success) return defineRecipe(recipe.data.default);
  throw new CommandError({
    message: `${file} exports no recipe.`,
    remedy: 'Write: export default defineRecipe({ … });',
    wrongArguments: true,
  });
}

const sparklineColumns = 16;

/** What the terminal shows of a run: a line while it trains, and a summary at the end. */
class TrainingView {
  readonly #json: boolean;
  readonly #line: StatusLine;
  readonly #records: MetricsRecord[] = [];

  constructor({ json }: { readonly json: boolean }) {
    this.#json = json;
    this.#line = new StatusLine({ stream: process.stderr, enabled: !json });
  }

  step(record: MetricsRecord): void {
    this.#records.push(record);
    if (this.#json) process.stdout.write(`${JSON.stringify(record)}\n`);
    if (record.step > 0)
      this.#line.show(() =>
        describeStep(
          record,
          this.#ofStage(record.stage).filter(({ step }) => step > 0),
        ),
      );
  }

  clear(): void {
    this.#line.clear();
  }

  summary({ folder, finished, screen }: { folder: string; finished: boolean; screen: Screen }): string {
    const stages = [...new Set(this.#records.map(({ stage }) => stage))];
    const lines = stages.map((stage) => describeStage(this.#ofStage(stage), screen));
    if (!finished) return [...lines, 'Stopped; the same command goes on from there.'].join('\n');
    if (lines.length === 0) lines.push('This run was finished before; --restart begins anew.');
    return [
      ...lines,
      `The model is in ${folder}, its learning curve in ${join(folder, 'curve.svg')}. Try: corpuscope sample ${folder} "…"`,
    ].join('\n');
  }

  #ofStage(stage: string): MetricsRecord[] {
    return this.#records.filter((record) => record.stage === stage);
  }
}

function describeStep(record: MetricsRecord, records: readonly MetricsRecord[]): string {
  const { stage, step, steps } = record;
  const recent = records.slice(-20);
  const total = (metric: string) => recent.reduce((sum, each) => sum + numberOf(each, metric), 0);
  const seconds = total('seconds');
  const shown = shownMetric(record);
  return [
    `${stage} ${progressBar(step / steps)} ${step}/${steps}`,
    `${shown} ${formatMetric(numberOf(record, shown))} ${sparkline(
      records.map((each) => numberOf(each, shown)),
      sparklineColumns,
    )}`,
    ...('entropy' in record ? [`entropy ${formatMetric(numberOf(record, 'entropy'))}`] : []),
    `${formatShort(Math.round(total('tokens') / seconds))} tokens/s`,
    `${formatSeconds(Math.round((seconds / recent.length) * (steps - step)))} left`,
  ].join('  ');
}

function describeStage(records: readonly MetricsRecord[], { paint }: Screen): string {
  // What was measured before the first step has no loss.
  const steps = records.filter(({ step }) => step > 0);
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return '';
  const change = (metric: string) =>
    `${metric} ${formatMetric(numberOf(first, metric))} → ${formatMetric(numberOf(last, metric))}`;
  const evaluated = records
    .filter((record) => 'evaluationReward' in record)
    .map((record) => numberOf(record, 'evaluationReward'));
  const parts = [
    `${paint('bold', last.stage)}  ${last.step} of ${last.steps} steps`,
    change('loss'),
    ...('reward' in last ? [change('reward')] : []),
    ...(evaluated.length > 0
      ? [`right on held-out examples ${evaluated.map(formatMetric).join(' → ')}`]
      : []),
    formatSeconds(Math.round(records.reduce((sum, record) => sum + numberOf(record, 'seconds'), 0))),
  ];
  return parts.join('  ');
}

/** What of a step matters most. */
function shownMetric(record: MetricsRecord): string {
  return 'reward' in record ? 'reward' : 'loss';
}

function numberOf(record: MetricsRecord, metric: string): number {
  return Number(record[metric] ?? NaN);
}

function formatMetric(value: number): string {
  return value.toFixed(3);
}
