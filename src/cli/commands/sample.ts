import { text } from 'node:stream/consumers';
import { InvalidArgumentError, type Command } from 'commander';
import { z } from 'zod';
import { CommandError } from '../command-error.ts';
import { commonOptions, wholeNumber } from '../options.ts';

const sampleOptions = commonOptions.extend({
  samples: z.int().positive(),
  maximumTokens: z.int().positive(),
  temperature: z.number(),
  topP: z.number(),
  seed: z.int(),
  threads: z.int().positive().optional(),
});

export function addSampleCommand(program: Command, signal: AbortSignal): void {
  program
    .command('sample')
    .summary('let a trained model write')
    .description('Completes a prompt with a model of a training run, or any Qwen3 checkpoint.')
    .argument('<folder>', 'the folder of a run, or of a checkpoint')
    .argument('[prompt]', 'what to complete (default: standard input)')
    .option('--samples <count>', 'completions', wholeNumber, 1)
    .option('--maximum-tokens <count>', 'the greatest length of a completion', wholeNumber, 256)
    .option('--temperature <number>', '0 takes the most probable token', number, 0.7)
    .option(
      '--top-p <share>',
      'draw from the most probable tokens that together have this probability',
      number,
      0.95,
    )
    .option('--seed <number>', 'the same seed gives the same completions', wholeNumber, 0)
    .option('--threads <count>', 'threads that compute (default: one a core)', wholeNumber)
    .addHelpText(
      'after',
      `
Examples:
  corpuscope sample ./run "What is 2 + 2?"
  corpuscope sample ./run --samples 4 --temperature 1 < prompt.txt
  corpuscope sample ./run "…" --json | jq -r '.completions[].text'`,
    )
    .action(async (folder: string, prompt: string | undefined, _: unknown, command: Command) => {
      const options = sampleOptions.parse(command.optsWithGlobals());
      const { Policy } = await import('../../training/index.ts');
      const policy = await Policy.open(folder, { threads: options.threads });
      try {
        const given = prompt ?? (await promptFromInput());
        const [completions = []] = await policy.complete({ ...options, prompts: [given], signal });
        process.stdout.write(
          options.json
            ? `${JSON.stringify({ prompt: given, completions })}\n`
            : `${completions.map((completion) => completion.text).join('\n\n')}\n`,
        );
      } finally {
        await policy.close();
      }
    });
}

async function promptFromInput(): Promise<string> {
  if (process.stdin.isTTY) {
    throw new CommandError({
      message: 'There is no prompt.',
      remedy: 'Give it after the folder, or on standard input.',
      wrongArguments: true,
    });
  }
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
}
