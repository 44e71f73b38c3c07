/** The bits of a double are compared in parts of 16, the highest first. */
const digitBits = 16;
const digits = 4;

/**
 * Marks the positions of the `count` largest values with 1; of equal values at the border, the first.
 *
 * Values are asked for again in every pass instead of being stored, since the tensors they come from fill the
 * memory already: a radix selection in four passes, each of which settles 16 more bits of the smallest value
 * taken.
 *
 * @param input.valueAt A value of 0 or more; the same each time it is asked for.
 */
export function markLargest(input: {
  readonly size: number;
  readonly count: number;
  readonly valueAt: (position: number) => number;
}): Uint8Array {
  const { size, valueAt } = input;
  const marks = new Uint8Array(size);
  if (input.count <= 0) return marks;
  if (input.count >= size) return marks.fill(1);
  const bits = new DoubleBits();
  const prefix: number[] = [];
  let missing = input.count;
  for (let digit = 0; digit < digits; digit++) {
    const counts = new Uint32Array(2 ** digitBits);
    for (let position = 0; position < size; position++) {
      bits.set(valueAt(position));
      if (!bits.startsWith(prefix)) continue;
      const value = bits.digit(digit);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    let value = counts.length - 1;
    while (value > 0 && missing > (counts[value] ?? 0)) {
      missing -= counts[value] ?? 0;
      value--;
    }
    prefix.push(value);
  }
  const smallest = bits.fromDigits(prefix);
  for (let position = 0; position < size; position++) {
    const value = valueAt(position);
    if (value > smallest) marks[position] = 1;
    else if (value === smallest && missing > 0) {
      marks[position] = 1;
      missing--;
    }
  }
  return marks;
}

/** The bit pattern of a double of 0 or more, whose order as an integer is the order of the numbers. */
class DoubleBits {
  readonly #view = new DataView(new ArrayBuffer(8));

  set(value: number): void {
    this.#view.setFloat64(0, value);
  }

  digit(index: number): number {
    return this.#view.getUint16(index * 2);
  }

  startsWith(prefix: readonly number[]): boolean {
    return prefix.every((value, index) => this.digit(index) === value);
  }

  fromDigits(values: readonly number[]): number {
    for (const [index, value] of values.entries()) this.#view.setUint16(index * 2, value);
    return this.#view.getFloat64(0);
  }
}
