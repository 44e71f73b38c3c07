/** What one process has open of a store for reading: it gives way to a writer of the same process. */
export interface OpenReader {
  close(): void;
  reopen(): Promise<void>;
}

/**
 * Lets readers and writers of one process share a store. Between processes the file's lock does that; within one it
 * does not hold, and a writer beside an open reader would pull the file from under it.
 */
export class StoreAccess {
  static readonly #byFile = new Map<string, StoreAccess>();
  readonly #databaseFile: string;
  readonly #readers = new Set<OpenReader>();
  #holders = 0;
  #working = 0;
  #idle: (() => void) | null = null;
  #writing: Promise<void> | null = null;

  private constructor(databaseFile: string) {
    this.#databaseFile = databaseFile;
  }

  /** The access to a store's database, one for all of the process; given back with {@link release}. */
  static hold(databaseFile: string): StoreAccess {
    const access = StoreAccess.#byFile.get(databaseFile) ?? new StoreAccess(databaseFile);
    StoreAccess.#byFile.set(databaseFile, access);
    access.#holders += 1;
    return access;
  }

  release(): void {
    this.#holders -= 1;
    if (this.#holders === 0) StoreAccess.#byFile.delete(this.#databaseFile);
  }

  add(reader: OpenReader): void {
    this.#readers.add(reader);
  }

  remove(reader: OpenReader): void {
    this.#readers.delete(reader);
  }

  /** Reads while nobody writes. */
  async read<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#writing !== null) await this.#writing;
    this.#working += 1;
    try {
      return await work();
    } finally {
      this.#working -= 1;
      if (this.#working === 0) this.#idle?.();
    }
  }

  /** Writes while nobody reads: what is under way is let finish, and what comes waits. Readers are then opened anew. */
  async write<Result>(work: () => Promise<Result>): Promise<Result> {
    while (this.#writing !== null) await this.#writing;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#writing = promise;
    try {
      await this.#untilIdle();
      for (const reader of this.#readers) reader.close();
      try {
        return await work();
      } finally {
        for (const reader of this.#readers) await reader.reopen();
      }
    } finally {
      this.#writing = null;
      resolve();
    }
  }

  async #untilIdle(): Promise<void> {
    if (this.#working === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#idle = resolve;
    await promise;
    this.#idle = null;
  }
}
