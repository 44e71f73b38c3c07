import { Budget, type Spending } from '../budget.ts';
import { callFailureOf, EmptyReplyError, TimeLimitError } from '../calls/call-failure.ts';
import { ConcurrencyLimit } from '../calls/concurrency-limit.ts';
import { pause } from '../calls/pause.ts';
import { RateLimiter } from '../calls/rate-limiter.ts';
import { defaultRetryPolicy, Retries, type RetryPolicy } from '../calls/retry-policy.ts';
import { noCost, type Cost } from '../cost.ts';
import { ModelError } from '../model-error.ts';
import type { ResolvedEmbeddingModel } from './embedding-model.ts';

const callTimeLimitMilliseconds = 300_000;
const defaultConcurrency = 4;

/** A server may take fewer, or more; but what fails, fails for all texts of a call. */
const mostTextsACall = 64;

export interface EmbeddingClientOptions {
  readonly model: ResolvedEmbeddingModel;
  /** Shared with the other models of a command. Absent: no cap. */
  readonly budget?: Budget | undefined;
  /** Calls nothing: what has no vector yet is an error. */
  readonly replay?: boolean | undefined;
  /** Calls that are sent at once. */
  readonly concurrency?: number | undefined;
  readonly retryPolicy?: RetryPolicy | undefined;
  readonly timeLimitMilliseconds?: number | undefined;
}

export interface EmbeddingRequest {
  readonly texts: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

export interface EmbeddingReply {
  /** A vector of length 1 for each text. */
  readonly vectors: readonly Float32Array[];
  readonly cost: Cost;
}

/**
 * Calls an embedding model as the language models are called: within the budget and the server's rate limits, tried
 * again with patience. It remembers nothing; who calls it keeps the vectors. A model in this process costs nothing.
 */
export class EmbeddingClient {
  readonly model: ResolvedEmbeddingModel;
  readonly concurrency: number;
  readonly #budget: Budget;
  readonly #replay: boolean;
  readonly #retryPolicy: RetryPolicy;
  readonly #timeLimitMilliseconds: number;
  readonly #rateLimiter = new RateLimiter();
  readonly #places: ConcurrencyLimit;

  constructor({
    model,
    budget = new Budget(),
    replay = false,
    concurrency = defaultConcurrency,
    retryPolicy = defaultRetryPolicy,
    timeLimitMilliseconds = callTimeLimitMilliseconds,
  }: EmbeddingClientOptions) {
    this.model = model;
    this.concurrency = concurrency;
    this.#budget = budget;
    this.#replay = replay;
    this.#retryPolicy = retryPolicy;
    this.#timeLimitMilliseconds = timeLimitMilliseconds;
    this.#places = new ConcurrencyLimit(concurrency);
  }

  /** Texts that should be given at once. */
  async textsACall(): Promise<number> {
    return Math.min(mostTextsACall, (await this.model.model.maxEmbeddingsPerCall) ?? mostTextsACall);
  }

  /**
   * Turns texts into vectors by one call; more than {@link textsACall} are not to be given.
   *
   * @throws {ModelError}, of kind `not-in-ledger` where calls are replayed; or the signal's reason.
   */
  async embed({ texts, signal = new AbortController().signal }: EmbeddingRequest): Promise<EmbeddingReply> {
    if (this.#replay) throw notKept(this.model.id, texts.length);
    await this.#places.acquire(signal);
    try {
      return await this.#perform(texts, signal);
    } finally {
      this.#places.release();
    }
  }

  async #perform(texts: readonly string[], signal: AbortSignal): Promise<EmbeddingReply> {
    const retries = new Retries(this.#retryPolicy);
    for (;;) {
      try {
        return await this.#try(texts, signal);
      } catch (error) {
        signal.throwIfAborted();
        const failure = callFailureOf(error, this.model.id);
        const wait = retries.after(failure);
        if (wait === null) throw failure.error;
        if (failure.kind === 'rate') this.#rateLimiter.pause(wait);
        await pause(wait, signal);
      }
    }
  }

  async #try(texts: readonly string[], signal: AbortSignal): Promise<EmbeddingReply> {
    if (this.model.isLocal) {
      const { embeddings } = await this.model.model.doEmbed({ values: [...texts], abortSignal: signal });
      return { vectors: this.#checked(embeddings, texts.length), cost: noCost };
    }
    const tokens = texts.reduce((sum, text) => sum + this.model.tokenizer.count(text), 0);
    const ticket = await this.#rateLimiter.pass({ tokens, signal });
    const worst = this.#spending(this.#budget.isCapped ? byteLength(texts) : tokens);
    const reservation = await this.#budget.reserve(worst, signal);
    const limit = AbortSignal.timeout(this.#timeLimitMilliseconds);
    let spent: Spending | null = worst;
    try {
      const { embeddings, usage, response } = await this.model.model.doEmbed({
        values: [...texts],
        abortSignal: AbortSignal.any([signal, limit]),
      });
      this.#rateLimiter.learn(response?.headers ?? {}, ticket);
      const used = this.#spending(usage?.tokens ?? tokens);
      spent = used;
      return { vectors: this.#checked(embeddings, texts.length), cost: toCost(used) };
    } catch (error) {
      const failure = limit.aborted && !signal.aborted ? this.#tooLong() : error;
      if (!signal.aborted && !callFailureOf(failure, this.model.id).mayCost) spent = null;
      throw failure;
    } finally {
      reservation.settle(spent);
    }
  }

  #tooLong(): TimeLimitError {
    return new TimeLimitError(`the call took longer than ${this.#timeLimitMilliseconds / 1000} s`);
  }

  #spending(inputTokens: number): Spending {
    const { usdPerMillionTokens: price } = this.model;
    return { inputTokens, outputTokens: 0, usd: price === null ? null : (inputTokens * price) / 1_000_000 };
  }

  #checked(embeddings: readonly (readonly number[])[], count: number): Float32Array[] {
    if (embeddings.length === 0) throw new EmptyReplyError();
    const dimensions = embeddings[0]?.length ?? 0;
    const isWhole = embeddings.every(
      (vector) => vector.length === dimensions && vector.every(Number.isFinite),
    );
    if (embeddings.length === count && dimensions > 0 && isWhole) return embeddings.map(toUnitLength);
    throw new ModelError({
      kind: 'unusable-reply',
      message: `${this.model.id} did not give one vector of the same length for each text.`,
      remedy: 'Check that the model is one for embeddings.',
    });
  }
}

function notKept(model: string, texts: number): ModelError {
  return new ModelError({
    kind: 'not-in-ledger',
    message: `The corpus keeps no vectors of ${model} for ${texts} of the texts.`,
    remedy: 'Run the command without --replay once; vectors are kept as they come.',
  });
}

function toCost({ inputTokens, outputTokens, usd }: Spending): Cost {
  return { calls: 1, inputTokens, outputTokens, usd: usd ?? 0 };
}

/** No tokenizer makes more tokens than there are bytes. */
function byteLength(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** So that the product of two vectors is the cosine of their angle. */
function toUnitLength(vector: readonly number[]): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length));
}
