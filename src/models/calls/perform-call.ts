import { APICallError, type LanguageModelV4 } from '@ai-sdk/provider';
import type { Budget, Reservation, Spending } from '../budget.ts';
import { addCosts, noCost, type Cost } from '../cost.ts';
import type { CallContent } from '../ledger/call-content.ts';
import type { StoredReply } from '../ledger/ledger.ts';
import { ModelError } from '../model-error.ts';
import type { ResolvedModel } from '../model-provider.ts';
import { usdOf } from '../price.ts';
import { callFailureOf, DoubtfulStreamError } from './call-failure.ts';
import { toCallOptions } from './call-options.ts';
import { pause } from './pause.ts';
import { PromptSize, type CountRatio } from './prompt-size.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { readReply } from './read-reply.ts';
import { Retries, type RetryPolicy } from './retry-policy.ts';
import { refusesStreaming, type ServerTraits } from './server-traits.ts';
import { sendCall, type ReceivedReply, type TimeLimits } from './send-call.ts';

/** What all calls of one model share. */
export interface CallSettings {
  readonly model: ResolvedModel;
  readonly budget: Budget;
  readonly rateLimiter: RateLimiter;
  readonly countRatio: CountRatio;
  readonly traits: ServerTraits;
  readonly timeLimits: TimeLimits;
  readonly retryPolicy: RetryPolicy;
}

/** When to stop: `waiting` before a try is sent, `sending` while one is under way. */
export interface CallSignals {
  readonly waiting: AbortSignal;
  readonly sending: AbortSignal;
}

/** A call that is being made, and what it has taken so far, whether or not it comes to an answer. */
export class Call {
  readonly #settings: CallSettings;
  readonly #content: CallContent;
  readonly #size: PromptSize;
  readonly #model: LanguageModelV4;
  #cost: Cost = noCost;
  #sends = 0;
  #doubted: string | null = null;

