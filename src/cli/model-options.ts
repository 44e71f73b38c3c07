import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { z } from 'zod';
import {
  defaultConcurrency,
  defaultTimeLimits,
  drainGraceMilliseconds,
  openModelSession,
  readModelFacts,
  type ModelClient,
  type ModelProvider,
  type ModelSession,
  type ResolvedModel,
} from '../models/index.ts';
import { prolongGrace } from './interruption.ts';
import { positiveSeconds, wholeNumber } from './options.ts';

/** The options of commands that call language models. */
export const modelOptions = z.object({
  model: z.string().optional(),
  window: z.number().optional(),
  outputLimit: z.number().optional(),
  modelTokenizer: z.string().optional(),
  maxUsd: z.number().optional(),
  maxTokens: z.number().optional(),
  replay: z.boolean().default(false),
  concurrency: z.number().optional(),
  timeout: z.number().optional(),
  prices: z.string().optional(),
});

export type ModelOptions = z.infer<typeof modelOptions>;

/** How the ids of models are written. */
export const modelIdForms =
  'openai:NAME, anthropic:NAME, google:NAME, compatible:NAME, llama:FILE.gguf, policy:FOLDER, embedded';

/** Adds the options of {@link modelOptions} to a command. */
export function addModelOptions(command: Command): Command {
  return addCallOptions(command.option('--model <id>', modelIdForms));
}

/** The options of {@link modelOptions} but for the model itself. */
export function addCallOptions(command: Command): Command {
  return command
    .option('--window <tokens>', 'what the model takes at once, prompt and answer together', positiveNumber)
    .option('--output-limit <tokens>', 'what the model may answer at most', positiveNumber)
    .option('--model-tokenizer <file>', "the model's tokenizer.json, for exact counts")
    .option('--max-usd <amount>', 'spend no more than this, over the whole command', amount)
    .option('--max-tokens <number>', 'use no more tokens than this, over the whole command', wholeNumber)
    .option('--prices <file>', 'windows and prices of models, before those built in')
    .option('--replay', 'answer from the ledger alone; call no model')
    .option('--concurrency <number>', `calls at once (default: ${defaultConcurrency})`, positiveNumber)
    .option('--timeout <seconds>', 'how long one call may take', positiveSeconds);
}

/** What closing may take after the last call has ended. */
const closingMilliseconds = 2_000;

function positiveNumber(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError('It must be above 0.');
  return number;
}

function amount(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !(number >= 0))
    throw new InvalidArgumentError('It must be an amount such as 0.50.');
  return number;
}

/** The models of a command as its options say. */
export interface CommandModels extends Omit<ModelSession, 'client' | 'model'> {
  /** The client of a model: of another than `--model`, with what is known of it. */
  client(id: string): Promise<ModelClient>;
  model(id: string): Promise<ResolvedModel>;
}

/**
 * Opens the ledger in the corpus's store (null: in memory), the budget and the models that a command's options
 * name. A file `.env` in the current folder is read first; what the environment says goes before it. The caller
 * closes it in the end, which lets calls that have been sent finish.
 *
 * @param options.declared the models that window, output limit and tokenizer are said of; `--model` where absent.
 * @throws {ModelError} of kind `unavailable`.
 */
export async function openCommandModels({
  options,
  declared = options.model === undefined ? [] : [options.model],
  storeFolder,
  providers,
  signal,
}: {
  options: ModelOptions;
  declared?: readonly string[];
  storeFolder: string | null;
  providers: readonly ModelProvider[];
  signal: AbortSignal;
}): Promise<CommandModels> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  prolongGrace(drainGraceMilliseconds + closingMilliseconds);
  const { maxUsd, maxTokens, replay, concurrency, timeout, prices } = options;
  const session = openModelSession({
    ledgerFile: storeFolder === null ? null : join(storeFolder, 'ledger.sqlite'),
    maximumUsd: maxUsd,
    maximumTokens: maxTokens,
    replay,
    concurrency,
    providers,
    signal,
    ...(prices !== undefined && { facts: await readModelFacts(prices) }),
    ...(timeout !== undefined && { timeLimits: limitsOf(timeout * 1000) }),
  });
  const declarationOf = (id: string): Parameters<ModelSession['client']>[1] =>
    declared.includes(id)
      ? {
          windowTokens: options.window,
          maximumOutputTokens: options.outputLimit,
          tokenizerFile: options.modelTokenizer,
        }
      : {};
  const told = new Set<string>();
  const model = async (id: string): Promise<ResolvedModel> => {
    const resolved = await session.model(id, declarationOf(id));
    if (resolved.windowIsAssumed && !told.has(id)) process.stderr.write(`${describeAssumption(resolved)}\n`);
    told.add(id);
    return resolved;
  };
  return {
    ...session,
    model,
    client: async (id) => {
      await model(id);
      return await session.client(id, declarationOf(id));
    },
  };
}

function describeAssumption({ id, limits }: ResolvedModel): string {
  const tokens = limits.windowTokens.toLocaleString('en-US');
  return `The window of ${id} is not known; ${tokens} tokens are assumed. --window TOKENS says it.`;
}

/** Whoever gives a call an hour means a server that reads long prompts slowly, and says nothing meanwhile. */
function limitsOf(totalMilliseconds: number): typeof defaultTimeLimits {
  return {
    firstPartMilliseconds: totalMilliseconds,
    stallMilliseconds: Math.min(defaultTimeLimits.stallMilliseconds, totalMilliseconds),
    totalMilliseconds,
  };
}
