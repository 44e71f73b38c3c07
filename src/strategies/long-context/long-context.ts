import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Middleware,
} from '@ai-sdk/provider';
import { loadTokenizer, type Tokenizer } from '../../corpus/index.ts';
import {
  createModelClient,
  isTooLong,
  Ledger,
  type Budget,
  type ModelClient,
  type ModelLimits,
  type TokenPrice,
} from '../../models/index.ts';
import { createStrategy, type StrategySettings } from '../create-strategy.ts';
import type { StrategyName } from '../strategy-names.ts';
import { PromptError, PromptStore } from '../prompt-corpus/index.ts';
import { StrategyError } from '../strategy-error.ts';
import type { StrategyProgress } from '../strategy.ts';
import { answerPrompt, takePrompt, type ChatAnswer } from './answer-chat.ts';
import { toGenerateResult, toStreamResult } from './chat-result.ts';
import { fitsWindow } from './fits-window.ts';
import { readPrompt, type PromptTexts } from './read-prompt.ts';
import { shapeAnswer } from './shape-answer.ts';

export interface LongContextOptions {
  /** What the wrapped model takes at once, in tokens, prompt and answer together. */
  readonly windowTokens: number;
  /** What it may answer at most, where a call sets no limit; a quarter of the window, 4,096 at most, by default. */
  readonly maximumOutputTokens?: number | undefined;
  /** Answers prompts that do not fit; `auto` by default. */
  readonly strategy?: StrategyName | undefined;
  readonly settings?: StrategySettings | undefined;
  /** `o200k` (the default) or the path of the model's `tokenizer.json`, which makes counts exact. */
  readonly tokenizer?: string | undefined;
  /** Where the documents of prompts are kept; a folder of the user's own under the system's temporary one by default. */
  readonly prompts?: PromptStore | undefined;
  /**
   * Where the calls that strategies make are kept, so that none is paid twice; beside the documents by default. Null
   * keeps them in memory.
   */
  readonly ledgerFile?: string | null | undefined;
  /** Hard caps over all calls that strategies make. A cap in dollars needs `price`. */
  readonly budget?: Budget | undefined;
  readonly price?: TokenPrice | undefined;
  /** Cells or passages that the metadata cites at most; 50 by default. */
  readonly evidenceLimit?: number | undefined;
  readonly onProgress?: ((progress: StrategyProgress) => void) | undefined;
}

/**
 * Middleware for `wrapLanguageModel` that lets any model take prompts beyond its window. A prompt that fits, or that
 * only the model can judge (images, files), goes to it untouched. One that does not is taken apart into documents and
 * question, and a strategy answers the question with calls that fit; `providerMetadata.corpuscope` says what the answer
 * rests on and what it cost ({@link AnswerSources}), and the usage is that of all calls together.
 *
 * Calls with a long prompt fail with a {@link PromptError} where it cannot be taken apart, holds files that are no
 * text, or offers tools, which strategies cannot call; with a {@link StrategyError} where the strategy fails; with a
 * {@link ModelError} where a cap is reached.
 */
export function longContext(options: LongContextOptions): LanguageModelV4Middleware {
  const answerer = new LongPromptAnswerer(options);
  return {
    specificationVersion: 'v4',
    wrapGenerate: async ({ doGenerate, params, model }) => {
      const texts = readPrompt(params.prompt);
      const passed = (await answerer.fits(params, texts)) ? await unlessTooLong(doGenerate) : null;
      return passed ?? toGenerateResult(await answerer.answer({ params, texts, model }));
    },
    wrapStream: async ({ doStream, params, model }) => {
      const texts = readPrompt(params.prompt);
      const passed = (await answerer.fits(params, texts)) ? await unlessTooLong(doStream) : null;
      return passed ?? toStreamResult((cancelled) => answerer.answer({ params, texts, model, cancelled }));
    },
  };
}

