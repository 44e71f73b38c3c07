import type { EmbeddingModelV4 } from '@ai-sdk/provider';
import { loadTokenizer } from '../../corpus/index.ts';
import { findCompatibleEndpoint, type Environment } from '../compatible-endpoint.ts';
import { ModelError } from '../model-error.ts';
import { builtInFacts, factsOf, type ModelFacts } from '../model-facts.ts';
import { isProviderName, loadPackagedProvider } from '../packaged-provider.ts';
import type { ResolvedEmbeddingModel } from './embedding-model.ts';
import { loadOnnxEmbeddingModel } from './onnx-embedding-model.ts';

export interface EmbeddingModelChoice {
  /** `openai:text-embedding-3-small`, `compatible:NAME`, `onnx:FOLDER`, or a model of any `@ai-sdk` package. */
  readonly id: string;
  /** Prices. */
  readonly facts?: ModelFacts | undefined;
  readonly environment?: Environment | undefined;
}

/**
 * Turns the id of an embedding model into one of the AI SDK, with its price. Nothing is sent.
 *
 * @throws {ModelError} of kind `unavailable` when the id names no model or what it needs is not there.
 */
export async function resolveEmbeddingModel({
  id,
  facts = builtInFacts,
  environment = process.env,
}: EmbeddingModelChoice): Promise<ResolvedEmbeddingModel> {
  const colon = id.indexOf(':');
  const provider = id.slice(0, Math.max(0, colon));
  const name = id.slice(colon + 1);
  if (provider === '' || name === '') throw unknownModel(id);
  if (provider === 'onnx') return await loadOnnxEmbeddingModel({ id, path: name });
  return {
    id,
    identity: id,
    model: await embeddingModel({ id, provider, name, environment }),
    isLocal: false,
    tokenizer: await loadTokenizer('o200k'),
    bestTokens: null,
    prompts: { query: '', passage: '' },
    usdPerMillionTokens: factsOf({ id, facts }).price?.usdPerMillionInputTokens ?? null,
    close: () => Promise.resolve(),
  };
}

/** Packages are loaded when a model of theirs is named, since each takes a while. */
async function embeddingModel({
  id,
  provider,
  name,
  environment,
}: {
  id: string;
  provider: string;
  name: string;
  environment: Environment;
}): Promise<EmbeddingModelV4> {
  switch (provider) {
    case 'openai': {
      const { openai } = await import('@ai-sdk/openai');
      return openai.embeddingModel(name);
    }
    case 'google': {
      const { google } = await import('@ai-sdk/google');
      return google.embeddingModel(name);
    }
    case 'compatible': {
      const { baseUrl, apiKey } = findCompatibleEndpoint(environment);
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      const settings = { name: provider, baseURL: baseUrl, ...(apiKey !== null && { apiKey }) };
      return createOpenAICompatible(settings).embeddingModel(name);
    }
    default: {
      if (!isProviderName(provider)) throw unknownModel(id);
      const remedy = `Without one: ${knownForms}.`;
      return (await loadPackagedProvider({ provider, id, remedy })).embeddingModel(name);
    }
  }
}

const knownForms = 'openai:NAME, google:NAME, compatible:NAME, (an @ai-sdk package):NAME, onnx:FOLDER';

function unknownModel(id: string): ModelError {
  return new ModelError({
    kind: 'unavailable',
    message: `"${id}" names no embedding model.`,
    remedy: `Embedding models are named ${knownForms}.`,
  });
}
