import { strategyNames, type StrategyName } from '../strategies/index.ts';
import { invalidRequest } from './api-error.ts';

/** What a request is to be answered by. */
export interface Route {
  readonly strategy: StrategyName;
  /** The name of a corpus, or null where the request brings its documents itself. */
  readonly corpus: string | null;
}

/** What a server has that requests can name. */
export interface ModelNames {
  readonly upstreamId: string;
  readonly strategy: StrategyName;
  readonly corpora: readonly string[];
}

/** The names of models that a server answers to: its model, its strategies, and each of these on each corpus. */
export function listModelNames({ upstreamId, corpora }: ModelNames): string[] {
  return [
    upstreamId,
    ...strategyNames,
    ...corpora.flatMap((corpus) => strategyNames.map((strategy) => `${strategy}@${corpus}`)),
  ];
}

/**
 * Reads the model that a request names: the upstream's id (with or without its provider) for the default strategy, a
 * strategy, or `STRATEGY@CORPUS`. The body's field `corpus` names a corpus too.
 *
 * @throws {ApiError} 404 for a model or corpus that is not there.
 */
export function routeOf(
  { model, corpus }: { model: string; corpus: string | null },
  names: ModelNames,
): Route {
  const { upstreamId } = names;
  const at = model.indexOf('@');
  const isUpstream = model === upstreamId || model === upstreamId.slice(upstreamId.indexOf(':') + 1);
  const strategyName = isUpstream ? names.strategy : at === -1 ? model : model.slice(0, at);
  const strategy = strategyNames.find((name) => name === strategyName);
  if (strategy === undefined) {
    throw invalidRequest({
      status: 404,
      code: 'model_not_found',
      param: 'model',
      message:
        `There is no model ${JSON.stringify(model)} here. There is ${upstreamId}, a strategy ` +
        `(${strategyNames.join(', ')}) in front of it, and STRATEGY@CORPUS.`,
    });
  }
  const named = isUpstream || at === -1 ? null : model.slice(at + 1);
  if (named !== null && corpus !== null && named !== corpus) {
    throw invalidRequest({
      message: `The model names the corpus ${JSON.stringify(named)}, and the field corpus another one.`,
      param: 'corpus',
    });
  }
  const chosen = named ?? corpus;
  if (chosen !== null && !names.corpora.includes(chosen)) {
    const there = names.corpora.length === 0 ? 'there is none' : `there are: ${names.corpora.join(', ')}`;
    throw invalidRequest({
      status: 404,
      code: 'corpus_not_found',
      param: named === null ? 'corpus' : 'model',
      message: `There is no corpus ${JSON.stringify(chosen)} here; ${there}.`,
    });
  }
  return { strategy, corpus: chosen };
}
