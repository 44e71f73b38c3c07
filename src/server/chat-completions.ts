import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import {
  answerFromCorpus,
  answerPrompt,
  createStrategy,
  fitsWindow,
  questionToCorpus,
  readPrompt,
  takePrompt,
  type ChatAnswer,
  type CorpusQuestion,
  type StrategyName,
  type StrategyProgress,
  type TakenPrompt,
} from '../strategies/index.ts';
import { openCorpus } from '../table/index.ts';
import { ApiError, invalidRequest } from './api-error.ts';
import type { ChatRequest } from './chat-request.ts';
import {
  chunkBody,
  completionBody,
  responseHead,
  toChatUsage,
  UpstreamChunks,
  upstreamBody,
  usageChunk,
  type ChatUsage,
} from './chat-response.ts';
import type { EventSink } from './event-stream.ts';
import { routeOf, type ModelNames } from './model-names.ts';
import type { ServerOptions } from './server-options.ts';
import type { Slots } from './slots.ts';

/** What answering a request needs of the server. */
export interface ChatServices extends Pick<
  ServerOptions,
  'upstream' | 'client' | 'settings' | 'corpora' | 'prompts' | 'evidenceLimit'
> {
  readonly names: ModelNames;
  readonly strategySlots: Slots;
}

/** How a request was answered, for the log. */
export interface ChatReport {
  /** Null where the upstream answered it as it was. */
  readonly strategy: string | null;
  readonly usage: ChatUsage;
}

const defaultEvidenceLimit = 50;

/** How a request is answered. */
type Way =
  | { readonly by: 'upstream' }
  | { readonly by: 'prompt'; readonly strategy: StrategyName; readonly prompt: TakenPrompt }
  | {
      readonly by: 'corpus';
      readonly strategy: StrategyName;
      readonly corpus: string;
      readonly asked: CorpusQuestion;
    };

/**
 * Decides how a request is answered: by the upstream model where the prompt fits its window, else by a strategy.
 *
 * @throws {ApiError} for a model or corpus that is not there, or where a strategy is asked for what only models can.
 * @throws {PromptError} for a long prompt that cannot be taken apart.
 */
async function chooseWay({ call, ...named }: ChatRequest, services: ChatServices): Promise<Way> {
  const { strategy, corpus } = routeOf(named, services.names);
  const texts = readPrompt(call.prompt);
  if (corpus !== null) {
    refuseUnanswerable(call);
    return { by: 'corpus', strategy, corpus, asked: questionToCorpus(texts.messages) };
  }
  const { limits, tokenizer } = services.upstream;
  if (await fitsWindow({ call, texts, limits, tokenizer })) return { by: 'upstream' };
  refuseUnanswerable(call);
  return { by: 'prompt', strategy, prompt: takePrompt(texts) };
}

function refuseUnanswerable({ tools, toolChoice, responseFormat }: LanguageModelV4CallOptions): void {
  const refusal = (param: string, what: string): ApiError =>
    invalidRequest({
      code: 'context_length_exceeded',
      param,
      message: `${what} cannot be had where a strategy answers: for a prompt beyond the model's window, or from a corpus.`,
    });
  if (tools !== undefined && toolChoice?.type !== 'none') throw refusal('tools', 'Calls of tools');
  if (responseFormat?.type === 'json') throw refusal('response_format', 'JSON');
}

/** Answers a request as a whole. */
export async function completeChat(
  request: ChatRequest,
  { services, signal }: { services: ChatServices; signal: AbortSignal },
): Promise<{ body: object; report: ChatReport }> {
  const way = await chooseWay(request, services);
  const head = responseHead(request.model);
  if (way.by === 'upstream') {
    const result = await services.upstream.model.doGenerate({ ...request.call, abortSignal: signal });
    const report = { strategy: null, usage: toChatUsage(result.usage) };
    return { body: upstreamBody(head, result), report };
  }
  const { text, sources, usage } = await answerByStrategy(way, { services, signal });
  const body = completionBody({
    head,
    message: { content: text },
    finishReason: 'stop',
    usage,
    extra: { corpuscope: sources },
  });
  return { body, report: { strategy: sources.strategy, usage } };
}

/**
 * Begins to answer a request event by event. What goes wrong before there is anything to stream fails here; the result
 * sends the rest.
 */
export async function streamChat(
  request: ChatRequest,
  { services, signal }: { services: ChatServices; signal: AbortSignal },
): Promise<(sink: EventSink) => Promise<ChatReport>> {
  const way = await chooseWay(request, services);
  const head = responseHead(request.model);
  const begin = chunkBody({ head, delta: { role: 'assistant', content: '' } });
  const sendUsage = async (sink: EventSink, usage: ChatUsage): Promise<void> => {
    if (request.includeUsage) await sink.send(usageChunk(head, usage));
  };
  if (way.by === 'upstream') {
    const { stream } = await services.upstream.model.doStream({ ...request.call, abortSignal: signal });
    return async (sink) => {
      const chunks = new UpstreamChunks(head);
      await sink.send(begin);
      for await (const part of stream) {
        for (const chunk of chunks.chunksOf(part)) await sink.send(chunk);
      }
      await sendUsage(sink, chunks.usage);
      return { strategy: null, usage: chunks.usage };
    };
  }
  return async (sink) => {
    await sink.send(begin);
    const onProgress = ({ activity, done, total }: StrategyProgress): void =>
      sink.say(`${activity}, ${done} of ${total}`);
    const { text, sources, usage } = await answerByStrategy(way, { services, signal, onProgress });
    await sink.send(chunkBody({ head, delta: { content: text } }));
    await sink.send(chunkBody({ head, delta: {}, finishReason: 'stop', extra: { corpuscope: sources } }));
    await sendUsage(sink, usage);
    return { strategy: sources.strategy, usage };
  };
}

interface StrategyWork {
  readonly services: ChatServices;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: StrategyProgress) => void;
}

async function answerByStrategy(
  way: Exclude<Way, { by: 'upstream' }>,
  work: StrategyWork,
): Promise<ChatAnswer & { usage: ChatUsage }> {
  const release = await work.services.strategySlots.take(work.signal);
  try {
    const chat = await answerWay(way, work);
    if (chat.answer.status === 'failed') {
      throw new ApiError({
        status: 502,
        type: 'server_error',
        code: 'strategy_failed',
        message: `The strategy ${way.strategy} failed: ${chat.text}`,
      });
    }
    const { inputTokens, outputTokens } = chat.answer.cost;
    const usage = {
      prompt_tokens: inputTokens,
      completion_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
    };
    return { ...chat, usage };
  } finally {
    release();
  }
}

async function answerWay(
  way: Exclude<Way, { by: 'upstream' }>,
  { services, signal, onProgress }: StrategyWork,
): Promise<ChatAnswer> {
  const { client, settings, evidenceLimit = defaultEvidenceLimit, prompts, corpora } = services;
  const strategy = createStrategy({ name: way.strategy, model: client, settings });
  const options = { strategy, evidenceLimit, signal, onProgress };
  if (way.by === 'prompt') return await answerPrompt({ ...options, prompt: way.prompt, store: prompts });
  const location = corpora?.get(way.corpus);
  if (location === undefined) throw new Error(`The corpus ${way.corpus} was routed to but is not there.`);
  const corpus = await openCorpus({ location, signal });
  try {
    return await answerFromCorpus({ ...options, corpus, asked: way.asked });
  } finally {
    corpus.close();
  }
}
