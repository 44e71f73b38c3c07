import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import type { ConcurrencyLimit } from '../models/index.ts';
import {
  answerFromCorpus,
  answerPrompt,
  createStrategy,
  fitsWindow,
  questionToCorpus,
  readPrompt,
  shapeAnswer,
  takePrompt,
  type ChatAnswer,
  type CorpusQuestion,
  type PromptTexts,
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
  type ResponseHead,
} from './chat-response.ts';
import type { EventSink } from './event-stream.ts';
import { routeOf, type ModelNames } from './model-names.ts';
import type { ServerOptions } from './server-options.ts';
import type { Upstream, UpstreamCall } from './upstream.ts';

/** What answering a request needs of the server. */
export interface ChatServices extends Pick<
  ServerOptions,
  'model' | 'client' | 'settings' | 'corpora' | 'prompts' | 'evidenceLimit'
> {
  readonly upstream: Upstream;
  readonly names: ModelNames;
  /** How many strategies may be at work at once. */
  readonly strategyPlaces: ConcurrencyLimit;
}

/** How a request was answered, for the log. */
export interface ChatReport {
  /** Null where the upstream answered it as it was. */
  readonly strategy: string | null;
  readonly usage: ChatUsage;
}

const defaultEvidenceLimit = 50;

/** How a request is answered. */
type Way = UpstreamWay | StrategyWay;

/** By the model as it is; by the strategy where the model finds the prompt too long. */
interface UpstreamWay {
  readonly by: 'upstream';
  readonly strategy: StrategyName;
  readonly texts: PromptTexts;
}

/** A question for a strategy, with the documents that came with it or a corpus. */
type StrategyWay = {
  readonly strategy: StrategyName;
  readonly format: LanguageModelV4CallOptions['responseFormat'];
} & (
  | { readonly by: 'prompt'; readonly asked: TakenPrompt }
  | { readonly by: 'corpus'; readonly asked: CorpusQuestion; readonly corpus: string }
);

/**
 * Decides how a request is answered: by the upstream model where the prompt fits its window, else by a strategy.
 *
 * @throws {ApiError} for a model or corpus that is not there, or where a strategy is asked to call tools.
 * @throws {PromptError} for a long prompt that cannot be taken apart.
 */
async function chooseWay(request: ChatRequest, { names, model }: ChatServices): Promise<Way> {
  const { call } = request;
  const { strategy, corpus } = routeOf(request, names);
  const texts = readPrompt(call.prompt);
  if (corpus === null) {
    const { limits, tokenizer } = model;
    if (await fitsWindow({ call, texts, limits, tokenizer })) return { by: 'upstream', strategy, texts };
    return wayOfLongPrompt(request, { strategy, texts });
  }
  refuseTools(call);
  const asked = questionToCorpus(texts.messages);
  return { by: 'corpus', strategy, format: call.responseFormat, asked, corpus };
}

function wayOfLongPrompt(
  { call }: ChatRequest,
  { strategy, texts }: { strategy: StrategyName; texts: PromptTexts },
): StrategyWay {
  refuseTools(call);
  return { by: 'prompt', strategy, format: call.responseFormat, asked: takePrompt(texts) };
}

function refuseTools({ tools, toolChoice }: LanguageModelV4CallOptions): void {
  if (tools === undefined || toolChoice?.type === 'none') return;
  throw invalidRequest({
    code: 'context_length_exceeded',
    param: 'tools',
    message:
      "Tools cannot be called where a strategy answers: for a prompt beyond the model's window, or from a corpus.",
  });
}

interface Work {
  readonly services: ChatServices;
  readonly signal: AbortSignal;
}

/**
 * Asks the upstream. Counting is inexact where its tokenizer is not known, so the upstream has the last word on whether
 * a prompt fits: one that it finds too long goes to a strategy after all.
 */
async function askUpstream<Result>({
  request,
  way: { strategy, texts },
  work: { services, signal },
  ask,
}: {
  request: ChatRequest;
  way: UpstreamWay;
  work: Work;
  ask: (upstream: Upstream, call: UpstreamCall) => Promise<Result>;
}): Promise<{ result: Result } | { way: StrategyWay }> {
  try {
    return { result: await ask(services.upstream, { call: request.call, texts, signal }) };
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'context_length_exceeded') throw error;
    return { way: wayOfLongPrompt(request, { strategy, texts }) };
  }
}

