/** Two neighbouring tokens. */
export interface Pair {
  readonly left: number;
  readonly right: number;
  /** How often they stand together in the text; changes while other pairs are merged. */
  count: number;
  /** The words they stand in, perhaps several times, and words they no longer stand in. */
  readonly words: number[];
}

interface Entry {
  readonly pair: Pair;
  readonly count: number;
}

/**
 * Gives the pair that occurs most often; of equals the one with the smaller ids. Counts may fall while a pair
 * waits: it is put back by its new count when its turn comes. A pair whose count rises must be pushed again.
 */
export class PairQueue {
  /** A binary heap. */
  readonly #entries: Entry[] = [];

  push(pair: Pair): void {
    const entry = { pair, count: pair.count };
    const entries = this.#entries;
    let position = entries.length;
    while (position > 0) {
      const above = (position - 1) >> 1;
      const parent = entries[above];
      if (parent === undefined || !isBefore(entry, parent)) break;
      entries[position] = parent;
      position = above;
    }
    entries[position] = entry;
  }

  /** Takes the most frequent pair out; undefined when none is left. */
  pop(): Pair | undefined {
    for (let entry = this.#popEntry(); entry !== undefined; entry = this.#popEntry()) {
      const { pair, count } = entry;
      if (count === pair.count) return pair;
      // A count that has risen since has an entry of its own.
      if (pair.count > 0 && pair.count < count) this.push(pair);
    }
    return undefined;
  }

  #popEntry(): Entry | undefined {
    const entries = this.#entries;
    const first = entries[0];
    const last = entries.pop();
    if (first === undefined || last === undefined || entries.length === 0) return first;
    let position = 0;
    for (;;) {
      const left = entries[2 * position + 1];
      if (left === undefined) break;
      const right = entries[2 * position + 2];
      const rightIsFirst = right !== undefined && isBefore(right, left);
      const next = rightIsFirst ? right : left;
      if (!isBefore(next, last)) break;
      entries[position] = next;
      position = 2 * position + (rightIsFirst ? 2 : 1);
    }
    entries[position] = last;
    return first;
  }
}

function isBefore(one: Entry, other: Entry): boolean {
  if (one.count !== other.count) return one.count > other.count;
  const difference = one.pair.left - other.pair.left;
  return difference === 0 ? one.pair.right < other.pair.right : difference < 0;
}
