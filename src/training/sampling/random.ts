/**
 * A seeded source of random numbers whose whole state is one integer, so that a checkpoint can keep it: a
 * generator made of `state` goes on where this one stands. (Mulberry32.)
 */
export class SeededRandom {
  #state: number;

  /** @param seed Any integer; its lowest 32 bits count. */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  get state(): number {
    return this.#state;
  }

  /** A number in [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** The items in random order, every order being equally likely. */
  shuffled<T>(items: readonly T[]): T[] {
    const order = Array.from(items);
    for (let last = order.length - 1; last > 0; last--) {
      const chosen = Math.floor(this.next() * (last + 1));
      const [one, other] = [order[last], order[chosen]];
      if (one === undefined || other === undefined) continue;
      [order[last], order[chosen]] = [other, one];
    }
    return order;
  }
}
