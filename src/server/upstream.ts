import {
  APICallError,
  type LanguageModelV4CallOptions,
  type LanguageModelV4GenerateResult,
  type LanguageModelV4StreamPart,
  type LanguageModelV4Usage,
} from '@ai-sdk/provider';
import {
  callFailureOf,
  CountRatio,
  PromptSize,
  usdOf,
  type Budget,
  type Reservation,
  type ResolvedModel,
  type Spending,
} from '../models/index.ts';
import { countedTexts, type PromptTexts } from '../strategies/index.ts';
import { ApiError, invalidRequest, toApiError } from './api-error.ts';

/** A model by its own, as requests that fit its window are passed to it. */
export type UpstreamModel = Pick<
  ResolvedModel,
  'id' | 'model' | 'limits' | 'tokenizer' | 'tokenizerIsExact' | 'price'
>;

/** A call, with its texts for counting. */
export interface UpstreamCall {
  readonly call: LanguageModelV4CallOptions;
  readonly texts: PromptTexts;
  readonly signal: AbortSignal;
}

interface Reserved {
  readonly call: LanguageModelV4CallOptions;
  readonly worst: Spending;
  readonly reservation: Reservation;
}

/**
 * The model that requests are passed to as they are: within the budget, but without retries or a record, which are
 * the client's affair. What it throws becomes an {@link ApiError}.
 */
export class Upstream {
  readonly #model: UpstreamModel;
  readonly #budget: Budget;
  readonly #countRatio: CountRatio;

  constructor({ model, budget }: { model: UpstreamModel; budget: Budget }) {
    this.#model = model;
    this.#countRatio = new CountRatio({ isExact: model.tokenizerIsExact });
    this.#budget = budget;
  }

  /** @throws {ApiError} */
  async generate(request: UpstreamCall): Promise<LanguageModelV4GenerateResult> {
    const { call, worst, reservation } = await this.#reserve(request);
    try {
      const result = await this.#model.model.doGenerate(call);
      reservation.settle(this.#spending(result.usage));
      return result;
    } catch (error) {
      reservation.settle(this.#mayCost(error, request) ? worst : null);
      throw this.#asApiError(error);
    }
  }

  /** Resolves when the model begins to answer. @throws {ApiError}, then and from the stream. */
  async stream(request: UpstreamCall): Promise<AsyncIterable<LanguageModelV4StreamPart>> {
    const { call, worst, reservation } = await this.#reserve(request);
    try {
      const { stream } = await this.#model.model.doStream(call);
      return this.#settling({ stream, reservation, worst });
    } catch (error) {
      reservation.settle(this.#mayCost(error, request) ? worst : null);
      throw this.#asApiError(error);
    }
  }

  /** A stream that does not come to its end has cost its worst, as far as anyone knows. */
  async *#settling({
    stream,
    reservation,
    worst,
  }: {
    stream: ReadableStream<LanguageModelV4StreamPart>;
    reservation: Reservation;
    worst: Spending;
  }): AsyncGenerator<LanguageModelV4StreamPart> {
    try {
      for await (const part of stream) {
        if (part.type === 'error') throw part.error;
        if (part.type === 'finish') reservation.settle(this.#spending(part.usage));
        yield part;
      }
    } catch (error) {
      throw this.#asApiError(error);
    } finally {
      reservation.settle(worst);
    }
  }

  /** Under a cap, the worst case must hold: the output gets a limit, and the input is counted high. */
  async #reserve({ call, texts, signal }: UpstreamCall): Promise<Reserved> {
    const { limits, price, tokenizer } = this.#model;
    const { isCapped } = this.#budget;
    const { maximumOutputTokens } = limits;
    const outputTokens = Math.min(call.maxOutputTokens ?? maximumOutputTokens, maximumOutputTokens);
    const inputTokens = isCapped
      ? new PromptSize({ texts: countedTexts({ call, texts }), tokenizer }).tokenBound(
          this.#countRatio.largest,
        )
      : 0;
    const worst = { inputTokens, outputTokens, usd: usdOf(price, { inputTokens, outputTokens }) };
    const reservation = await this.#budget.reserve(worst, signal);
    const limited = isCapped ? { maxOutputTokens: outputTokens } : {};
    return { call: { ...call, ...limited, abortSignal: signal }, worst, reservation };
  }

  #spending({ inputTokens, outputTokens }: LanguageModelV4Usage): Spending {
    const use = {
      inputTokens: inputTokens.total ?? 0,
      cachedInputTokens: inputTokens.cacheRead ?? 0,
      outputTokens: outputTokens.total ?? 0,
    };
    return { ...use, usd: usdOf(this.#model.price, use) };
  }

  #mayCost(error: unknown, { signal }: UpstreamCall): boolean {
    return signal.aborted || callFailureOf(error, this.#model.id).mayCost;
  }

  /**
   * Where the request itself is to blame, the error says what the upstream says of it; the server's key and address are
   * no business of clients.
   */
  #asApiError(error: unknown): ApiError {
    if (error instanceof ApiError) return error;
    const { id } = this.#model;
    const failure = callFailureOf(error, id);
    if (failure.kind === 'rate') {
      return new ApiError({
        status: 429,
        type: 'rate_limit_error',
        code: 'rate_limit_exceeded',
        message: `${id} takes no more requests at the moment.`,
        retryAfterSeconds:
          failure.waitMilliseconds === null ? null : Math.ceil(failure.waitMilliseconds / 1000),
        cause: error,
      });
    }
    const status = APICallError.isInstance(error) ? error.statusCode : undefined;
    if (failure.error.kind === 'rejected' && (status === 400 || status === 422)) {
      const { detail } = failure.error;
      return invalidRequest({
        message: `${id} refuses the request${detail === null ? '.' : `: ${detail}`}`,
        code: 'upstream_refused',
      });
    }
    return toApiError(failure.error);
  }
}
