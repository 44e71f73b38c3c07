import type { LanguageModelV4 } from '@ai-sdk/provider';
import type { ModelError } from './model-error.ts';

/**
 * Stands for a model that is known by name but cannot be called here. Plans, and answers that the ledger has, need no
 * more; what is missing is said when it is called.
 */
export function createMissingModel({ name, error }: { name: string; error: ModelError }): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'missing',
    modelId: name,
    supportedUrls: {},
    doGenerate: () => Promise.reject(error),
    doStream: () => Promise.reject(error),
  };
}
