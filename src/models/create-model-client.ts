import { Budget } from './budget.ts';
import { ConcurrencyLimit } from './calls/concurrency-limit.ts';
import { Flight } from './calls/flight.ts';
import { pause } from './calls/pause.ts';
import { Call, type CallSettings, type CallSignals } from './calls/perform-call.ts';
import { CountRatio } from './calls/prompt-size.ts';
import { RateLimiter } from './calls/rate-limiter.ts';
import { defaultRetryPolicy, type RetryPolicy } from './calls/retry-policy.ts';
import type { TimeLimits } from './calls/send-call.ts';
import { ServerTraits } from './calls/server-traits.ts';
import { noCost } from './cost.ts';
import { contentOf, ledgerKey, type CallContent } from './ledger/call-content.ts';
import { Ledger, type CallLabel, type StoredReply } from './ledger/ledger.ts';
import type {
  CompletionRequest,
  ModelClient,
  ModelMemory,
  ModelReply,
  ModelRequest,
} from './model-client.ts';
import { ModelError } from './model-error.ts';
import type { ResolvedModel } from './model-provider.ts';
import { chooseRung, generateObject } from './structured-output/index.ts';

export const defaultConcurrency = 8;

export const defaultTimeLimits: TimeLimits = {
  firstPartMilliseconds: 300_000,
  stallMilliseconds: 60_000,
  totalMilliseconds: 1_200_000,
};

export interface ModelClientOptions {
  readonly model: ResolvedModel;
  /** Shared by all clients of a command. Absent: one in memory. */
  readonly ledger?: Ledger | undefined;
  /** Shared by all clients of a command. Absent: no cap. */
  readonly budget?: Budget | undefined;
  /** Answers from the ledger alone. */
  readonly replay?: boolean | undefined;
  /** Calls that are sent at once, {@link defaultConcurrency} unless the model takes fewer. */
  readonly concurrency?: number | undefined;
  readonly timeLimits?: TimeLimits | undefined;
  readonly retryPolicy?: RetryPolicy | undefined;
}

/** A client that can be stopped without losing what has been sent. */
export interface StoppableModelClient extends ModelClient {
  /** Sends nothing any more. Callers get the reason at once; calls that have been sent go on, and are kept. */
  interrupt(reason: unknown): void;
  /** Waits for calls that have been sent, and ends those that take longer. */
  drain(graceMilliseconds: number): Promise<void>;
}

/** Makes a client that calls a language model through ledger, budget, limits and retries; see {@link ModelClient}. */
export function createModelClient(options: ModelClientOptions): StoppableModelClient {
  return new LedgerClient(options);
}

interface Answered {
  readonly reply: StoredReply;
  readonly cost: ModelReply['cost'];
  readonly took: ModelReply['took'];
  readonly fromLedger: boolean;
}

class LedgerClient implements StoppableModelClient {
  readonly id: string;
  readonly limits;
  readonly tokenizer;
  readonly concurrency: number;
  readonly completesOnly: boolean;
  readonly #settings: CallSettings;
  readonly #ledger: Ledger;
  readonly #memory: ModelMemory;
  readonly #replay: boolean;
  readonly #places: ConcurrencyLimit;
  readonly #flights = new Map<string, Flight<Answered>>();
  #interruption: { readonly reason: unknown } | null = null;

