import type { CallFailure } from './call-failure.ts';

/** How often and how patiently a call is tried again. */
export interface RetryPolicy {
  /** Tries of a call whose server or connection fails. */
  readonly maximumTries: number;
  /** Tries of a call that is answered with nothing. */
  readonly maximumEmptyTries: number;
  /** The first wait is below this, each further one below twice that of the one before. */
  readonly baseMilliseconds: number;
  readonly maximumMilliseconds: number;
  /** How long a call lets itself be refused for the rate limit: that is no failure, only a queue. */
  readonly ratePatienceMilliseconds: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  maximumTries: 6,
  maximumEmptyTries: 3,
  baseMilliseconds: 500,
  maximumMilliseconds: 30_000,
  ratePatienceMilliseconds: 600_000,
};

/**
 * The retries of one call. Waits are drawn evenly from nothing to a limit that doubles ("full jitter"; M. Brooker,
 * Exponential Backoff and Jitter, 2015), so that calls which failed together do not come back together.
 */
export class Retries {
  readonly #policy: RetryPolicy;
  readonly #started = performance.now();
  readonly #failures = { rate: 0, transient: 0, empty: 0, final: 0 };

  constructor(policy: RetryPolicy) {
    this.#policy = policy;
  }

  /** @returns how long to wait before the next try; null when there is none. */
  after({ kind, waitMilliseconds }: CallFailure): number | null {
    const failures = (this.#failures[kind] += 1);
    const backoff = this.#backoff(failures);
    const wait =
      waitMilliseconds === null ? backoff : waitMilliseconds + Math.min(backoff, waitMilliseconds / 4);
    switch (kind) {
      case 'rate':
        return performance.now() - this.#started + wait > this.#policy.ratePatienceMilliseconds ? null : wait;
      case 'transient':
        return failures < this.#policy.maximumTries ? wait : null;
      case 'empty':
        return failures < this.#policy.maximumEmptyTries ? wait : null;
      case 'final':
        return null;
    }
  }

  #backoff(failures: number): number {
    const { baseMilliseconds, maximumMilliseconds } = this.#policy;
    return Math.random() * Math.min(maximumMilliseconds, baseMilliseconds * 2 ** (failures - 1));
  }
}
