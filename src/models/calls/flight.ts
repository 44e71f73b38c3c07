import { setMaxListeners } from 'node:events';
import type { CallSignals } from './perform-call.ts';

/**
 * A call under way that any number of callers wait for. It is cancelled when the last of them leaves; but when the
 * whole client is interrupted, what has been sent is let finish, since its answer is paid for.
 */
export class Flight<Result> {
  readonly #waiting = new AbortController();
  readonly #sending = new AbortController();
  readonly #interrupted = Promise.withResolvers<never>();
  readonly #result: Promise<Result>;
  #callers = 0;
  #isInterrupted = false;

  constructor(run: (signals: CallSignals) => Promise<Result>) {
    this.#interrupted.promise.catch(() => {});
    this.#result = run({ waiting: this.#waiting.signal, sending: this.#sending.signal });
    this.#result.catch(() => {});
  }

  /** Whether all callers have left, so that nobody can join any more. */
  get isCancelled(): boolean {
    return this.#sending.signal.aborted;
  }

  /** Ends when the call has, whatever its outcome. */
  async ended(): Promise<void> {
    await this.#result.catch(() => {});
  }

  /**
   * Waits for the result as one of the callers.
   *
   * @throws what the call throws; the signal's reason when it is aborted.
   */
  async join(signal: AbortSignal | undefined): Promise<Result> {
    signal?.throwIfAborted();
    this.#callers += 1;
    const aborted = Promise.withResolvers<never>();
    const leave = (): void => {
      aborted.reject(signal?.reason);
      this.#callers -= 1;
      if (this.#callers === 0 && !this.#isInterrupted) this.cancel(signal?.reason);
    };
    if (signal !== undefined) setMaxListeners(0, signal);
    signal?.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([this.#result, aborted.promise, this.#interrupted.promise]);
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }

  /** Lets go of all callers; sends nothing any more, and lets finish what has been sent. */
  interrupt(reason: unknown): void {
    this.#isInterrupted = true;
    this.#interrupted.reject(reason);
    this.#waiting.abort(reason);
  }

  /** Ends the call at once. */
  cancel(reason: unknown): void {
    this.#waiting.abort(reason);
    this.#sending.abort(reason);
  }
}
