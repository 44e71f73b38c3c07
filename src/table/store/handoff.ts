/**
 * Passes values from a producer to one consumer. `put` resolves when its value has been taken, so that a
 * producer that waits for it is never more than one value ahead.
 */
export class Handoff<T> implements AsyncIterable<T> {
  #waiting: { value: T; taken: () => void }[] = [];
  #closed = false;
  #wake: () => void = () => {};

  put(value: T): Promise<void> {
    return new Promise((taken) => {
      this.#waiting.push({ value, taken });
      this.#wake();
    });
  }

  /** No more values will come; the consumer's loop ends after those that wait. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<T> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) {
        yield next.value;
        next.taken();
      } else if (this.#closed) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
