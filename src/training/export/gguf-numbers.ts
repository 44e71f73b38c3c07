import { encodeWeights } from '../checkpoint/element-type.ts';
import { encodeFloat16 } from '../checkpoint/half-precision.ts';
import type { GgufTensorType } from './gguf-writer.ts';

/** Q8_0 keeps so many numbers together under one scale. */
export const blockNumbers = 32;
const blockBytes = 2 + blockNumbers;

/** Numbers are encoded in pieces of this many, whole blocks. */
const pieceNumbers = 2 ** 20;

/** The bytes that so many numbers take; of Q8_0 they must be whole blocks. */
export function ggufBytes(type: GgufTensorType, count: number): number {
  switch (type) {
    case 'F32':
      return 4 * count;
    case 'F16':
    case 'BF16':
      return 2 * count;
    case 'Q8_0':
      return (count / blockNumbers) * blockBytes;
  }
}

/** Encodes numbers piece by piece, so that a tensor is not in memory twice. */
export function* encodeGguf(numbers: Float32Array, type: GgufTensorType): Generator<Uint8Array> {
  for (let start = 0; start < numbers.length; start += pieceNumbers) {
    const piece = numbers.subarray(start, start + pieceNumbers);
    yield type === 'Q8_0' ? encodeQ8(piece) : encodeWeights(piece, type);
  }
}

/**
 * Q8_0: each block of 32 numbers as a float16 scale d = max |x| / 127 and 32 whole numbers x / d, rounded half away
 * from 0.
 */
export function encodeQ8(numbers: Float32Array): Uint8Array {
  const blocks = numbers.length / blockNumbers;
  const scales = new Float32Array(blocks);
  const encoded = new Uint8Array(blocks * blockBytes);
  const view = new DataView(encoded.buffer);
  for (let block = 0; block < blocks; block++) {
    const values = numbers.subarray(block * blockNumbers, (block + 1) * blockNumbers);
    let largest = 0;
    for (const value of values) largest = Math.max(largest, Math.abs(value));
    const scale = Math.fround(largest / 127);
    scales[block] = scale;
    const inverse = scale === 0 ? 0 : Math.fround(1 / scale);
    for (const [index, value] of values.entries()) {
      const quotient = Math.fround(value * inverse);
      view.setInt8(block * blockBytes + 2 + index, Math.sign(quotient) * Math.round(Math.abs(quotient)));
    }
  }
  for (const [block, bits] of encodeFloat16(scales).entries()) view.setUint16(block * blockBytes, bits, true);
  return encoded;
}
