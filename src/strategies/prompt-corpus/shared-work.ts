interface Shared<Progress> {
  readonly controller: AbortController;
  readonly done: Promise<void>;
  readonly listeners: Set<(progress: Progress) => void>;
  waiting: number;
}

/**
 * Work that several may wait for at once and that is done once: whoever comes while it is under way waits for the
 * same. It is stopped when all who wait have gone. Different pieces of work are done one after the other, since each
 * uses all cores.
 */
export class SharedWork<Progress> {
  readonly #underWay = new Map<string, Shared<Progress>>();
  #last: Promise<void> = Promise.resolve();

  /**
   * Waits until the work of this key is done.
   *
   * @returns what `result` makes of it, for this one who waited.
   * @throws what the work failed with, or the signal's reason.
   */
  async run<Result>({
    key,
    work,
    result,
    signal,
    onProgress,
  }: {
    key: string;
    work: (report: (progress: Progress) => void, signal: AbortSignal) => Promise<void>;
    result: () => Promise<Result>;
    signal?: AbortSignal | undefined;
    onProgress?: ((progress: Progress) => void) | undefined;
  }): Promise<Result> {
    signal?.throwIfAborted();
    const shared = this.#underWay.get(key) ?? this.#start(key, work);
    shared.waiting += 1;
    const listener = (progress: Progress): void => onProgress?.(progress);
    shared.listeners.add(listener);
    try {
      await untilAborted(shared.done, signal);
    } finally {
      shared.waiting -= 1;
      shared.listeners.delete(listener);
      if (shared.waiting === 0) {
        // Who comes now must not wait for work that is being stopped.
        if (this.#underWay.get(key) === shared) this.#underWay.delete(key);
        shared.controller.abort();
      }
    }
    return await result();
  }

  #start(
    key: string,
    work: (report: (progress: Progress) => void, signal: AbortSignal) => Promise<void>,
  ): Shared<Progress> {
    const controller = new AbortController();
    const listeners = new Set<(progress: Progress) => void>();
    const report = (progress: Progress): void => {
      for (const listener of listeners) listener(progress);
    };
    const before = this.#last;
    const done = (async () => {
      await before;
      controller.signal.throwIfAborted();
      await work(report, controller.signal);
    })();
    this.#last = done.catch(() => {});
    const shared = { controller, done, listeners, waiting: 0 };
    this.#underWay.set(key, shared);
    return shared;
  }
}

function untilAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
