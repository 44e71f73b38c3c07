import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { FromThread, ToThread } from './worker-pool-messages.ts';

/** Why a task in a worker thread came to nothing. */
export type WorkerFailure = 'failed' | 'crashed' | 'out of memory' | 'timeout' | 'closed';

/** A task that did not finish. `cause` is the error that it threw, where it threw one. */
export class WorkerTaskError extends Error {
  override readonly name = 'WorkerTaskError';
  readonly failure: WorkerFailure;

  constructor(failure: WorkerFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

/** How a `WorkerPool` is set up. */
export interface WorkerPoolOptions {
  /** The module whose default export runs a task (`TaskFunction`). */
  readonly module: URL;
  /** How many threads work at once. They start when there is work for them. */
  readonly size: number;
  readonly resourceLimits?: ResourceLimits;
  /** How long a task may work without sending a part, not counting the time it waits for its caller. */
  readonly timeoutMilliseconds?: number;
}

interface Job<Result, Part> {
  readonly task: unknown;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
  readonly onPart: ((part: Part) => void | Promise<void>) | undefined;
}

interface Thread<Result, Part> {
  readonly worker: Worker;
  job: Job<Result, Part> | null;
  timer: NodeJS.Timeout | null;
  /** Parts that the caller has not taken yet. */
  untaken: number;
}

/**
 * Runs tasks in worker threads, one at a time in each. A thread that crashes, outgrows its memory or the time
 * limit, or whose task is aborted is replaced; the other tasks go on. Idle threads do not keep the process alive.
 */
export class WorkerPool<Task, Result, Part = never> {
  readonly #options: WorkerPoolOptions;
  readonly #threads = new Set<Thread<Result, Part>>();
  readonly #queue: Job<Result, Part>[] = [];
  #closed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /**
   * Runs a task as soon as a thread is free. Callers that produce tasks without end wait for results before they
   * add more.
   *
   * @param options.onPart takes what the task sends while it runs; where it returns a promise, a task that
   *   awaits `sendPart` is held back until then.
   * @throws WorkerTaskError, or the signal's reason.
   */
  run(
    task: Task,
    options: {
      readonly signal?: AbortSignal | undefined;
      readonly onPart?: (part: Part) => void | Promise<void>;
    } = {},
  ): Promise<Result> {
    const { signal, onPart } = options;
    if (this.#closed) return Promise.reject(closedError());
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    return new Promise<Result>((resolve, reject) => {
      const settle = (): void => signal?.removeEventListener('abort', abort);
      const job: Job<Result, Part> = {
        task,
        onPart,
        resolve: (result) => {
          settle();
          resolve(result);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      };
      const abort = (): void => {
        if (signal !== undefined) this.#abandon(job, signal.reason);
      };
      signal?.addEventListener('abort', abort);
      this.#queue.push(job);
      this.#assign();
    });
  }

  /** Ends all threads; tasks that are not done are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#queue.splice(0)) job.reject(closedError());
    const threads = [...this.#threads];
    await Promise.all(threads.map((thread) => this.#end(thread, closedError())));
  }

  #assign(): void {
    while (this.#queue.length > 0) {
      const idle = [...this.#threads].find((thread) => thread.job === null);
      const thread = idle ?? (this.#threads.size < this.#options.size ? this.#start() : null);
      const job = thread === null ? undefined : this.#queue.shift();
      if (thread === null || job === undefined) return;
      this.#give(thread, job);
    }
  }

  #start(): Thread<Result, Part> {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./worker-pool-thread.${extension}`, import.meta.url), {
      workerData: this.#options.module.href,
      ...(this.#options.resourceLimits && { resourceLimits: this.#options.resourceLimits }),
    });
    const thread: Thread<Result, Part> = { worker, job: null, timer: null, untaken: 0 };
    worker.on('message', (message: FromThread) => this.#receive(thread, message));
    worker.on('messageerror', (error) => void this.#end(thread, crashed(error)));
    worker.on('error', (error) => void this.#end(thread, crashed(error)));
    worker.on('exit', (code) => {
      const problem = new WorkerTaskError('crashed', `The worker thread ended with exit code ${code}.`);
      void this.#end(thread, problem);
    });
    this.#threads.add(thread);
    return thread;
  }

  #give(thread: Thread<Result, Part>, job: Job<Result, Part>): void {
    thread.job = job;
    thread.untaken = 0;
    thread.worker.ref();
    this.#startTimer(thread);
    try {
      post(thread, { kind: 'task', task: job.task });
    } catch (error) {
      this.#release(thread);
      job.reject(new WorkerTaskError('failed', 'The task cannot be sent to a thread.', { cause: error }));
    }
  }

  #receive(thread: Thread<Result, Part>, message: FromThread): void {
    const { job } = thread;
    if (job === null) return;
    if (message.kind === 'part') {
      void this.#passOn(thread, job, message.part);
      return;
    }
    this.#release(thread);
    if (message.kind === 'done') {
      // The task module and this pool are typed by the same Task, Result and Part.
      job.resolve(message.result as Result);
    } else {
      const cause = new Error(message.message);
      cause.name = message.name;
      cause.stack = message.stack ?? '';
      job.reject(new WorkerTaskError('failed', message.message, { cause }));
    }
    this.#assign();
  }

  /** Gives a part to the task's caller; the clock stands still while the caller is at it. */
  async #passOn(thread: Thread<Result, Part>, job: Job<Result, Part>, part: unknown): Promise<void> {
    thread.untaken += 1;
    stopTimer(thread);
    try {
      await job.onPart?.(part as Part);
    } catch (error) {
      this.#abandon(job, error);
      return;
    }
    if (thread.job !== job) return;
    thread.untaken -= 1;
    if (thread.untaken === 0) this.#startTimer(thread);
    post(thread, { kind: 'taken' });
  }

  #abandon(job: Job<Result, Part>, reason: unknown): void {
    const queued = this.#queue.indexOf(job);
    if (queued !== -1) {
      this.#queue.splice(queued, 1);
      job.reject(reason);
      return;
    }
    const thread = [...this.#threads].find((candidate) => candidate.job === job);
    if (thread !== undefined) void this.#end(thread, reason);
  }

  #release(thread: Thread<Result, Part>): void {
    stopTimer(thread);
    thread.job = null;
    thread.worker.unref();
  }

  #startTimer(thread: Thread<Result, Part>): void {
    const { timeoutMilliseconds } = this.#options;
    if (timeoutMilliseconds === undefined) return;
    stopTimer(thread);
    thread.timer = setTimeout(() => {
      const seconds = timeoutMilliseconds / 1000;
      void this.#end(thread, new WorkerTaskError('timeout', `took longer than ${seconds} s`));
    }, timeoutMilliseconds);
  }

  async #end(thread: Thread<Result, Part>, reason: unknown): Promise<void> {
    if (!this.#threads.delete(thread)) return;
    const { job } = thread;
    this.#release(thread);
    const ended = thread.worker.terminate();
    job?.reject(reason);
    this.#assign();
    await ended;
  }
}

function post(thread: { readonly worker: Worker }, message: ToThread): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  thread.worker.postMessage(message);
}

function stopTimer(thread: { timer: NodeJS.Timeout | null }): void {
  if (thread.timer !== null) clearTimeout(thread.timer);
  thread.timer = null;
}

function closedError(): WorkerTaskError {
  return new WorkerTaskError('closed', 'The worker pool has been closed.');
}

function crashed(error: unknown): WorkerTaskError {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new WorkerTaskError('out of memory', 'needs more memory than a worker may use', { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new WorkerTaskError('crashed', `The worker thread crashed: ${message}`, { cause: error });
}
