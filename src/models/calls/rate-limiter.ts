import { pause } from './pause.ts';
import { statedLimits, type Headers, type StatedLimit } from './rate-headers.ts';

/** A limit that refills without telling how fast refills in a minute, as most do. */
const usualRefillMilliseconds = 60_000;

/** What is left of one limit of the server, as far as it can be known between two answers. */
class TokenBucket {
  #limit = 0;
  #level = Number.POSITIVE_INFINITY;
  #refillPerMillisecond = 0;
  #updatedAt = 0;
  #taken = 0;

  /** All that was ever taken; see {@link learn}. */
  get taken(): number {
    return this.#taken;
  }

  take(amount: number): void {
    this.#refill();
    this.#level -= amount;
    this.#taken += amount;
  }

  /** How long until so much can be taken. More than the limit is taken when the bucket is full. */
  millisecondsUntil(amount: number): number {
    this.#refill();
    const missing = Math.min(amount, this.#limit) - this.#level;
    return missing <= 0 || this.#refillPerMillisecond === 0 ? 0 : missing / this.#refillPerMillisecond;
  }

  /**
   * @param takenBefore what had been taken when the call that this comes with was sent: what was taken since may
   *   be missing in the server's count.
   */
  learn({ limit, remaining, resetMilliseconds }: StatedLimit, takenBefore: number): void {
    const used = limit - remaining;
    this.#limit = limit;
    this.#refillPerMillisecond =
      used > 0 && resetMilliseconds > 0 ? used / resetMilliseconds : limit / usualRefillMilliseconds;
    this.#level = remaining - (this.#taken - takenBefore);
    this.#updatedAt = performance.now();
  }

  #refill(): void {
    const now = performance.now();
    this.#level = Math.min(
      this.#limit === 0 ? Number.POSITIVE_INFINITY : this.#limit,
      this.#level + (now - this.#updatedAt) * this.#refillPerMillisecond,
    );
    this.#updatedAt = now;
  }
}

/** What had been taken when a call was sent. */
export interface RateTicket {
  readonly requestsTaken: number;
  readonly tokensTaken: number;
}

/**
 * Holds calls back so that the server need not refuse them: while it has asked to wait, and while the limits that
 * its answers state are used up. Calls pass in the order in which they came.
 */
export class RateLimiter {
  readonly #requests = new TokenBucket();
  readonly #tokens = new TokenBucket();
  #pausedUntil = 0;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Waits until a call of so many tokens may be sent.
   *
   * @throws the signal's reason.
   */
  async pass({ tokens, signal }: { tokens: number; signal: AbortSignal }): Promise<RateTicket> {
    const turn = this.#last.then(() => this.#pass(tokens, signal));
    this.#last = turn.catch(() => {});
    return await turn;
  }

  async #pass(tokens: number, signal: AbortSignal): Promise<RateTicket> {
    signal.throwIfAborted();
    for (;;) {
      const wait = Math.max(
        this.#pausedUntil - performance.now(),
        this.#requests.millisecondsUntil(1),
        this.#tokens.millisecondsUntil(tokens),
      );
      if (wait <= 0) break;
      await pause(wait, signal);
    }
    this.#requests.take(1);
    this.#tokens.take(tokens);
    return { requestsTaken: this.#requests.taken, tokensTaken: this.#tokens.taken };
  }

  /** Takes in what an answer says of the limits. */
  learn(headers: Headers, { requestsTaken, tokensTaken }: RateTicket): void {
    const { requests, tokens } = statedLimits(headers);
    if (requests !== null) this.#requests.learn(requests, requestsTaken);
    if (tokens !== null) this.#tokens.learn(tokens, tokensTaken);
  }

  /** The server asked everyone to wait. */
  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + milliseconds);
  }
}
