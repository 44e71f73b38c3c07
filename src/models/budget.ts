import { addCosts, noCost, type Cost } from './cost.ts';
import { ModelError } from './model-error.ts';

/** What a call or a try of one takes. */
export interface Spending {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Null where the model has no price. */
  readonly usd: number | null;
}

/** The worst that a try can cost, set aside before it is sent. It is settled once. */
export interface Reservation {
  /** Gives back what was not needed. Null: the try cost nothing. */
  settle(spent: Spending | null): void;
}

interface Waiting {
  readonly worst: Spending;
  readonly admit: () => void;
  readonly refuse: (error: unknown) => void;
}

/**
 * Hard caps over a whole command, for all its models together. The worst case of every try is set aside before it is
 * sent, so what is spent never exceeds a cap, however many are in flight. A try that does not fit waits while others
 * may still give back some of what they set aside, and is refused when that cannot be enough.
 */
export class Budget {
  readonly #maximumUsd: number;
  readonly #maximumTokens: number;
  readonly #waiting: Waiting[] = [];
  #spent: Cost = noCost;
  #reservedUsd = 0;
  #reservedTokens = 0;
  #reservations = 0;

  constructor({
    maximumUsd = Number.POSITIVE_INFINITY,
    maximumTokens = Number.POSITIVE_INFINITY,
  }: {
    maximumUsd?: number | undefined;
    maximumTokens?: number | undefined;
  } = {}) {
    this.#maximumUsd = maximumUsd;
    this.#maximumTokens = maximumTokens;
  }

  /** What was spent so far. */
  get spent(): Cost {
    return this.#spent;
  }

  /** Whether anything limits it, so that worst cases must be known well. */
  get isCapped(): boolean {
    return this.capsUsd || this.#maximumTokens < Number.POSITIVE_INFINITY;
  }

  get capsUsd(): boolean {
    return this.#maximumUsd < Number.POSITIVE_INFINITY;
  }

  /**
   * Sets aside the worst case of a try.
   *
   * @throws {ModelError} of kind `over-budget` when it could exceed a cap; the signal's reason.
   */
  async reserve(worst: Spending, signal: AbortSignal): Promise<Reservation> {
    signal.throwIfAborted();
    this.#refuseIfHopeless(worst);
    if (this.#waiting.length > 0 || !this.#fits(worst)) await this.#wait(worst, signal);
    else this.#add(worst, 1);
    let settled = false;
    return {
      settle: (spent) => {
        if (settled) return;
        settled = true;
        this.#add(worst, -1);
        if (spent !== null) {
          const { inputTokens, outputTokens, usd } = spent;
          this.#spent = addCosts(this.#spent, { calls: 1, inputTokens, outputTokens, usd: usd ?? 0 });
        }
        this.#admitWaiting();
      },
    };
  }

  async #wait(worst: Spending, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { worst, admit: resolve, refuse: reject };
    const leave = (): void => {
      const index = this.#waiting.indexOf(waiting);
      if (index === -1) return;
      this.#waiting.splice(index, 1);
      reject(signal.reason);
      this.#admitWaiting();
    };
    this.#waiting.push(waiting);
    signal.addEventListener('abort', leave, { once: true });
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** In the order in which they came, so that a large call is not overtaken for ever. */
  #admitWaiting(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      try {
        this.#refuseIfHopeless(next.worst);
        if (!this.#fits(next.worst)) return;
        this.#add(next.worst, 1);
        this.#waiting.shift();
        next.admit();
      } catch (error) {
        this.#waiting.shift();
        next.refuse(error);
      }
    }
  }

  #add({ usd, inputTokens, outputTokens }: Spending, sign: 1 | -1): void {
    this.#reservations += sign;
    this.#reservedTokens += sign * (inputTokens + outputTokens);
    this.#reservedUsd += sign * (usd ?? 0);
    // Sums of fractions do not come back to nothing by themselves.
    if (this.#reservations === 0) this.#reservedUsd = 0;
  }

  #fits({ usd, inputTokens, outputTokens }: Spending): boolean {
    const tokens = this.#spent.inputTokens + this.#spent.outputTokens;
    return (
      tokens + this.#reservedTokens + inputTokens + outputTokens <= this.#maximumTokens &&
      this.#spent.usd + this.#reservedUsd + (usd ?? 0) <= this.#maximumUsd
    );
  }

  #refuseIfHopeless({ usd, inputTokens, outputTokens }: Spending): void {
    if (this.capsUsd && usd === null) {
      throw new ModelError({
        kind: 'over-budget',
        message: 'The model has no known price, so --max-usd cannot be kept.',
        remedy: 'State its price in a file with --prices FILE, or cap the tokens with --max-tokens.',
      });
    }
    const spentTokens = this.#spent.inputTokens + this.#spent.outputTokens;
    const tokens = inputTokens + outputTokens;
    if (spentTokens + tokens > this.#maximumTokens) {
      const spent = spentTokens.toLocaleString('en-US');
      throw overBudget(
        `The next call could take ${tokens.toLocaleString('en-US')} tokens; ${spent} of the ` +
          `${this.#maximumTokens.toLocaleString('en-US')} tokens allowed are spent.`,
        '--max-tokens',
      );
    }
    if (this.#spent.usd + (usd ?? 0) > this.#maximumUsd) {
      throw overBudget(
        `The next call could cost ${(usd ?? 0).toFixed(4)} USD; ${this.#spent.usd.toFixed(4)} of the ` +
          `${this.#maximumUsd} USD allowed are spent.`,
        '--max-usd',
      );
    }
  }
}

function overBudget(message: string, option: string): ModelError {
  return new ModelError({
    kind: 'over-budget',
    message,
    remedy: `What is done is kept: the same command with a higher ${option} goes on from here.`,
  });
}
