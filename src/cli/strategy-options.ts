import { InvalidArgumentError, Option, type Command } from 'commander';
import { z } from 'zod';
import { strategyNames } from '../strategies/strategy-names.ts';
import type { StrategySettings } from '../strategies/index.ts';
import { wholeNumber } from './options.ts';

/** The options of commands that answer questions by a strategy. */
export const strategyOptions = z.object({
  strategy: z.enum(strategyNames).optional(),
  truncate: z.literal('middle').optional(),
  chunk: z.number().optional(),
  memory: z.number().optional(),
  update: z.number().optional(),
  split: z.enum(['auto', 'always', 'never']).optional(),
  temperature: z.number().optional(),
  topP: z.number().optional(),
  embeddings: z.string().optional(),
  passage: z.number().optional(),
});

export type StrategyOptions = z.infer<typeof strategyOptions>;

/** Adds the options of {@link strategyOptions} to a command. */
export function addStrategyOptions(
  command: Command,
  { strategyHelp = 'how to answer (default: table; with --model, auto)' }: { strategyHelp?: string } = {},
): Command {
  return addStrategySettings(
    command.addOption(new Option('--strategy <name>', strategyHelp).choices(strategyNames)),
  );
}

/** The options of {@link strategyOptions} but for the strategy itself. */
export function addStrategySettings(command: Command): Command {
  return command
    .addOption(
      new Option('--truncate <where>', 'full: cut the middle out of a prompt that is too long').choices([
        'middle',
      ]),
    )
    .option('--chunk <tokens>', 'memory: how much is read at a time (default: 32000)', wholeNumber)
    .option('--memory <tokens>', 'memory: how much is remembered (default: 15000)', wholeNumber)
    .option(
      '--update <tokens>',
      'memory: what a model may write at each step, reasoning included',
      wholeNumber,
    )
    .addOption(
      new Option('--split <when>', 'memory: take demands on the form of the answer off the question').choices(
        ['auto', 'always', 'never'],
      ),
    )
    .option('--temperature <number>', 'memory: how freely the model writes (default: 0)', share)
    .option('--top-p <number>', 'memory: from how much of its distribution the model draws', share)
    .option(
      '--embeddings <id>',
      'retrieval: find passages by meaning too, with openai:NAME, compatible:NAME or onnx:FOLDER',
    )
    .option('--passage <tokens>', 'retrieval: how long passages are (default: 600)', wholeNumber);
}

function share(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !(number >= 0 && number <= 2)) {
    throw new InvalidArgumentError('It must be a number from 0 to 2.');
  }
  return number;
}

/** What the options say, for each strategy; what needs models is added by who opens these. */
export function strategySettings(options: StrategyOptions): StrategySettings {
  const { truncate, chunk, memory, update, split, temperature, topP, passage } = options;
  return {
    full: { truncate },
    retrieval: { passageTokens: passage },
    memory: { chunkTokens: chunk, memoryTokens: memory, updateTokens: update, split, temperature, topP },
  };
}