/** Answers a request as a whole. */
export async function completeChat(
  request: ChatRequest,
  work: Work,
): Promise<{ body: object; report: ChatReport }> {
  const head = responseHead(request.model);
  let way = await chooseWay(request, work.services);
  if (way.by === 'upstream') {
    const asked = await askUpstream({
      request,
      way,
      work,
      ask: (upstream, call) => upstream.generate(call),
    });
    if ('result' in asked) {
      const report = { strategy: null, usage: toChatUsage(asked.result.usage) };
      return { body: upstreamBody(head, asked.result), report };
    }
    way = asked.way;
  }
  const { text, sources, usage } = await answerByStrategy(way, work);
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
  work: Work,
): Promise<(sink: EventSink) => Promise<ChatReport>> {
  const head = responseHead(request.model);
  let way = await chooseWay(request, work.services);
  if (way.by === 'upstream') {
    const asked = await askUpstream({
      request,
      way,
      work,
      ask: (upstream, call) => upstream.stream(call),
    });
    if ('result' in asked) return (sink) => sendUpstream(sink, { request, head, parts: asked.result });
    way = asked.way;
  }
  const chosen = way;
  return (sink) => sendAnswer(sink, { request, head, way: chosen, work });
}

async function sendUpstream(
  sink: EventSink,
  {
    request,
    head,
    parts,
  }: { request: ChatRequest; head: ResponseHead; parts: AsyncIterable<LanguageModelV4StreamPart> },
): Promise<ChatReport> {
  const chunks = new UpstreamChunks(head);
  await sink.send(firstChunk(head));
  for await (const part of parts) {
    for (const chunk of chunks.chunksOf(part)) await sink.send(chunk);
  }
  if (request.includeUsage) await sink.send(usageChunk(head, chunks.usage));
  return { strategy: null, usage: chunks.usage };
}

async function sendAnswer(
  sink: EventSink,
  { request, head, way, work }: { request: ChatRequest; head: ResponseHead; way: StrategyWay; work: Work },
): Promise<ChatReport> {
  await sink.send(firstChunk(head));
  const onProgress = ({ activity, done, total }: StrategyProgress): void =>
    sink.say(`${activity}, ${done} of ${total}`);
  const { text, sources, usage } = await answerByStrategy(way, { ...work, onProgress });
  await sink.send(chunkBody({ head, delta: { content: text } }));
  await sink.send(chunkBody({ head, delta: {}, finishReason: 'stop', extra: { corpuscope: sources } }));
  if (request.includeUsage) await sink.send(usageChunk(head, usage));
  return { strategy: sources.strategy, usage };
}

function firstChunk(head: ResponseHead): object {
  return chunkBody({ head, delta: { role: 'assistant', content: '' } });
}

interface StrategyWork extends Work {
  readonly onProgress?: (progress: StrategyProgress) => void;
}

async function answerByStrategy(
  way: StrategyWay,
  work: StrategyWork,
): Promise<ChatAnswer & { usage: ChatUsage }> {
  const { strategyPlaces, client } = work.services;
  const { signal } = work;
  await strategyPlaces.acquire(signal);
  try {
    const answered = await answerWay(way, work);
    if (answered.answer.status === 'failed') {
      throw new ApiError({
        status: 502,
        type: 'server_error',
        code: 'strategy_failed',
        message: `The strategy ${way.strategy} failed: ${answered.text}`,
      });
    }
    const { format, asked } = way;
    const chat = await shapeAnswer({ chat: answered, question: asked.question, format, client, signal });
    const { inputTokens, outputTokens } = chat.answer.cost;
    const usage = {
      prompt_tokens: inputTokens,
      completion_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
    };
    return { ...chat, usage };
  } finally {
    strategyPlaces.release();
  }
}

async function answerWay(
  way: StrategyWay,
  { services, signal, onProgress }: StrategyWork,
): Promise<ChatAnswer> {
  const { client, settings, evidenceLimit = defaultEvidenceLimit, prompts, corpora } = services;
  const strategy = createStrategy({ name: way.strategy, model: client, settings });
  const options = { strategy, evidenceLimit, signal, onProgress };
  if (way.by === 'prompt') return await answerPrompt({ ...options, prompt: way.asked, store: prompts });
  const location = corpora?.get(way.corpus);
  if (location === undefined) throw new Error(`The corpus ${way.corpus} was routed to but is not there.`);
  const corpus = await openCorpus({ location, signal });
  try {
    return await answerFromCorpus({ ...options, corpus, asked: way.asked });
  } finally {
    corpus.close();
  }
}
