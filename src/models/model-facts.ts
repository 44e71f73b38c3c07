import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import knownModels from './known-models.json' with { type: 'json' };
import { ModelError } from './model-error.ts';
import type { TokenPrice } from './model-provider.ts';

const tokens = z.int().positive();
const usdPerMillion = z.number().nonnegative();

const modelFact = z
  .strictObject({
    /** An id (its dated versions are the same model), or the beginning of ids with `*` behind it. */
    id: z.string().min(1),
    windowTokens: tokens.optional(),
    maximumOutputTokens: tokens.optional(),
    /** US dollars for a million tokens. */
    input: usdPerMillion.optional(),
    cachedInput: usdPerMillion.optional(),
    output: usdPerMillion.optional(),
  })
  .refine(({ input, output }) => (input === undefined) === (output === undefined), {
    error: 'a price needs both "input" and "output"',
  });

const factsFile = z.strictObject({ note: z.string().optional(), models: z.array(modelFact) });

/** What is known of models: windows, output limits and prices. */
export type ModelFacts = readonly z.infer<typeof modelFact>[];

export const builtInFacts: ModelFacts = factsFile.parse(knownModels).models;

/**
 * Reads facts of the user's own, which go before those built in. The file has the form of `known-models.json`:
 * `{"models": [{"id": "compatible:qwen3-32b", "windowTokens": 131072, "input": 0.1, "output": 0.3}]}`.
 *
 * @throws {ModelError} of kind `unavailable` when the file cannot be read or has another form.
 */
export async function readModelFacts(file: string): Promise<ModelFacts> {
  const remedy =
    'It is JSON such as {"models": [{"id": "openai:gpt-5-mini", "input": 0.25, "output": 2}]}, prices in US dollars ' +
    'for a million tokens.';
  const fail = (message: string, cause: unknown): ModelError =>
    new ModelError({ kind: 'unavailable', message, remedy, cause });
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fail(`The prices in ${file} cannot be read.`, error);
  });
  try {
    return [...factsFile.parse(JSON.parse(content)).models, ...builtInFacts];
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : 'It is no JSON.';
    throw fail(`The prices in ${file} cannot be used. ${problem}`, error);
  }
}

const versionOf = /^-(?:\d{8}|\d{4}-\d{2}-\d{2}|latest)$/;

function describes(pattern: string, id: string): boolean {
  if (pattern.endsWith('*')) return id.startsWith(pattern.slice(0, -1));
  return id === pattern || (id.startsWith(pattern) && versionOf.test(id.slice(pattern.length)));
}

/** What the facts say of a model: for each property, what the first entry that states it says. */
export function factsOf({ id, facts }: { id: string; facts: ModelFacts }): {
  windowTokens: number | null;
  maximumOutputTokens: number | null;
  price: TokenPrice | null;
} {
  const entries = facts.filter(({ id: pattern }) => describes(pattern, id));
  const priced = entries.find(({ input }) => input !== undefined);
  return {
    windowTokens: entries.find(({ windowTokens }) => windowTokens !== undefined)?.windowTokens ?? null,
    maximumOutputTokens:
      entries.find(({ maximumOutputTokens }) => maximumOutputTokens !== undefined)?.maximumOutputTokens ??
      null,
    price:
      priced?.input === undefined || priced.output === undefined
        ? null
        : {
            usdPerMillionInputTokens: priced.input,
            usdPerMillionCachedInputTokens: priced.cachedInput ?? priced.input,
            usdPerMillionOutputTokens: priced.output,
          },
  };
}
