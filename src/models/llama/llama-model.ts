import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import type {
  ChatItem,
  GenerationOptions,
  Generated,
  Llama,
  LlamaLibrary,
  LlamaSequence,
} from './load-library.ts';

/** One model in memory, with the one sequence that all its calls share, one after the other. */
export interface LoadedLlama {
  readonly library: LlamaLibrary;
  readonly llama: Llama;
  readonly sequence: LlamaSequence;
  readonly count: (text: string) => number;
  /** Ends when the call before has ended. */
  last: Promise<unknown>;
}

/** The model as one that chats by its own template, or as one that goes on with the text of its only message. */
export function createLlamaModel({
  loaded,
  modelId,
  form,
}: {
  loaded: LoadedLlama;
  modelId: string;
  form: 'chat' | 'completion';
}): LanguageModelV4 {
  /** The sequence keeps what was evaluated, so a call that begins like the one before evaluates only the rest. */
  const run = (
    options: LanguageModelV4CallOptions,
    onTextChunk?: (text: string) => void,
  ): Promise<Answer> => {
    const answer = loaded.last.then(() => generate({ loaded, options, form, onTextChunk }));
    loaded.last = answer.catch(() => {});
    return answer;
  };
  return {
    specificationVersion: 'v4',
    provider: 'llama',
    modelId,
    supportedUrls: {},
    doGenerate: async (options) => {
      const { text, finishReason, usage } = await run(options);
      return { content: [{ type: 'text', text }], finishReason, usage, warnings: [] };
    },
    doStream: async (options) => ({
      stream: new ReadableStream<LanguageModelV4StreamPart>({
        start: async (controller) => {
          controller.enqueue({ type: 'stream-start', warnings: [] });
          controller.enqueue({ type: 'text-start', id: '0' });
          try {
            const { finishReason, usage } = await run(options, (delta) =>
              controller.enqueue({ type: 'text-delta', id: '0', delta }),
            );
            controller.enqueue({ type: 'text-end', id: '0' });
            controller.enqueue({ type: 'finish', finishReason, usage });
          } catch (error) {
            controller.enqueue({ type: 'error', error });
          }
          controller.close();
        },
      }),
    }),
  };
}

interface Answer {
  readonly text: string;
  readonly finishReason: { readonly unified: 'stop' | 'length'; readonly raw: string };
  readonly usage: LanguageModelV4Usage;
}

async function generate({
  loaded: { library, llama, sequence, count },
  options,
  form,
  onTextChunk,
}: {
  loaded: LoadedLlama;
  options: LanguageModelV4CallOptions;
  form: 'chat' | 'completion';
  onTextChunk: ((text: string) => void) | undefined;
}): Promise<Answer> {
  const { prompt, responseFormat, abortSignal } = options;
  abortSignal?.throwIfAborted();
  const schema = responseFormat?.type === 'json' ? responseFormat.schema : undefined;
  const settings: GenerationOptions = {
    maxTokens: options.maxOutputTokens,
    temperature: options.temperature ?? 0,
    topP: options.topP,
    seed: options.seed,
    // It would bend what the temperature asks for, and JSON repeats its marks.
    repeatPenalty: false,
    customStopTriggers: options.stopSequences,
    signal: abortSignal,
    onTextChunk,
    ...(schema !== undefined && { grammar: await llama.createGrammarForJsonSchema(schema) }),
  };
  const before = sequence.tokenMeter;
  const [usedInput, usedOutput] = [before.usedInputTokens, before.usedOutputTokens];
  let generated: Generated;
  const text = prompt.map(textOf).join('\n\n');
  if (form === 'completion') {
    const completion = new library.LlamaCompletion({ contextSequence: sequence });
    generated = await completion
      .generateCompletionWithMeta(text, settings)
      .finally(() => completion.dispose({ disposeSequence: false }));
  } else {
    const chat = new library.LlamaChat({ contextSequence: sequence });
    const history: ChatItem[] = [...prompt.map(chatItem), { type: 'model', response: [] }];
    generated = await chat
      .generateResponse(history, settings)
      .finally(() => chat.dispose({ disposeSequence: false }));
  }
  const raw = generated.metadata.stopReason;
  const total = count(text);
  const evaluated = Math.min(total, sequence.tokenMeter.usedInputTokens - usedInput);
  const written = sequence.tokenMeter.usedOutputTokens - usedOutput;
  return {
    text: generated.response,
    finishReason: { unified: raw === 'maxTokens' ? 'length' : 'stop', raw },
    usage: {
      inputTokens: { total, noCache: evaluated, cacheRead: total - evaluated, cacheWrite: undefined },
      outputTokens: { total: written, text: written, reasoning: undefined },
    },
  };
}

function textOf({ content }: LanguageModelV4Message): string {
  if (typeof content === 'string') return content;
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function chatItem(message: LanguageModelV4Message): ChatItem {
  const text = textOf(message);
  if (message.role === 'assistant') return { type: 'model', response: [text] };
  return { type: message.role === 'system' ? 'system' : 'user', text };
}
