/** A number of places, taken and given back; who finds none waits in line. */
export class Slots {
  #free: number;
  readonly #line = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** How many places are free. */
  get free(): number {
    return this.#free;
  }

  /** Takes a place, or returns null where none is free. The result gives it back. */
  tryTake(): (() => void) | null {
    if (this.#free === 0) return null;
    this.#free -= 1;
    return this.#giver();
  }

  /**
   * Waits for a place. The result gives it back.
   *
   * @throws the signal's reason.
   */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const taken = this.tryTake();
    if (taken !== null) return taken;
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        this.#line.delete(enter);
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.#line.delete(enter);
        reject(signal.reason);
      };
      this.#line.add(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
    return this.#giver();
  }

  /** A place that is given back goes to the first in line. */
  #giver(): () => void {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const [next] = this.#line;
      if (next === undefined) this.#free += 1;
      else next();
    };
  }
}
