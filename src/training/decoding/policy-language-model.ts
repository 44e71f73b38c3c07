import { randomInt } from 'node:crypto';
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
  SharedV4Warning,
} from '@ai-sdk/provider';
import { chatPrompt } from './chat-prompt.ts';
import type { Policy } from './policy.ts';
import { ReplyText } from './reply-text.ts';

/** What a reply may take where a call does not say, in tokens. */
const defaultOutputTokens = 1024;

/** What a call comes to. */
interface Reply {
  readonly text: string;
  readonly finishReason: LanguageModelV4FinishReason;
  readonly usage: LanguageModelV4Usage;
}

/**
 * A policy as a language model of the AI SDK. Messages are laid out as `chatPrompt` says. Without a temperature it is
 * greedy; without a seed, what is drawn differs from call to call.
 *
 * @param options.form `chat`, or `completion`: continues the text of the messages as it stands.
 * @param options.id What the model is called.
 */
export function createPolicyModel(
  policy: Policy,
  options: { readonly form: 'chat' | 'completion'; readonly id: string },
): LanguageModelV4 {
  const write = (call: LanguageModelV4CallOptions, onText: (text: string) => void): Promise<Reply> =>
    new Call({ policy, call, isCompletion: options.form === 'completion', onText }).perform();
  return {
    specificationVersion: 'v4',
    provider: 'corpuscope',
    modelId: options.id,
    supportedUrls: {},
    doGenerate: async (call): Promise<LanguageModelV4GenerateResult> => {
      const { text, ...rest } = await write(call, () => {});
      return { content: [{ type: 'text', text }], warnings: unsupported(call), ...rest };
    },
    doStream: (call) => {
      const controller = new AbortController();
      const signals = [controller.signal, ...(call.abortSignal === undefined ? [] : [call.abortSignal])];
      const stream = new ReadableStream<LanguageModelV4StreamPart>({
        async start(parts) {
          parts.enqueue({ type: 'stream-start', warnings: unsupported(call) });
          parts.enqueue({ type: 'text-start', id: 'text' });
          try {
            const { finishReason, usage } = await write(
              { ...call, abortSignal: AbortSignal.any(signals) },
              (delta) => parts.enqueue({ type: 'text-delta', id: 'text', delta }),
            );
            parts.enqueue({ type: 'text-end', id: 'text' });
            parts.enqueue({ type: 'finish', finishReason, usage });
            parts.close();
          } catch (error) {
            parts.error(error);
          }
        },
        cancel: (reason) => controller.abort(reason),
      });
      return Promise.resolve({ stream });
    },
  };
}

class Call {
  readonly #policy: Policy;
  readonly #call: LanguageModelV4CallOptions;
  readonly #onText: (text: string) => void;
  readonly #isCompletion: boolean;
  readonly #reply: ReplyText;
  readonly #stop = new AbortController();
  #text = '';
  #tokens = 0;

  constructor(input: {
    readonly policy: Policy;
    readonly call: LanguageModelV4CallOptions;
    readonly isCompletion: boolean;
    readonly onText: (text: string) => void;
  }) {
    this.#policy = input.policy;
    this.#call = input.call;
    this.#isCompletion = input.isCompletion;
    this.#onText = input.onText;
    this.#reply = new ReplyText(input.policy.tokenizer, input.call.stopSequences ?? []);
  }

  async perform(): Promise<Reply> {
    const { tokens: prompt, endTokenIds } = this.#prompt();
    const { abortSignal, temperature = 0, topP = 1, seed } = this.#call;
    const room = this.#policy.configuration.maximumPositions - prompt.length;
    let reason: 'stop' | 'length' = 'stop';
    try {
      const [[response] = []] = await this.#policy.generate({
        prompts: [prompt],
        samples: 1,
        temperature,
        topP,
        seed: seed ?? randomInt(2 ** 31),
        maximumTokens: this.#call.maxOutputTokens ?? Math.max(1, Math.min(defaultOutputTokens, room)),
        endTokenIds: [...this.#policy.endTokenIds, ...endTokenIds],
        signal: AbortSignal.any([this.#stop.signal, ...(abortSignal === undefined ? [] : [abortSignal])]),
        onToken: ({ token }) => this.#take(token),
      });
      if (response?.finishReason === 'length') reason = 'length';
      this.#give(this.#reply.end());
    } catch (error) {
      // A stop sequence ends the drawing as an abort does.
      if (!this.#stop.signal.aborted || abortSignal?.aborted === true) throw error;
    }
    const unified = this.#reply.isStopped ? 'stop' : reason;
    return {
      text: this.#text,
      finishReason: { unified, raw: unified },
      usage: {
        inputTokens: { total: prompt.length, noCache: prompt.length, cacheRead: 0, cacheWrite: 0 },
        outputTokens: { total: this.#tokens, text: this.#tokens, reasoning: 0 },
      },
    };
  }

  #prompt(): ReturnType<typeof chatPrompt> {
    const { tokenizer } = this.#policy;
    if (!this.#isCompletion) return chatPrompt(this.#call.prompt, tokenizer);
    const texts = this.#call.prompt.flatMap(({ content }) =>
      typeof content === 'string'
        ? [content]
        : content.map((part) => (part.type === 'text' ? part.text : '')),
    );
    return { tokens: tokenizer.encode(texts.join('')), endTokenIds: [] };
  }

  #take(token: number): void {
    this.#tokens++;
    this.#give(this.#reply.push(token));
    if (this.#reply.isStopped) this.#stop.abort();
  }

  #give(text: string): void {
    if (text === '') return;
    this.#text += text;
    this.#onText(text);
  }
}

function unsupported(call: LanguageModelV4CallOptions): SharedV4Warning[] {
  const features: readonly (readonly [string, boolean])[] = [
    ['tools', (call.tools ?? []).length > 0],
    ['responseFormat', call.responseFormat?.type === 'json'],
    ['topK', call.topK !== undefined],
    ['presencePenalty', (call.presencePenalty ?? 0) !== 0],
    ['frequencyPenalty', (call.frequencyPenalty ?? 0) !== 0],
    [
      'files',
      call.prompt.some(
        ({ content }) => typeof content !== 'string' && content.some((part) => part.type === 'file'),
      ),
    ],
  ];
  return features.filter(([, isAsked]) => isAsked).map(([feature]) => ({ type: 'unsupported', feature }));
}