  constructor({
    model,
    ledger = new Ledger({ file: null }),
    budget = new Budget(),
    replay = false,
    concurrency = defaultConcurrency,
    timeLimits = defaultTimeLimits,
    retryPolicy = defaultRetryPolicy,
  }: ModelClientOptions) {
    this.id = model.id;
    this.limits = model.limits;
    this.tokenizer = model.tokenizer;
    this.concurrency = Math.min(concurrency, model.maximumConcurrency ?? concurrency);
    this.completesOnly = model.completesOnly ?? false;
    this.#ledger = ledger;
    this.#memory = ledger.memoryOf(model.id);
    this.#replay = replay;
    this.#places = new ConcurrencyLimit(this.concurrency);
    this.#settings = {
      model,
      budget,
      rateLimiter: new RateLimiter(),
      countRatio: new CountRatio({ isExact: model.tokenizerIsExact }),
      traits: new ServerTraits(),
      timeLimits,
      retryPolicy,
    };
  }

  generate(request: ModelRequest): Promise<ModelReply> {
    return this.#answer(request);
  }

  complete(request: CompletionRequest): Promise<ModelReply> {
    return this.#answer(request);
  }

  generateObject: ModelClient['generateObject'] = (request) =>
    generateObject({ client: this, request, memory: this.#memory });

  chooseRung: ModelClient['chooseRung'] = (trials) =>
    chooseRung({ client: this, memory: this.#memory, trials });

  interrupt(reason: unknown): void {
    this.#interruption = { reason };
    for (const flight of this.#flights.values()) flight.interrupt(reason);
  }

  async drain(graceMilliseconds: number): Promise<void> {
    this.interrupt(this.#interruption?.reason ?? new DOMException('The client was closed.', 'AbortError'));
    const flights = [...this.#flights.values()];
    const grace = new AbortController();
    const allEnded = Promise.all(flights.map((flight) => flight.ended()));
    await Promise.race([allEnded, pause(graceMilliseconds, grace.signal).catch(() => {})]);
    grace.abort();
    for (const flight of flights) flight.cancel(new DOMException('The call was ended.', 'AbortError'));
    await allEnded;
  }

  async #answer(request: ModelRequest | CompletionRequest): Promise<ModelReply> {
    request.signal?.throwIfAborted();
    if (this.#interruption !== null) throw this.#interruption.reason;
    const content = contentOf(request, this.limits);
    const key = ledgerKey({ identity: this.#settings.model.identity, content });
    for (let underWay = this.#flights.get(key); underWay !== undefined; underWay = this.#flights.get(key)) {
      if (!underWay.isCancelled) {
        const { reply, took } = await underWay.join(request.signal);
        return { ...reply, cost: noCost, took, fromLedger: true };
      }
      await underWay.ended();
    }
    const { purpose, attempt = 0 } = request;
    const label = { key, purpose, model: this.id, attempt };
    const flight = new Flight(async (signals) => {
      try {
        return await this.#find({ label, content, signals });
      } finally {
        this.#flights.delete(key);
      }
    });
    this.#flights.set(key, flight);
    const { reply, cost, took, fromLedger } = await flight.join(request.signal);
    return { ...reply, cost, took, fromLedger };
  }

  async #find({
    label,
    content,
    signals,
  }: {
    label: CallLabel;
    content: CallContent;
    signals: CallSignals;
  }): Promise<Answered> {
    const { key } = label;
    for (let wait = 50; ; wait = Math.min(1000, wait * 1.5)) {
      const found = this.#lookUp(key);
      if (found !== null) return found;
      if (this.#replay) throw notInLedger(label);
      if (this.#ledger.claim(key)) break;
      await pause(wait, signals.waiting);
    }
    // Another process may have answered between the look and the claim.
    const found = this.#lookUp(key);
    if (found !== null) {
      this.#ledger.release(key);
      return found;
    }
    try {
      return await this.#make({ label, content, signals });
    } catch (error) {
      this.#ledger.release(key);
      throw error;
    }
  }

  #lookUp(key: string): Answered | null {
    const found = this.#ledger.find(key);
    return found === null ? null : { ...found, cost: noCost, fromLedger: true };
  }

  async #make({
    label,
    content,
    signals,
  }: {
    label: CallLabel;
    content: CallContent;
    signals: CallSignals;
  }): Promise<Answered> {
    const call = new Call({ settings: this.#settings, content });
    await this.#places.acquire(signals.waiting);
    const started = performance.now();
    try {
      const received = await call.perform(signals);
      const { cost, sends, usd } = call;
      const { inputTokens, outputTokens } = cost;
      const seconds = (performance.now() - started) / 1000;
      const outcome = { inputTokens, outputTokens, usd, sends, seconds };
      const reply = this.#ledger.record({ label, content, reply: received, outcome });
      return { reply, cost, took: { inputTokens, outputTokens, usd: usd ?? 0 }, fromLedger: false };
    } catch (error) {
      if (error instanceof ModelError && error.kind !== 'over-budget') {
        const { kind, message } = error;
        this.#ledger.recordFailure({ label, failure: { kind, message, sends: call.sends, usd: call.usd } });
      }
      throw error;
    } finally {
      this.#places.release();
    }
  }
}

function notInLedger({ purpose, model, key }: CallLabel): ModelError {
  return new ModelError({
    kind: 'not-in-ledger',
    message: `The ledger has no answer to this call of ${model} (${purpose}, ${key.slice(0, 12)}).`,
    remedy: 'Run the command without --replay once; "corpuscope calls PATH" lists what the ledger holds.',
  });
}
