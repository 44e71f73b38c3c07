import type { CallMeter, Contestant } from '../benchmark/index.ts';
import type { ResolvedModel } from '../models/index.ts';
import type { StrategyName } from '../strategies/strategy-names.ts';
import { openStrategySettings } from './answering.ts';
import { CommandError } from './command-error.ts';
import { openCommandModels, type CommandModels, type ModelOptions } from './model-options.ts';
import type { StrategyOptions } from './strategy-options.ts';

type ContestantOptions = Omit<ModelOptions, 'model'> &
  Omit<StrategyOptions, 'strategy'> & { strategy: readonly StrategyName[]; model: readonly string[] };

/** Those who answer in a run: every strategy with every model. */
export interface Contestants {
  readonly contestants: readonly Contestant[];
  readonly meter: CallMeter;
  modelOf(contestant: Contestant): ResolvedModel | null;
  /** Lets calls that have been sent finish. */
  close(): Promise<void>;
}

/**
 * Opens the strategies and models that the options name: each strategy with each model. Without a model, `table` takes part
 * alone.
 *
 * @throws {CommandError} when a strategy needs a model and none is named, {@link ModelError} when one is not there.
 */
export async function openContestants({
  options,
  storeFolder,
  signal,
}: {
  options: ContestantOptions;
  storeFolder: string;
  signal: AbortSignal;
}): Promise<Contestants> {
  const first = options.strategy.find((name) => name !== 'table');
  if (first !== undefined && options.model.length === 0) {
    throw new CommandError({
      message: `The strategy ${first} needs a model.`,
      remedy: 'Name one with --model ID; --model embedded needs no key and no network.',
      wrongArguments: true,
    });
  }
  const { answerMessages, CallMeter } = await import('../benchmark/index.ts');
  const { createStrategy } = await import('../strategies/index.ts');
  const meter = new CallMeter();
  const closing: (() => Promise<void>)[] = [];
  const resolved = new Map<string, ResolvedModel>();

  async function openModel(models: CommandModels, id: string): Promise<(name: StrategyName) => Contestant> {
    const model = await models.model(id);
    resolved.set(id, model);
    const { strategy: _, ...settled } = options;
    const { settings, close } = await openStrategySettings({
      options: { ...settled, model: id },
      models,
      model,
    });
    closing.push(close);
    const client = await models.client(id);
    const metered = meter.meter(client);
    return (name) => ({
      strategy: createStrategy({ name, model: metered, settings }),
      ...(name === 'full' && { sendMessages: (prompt) => answerMessages({ client: metered, ...prompt }) }),
      model: id,
      windowTokens: client.limits.windowTokens,
      concurrency: client.concurrency,
      usesOwnReading: ['table', 'auto'].includes(name) || id.split(':')[0] === 'embedded',
      writer: ['table', 'auto'].includes(name) ? `${name} ${id}` : null,
    });
  }

  const made = new Map<string, (name: StrategyName) => Contestant>();
  if (options.model.length > 0) {
    const { modelProviders } = await import('./model-providers.ts');
    const { strategy: _, model: declared, ...modelOptions } = options;
    const models = await openCommandModels({
      options: modelOptions,
      declared,
      storeFolder,
      providers: modelProviders,
      signal,
    });
    closing.push(() => models.close());
    try {
      for (const id of declared) made.set(id, await openModel(models, id));
    } catch (error) {
      await models.close();
      throw error;
    }
  }
  const table: Contestant = {
    strategy: createStrategy({ name: 'table' }),
    model: 'none',
    windowTokens: 0,
    concurrency: 1,
    usesOwnReading: true,
    writer: null,
  };
  return {
    contestants: options.strategy.flatMap((name) =>
      name === 'table' && made.size === 0 ? [table] : [...made.values()].map((make) => make(name)),
    ),
    meter,
    modelOf: ({ model }) => resolved.get(model) ?? null,
    close: async () => {
      for (const close of closing) await close();
    },
  };
}
