import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
  SharedV4Warning,
} from '@ai-sdk/provider';
import { cutToTokens, type Tokenizer } from '../corpus/index.ts';
import { ModelError, type ModelLimits } from '../models/index.ts';
import type { KeepRule } from './limited-memory.ts';
import { RememberedReadings } from './remembered-readings.ts';
import { replyTo } from './reply.ts';

/** Window and output limit where none are declared. */
export const embeddedLimits: ModelLimits = { windowTokens: 128_000, maximumOutputTokens: 16_384 };

export interface EmbeddedModelOptions {
  /** Declared, as of any model; the embedded model itself has no limit. */
  readonly limits?: ModelLimits | undefined;
  readonly tokenizer: Tokenizer;
  /** What it keeps as a memory agent when the memory is full; `first` where nothing is said. */
  readonly keep?: KeepRule | undefined;
}

/**
 * The embedded model: an AI SDK language model without a neural net. It understands the project's own prompts and
 * answers them by reading the documents in the prompt with the pattern reader, parsing the question, and computing.
 *
 * Its rules, so that results mean something: it uses only the prompt it is given, is deterministic, and honours the
 * declared window and output limit as any model does. As a memory agent it keeps one line a document
 * (`title | field | value`) for the fields the question mentions, never aggregates; a full memory keeps its first lines
 * (or the latest, where so set) and says how many were dropped. What it does not understand it refuses, in a reply that
 * begins with "Cannot answer:".
 */
export function createEmbeddedModel({
  limits = embeddedLimits,
  tokenizer,
  keep = 'first',
}: EmbeddedModelOptions): LanguageModelV4 {
  const readings = new RememberedReadings();
  const generate = async (options: LanguageModelV4CallOptions): Promise<Generated> => {
    const prompt = promptText(options);
    const inputTokens = tokenizer.count(prompt);
    const maximumTokens = outputTokens(options, inputTokens, limits);
    const reply = await replyTo(prompt, { tokenizer, keep, readings, signal: options.abortSignal });
    const stopped = cutAtStop(reply, options.stopSequences ?? []);
    const text = cutToTokens({ text: stopped, tokenizer, maximumTokens });
    const finishReason = text.length < stopped.length ? ('length' as const) : ('stop' as const);
    return {
      text,
      finishReason: { unified: finishReason, raw: finishReason },
      usage: toUsage(inputTokens, tokenizer.count(text)),
      warnings: unsupported(options),
    };
  };
  return {
    specificationVersion: 'v4',
    provider: 'corpuscope',
    modelId: 'embedded',
    supportedUrls: {},
    doGenerate: async (options): Promise<LanguageModelV4GenerateResult> => {
      const { text, ...rest } = await generate(options);
      return { content: [{ type: 'text', text }], ...rest };
    },
    doStream: async (options) => ({ stream: streamOf(await generate(options)) }),
  };
}

interface Generated {
  readonly text: string;
  readonly finishReason: LanguageModelV4FinishReason;
  readonly usage: LanguageModelV4Usage;
  readonly warnings: SharedV4Warning[];
}

/** The text of the messages, one after the other. */
function promptText({ prompt }: LanguageModelV4CallOptions): string {
  return prompt
    .flatMap((message) =>
      message.role === 'system'
        ? [message.content]
        : message.content.map((part) => (part.type === 'text' ? part.text : '')),
    )
    .filter((text) => text !== '')
    .join('\n\n');
}

function outputTokens(
  { maxOutputTokens }: LanguageModelV4CallOptions,
  inputTokens: number,
  { windowTokens, maximumOutputTokens }: ModelLimits,
): number {
  const room = windowTokens - inputTokens;
  const wanted = Math.min(maxOutputTokens ?? Math.min(maximumOutputTokens, room), maximumOutputTokens);
  if (room >= wanted && room > 0) return wanted;
  throw new ModelError({
    kind: 'too-long',
    message: `The prompt of ${inputTokens} tokens and an answer of up to ${wanted} do not fit the window of ${windowTokens} tokens.`,
    remedy: 'Shorten the prompt, ask for fewer output tokens, or declare a larger window.',
  });
}

function cutAtStop(text: string, stopSequences: readonly string[]): string {
  const ends = stopSequences.map((stop) => text.indexOf(stop)).filter((end) => end >= 0);
  return text.slice(0, Math.min(text.length, ...ends));
}

function toUsage(inputTokens: number, output: number): LanguageModelV4Usage {
  return {
    inputTokens: { total: inputTokens, noCache: inputTokens, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: output, text: output, reasoning: 0 },
  };
}

function unsupported({ tools, responseFormat, prompt }: LanguageModelV4CallOptions): SharedV4Warning[] {
  const warnings: SharedV4Warning[] = [];
  if (tools !== undefined && tools.length > 0) warnings.push({ type: 'unsupported', feature: 'tools' });
  if (responseFormat?.type === 'json') warnings.push({ type: 'unsupported', feature: 'responseFormat' });
  const hasFiles = prompt.some(
    ({ content }) => typeof content !== 'string' && content.some(({ type }) => type === 'file'),
  );
  if (hasFiles) warnings.push({ type: 'unsupported', feature: 'files' });
  return warnings;
}

/** About so many characters come at a time. */
const deltaCharacters = 400;

function streamOf({
  text,
  finishReason,
  usage,
  warnings,
}: Generated): ReadableStream<LanguageModelV4StreamPart> {
  const id = 'text';
  const deltas = text.match(new RegExp(`[^]{1,${deltaCharacters}}`, 'gu')) ?? [];
  return ReadableStream.from<LanguageModelV4StreamPart>([
    { type: 'stream-start', warnings },
    { type: 'text-start', id },
    ...deltas.map((delta): LanguageModelV4StreamPart => ({ type: 'text-delta', id, delta })),
    { type: 'text-end', id },
    { type: 'finish', usage, finishReason },
  ]);
}
