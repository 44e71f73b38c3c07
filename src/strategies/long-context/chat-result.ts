import type {
  JSONObject,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4Source,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
  LanguageModelV4Usage,
  SharedV4Warning,
} from '@ai-sdk/provider';
import type { Cost } from '../../models/index.ts';
import type { ChatAnswer } from './answer-chat.ts';
import type { AnswerSources } from './sources.ts';

/** An answer as the result of a call of a language model. */
export function toGenerateResult({ text, sources }: ChatAnswer): LanguageModelV4GenerateResult {
  return {
    content: [...documentsOf(sources), { type: 'text', text }],
    ...endOf(sources),
    warnings: warningsOf(sources),
  };
}

/**
 * An answer as a stream: nothing comes until it is there, then all of it. `answer` gets a signal that is aborted when
 * the stream is cancelled.
 */
export function toStreamResult(
  answer: (signal: AbortSignal) => Promise<ChatAnswer>,
): LanguageModelV4StreamResult {
  const cancelled = new AbortController();
  const stream = new ReadableStream<LanguageModelV4StreamPart>({
    start: async (controller) => {
      try {
        const { text, sources } = await answer(cancelled.signal);
        controller.enqueue({ type: 'stream-start', warnings: warningsOf(sources) });
        for (const document of documentsOf(sources)) controller.enqueue(document);
        controller.enqueue({ type: 'text-start', id: '0' });
        controller.enqueue({ type: 'text-delta', id: '0', delta: text });
        controller.enqueue({ type: 'text-end', id: '0' });
        controller.enqueue({ type: 'finish', ...endOf(sources) });
      } catch (error) {
        if (cancelled.signal.aborted) return;
        controller.enqueue({ type: 'error', error });
      }
      controller.close();
    },
    cancel: (reason) => cancelled.abort(reason),
  });
  return { stream };
}

function endOf(sources: AnswerSources): {
  finishReason: LanguageModelV4FinishReason;
  usage: LanguageModelV4Usage;
  providerMetadata: { corpuscope: JSONObject };
} {
  return {
    finishReason: { unified: 'stop', raw: sources.status },
    usage: usageOf(sources.cost),
    // All of it is JSON: it is written from answers that are printed as JSON too.
    providerMetadata: { corpuscope: { ...sources } as unknown as JSONObject },
  };
}

function usageOf({ calls, inputTokens, outputTokens, usd }: Cost): LanguageModelV4Usage {
  return {
    inputTokens: { total: inputTokens, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: outputTokens, text: undefined, reasoning: undefined },
    raw: { calls, usd },
  };
}

/** The documents that the answer cites, each once. */
function documentsOf({ evidence }: AnswerSources): LanguageModelV4Source[] {
  const cited = new Map(evidence.map(({ document, entity }) => [document, entity]));
  return [...cited].map(([document, entity]) => ({
    type: 'source',
    sourceType: 'document',
    id: document,
    mediaType: 'text/plain',
    title: entity,
    filename: document,
  }));
}

function warningsOf({ warnings }: AnswerSources): SharedV4Warning[] {
  return warnings.map((message) => ({ type: 'other', message }));
}
