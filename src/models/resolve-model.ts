import type { LanguageModelV4 } from '@ai-sdk/provider';
import { loadTokenizer, type Tokenizer } from '../corpus/index.ts';
import { findCompatibleEndpoint, type Environment } from './compatible-endpoint.ts';
import { createMissingModel } from './missing-model.ts';
import { builtInFacts, factsOf, type ModelFacts } from './model-facts.ts';
import { ModelError } from './model-error.ts';
import type { DeclaredLimits, ModelProvider, ResolvedModel } from './model-provider.ts';
import { isProviderName, loadPackagedProvider } from './packaged-provider.ts';

/** What is assumed of a model that nothing is known of. */
const assumedLimits = { windowTokens: 32_768, maximumOutputTokens: 4_096 };

/** OpenAI's models that count in `o200k`; those before them do not. */
const usesO200k = /^openai:(?:gpt-4o|gpt-4\.1|gpt-[5-9]|chatgpt-4o|o\d)/;

export interface ModelChoice {
  /** `openai:gpt-5-mini`, `compatible:qwen3-32b`, `embedded`; see `docs/models.md`. */
  readonly id: string;
  /** What the user says of the model, against what is known. */
  readonly declared?: DeclaredLimits | undefined;
  /** A Hugging Face `tokenizer.json` of the model, which makes counts exact. */
  readonly tokenizerFile?: string | undefined;
  readonly facts?: ModelFacts | undefined;
  /** Sources of models that this folder does not know. */
  readonly providers?: readonly ModelProvider[] | undefined;
  readonly environment?: Environment | undefined;
}

/**
 * Turns a model id into a language model of the AI SDK with its limits, tokenizer and price. Nothing is sent: a key
 * or a base URL that is missing or wrong shows at the first call.
 *
 * @throws {ModelError} of kind `unavailable` when the id names no model or what it needs is not there.
 */
export async function resolveModel(choice: ModelChoice): Promise<ResolvedModel> {
  const { id, declared = {}, providers = [] } = choice;
  const colon = id.indexOf(':');
  const provider = colon === -1 ? id : id.slice(0, colon);
  const name = colon === -1 ? '' : id.slice(colon + 1);
  const extra = providers.find((candidate) => candidate.name === provider);
  if (extra !== undefined) return await extra.resolve({ id, name, declared });
  if (name === '') throw unknownModel(id, providers);
  const { facts = builtInFacts, tokenizerFile } = choice;
  const known = factsOf({ id, facts });
  const windowTokens = declared.windowTokens ?? known.windowTokens ?? assumedLimits.windowTokens;
  const outputTokens =
    declared.maximumOutputTokens ?? known.maximumOutputTokens ?? assumedLimits.maximumOutputTokens;
  return {
    id,
    identity: id,
    ...(await languageModels({ provider, name, choice })),
    limits: { windowTokens, maximumOutputTokens: Math.min(outputTokens, windowTokens) },
    windowIsAssumed: declared.windowTokens === undefined && known.windowTokens === null,
    tokenizer: await loadModelTokenizer(tokenizerFile),
    tokenizerIsExact: tokenizerFile !== undefined || usesO200k.test(id),
    price: known.price,
    maximumConcurrency: null,
  };
}

function loadModelTokenizer(file: string | undefined): Promise<Tokenizer> {
  return loadTokenizer(file ?? 'o200k');
}

type LanguageModels = Pick<ResolvedModel, 'model' | 'completionModel'>;

/** Packages are loaded when a model of theirs is named, since each takes a while. */
async function languageModels({
  provider,
  name,
  choice,
}: {
  provider: string;
  name: string;
  choice: ModelChoice;
}): Promise<LanguageModels> {
  switch (provider) {
    case 'openai': {
      const { openai } = await import('@ai-sdk/openai');
      return { model: openai(name), completionModel: null };
    }
    case 'anthropic': {
      const { anthropic } = await import('@ai-sdk/anthropic');
      return { model: anthropic(name), completionModel: null };
    }
    case 'google': {
      const { google } = await import('@ai-sdk/google');
      return { model: google(name), completionModel: null };
    }
    case 'compatible':
      return await compatibleModels(name, choice.environment ?? process.env);
    default:
      return { model: await fromPackage({ provider, name, choice }), completionModel: null };
  }
}

async function compatibleModels(name: string, environment: Environment): Promise<LanguageModels> {
  const { createCompatibleModel } = await import('./compatible-model.ts');
  try {
    return createCompatibleModel({ name, endpoint: findCompatibleEndpoint(environment) });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const missing = createMissingModel({ name, error });
    return { model: missing, completionModel: missing };
  }
}

/** A model of any other provider of the AI SDK, whose package the user has installed. */
async function fromPackage({
  provider,
  name,
  choice: { id, providers = [] },
}: {
  provider: string;
  name: string;
  choice: ModelChoice;
}): Promise<LanguageModelV4> {
  if (!isProviderName(provider)) throw unknownModel(id, providers);
  const remedy = `Without one: ${knownForms(providers)}.`;
  return (await loadPackagedProvider({ provider, id, remedy })).languageModel(name);
}

function unknownModel(id: string, providers: readonly ModelProvider[]): ModelError {
  return new ModelError({
    kind: 'unavailable',
    message: `"${id}" names no model.`,
    remedy: `Models are named ${knownForms(providers)}.`,
  });
}

function knownForms(providers: readonly ModelProvider[]): string {
  const forms = [
    'openai:NAME',
    'anthropic:NAME',
    'google:NAME',
    'compatible:NAME',
    '(an @ai-sdk package):NAME',
  ];
  return [...providers.map(({ usage }) => usage), ...forms].join(', ');
}
