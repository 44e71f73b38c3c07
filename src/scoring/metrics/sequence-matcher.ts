/*
 * How alike two texts are: `difflib.SequenceMatcher(None, a, b).ratio()` of Python 3, which MRCR is scored by.
 *
 * Source: the documented algorithm (Ratcliff and Obershelp's gestalt matching) with its heuristic `autojunk`: where b has
 * 200 elements or more, those that occur in more than 1 % of it (and one time more) begin no match, though a match
 * that stands may run on over them. Elements are code points. The order of the arguments matters.
 */

/** From this length on, elements that occur often begin no match. */
const junkLength = 200;

export interface MatchingBlock {
  readonly a: number;
  readonly b: number;
  readonly size: number;
}

/** 2·M / T, where M is the size of all matching blocks and T the length of both; 1 where both are empty. */
export function sequenceRatio(a: string, b: string): number {
  const [left, right] = [codePoints(a), codePoints(b)];
  const total = left.length + right.length;
  if (total === 0) return 1;
  const matched = matchingBlocks(left, right).reduce((sum, { size }) => sum + size, 0);
  return (2 * matched) / total;
}

/** The blocks that both texts share, in order, in code points; neighbours joined. */
export function sequenceMatches(a: string, b: string): MatchingBlock[] {
  return matchingBlocks(codePoints(a), codePoints(b));
}

function codePoints(text: string): Uint32Array {
  return Uint32Array.from(text, (char) => char.codePointAt(0) ?? 0);
}

interface Range {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

function matchingBlocks(a: Uint32Array, b: Uint32Array): MatchingBlock[] {
  const places = placesOf(b);
  const lengths = new LengthRows(b.length);
  const found: MatchingBlock[] = [];
  const pending: Range[] = [{ aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length }];
  for (let range = pending.pop(); range !== undefined; range = pending.pop()) {
    const block = longestMatch({ a, b, places, lengths, range });
    if (block.size === 0) continue;
    found.push(block);
    const { aStart, aEnd, bStart, bEnd } = range;
    if (aStart < block.a && bStart < block.b) pending.push({ aStart, aEnd: block.a, bStart, bEnd: block.b });
    const [aNext, bNext] = [block.a + block.size, block.b + block.size];
    if (aNext < aEnd && bNext < bEnd) pending.push({ aStart: aNext, aEnd, bStart: bNext, bEnd });
  }
  return joined(found.sort((one, other) => one.a - other.a || one.b - other.b));
}

/** Where each element stands in b, in order; without those that are too frequent to begin a match. */
function placesOf(b: Uint32Array): Map<number, number[]> {
  const places = new Map<number, number[]>();
  b.forEach((element, index) => {
    const before = places.get(element);
    if (before === undefined) places.set(element, [index]);
    else before.push(index);
  });
  if (b.length < junkLength) return places;
  const mostOften = Math.floor(b.length / 100) + 1;
  for (const [element, indices] of places) {
    if (indices.length > mostOften) places.delete(element);
  }
  return places;
}

/** Two rows of match lengths by place in b, emptied by what was written. */
class LengthRows {
  #now: Int32Array;
  #before: Int32Array;
  #written: number[] = [];
  #writtenBefore: number[] = [];

  constructor(length: number) {
    this.#now = new Int32Array(length + 1);
    this.#before = new Int32Array(length + 1);
  }

  next(): void {
    for (const index of this.#writtenBefore) this.#before[index] = 0;
    [this.#now, this.#before] = [this.#before, this.#now];
    [this.#written, this.#writtenBefore] = [[], this.#written];
  }

  /** Lengthens the match that ended one place before; gives its length. */
  extend(place: number): number {
    const length = (this.#before[place] ?? 0) + 1;
    this.#now[place + 1] = length;
    this.#written.push(place + 1);
    return length;
  }

  clear(): void {
    this.next();
    this.next();
  }
}

/** The longest match in a range; of several the one that begins first in a, then in b. */
function longestMatch({
  a,
  b,
  places,
  lengths,
  range,
}: {
  a: Uint32Array;
  b: Uint32Array;
  places: ReadonlyMap<number, readonly number[]>;
  lengths: LengthRows;
  range: Range;
}): MatchingBlock {
  const { aStart, aEnd, bStart, bEnd } = range;
  let best = { a: aStart, b: bStart, size: 0 };
  for (let index = aStart; index < aEnd; index++) {
    lengths.next();
    for (const place of places.get(a[index] ?? -1) ?? []) {
      if (place < bStart) continue;
      if (place >= bEnd) break;
      const size = lengths.extend(place);
      if (size > best.size) best = { a: index - size + 1, b: place - size + 1, size };
    }
  }
  lengths.clear();
  let { a: aFirst, b: bFirst, size } = best;
  while (aFirst > aStart && bFirst > bStart && a[aFirst - 1] === b[bFirst - 1]) {
    [aFirst, bFirst, size] = [aFirst - 1, bFirst - 1, size + 1];
  }
  while (aFirst + size < aEnd && bFirst + size < bEnd && a[aFirst + size] === b[bFirst + size]) size += 1;
  return { a: aFirst, b: bFirst, size };
}

function joined(blocks: readonly MatchingBlock[]): MatchingBlock[] {
  const result: MatchingBlock[] = [];
  for (const block of blocks) {
    const last = result.at(-1);
    const isNext = last !== undefined && last.a + last.size === block.a && last.b + last.size === block.b;
    if (isNext) result[result.length - 1] = { ...last, size: last.size + block.size };
    else result.push(block);
  }
  return result;
}
