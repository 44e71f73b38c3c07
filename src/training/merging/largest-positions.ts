/** The bits of a double are compared in parts of 16, the highest first. */
const digits = 4;

/**
 * Marks the positions of the `count` largest values with 1; of equal values at the border, the first.
 *
 * Values are asked for again instead of being stored, since the tensors they come from fill the memory already: a
 * radix selection. The first digit of all values tells which are taken for sure and which are on the border; the
 * further digits are looked at for those on the border only.
 *
 * @param input.valueAt A value of 0 or more; the same each time it is asked for.
 */
export function markLargest(input: {
  readonly size: number;
  readonly count: number;
  readonly valueAt: (position: number) => number;
}): Uint8Array {
  const { size, count, valueAt } = input;
  const marks = new Uint8Array(size);
  if (count <= 0) return marks;
  if (count >= size) return marks.fill(1);
  const digitOf = digitReader(valueAt);
  let missing = count;
  let border: Uint32Array | null = null;
  for (let digit = 0; digit < digits; digit++) {
    const length: number = border?.length ?? size;
    const counts = new Uint32Array(2 ** 16);
    for (let index = 0; index < length; index++) {
      const value = digitOf(border === null ? index : (border[index] ?? 0), digit);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    let least = counts.length - 1;
    while (least > 0 && missing > (counts[least] ?? 0)) {
      missing -= counts[least] ?? 0;
      least--;
    }
    const next = new Uint32Array(counts[least] ?? 0);
    let kept = 0;
    for (let index = 0; index < length; index++) {
      const position: number = border === null ? index : (border[index] ?? 0);
      const value = digitOf(position, digit);
      if (value > least) marks[position] = 1;
      else if (value === least) next[kept++] = position;
    }
    border = next;
  }
  // What is still on the border is equal in all digits.
  for (const position of border?.subarray(0, missing) ?? []) marks[position] = 1;
  return marks;
}

/**
 * Reads 16 bits of a value, digit 0 the highest: the order of the bit patterns of doubles of 0 or more, as whole
 * numbers, is the order of the numbers.
 */
function digitReader(valueAt: (position: number) => number): (position: number, digit: number) => number {
  const value = new Float64Array(1);
  const parts = new Uint16Array(value.buffer);
  value[0] = 1;
  const isHighestFirst = parts[0] !== 0;
  return (position, digit) => {
    value[0] = valueAt(position);
    return parts[isHighestFirst ? digit : digits - 1 - digit] ?? 0;
  };
}