/** Counting is inexact where the tokenizer is not the model's own; the model has the last word. */
async function unlessTooLong<Result>(call: () => PromiseLike<Result>): Promise<Result | null> {
  try {
    return await call();
  } catch (error) {
    if (isTooLong(error)) return null;
    throw error;
  }
}

const defaultEvidenceLimit = 50;

/** Decides whether prompts fit, and answers those that do not. */
class LongPromptAnswerer {
  readonly #options: LongContextOptions;
  readonly #limits: ModelLimits;
  readonly #prompts: PromptStore;
  readonly #clients = new WeakMap<LanguageModelV4, ModelClient>();
  #tokenizer: Promise<Tokenizer> | null = null;
  #ledger: Promise<Ledger> | null = null;

  constructor(options: LongContextOptions) {
    const { windowTokens, prompts = new PromptStore() } = options;
    const { maximumOutputTokens = Math.min(4_096, Math.floor(windowTokens / 4)) } = options;
    this.#options = options;
    this.#limits = { windowTokens, maximumOutputTokens };
    this.#prompts = prompts;
  }

  async fits(call: LanguageModelV4CallOptions, texts: PromptTexts): Promise<boolean> {
    return await fitsWindow({ call, texts, limits: this.#limits, tokenizer: await this.#loadTokenizer() });
  }

  async answer({
    params,
    texts,
    model,
    cancelled,
  }: {
    params: LanguageModelV4CallOptions;
    texts: PromptTexts;
    model: LanguageModelV4;
    /** Aborted when nobody reads the answer any more. */
    cancelled?: AbortSignal;
  }): Promise<ChatAnswer> {
    refuseTools(params);
    const signals = [params.abortSignal, cancelled].filter((signal) => signal !== undefined);
    const signal = AbortSignal.any(signals);
    const prompt = takePrompt(texts);
    const client = await this.#clientOf(model);
    const {
      strategy: name = 'auto',
      settings,
      evidenceLimit = defaultEvidenceLimit,
      onProgress,
    } = this.#options;
    const strategy = createStrategy({ name, model: client, settings });
    const chat = await answerPrompt({
      prompt,
      strategy,
      store: this.#prompts,
      evidenceLimit,
      signal,
      onProgress,
    });
    if (chat.answer.status === 'failed') {
      throw new StrategyError({
        message: `The strategy ${strategy.name} failed: ${chat.text}`,
        remedy: 'Send the prompt again: calls that were answered are not made again.',
      });
    }
    return await shapeAnswer({
      chat,
      question: prompt.question,
      format: params.responseFormat,
      client,
      signal,
    });
  }

  async #clientOf(model: LanguageModelV4): Promise<ModelClient> {
    const before = this.#clients.get(model);
    if (before !== undefined) return before;
    const { tokenizer: tokenizerFile = 'o200k', budget, price = null } = this.#options;
    const id = `${model.provider}:${model.modelId}`;
    const client = createModelClient({
      model: {
        id,
        identity: id,
        model,
        completionModel: null,
        limits: this.#limits,
        windowIsAssumed: false,
        tokenizer: await this.#loadTokenizer(),
        tokenizerIsExact: tokenizerFile !== 'o200k' || model.provider.startsWith('openai'),
        price,
        maximumConcurrency: null,
      },
      ledger: await this.#openLedger(),
      budget,
    });
    this.#clients.set(model, client);
    return client;
  }

  #loadTokenizer(): Promise<Tokenizer> {
    this.#tokenizer ??= loadTokenizer(this.#options.tokenizer ?? 'o200k');
    return this.#tokenizer;
  }

  #openLedger(): Promise<Ledger> {
    this.#ledger ??= this.#prompts.openLedger(this.#options.ledgerFile);
    return this.#ledger;
  }
}

function refuseTools({ tools = [], toolChoice }: LanguageModelV4CallOptions): void {
  if (tools.length === 0 || toolChoice?.type === 'none') return;
  throw new PromptError({
    message: 'The prompt is longer than the window and offers tools, which strategies cannot call.',
    remedy: 'Shorten the prompt, or leave the tools out.',
  });
}
