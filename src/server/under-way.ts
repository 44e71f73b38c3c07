import { ApiError } from './api-error.ts';

/** A request that is being worked on. */
export interface WorkingRequest {
  /** Aborted with an {@link ApiError} when the work has become useless: the client left, time is up, the server stops. */
  readonly signal: AbortSignal;
  /** The client has left. */
  leave(): void;
  /** The work is done. */
  end(): void;
}

/** The requests that are being worked on: how many there may be, how long each may take, and how they are stopped. */
export class UnderWay {
  readonly #maximum: number;
  readonly #requestMilliseconds: number;
  readonly #working = new Set<AbortController>();
  #draining = false;
  readonly #idle = Promise.withResolvers<void>();

  constructor({ maximum, requestMilliseconds }: { maximum: number; requestMilliseconds: number }) {
    this.#maximum = maximum;
    this.#requestMilliseconds = requestMilliseconds;
  }

  get count(): number {
    return this.#working.size;
  }

  get isDraining(): boolean {
    return this.#draining;
  }

  /**
   * Begins the work on a request.
   *
   * @param client aborted when the client leaves.
   * @throws {ApiError} 429 where there are too many, 503 where the server is being stopped.
   */
  begin(client: AbortSignal): WorkingRequest {
    if (this.#draining) throw stopping();
    if (this.#working.size >= this.#maximum) throw tooMany(this.#maximum);
    const controller = new AbortController();
    const { signal } = controller;
    const leave = (): void => controller.abort(clientLeft());
    const timer = setTimeout(
      () => controller.abort(timeIsUp(this.#requestMilliseconds)),
      this.#requestMilliseconds,
    );
    client.addEventListener('abort', leave, { once: true });
    this.#working.add(controller);
    const end = (): void => {
      clearTimeout(timer);
      client.removeEventListener('abort', leave);
      this.#working.delete(controller);
      this.#settleIfIdle();
    };
    return { signal, leave, end };
  }

  /** From now on no work begins. Resolves when none is under way. */
  async drain(): Promise<void> {
    this.#draining = true;
    this.#settleIfIdle();
    await this.#idle.promise;
  }

  #settleIfIdle(): void {
    if (this.#draining && this.#working.size === 0) this.#idle.resolve();
  }

  /** Tells all work to stop. */
  abort(): void {
    for (const controller of this.#working) controller.abort(stopping());
  }
}

/** By custom, web servers log status 499 for a client that has left; nobody receives it. */
function clientLeft(): ApiError {
  return new ApiError({
    status: 499,
    type: 'invalid_request_error',
    code: 'client_left',
    message: 'The client closed the connection before it had its answer.',
  });
}

function timeIsUp(milliseconds: number): ApiError {
  return new ApiError({
    status: 504,
    type: 'server_error',
    code: 'timeout',
    message: `The answer took longer than the ${milliseconds / 1000} s that a request may take; start the server with a higher --timeout.`,
  });
}

function stopping(): ApiError {
  return new ApiError({
    status: 503,
    type: 'server_error',
    code: 'server_stopping',
    message: 'The server is being stopped.',
    retryAfterSeconds: 5,
  });
}

function tooMany(maximum: number): ApiError {
  return new ApiError({
    status: 429,
    type: 'rate_limit_error',
    code: 'too_many_requests',
    message: `The server is working on ${maximum} requests, as many as it takes at once.`,
    retryAfterSeconds: 1,
  });
}
