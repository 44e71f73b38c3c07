import type { CallPlan, PricedPlan, ResolvedModel } from '../models/index.ts';
import type { Strategy, StrategySettings } from '../strategies/index.ts';
import type { CorpusLocation } from '../table/index.ts';
import { CommandError } from './command-error.ts';
import { openCommandModels, type CommandModels, type ModelOptions } from './model-options.ts';
import { strategySettings, type StrategyOptions } from './strategy-options.ts';

/** How a command answers questions: the strategy its options name, and the models that one asks. */
export interface Answering {
  readonly strategy: Strategy;
  /** How many questions are answered at once. */
  readonly concurrency: number;
  /** Null where no model is asked. */
  price(plan: CallPlan): PricedPlan | null;
  /** Lets calls that have been sent finish. */
  close(): Promise<void>;
}

/**
 * Opens what the options name: without `--model`, the table alone.
 *
 * @throws {CommandError} when a strategy needs a model and none is named, {@link ModelError} when one is not there.
 */
export async function openAnswering({
  options,
  location,
  signal,
}: {
  options: ModelOptions & StrategyOptions;
  location: CorpusLocation;
  signal: AbortSignal;
}): Promise<Answering> {
  const { createStrategy } = await import('../strategies/index.ts');
  if (options.model === undefined) {
    checkNeedsNoModel(options);
    return {
      strategy: createStrategy({ name: 'table' }),
      concurrency: 1,
      price: () => null,
      close: () => Promise.resolve(),
    };
  }
  const { pricePlan } = await import('../models/index.ts');
  const { modelProviders } = await import('./model-providers.ts');
  const models = await openCommandModels({
    options,
    storeFolder: location.storeFolder,
    providers: modelProviders,
    signal,
  });
  try {
    const model = await models.model(options.model);
    const { settings, close } = await openStrategySettings({ options, models, model });
    const client = await models.client(options.model);
    const strategy = createStrategy({ name: options.strategy ?? 'auto', model: client, settings });
    return {
      strategy,
      concurrency: client.concurrency,
      price: (plan) => pricePlan({ plan, model }),
      close: async () => void (await Promise.all([close(), models.close()])),
    };
  } catch (error) {
    await models.close();
    throw error;
  }
}

/**
 * The settings that the options say, with the embedding model that `retrieval` asks and the budget that `auto` keeps to.
 * The caller closes them in the end.
 *
 * @throws {ModelError} when the embedding model is not there.
 */
export async function openStrategySettings({
  options,
  models,
  model,
}: {
  options: ModelOptions & StrategyOptions;
  models: CommandModels;
  model: ResolvedModel;
}): Promise<{ settings: StrategySettings; close: () => Promise<void> }> {
  const { EmbeddingClient, pricePlan, resolveEmbeddingModel } = await import('../models/index.ts');
  const settings = strategySettings(options);
  const { maxUsd = Number.POSITIVE_INFINITY, maxTokens = Number.POSITIVE_INFINITY } = options;
  const isCapped = options.maxUsd !== undefined || options.maxTokens !== undefined;
  const affords = !isCapped
    ? undefined
    : (plan: CallPlan): boolean => {
        const { spent } = models.budget;
        const { inputTokens, outputTokens, usd } = pricePlan({ plan, model }).expected;
        const tokensLeft = maxTokens - spent.inputTokens - spent.outputTokens;
        return inputTokens + outputTokens <= tokensLeft && (usd ?? 0) <= maxUsd - spent.usd;
      };
  const budgeted = { ...settings, table: { affords }, auto: { affords } };
  if (options.embeddings === undefined) {
    return { settings: budgeted, close: () => Promise.resolve() };
  }
  const embeddings = await resolveEmbeddingModel({ id: options.embeddings });
  const client = new EmbeddingClient({
    model: embeddings,
    budget: models.budget,
    replay: options.replay,
  });
  return {
    settings: { ...budgeted, retrieval: { ...settings.retrieval, embeddings: client } },
    close: () => embeddings.close(),
  };
}

function checkNeedsNoModel({
  strategy = 'table',
  window,
  outputLimit,
}: ModelOptions & StrategyOptions): void {
  if (strategy !== 'table') {
    throw new CommandError({
      message: `The strategy ${strategy} needs a model.`,
      remedy: `Name one: --strategy ${strategy} --model openai:gpt-5-mini; --model embedded needs no key and no network.`,
      wrongArguments: true,
    });
  }
  if (window !== undefined || outputLimit !== undefined) {
    throw new CommandError({
      message: '--window and --output-limit are about a model, and none is named.',
      remedy: 'Add --model ID, or leave them out: the table has no window.',
      wrongArguments: true,
    });
  }
}
