/*
 * The 16-bit types of weights: float16 (IEEE 754 binary16: 5 bits of exponent, 10 of fraction) and bfloat16 (the
 * upper half of a float32: 8 and 7). Node 22 has no Float16Array, so the conversions are here. Encoding rounds
 * to the nearest, ties to even; numbers beyond the range become infinite, and what is no number stays none.
 */

/** Decodes float16. `target` may share memory with `source` as `widenInPlace` says. */
export function decodeFloat16(source: Uint16Array, target: Float32Array): void {
  const table = float16Table();
  for (let index = 0; index < source.length; index++) target[index] = table[source[index] ?? 0] ?? 0;
}

/** Decodes bfloat16. `target` may share memory with `source` as `widenInPlace` says. */
export function decodeBfloat16(source: Uint16Array, target: Float32Array): void {
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  for (let index = 0; index < source.length; index++) bits[index] = (source[index] ?? 0) << 16;
}

export function encodeFloat16(numbers: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const halves = new Uint16Array(numbers.length);
  for (let index = 0; index < halves.length; index++) halves[index] = float16Bits(bits[index] ?? 0);
  return halves;
}

export function encodeBfloat16(numbers: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const halves = new Uint16Array(numbers.length);
  for (let index = 0; index < halves.length; index++) halves[index] = bfloat16Bits(bits[index] ?? 0);
  return halves;
}

const float32Infinity = 0x7f80_0000;

function bfloat16Bits(bits: number): number {
  const isNumber = (bits & 0x7fff_ffff) <= float32Infinity;
  // A fraction of all ones in the upper half alone would round up to infinity: keep it a NaN, and a quiet one.
  return isNumber ? (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16 : (bits >>> 16) | 0x40;
}

function float16Bits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fff_ffff;
  if (magnitude > float32Infinity) return sign | 0x7e00;
  // From 65,520 on the nearest is beyond the greatest float16, 65,504.
  if (magnitude >= 0x477f_f000) return sign | 0x7c00;
  const exponent = magnitude >>> 23;
  if (exponent >= 113) {
    return sign | ((magnitude - (112 << 23) + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
  }
  // Below 2^-14 the steps are 2^-24; up to half of one is 0.
  const shift = 126 - exponent;
  if (shift > 24) return sign;
  const fraction = (magnitude & 0x7f_ffff) | 0x80_0000;
  const half = 1 << (shift - 1);
  return sign | ((fraction + half - 1 + ((fraction >>> shift) & 1)) >>> shift);
}

let table: Float32Array | undefined;

/** All 65,536 values of float16. */
function float16Table(): Float32Array {
  table ??= Float32Array.from({ length: 65_536 }, (_, bits) => float16Value(bits));
  return table;
}

function float16Value(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
