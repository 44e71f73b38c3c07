import type { ModelClient } from '../models/index.ts';
import { createAutoStrategy, type AutoSettings } from './auto.ts';
import { createFullStrategy, type FullSettings } from './full.ts';
import { createMemoryStrategy, type MemorySettings } from './memory.ts';
import { createRetrievalStrategy, type RetrievalSettings } from './retrieval/retrieval-strategy.ts';
import { StrategyError } from './strategy-error.ts';
import type { StrategyName } from './strategy-names.ts';
import type { Strategy } from './strategy.ts';
import { createTableStrategyWithModel, type TableModelSettings } from './table-model/table-with-model.ts';
import { createTableStrategy } from './table.ts';

/**
 * The settings of each strategy under its name, since `auto` hands each its own. What is left out has the
 * strategy's default.
 */
export interface StrategySettings {
  readonly full?: FullSettings | undefined;
  readonly retrieval?: RetrievalSettings | undefined;
  readonly memory?: MemorySettings | undefined;
  readonly table?: TableModelSettings | undefined;
  readonly auto?: AutoSettings | undefined;
}

export interface StrategyRequest {
  readonly name: StrategyName;
  /** Without one, only `table` answers, as far as the question grammar goes. */
  readonly model?: ModelClient | undefined;
  readonly settings?: StrategySettings | undefined;
}

/** One line a strategy; a strategy's own file knows nothing of this one. */
const strategies: Record<StrategyName, (request: StrategyRequest) => Strategy> = {
  full: ({ name, model, settings }) =>
    createFullStrategy({ model: needed(model, name), settings: settings?.full }),
  retrieval: ({ name, model, settings }) =>
    createRetrievalStrategy({ model: needed(model, name), settings: settings?.retrieval }),
  memory: ({ name, model, settings }) =>
    createMemoryStrategy({ model: needed(model, name), settings: settings?.memory }),
  table: ({ model, settings }) =>
    model === undefined
      ? createTableStrategy()
      : createTableStrategyWithModel({ model, settings: settings?.table }),
  auto: ({ name, model, settings }) =>
    createAutoStrategy({
      model: needed(model, name),
      settings: settings?.auto,
      create: (chosen, { withoutModel = false, ...table } = {}) =>
        createStrategy({
          name: chosen,
          model: withoutModel ? undefined : model,
          settings: { ...settings, table: { ...settings?.table, ...table } },
        }),
    }),
};

function needed(model: ModelClient | undefined, name: StrategyName): ModelClient {
  if (model !== undefined) return model;
  throw new StrategyError({
    message: `The strategy ${name} needs a model.`,
    remedy: 'Name one with --model ID; `embedded` needs no key and no network.',
  });
}

/**
 * Makes a strategy by its name.
 *
 * @throws {StrategyError} when it needs a model and none is given.
 */
export function createStrategy(request: StrategyRequest): Strategy {
  return strategies[request.name](request);
}
