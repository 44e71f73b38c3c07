import { chunkLength } from './tensor.ts';

/** Values of 0 or more, asked for a chunk at a time; the same each time. */
export interface Values {
  readonly size: number;
  /** Writes the values from position `start` on. */
  readonly read: (start: number, into: Float64Array) => void;
}

/** The largest of some values: those above `border`, and the first `equals` of those equal to it. */
export interface LargestValues {
  readonly border: number;
  readonly equals: number;
}

/**
 * The bits of a double of 0 or more in four parts, the highest first: the order of the bit patterns, as whole numbers,
 * is the order of the numbers. The sign is always 0, so that the first part has 16 bits too.
 */
const digits = [
  { word: 1, shift: 15, bits: 16 },
  { word: 1, shift: 0, bits: 15 },
  { word: 0, shift: 16, bits: 16 },
  { word: 0, shift: 0, bits: 16 },
] as const;

/** Where no more than this share is on the border, it is kept apart instead of looking at all values again. */
const smallShare = 1 / 8;

/**
 * Finds the `count` largest values; of equal values at the border, the first count.
 *
 * A radix selection: a histogram of the first digit tells on which the border lies, one of the second digit of those
 * with this first digit narrows it down, and so on. Values are asked for again instead of being stored, since the
 * tensors they come from fill the memory already.
 */
export function findLargest(values: Values, count: number): LargestValues {
  if (count <= 0) return { border: Infinity, equals: 0 };
  if (count >= values.size) return { border: 0, equals: values.size };
  const border = new Float64Array(1);
  // Safetensors are little-endian, as are all machines that this runs on.
  const known = new Uint32Array(border.buffer);
  const mask = Uint32Array.of(0, 0);
  let missing = count;
  let source = values;
  for (const { word, shift, bits } of digits) {
    const counts = new Uint32Array(2 ** bits);
    for (const { chunk } of chunksOf(source)) countDigits(chunk, { counts, word, shift, known, mask });
    let digit = counts.length - 1;
    while (digit > 0 && missing > (counts[digit] ?? 0)) {
      missing -= counts[digit] ?? 0;
      digit--;
    }
    known[word] = (known[word] ?? 0) | (digit << shift);
    mask[word] = (mask[word] ?? 0) | ((2 ** bits - 1) << shift);
    const onBorder = counts[digit] ?? 0;
    if (onBorder <= source.size * smallShare) {
      source = keepMatching(source, { known, mask, size: onBorder });
    } else {
      const only = onlyMatching(source, { known, mask });
      if (only !== null) return { border: only, equals: missing };
    }
  }
  return { border: border[0] ?? 0, equals: missing };
}

interface KnownBits {
  /** The two halves of a double, the lower first: the bits that are known of the border. */
  readonly known: Uint32Array;
  /** Which bits are known. */
  readonly mask: Uint32Array;
}

function countDigits(
  chunk: Float64Array,
  digit: KnownBits & { readonly counts: Uint32Array; readonly word: 0 | 1; readonly shift: number },
): void {
  const { counts, word, shift } = digit;
  const words = wordsOf(chunk);
  const greatest = counts.length - 1;
  for (let index = 0; index < chunk.length; index++) {
    if (!isOnBorder(words, index, digit)) continue;
    const value = ((words[2 * index + word] ?? 0) >>> shift) & greatest;
    counts[value] = (counts[value] ?? 0) + 1;
  }
}

/** The halves of doubles, the lower first. */
function wordsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

/** Whether a value agrees with what is known of the border. */
function isOnBorder(words: Uint32Array, index: number, { known, mask }: KnownBits): boolean {
  const low = ((words[2 * index] ?? 0) ^ (known[0] ?? 0)) & (mask[0] ?? 0);
  const high = ((words[2 * index + 1] ?? 0) ^ (known[1] ?? 0)) & (mask[1] ?? 0);
  return (low | high) === 0;
}

/**
 * What all values on the border are, if they are equal: differences of weights of 16 bits take few values, each of them
 * many times.
 */
function onlyMatching(source: Values, border: KnownBits): number | null {
  let only: number | null = null;
  for (const { chunk } of chunksOf(source)) {
    const words = wordsOf(chunk);
    for (let index = 0; index < chunk.length; index++) {
      const value = chunk[index] ?? 0;
      if (value === only || !isOnBorder(words, index, border)) continue;
      if (only !== null) return null;
      only = value;
    }
  }
  return only;
}

/** The values on the border. */
function keepMatching(source: Values, border: KnownBits & { readonly size: number }): Values {
  const { size } = border;
  const kept = new Float64Array(size);
  let next = 0;
  for (const { chunk } of chunksOf(source)) {
    const words = wordsOf(chunk);
    for (let index = 0; index < chunk.length; index++) {
      if (isOnBorder(words, index, border)) kept[next++] = chunk[index] ?? 0;
    }
  }
  return { size, read: (start, into) => into.set(kept.subarray(start, start + into.length)) };
}

/** Reads all values, a chunk at a time; the next overwrites it. */
export function* chunksOf({ size, read }: Values): Generator<{
  readonly chunk: Float64Array;
  readonly start: number;
}> {
  const room = new Float64Array(Math.min(chunkLength, size));
  for (let start = 0; start < size; start += chunkLength) {
    const chunk = room.subarray(0, Math.min(chunkLength, size - start));
    read(start, chunk);
    yield { chunk, start };
  }
}
