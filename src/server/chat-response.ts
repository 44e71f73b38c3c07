import { randomUUID } from 'node:crypto';
import type {
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';

/** Token counts as OpenAI's API gives them. */
export interface ChatUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details?: { readonly cached_tokens: number };
  readonly completion_tokens_details?: { readonly reasoning_tokens: number };
}

/** What all parts of one response share. */
export interface ResponseHead {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** As the request named it. */
  readonly model: string;
}

export function responseHead(model: string): ResponseHead {
  return {
    id: `chatcmpl-${randomUUID().replaceAll('-', '')}`,
    created: Math.floor(Date.now() / 1000),
    model,
  };
}

/** Usage of one call; what a server does not tell counts as nothing. */
export function toChatUsage({ inputTokens, outputTokens }: LanguageModelV4Usage): ChatUsage {
  const prompt = inputTokens.total ?? 0;
  const completion = outputTokens.total ?? 0;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    ...(inputTokens.cacheRead !== undefined && {
      prompt_tokens_details: { cached_tokens: inputTokens.cacheRead },
    }),
    ...(outputTokens.reasoning !== undefined && {
      completion_tokens_details: { reasoning_tokens: outputTokens.reasoning },
    }),
  };
}

/** The one choice of a completion. */
export interface ChatMessage {
  readonly content: string | null;
  readonly reasoning?: string | undefined;
  readonly toolCalls?: readonly object[] | undefined;
}

/** The body of a response that is not streamed. `extra` holds fields beyond OpenAI's. */
export function completionBody({
  head,
  message: { content, reasoning, toolCalls = [] },
  finishReason,
  usage,
  extra = {},
}: {
  head: ResponseHead;
  message: ChatMessage;
  finishReason: string;
  usage: ChatUsage;
  extra?: object;
}): object {
  const message = {
    role: 'assistant',
    content,
    refusal: null,
    // Not OpenAI's, but what servers of open models call it.
    ...(reasoning !== undefined && reasoning !== '' && { reasoning_content: reasoning }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
  };
  return {
    id: head.id,
    object: 'chat.completion',
    created: head.created,
    model: head.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
    usage,
    ...extra,
  };
}

/** A reply of the upstream model as the body of a response. */
export function upstreamBody(head: ResponseHead, result: LanguageModelV4GenerateResult): object {
  const text = joinParts(result.content, 'text');
  const toolCalls = result.content
    .filter((part) => part.type === 'tool-call')
    .map(({ toolCallId, toolName, input }) => toolCall(toolCallId, toolName, input));
  return completionBody({
    head,
    message: {
      content: text === '' && toolCalls.length > 0 ? null : text,
      reasoning: joinParts(result.content, 'reasoning'),
      toolCalls,
    },
    finishReason: toFinishReason(result.finishReason),
    usage: toChatUsage(result.usage),
  });
}

function joinParts(content: readonly LanguageModelV4Content[], type: 'text' | 'reasoning'): string {
  return content.map((part) => (part.type === type ? part.text : '')).join('');
}

function toolCall(id: string, name: string, input: string): object {
  return { id, type: 'function', function: { name, arguments: input } };
}

export function toFinishReason({ unified }: LanguageModelV4FinishReason): string {
  if (unified === 'length') return 'length';
  if (unified === 'content-filter') return 'content_filter';
  return unified === 'tool-calls' ? 'tool_calls' : 'stop';
}

/** One event of a streamed response. */
export function chunkBody({
  head,
  delta,
  finishReason = null,
  extra = {},
}: {
  head: ResponseHead;
  delta: object;
  finishReason?: string | null;
  extra?: object;
}): object {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }];
  return {
    id: head.id,
    object: 'chat.completion.chunk',
    created: head.created,
    model: head.model,
    choices,
    ...extra,
  };
}

/** The last event, where the request wants usage: it has no choices. */
export function usageChunk(head: ResponseHead, usage: ChatUsage): object {
  return {
    id: head.id,
    object: 'chat.completion.chunk',
    created: head.created,
    model: head.model,
    choices: [],
    usage,
  };
}

/** Turns the parts of an upstream's stream into the events of a streamed response. */
export class UpstreamChunks {
  readonly #head: ResponseHead;
  readonly #toolIndexes = new Map<string, number>();
  #usage: ChatUsage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

  constructor(head: ResponseHead) {
    this.#head = head;
  }

  /** What was used, once the stream has finished. */
  get usage(): ChatUsage {
    return this.#usage;
  }

  chunksOf(part: LanguageModelV4StreamPart): object[] {
    switch (part.type) {
      case 'text-delta':
        return [this.#delta({ content: part.delta })];
      case 'reasoning-delta':
        return [this.#delta({ reasoning_content: part.delta })];
      case 'tool-input-start':
        return [
          this.#delta({
            tool_calls: [{ index: this.#open(part.id), ...toolCall(part.id, part.toolName, '') }],
          }),
        ];
      case 'tool-input-delta':
        return [
          this.#delta({ tool_calls: [{ index: this.#open(part.id), function: { arguments: part.delta } }] }),
        ];
      case 'tool-call':
        // Where the input was streamed, this only repeats it.
        if (this.#toolIndexes.has(part.toolCallId)) return [];
        return [
          this.#delta({
            tool_calls: [
              { index: this.#open(part.toolCallId), ...toolCall(part.toolCallId, part.toolName, part.input) },
            ],
          }),
        ];
      case 'finish':
        this.#usage = toChatUsage(part.usage);
        return [chunkBody({ head: this.#head, delta: {}, finishReason: toFinishReason(part.finishReason) })];
      default:
        return [];
    }
  }

  #delta(delta: object): object {
    return chunkBody({ head: this.#head, delta });
  }

  #open(id: string): number {
    const index = this.#toolIndexes.get(id) ?? this.#toolIndexes.size;
    this.#toolIndexes.set(id, index);
    return index;
  }
}
