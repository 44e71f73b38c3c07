/*
 * GGUF, the file format of llama.cpp, version 3 (ggml, docs/gguf.md): metadata as typed keys and values, then the
 * descriptions of the tensors, then their data, each at a multiple of 32 bytes. All numbers are little-endian.
 */
import { writeAtomically, writeFully } from '../checkpoint/atomic-write.ts';

const valueTypes = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 } as const;

export type GgufValue =
  | { readonly type: 'u32' | 'i32' | 'f32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly values: readonly string[] }
  | { readonly type: 'i32s'; readonly values: readonly number[] };

/** The types of tensors that are written here, by their number in ggml. */
export const ggufTensorTypes = { F32: 0, F16: 1, Q8_0: 8, BF16: 30 } as const;

export type GgufTensorType = keyof typeof ggufTensorTypes;

export interface GgufTensor {
  readonly name: string;
  readonly type: GgufTensorType;
  /** As in the checkpoint, rows first; the file has them the other way round. */
  readonly shape: readonly number[];
  readonly byteLength: number;
}

const alignment = 32;

/**
 * Writes a GGUF file tensor by tensor. It appears under its name when it is whole.
 *
 * @param input.read The bytes of a tensor, in pieces; asked once for each tensor, in order.
 */
export async function writeGguf(input: {
  readonly path: string;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: readonly GgufTensor[];
  readonly read: (tensor: GgufTensor) => AsyncIterable<Uint8Array>;
}): Promise<void> {
  const { metadata, tensors } = input;
  const head = new BinaryText();
  head.bytes(new TextEncoder().encode('GGUF')).u32(3).u64(tensors.length).u64(metadata.size);
  for (const [key, value] of metadata) writeValue(head.string(key), value);
  let offset = 0;
  for (const { name, type, shape, byteLength } of tensors) {
    head.string(name).u32(shape.length);
    for (const extent of shape.toReversed()) head.u64(extent);
    head.u32(ggufTensorTypes[type]).u64(offset);
    offset += byteLength + paddingAfter(byteLength);
  }
  await writeAtomically(input.path, async (handle) => {
    await writeFully(handle, head.zeros(paddingAfter(head.length)).encode());
    for (const tensor of tensors) {
      let written = 0;
      for await (const piece of input.read(tensor)) {
        await writeFully(handle, piece);
        written += piece.byteLength;
      }
      if (written !== tensor.byteLength) {
        throw new RangeError(`"${tensor.name}" has ${written} bytes, ${tensor.byteLength} were announced.`);
      }
      await writeFully(handle, new Uint8Array(paddingAfter(written)));
    }
  });
}

function paddingAfter(length: number): number {
  return (alignment - (length % alignment)) % alignment;
}

function writeValue(target: BinaryText, value: GgufValue): void {
  switch (value.type) {
    case 'u32':
      target.u32(valueTypes.u32).u32(value.value);
      break;
    case 'i32':
      target.u32(valueTypes.i32).i32(value.value);
      break;
    case 'f32':
      target.u32(valueTypes.f32).f32(value.value);
      break;
    case 'bool':
      target.u32(valueTypes.bool).bytes(Uint8Array.of(value.value ? 1 : 0));
      break;
    case 'string':
      target.u32(valueTypes.string).string(value.value);
      break;
    case 'strings':
      target.u32(valueTypes.array).u32(valueTypes.string).u64(value.values.length);
      for (const each of value.values) target.string(each);
      break;
    case 'i32s':
      target.u32(valueTypes.array).u32(valueTypes.i32).u64(value.values.length);
      for (const each of value.values) target.i32(each);
      break;
  }
}

/** Bytes that grow at their end. */
class BinaryText {
  #bytes = new Uint8Array(2 ** 16);
  #view = new DataView(this.#bytes.buffer);
  length = 0;

  u32(value: number): this {
    this.#view.setUint32(this.#take(4), value, true);
    return this;
  }

  i32(value: number): this {
    this.#view.setInt32(this.#take(4), value, true);
    return this;
  }

  f32(value: number): this {
    this.#view.setFloat32(this.#take(4), value, true);
    return this;
  }

  u64(value: number): this {
    this.#view.setBigUint64(this.#take(8), BigInt(value), true);
    return this;
  }

  string(value: string): this {
    const encoded = new TextEncoder().encode(value);
    return this.u64(encoded.byteLength).bytes(encoded);
  }

  bytes(value: Uint8Array): this {
    this.#bytes.set(value, this.#take(value.byteLength));
    return this;
  }

  zeros(count: number): this {
    this.#take(count);
    return this;
  }

  encode(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  /** Makes room at the end; gives where it begins. */
  #take(count: number): number {
    const start = this.length;
    this.length += count;
    if (this.length > this.#bytes.byteLength) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return start;
  }
}
