import type { FileHandle } from 'node:fs/promises';
import { writeAtomically, writeFully } from './atomic-write.ts';
import { CheckpointError } from './checkpoint-error.ts';
import { elementBytes, elementCount, encodeWeights, isWeightType } from './element-type.ts';
import type { Parameters } from '../model/model-configuration.ts';
import type { TensorDescription } from './safetensors-header.ts';
import type { WeightType } from './element-type.ts';

/** Numbers are encoded and written in pieces of this many, so that a tensor is never in memory twice. */
const pieceNumbers = 2 ** 20;

/**
 * Writes a safetensors file tensor by tensor. It appears under its name when it is whole.
 *
 * @param input.tensors What the file will hold, in any order.
 * @param input.read The numbers of a weight (to be encoded in its type), or the bytes of a tensor of any type. Asked
 *   once for each tensor, in the order of the file.
 * @param input.metadata Text for whoever reads the file. Transformers wants `format: 'pt'`, which is there already.
 * @throws CheckpointError What `read` gave has not the length that the shape needs.
 */
export async function writeSafetensors(input: {
  readonly path: string;
  readonly tensors: readonly TensorDescription[];
  readonly read: (
    tensor: TensorDescription,
  ) => Promise<Float32Array | Uint8Array> | Float32Array | Uint8Array;
  readonly metadata?: Readonly<Record<string, string>>;
}): Promise<void> {
  const tensors = inFileOrder(input.tensors);
  const header = encodeHeader(tensors, { format: 'pt', ...input.metadata });
  await writeAtomically(input.path, async (handle) => {
    await writeFully(handle, header);
    for (const tensor of tensors) await writeTensor(handle, tensor, await input.read(tensor));
  });
}

/** Writes the parameters of a model to one safetensors file. */
export function writeParameters(input: {
  readonly path: string;
  readonly parameters: Parameters;
  /** F32 unless told. */
  readonly type?: WeightType;
  readonly metadata?: Readonly<Record<string, string>>;
}): Promise<void> {
  const { path, parameters, type = 'F32' } = input;
  return writeSafetensors({
    path,
    tensors: [...parameters].map(([name, { shape }]) => ({ name, type, shape })),
    read: ({ name }) => parameters.get(name)?.data ?? new Float32Array(),
    metadata: input.metadata ?? {},
  });
}

/** The order of tensors in a file. Large elements first, as the reference implementation does: so every tensor begins at a multiple of its element size. */
export function inFileOrder(tensors: readonly TensorDescription[]): TensorDescription[] {
  return [...tensors].sort(
    (one, other) => elementBytes[other.type] - elementBytes[one.type] || compare(one.name, other.name),
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function encodeHeader(
  tensors: readonly TensorDescription[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const entries: [string, object][] = [['__metadata__', metadata]];
  let position = 0;
  for (const { name, type, shape } of tensors) {
    const end = position + elementCount(shape) * elementBytes[type];
    entries.push([name, { dtype: type, shape, data_offsets: [position, end] }]);
    position = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  // Filled up with spaces, so that the data begin at a multiple of 8 bytes.
  const padded = Math.ceil(json.byteLength / 8) * 8;
  const header = new Uint8Array(8 + padded).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(padded), true);
  header.set(json, 8);
  return header;
}

async function writeTensor(
  handle: FileHandle,
  { name, type, shape }: TensorDescription,
  content: Float32Array | Uint8Array,
): Promise<void> {
  const needed = elementCount(shape);
  const given = content instanceof Float32Array ? content.length : content.byteLength / elementBytes[type];
  if (given !== needed || (content instanceof Float32Array && !isWeightType(type))) {
    throw new CheckpointError({
      message: `The tensor "${name}" (${type}, [${shape.join(', ')}]) was given ${given} numbers where ${needed} belong.`,
      remedy: 'Nothing was written. Give each tensor the numbers its shape says.',
    });
  }
  if (content instanceof Uint8Array || !isWeightType(type)) {
    await writeFully(handle, new Uint8Array(content.buffer, content.byteOffset, content.byteLength));
    return;
  }
  for (let start = 0; start < content.length; start += pieceNumbers) {
    await writeFully(handle, encodeWeights(content.subarray(start, start + pieceNumbers), type));
  }
}
