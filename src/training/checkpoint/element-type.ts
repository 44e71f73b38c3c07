import { decodeBfloat16, decodeFloat16, encodeBfloat16, encodeFloat16 } from './half-precision.ts';

/** The types of numbers that a safetensors file may hold, with their size in bytes. */
export const elementBytes = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  F8_E5M2: 1,
  F8_E4M3: 1,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U64: 8,
  U32: 4,
  U16: 2,
  U8: 1,
  BOOL: 1,
} as const;

export type ElementType = keyof typeof elementBytes;

/** The types that weights are saved in. */
export const weightTypes = ['F32', 'F16', 'BF16'] as const;

export type WeightType = (typeof weightTypes)[number];

export function isElementType(text: string): text is ElementType {
  return Object.hasOwn(elementBytes, text);
}

export function isWeightType(type: string): type is WeightType {
  return weightTypes.some((each) => each === type);
}

/** Whether tensors of this type are no weights but tables, such as BERT's `position_ids`. */
export function isWholeNumberType(type: ElementType): boolean {
  return type === 'BOOL' || /^[IU]/.test(type);
}

/** The number of elements of a tensor; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/**
 * Turns the bytes of weights, as they lie in a file, into numbers.
 *
 * @param room Room for the numbers. The bytes lie at its end, where the reader put them, and are widened from
 *   the front in place: at number i no byte of a number after i is overwritten.
 */
export function widenInPlace(room: Float32Array, type: WeightType): void {
  if (type === 'F32') return;
  const count = room.length;
  const halves = new Uint16Array(room.buffer, room.byteOffset + count * elementBytes[type], count);
  if (type === 'F16') decodeFloat16(halves, room);
  else decodeBfloat16(halves, room);
}

/** The bytes of numbers as they lie in a file; for F32 those of the numbers themselves. */
export function encodeWeights(numbers: Float32Array, type: WeightType): Uint8Array {
  switch (type) {
    case 'F32':
      return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    case 'F16':
      return new Uint8Array(encodeFloat16(numbers).buffer);
    case 'BF16':
      return new Uint8Array(encodeBfloat16(numbers).buffer);
  }
}
