import { assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBfloat16, decodeFloat16, encodeBfloat16, encodeFloat16 } from './half-precision.ts';

const allHalves = Uint16Array.from({ length: 65_536 }, (_, bits) => bits);

function decoded(decode: typeof decodeFloat16): Float32Array {
  const numbers = new Float32Array(allHalves.length);
  decode(allHalves, numbers);
  return numbers;
}

const types = {
  float16: { values: decoded(decodeFloat16), encode: encodeFloat16 },
  bfloat16: { values: decoded(decodeBfloat16), encode: encodeBfloat16 },
};

describe.each(Object.entries(types))('%s', (_name, { values, encode }) => {
  it('encodes each of its numbers as itself', () => {
    const again = encode(values);
    const changed = [...values.entries()].filter(([bits, value]) =>
      Number.isNaN(value) ? !Number.isNaN(values[again[bits] ?? 0]) : again[bits] !== bits,
    );
    expect(changed).toEqual([]);
  });

  it('rounds to the nearest, ties to even', () => {
    const finite = [...values.entries()].filter(
      ([, value]) => Number.isFinite(value) && !Object.is(value, -0),
    );
    const ascending = finite.sort(([, one], [, other]) => one - other);
    const numbers: number[] = [];
    const expected: number[] = [];
    for (const [index, [bits, value]] of ascending.slice(1).entries()) {
      const below = ascending[index]?.[1] ?? 0;
      const step = value - below;
      numbers.push(below + step / 2, below + step * (3 / 8), below + step * (5 / 8));
      expected.push(bits % 2 === 0 ? value : below, below, value);
    }
    const encoded = encode(Float32Array.from(numbers));
    const wrong = numbers.filter((_, index) => values[encoded[index] ?? 0] !== expected[index]);
    expect(wrong).toEqual([]);
    expect(numbers.length).toBeGreaterThan(180_000);
  });

  it('keeps order, sign and infinity, and takes what lies beyond the range for infinite', () => {
    assert(
      property(double({ noNaN: true }), double({ noNaN: true }), (one, other) => {
        const numbers = Float32Array.of(Math.min(one, other), Math.max(one, other));
        const [low = NaN, high = NaN] = [...encode(numbers)].map((bits) => values[bits] ?? NaN);
        expect(low <= high).toBe(true);
        expect(Math.sign(low) === Math.sign(numbers[0] ?? NaN) || low === 0).toBe(true);
      }),
    );
    expect([...encode(Float32Array.of(3.4e38, -3.4e38, Infinity))].map((bits) => values[bits])).toEqual([
      Infinity,
      -Infinity,
      Infinity,
    ]);
  });
});

it('knows numbers of float16 that others computed', () => {
  const known: [number, number][] = [
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65_504],
    [0x0400, 0.00006103515625],
    [0x0001, 5.960464477539063e-8],
    [0x3555, 0.333251953125],
  ];
  for (const [bits, value] of known) expect(types.float16.values[bits]).toBe(value);
  expect([...encodeFloat16(Float32Array.of(65_519, 65_520, 1 / 3, 2 ** -25))]).toEqual([
    0x7bff, 0x7c00, 0x3555, 0,
  ]);
});