  /** @throws {ModelError} of kind `too-long`, or `unavailable` for a completion that the model does not offer. */
  constructor({ settings, content }: { settings: CallSettings; content: CallContent }) {
    this.#settings = settings;
    this.#content = content;
    this.#size = new PromptSize({ texts: textsOf(content), tokenizer: settings.model.tokenizer });
    this.#model = chooseModel(settings.model, content);
    checkLength({ model: settings.model, content, size: this.#size });
  }

  /** How often it was sent. */
  get sends(): number {
    return this.#sends;
  }

  /** What its tries took. A try that broke off counts with the worst that it can have cost. */
  get cost(): Cost {
    return this.#cost;
  }

  /** Null where the model has no price. */
  get usd(): number | null {
    return this.#settings.model.price === null ? null : this.#cost.usd;
  }

  /**
   * Makes the call: as often as it takes, within the budget and the server's limits.
   *
   * @throws {ModelError}, or the reason of the signal that was aborted.
   */
  async perform(signals: CallSignals): Promise<StoredReply> {
    const { traits, rateLimiter, retryPolicy, model } = this.#settings;
    const retries = new Retries(traits.isDown ? { ...retryPolicy, maximumTries: 1 } : retryPolicy);
    let stream = traits.streams;
    let refusedToStream = false;
    for (;;) {
      try {
        const reply = await this.#try({ signals, stream });
        traits.answered();
        if (refusedToStream) traits.streams = false;
        return reply;
      } catch (error) {
        signals.sending.throwIfAborted();
        signals.waiting.throwIfAborted();
        // An answer that is not streamed says nothing twice.
        if (error instanceof DoubtfulStreamError) stream = false;
        if (stream && refusesStreaming(error)) {
          stream = false;
          refusedToStream = true;
          continue;
        }
        const failure = callFailureOf(error, model.id);
        const wait = retries.after(failure);
        if (wait === null) {
          if (failure.error.kind === 'unreachable') traits.couldNotBeAsked();
          throw failure.error;
        }
        if (failure.kind === 'rate') rateLimiter.pause(wait);
        await pause(wait, signals.waiting);
      }
    }
  }

  async #try({ signals, stream }: { signals: CallSignals; stream: boolean }): Promise<StoredReply> {
    const { rateLimiter, budget, timeLimits, traits, model } = this.#settings;
    const worst = this.#worstCase();
    const tokens = this.#size.roughTokens + this.#content.maximumOutputTokens;
    const ticket = await rateLimiter.pass({ tokens, signal: signals.waiting });
    const reservation = await budget.reserve(worst, signals.waiting);
    this.#sends += 1;
    let received: ReceivedReply;
    try {
      const options = toCallOptions(this.#content);
      const signal = signals.sending;
      received = await sendCall({ model: this.#model, options, stream, traits, timeLimits, signal });
    } catch (error) {
      const mayCost = signals.sending.aborted || callFailureOf(error, model.id).mayCost;
      this.#settle(reservation, mayCost ? worst : null);
      if (APICallError.isInstance(error)) rateLimiter.learn(error.responseHeaders ?? {}, ticket);
      throw error;
    }
    rateLimiter.learn(received.headers, ticket);
    this.#settle(reservation, this.#spendingOf(received));
    this.#learnCounting(received);
    return readReply({ received, content: this.#content, id: model.id });
  }

  /** A doubtful answer that comes again in the same words was right, so the server counts differently. */
  #learnCounting({ doubtful, text }: ReceivedReply): void {
    if (doubtful) this.#doubted = text;
    else if (text === this.#doubted) this.#settings.traits.countsEndToken = false;
  }

  #settle(reservation: Reservation, spent: Spending | null): void {
    reservation.settle(spent);
    if (spent === null) return;
    const { inputTokens, outputTokens, usd } = spent;
    this.#cost = addCosts(this.#cost, { calls: 1, inputTokens, outputTokens, usd: usd ?? 0 });
  }

  /** Without a cap, nothing hangs on its being the very worst. */
  #worstCase(): Spending {
    const { budget, countRatio, model } = this.#settings;
    const inputTokens = budget.isCapped ? this.#size.tokenBound(countRatio.largest) : this.#size.roughTokens;
    const outputTokens = this.#content.maximumOutputTokens;
    return { inputTokens, outputTokens, usd: usdOf(model.price, { inputTokens, outputTokens }) };
  }

  /** What the server says an answer took; where it says nothing, what it takes by our own count. */
  #spendingOf({ usage, text, reasoning, toolInput }: ReceivedReply): Spending {
    const { model, countRatio, budget } = this.#settings;
    const reported = usage?.inputTokens.total ?? null;
    if (reported !== null && budget.isCapped) countRatio.learn({ counted: this.#size.tokens, reported });
    const inputTokens = reported ?? this.#size.tokens;
    const outputTokens =
      usage?.outputTokens.total ?? model.tokenizer.count(`${reasoning}${text}${toolInput ?? ''}`);
    const cachedInputTokens = usage?.inputTokens.cacheRead ?? 0;
    const usd = usdOf(model.price, { inputTokens, cachedInputTokens, outputTokens });
    return { inputTokens, outputTokens, usd };
  }
}

function textsOf({ messages, replyForm }: CallContent): string[] {
  const texts = messages.map((message) => message.content);
  return replyForm === null ? texts : [...texts, JSON.stringify(replyForm.schema)];
}

function chooseModel(model: ResolvedModel, { mode }: CallContent): LanguageModelV4 {
  if (mode === 'chat') return model.model;
  if (model.completionModel !== null) return model.completionModel;
  throw new ModelError({
    kind: 'unavailable',
    message: `${model.id} takes chat messages only; it cannot continue a text.`,
    remedy: 'Models in process (llama:) and behind OpenAI-compatible servers (compatible:) can.',
  });
}

function checkLength({
  model: { id, limits },
  content: { maximumOutputTokens },
  size,
}: {
  model: ResolvedModel;
  content: CallContent;
  size: PromptSize;
}): void {
  const available = limits.windowTokens - maximumOutputTokens;
  if (size.byteBound <= available || size.tokens <= available) return;
  const format = (tokens: number): string => tokens.toLocaleString('en-US');
  throw new ModelError({
    kind: 'too-long',
    message:
      `The prompt has ${format(size.tokens)} tokens; the window of ${id} is ${format(limits.windowTokens)}, of which ` +
      `the answer may take ${format(maximumOutputTokens)}.`,
    remedy: 'Use a strategy that reads in pieces, or declare a larger window with --window TOKENS.',
  });
}
