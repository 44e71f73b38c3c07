import { z } from 'zod';
import type { Demonstrations, ModelLimits, ObjectRequest } from '../../models/index.ts';
import { quoteOf, writeExtractionPrompt, type Passage } from '../../models/prompts/index.ts';
import { readModelValue } from './canonical-value.ts';
import type { DeclaredField } from './declared-field.ts';
import type { Vote } from './majority.ts';

/** What a model gives for a document: each field's value and the words that state it. */
export type Extracted = Readonly<Record<string, string | null>>;

/** Attempts after the first are to differ from it. */
const temperatureOfLaterAttempts = 0.7;
/** More is not needed for values and quotes; a model that reasons first needs most of it. */
const mostOutputTokens = 8_192;

/** What a reply may take: at most a quarter of the window is kept for it. */
export function outputTokens({ windowTokens, maximumOutputTokens }: ModelLimits): number {
  return Math.min(maximumOutputTokens, mostOutputTokens, Math.floor(windowTokens / 4));
}

/** The request that reads fields from a passage. */
export function extractionRequest({
  fields,
  passage,
  limits,
  attempt,
  demonstrations,
  signal,
}: {
  fields: readonly DeclaredField[];
  passage: Passage;
  limits: ModelLimits;
  attempt: number;
  demonstrations: Demonstrations | null;
  signal?: AbortSignal | undefined;
}): ObjectRequest<Extracted> {
  return {
    purpose: 'extraction',
    messages: [{ role: 'user', content: extractionPrompt(fields, passage) }],
    maximumOutputTokens: outputTokens(limits),
    temperature: attempt === 0 ? 0 : temperatureOfLaterAttempts,
    attempt,
    schema: extractedSchema(fields),
    schemaName: 'fields',
    ...(demonstrations !== null && { demonstrations }),
    ...(signal !== undefined && { signal }),
  };
}

export function extractionPrompt(fields: readonly DeclaredField[], passage: Passage): string {
  return writeExtractionPrompt({
    fields: fields.map(({ name, type, description, values, exampleValues, examples }) => ({
      name,
      type: type ?? 'text',
      description,
      values,
      examples: [...exampleValues, ...examples.map(({ value }) => value)].slice(0, 6),
    })),
    passage,
  });
}

/** All values are texts: a grammar for numbers cuts "354,234" to 354. */
function extractedSchema(fields: readonly DeclaredField[]): z.ZodType<Extracted> {
  const text = z.string().nullable();
  return z.object(
    Object.fromEntries(
      fields.flatMap(({ name }) => [
        [name, text],
        [quoteOf(name), text],
      ]),
    ),
  );
}

/** What the model's answer says of a field. */
export function voteOf(extracted: Extracted, field: DeclaredField): Vote {
  const written = extracted[field.name] ?? null;
  const stated = written === null ? ({ status: 'not-stated' } as const) : readModelValue(written, field);
  return { stated, quote: extracted[quoteOf(field.name)] ?? null };
}
