import type { EmbeddingModelV4, LanguageModelV4 } from '@ai-sdk/provider';
import { ModelError } from './model-error.ts';

/** The models of a provider of the AI SDK, ready for use. */
export interface PackagedProvider {
  languageModel(name: string): LanguageModelV4;
  embeddingModel(name: string): EmbeddingModelV4;
}

/**
 * Loads the provider of an `@ai-sdk` package that the user has installed.
 *
 * @param request.remedy says what else could be used.
 * @throws {ModelError} of kind `unavailable`.
 */
export async function loadPackagedProvider({
  provider,
  id,
  remedy,
}: {
  provider: string;
  id: string;
  remedy: string;
}): Promise<PackagedProvider> {
  const packageName = `@ai-sdk/${provider}`;
  const exported: unknown = await import(packageName).catch((error: unknown) => {
    if (!isMissing(error)) throw error;
    throw new ModelError({
      kind: 'unavailable',
      message: `The model ${id} needs the package ${packageName}, which is not installed.`,
      remedy: `Install it: npm install ${packageName}. ${remedy}`,
      cause: error,
    });
  });
  const found = Object.values(exported ?? {}).find(isProvider);
  if (found !== undefined) return found;
  throw new ModelError({
    kind: 'unavailable',
    message: `The package ${packageName} offers no models of the AI SDK's fourth specification.`,
    remedy: `Install its current version: npm install ${packageName}@latest`,
  });
}

/** What a package is named after. */
export function isProviderName(provider: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(provider);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}

/** Packages export their provider ready for use, beside functions that make one. */
function isProvider(value: unknown): value is PackagedProvider {
  return (
    typeof value === 'function' &&
    'specificationVersion' in value &&
    value.specificationVersion === 'v4' &&
    'languageModel' in value &&
    'embeddingModel' in value
  );
}
