import { InvalidArgumentError, Option, type Command } from 'commander';
import { z } from 'zod';
import type { MergeProgress, MergeReport } from '../../training/merging/merge-checkpoints.ts';
import type { MergeRecipe } from '../../training/merging/merge-recipe.ts';
import { exitStatus } from '../exit-status.ts';
import { commonOptions } from '../options.ts';
import { oneLine } from '../terminal/display-text.ts';
import { formatBytes, formatCount, formatSeconds, formatShort } from '../terminal/numbers.ts';
import { screenOf, type Screen } from '../terminal/screen.ts';
import { progressBar, StatusLine } from '../terminal/status-line.ts';

const mergeOptions = commonOptions.extend({
  out: z.string(),
  method: z.string().optional(),
  base: z.string().optional(),
  model: z.array(z.string()).optional(),
  density: z.number().optional(),
  variant: z.string().optional(),
  weights: z.array(z.number()).optional(),
  scale: z.number().optional(),
  normalise: z.boolean().transform((normalise) => (normalise ? undefined : false)),
  dtype: z.string().optional(),
});

type MergeOptions = z.infer<typeof mergeOptions>;

export function addMergeCommand(program: Command, signal: AbortSignal): void {
  program
    .command('merge')
    .summary('merge the weights of models into one')
    .description(
      'Merges checkpoints (safetensors, in the Hugging Face layout) of any size, tensor by tensor. A merge that is ' +
        'stopped goes on where it was when it is started again.',
    )
    .argument('[recipe]', 'a JSON file with what the options say: method, base, models, …')
    .requiredOption('--out <folder>', 'where the merged model goes: a new folder')
    .addOption(
      new Option('--method <name>', 'how they are merged').choices([
        'sce',
        'linear',
        'task-arithmetic',
        'ties',
      ]),
    )
    .option('--base <folder>', 'the model that all were trained from (every method but linear)')
    .option('--model <folder>', 'a model to merge; give the option once for each', collect)
    .option('--density <share>', 'sce: positions selected (1); ties: changes kept (0.2)', share)
    .addOption(
      new Option('--variant <name>', 'sce: whose formula (paper)').choices([
        'paper',
        'mergekit-2024',
        'mergekit',
        'fuseai',
      ]),
    )
    .option('--weights <list>', 'a number for each model, with commas (all 1); not for sce', numbers)
    .option('--scale <number>', 'task-arithmetic, ties: multiplies what is added to the base (1)', number)
    .option('--no-normalise', 'linear: do not divide by the sum of weights')
    .addOption(
      new Option('--dtype <type>', 'how numbers are saved (as the base is)').choices(['f32', 'f16', 'bf16']),
    )
    .addHelpText(
      'after',
      `
Examples:
  corpuscope merge --method sce --base ./base --model ./stage-3 --model ./memory-expert --out ./merged
      what each model changed most decides; the base is what both were trained from
  corpuscope merge --method ties --density 0.2 --base ./base --model ./a --model ./b --out ./merged
  corpuscope merge --method linear --weights 3,1 --model ./a --model ./b --out ./merged --dtype bf16
  corpuscope merge recipe.json --out ./merged
      {"method": "task-arithmetic", "base": "base", "models": ["a", "b"], "weights": [1, -0.5]}

Where the models' tokens differ in number, the common part of the embeddings is merged. A tensor that a model lacks, or
has in another shape, is merged without that model; both are said. Configuration and tokenizer are the base's.`,
    )
    .action(async (file: string | undefined, _: unknown, command: Command) => {
      const options = mergeOptions.parse(command.optsWithGlobals());
      const started = performance.now();
      const { mergeCheckpoints } = await import('../../training/merging/merge-checkpoints.ts');
      const recipe = await recipeOf(file, options);
      const line = new StatusLine({ stream: process.stderr, enabled: !options.json });
      const report = await mergeCheckpoints({
        recipe,
        folder: options.out,
        signal,
        onProgress: (progress) =>
          line.show(() => describeProgress(progress, (performance.now() - started) / 1000)),
      }).finally(() => line.clear());
      const seconds = (performance.now() - started) / 1000;
      const text = options.json
        ? JSON.stringify({ ...report, recipe, seconds })
        : showReport({ report, recipe, seconds, screen: screenOf(process.stdout) });
      process.stdout.write(`${text}\n`);
      process.exitCode = exitStatus.done;
    });
}

async function recipeOf(file: string | undefined, options: MergeOptions): Promise<MergeRecipe> {
  const { resolveMergeRecipe } = await import('../merge-recipe.ts');
  const { method, base, model: models, density, variant, weights, scale, normalise, dtype } = options;
  const type = dtype?.toUpperCase();
  const stated = { method, base, models, density, variant, weights, scale, normalise, type };
  return await resolveMergeRecipe(file, stated);
}

function describeProgress(progress: MergeProgress, seconds: number): string {
  const { tensorsDone, tensorsTotal, bytesDone, bytesTotal } = progress;
  const done = bytesDone / bytesTotal;
  const parts = [
    `Merging ${progressBar(done)} ${tensorsDone}/${tensorsTotal} tensors`,
    `${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`,
  ];
  if (seconds > 1 && done > 0)
    parts.push(`${formatSeconds(Math.max(1, Math.round(seconds / done - seconds)))} left`);
  return parts.join('  ');
}

function showReport(input: {
  readonly report: MergeReport;
  readonly recipe: MergeRecipe;
  readonly seconds: number;
  readonly screen: Screen;
}): string {
  const { report, recipe, seconds, screen } = input;
  const { folder, shards, resumedShards } = report;
  const files = formatCount(shards, 'file');
  const lines = [
    `Merged ${formatCount(recipe.models.length, 'model')} by ${recipe.method} into ${folder} in ${formatSeconds(seconds)}: ` +
      `${formatCount(report.tensors, 'tensor')}, ${formatShort(report.parameters)} parameters, ` +
      `${formatBytes(report.bytes)} in ${files}.`,
  ];
  if (resumedShards > 0) lines.push(`${resumedShards} of ${files} were there from an earlier run.`);
  for (const note of report.notes) lines.push(`${screen.paint('cyan', 'Note')} ${oneLine(note)}`);
  return lines.join('\n');
}

function collect(value: string, others: string[] = []): string[] {
  return [...others, value];
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}

function share(text: string): number {
  const value = number(text);
  if (value < 0 || value > 1)
    throw new InvalidArgumentError('It must be a share of 0 to 1, for example 0.2.');
  return value;
}

function numbers(text: string): number[] {
  return text.split(',').map(number);
}
