/*
 * The header of a safetensors file: 8 bytes with its length (unsigned, little-endian), then JSON that says of each
 * tensor its type, shape and place among the data that follow. Format: huggingface/safetensors, "Format".
 *
 * A header is not believed: what it says must cover the data exactly, without gaps or overlaps, as the reference
 * implementation demands, so that a file cut short, put together wrongly or made to do harm is found out here.
 */
import { z } from 'zod';
import { CheckpointError } from './checkpoint-error.ts';
import { elementBytes, elementCount, isElementType } from './element-type.ts';
import type { ElementType } from './element-type.ts';

export interface TensorDescription {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}

/** A tensor and the place of its bytes in the file. */
export interface StoredTensor extends TensorDescription {
  readonly start: number;
  readonly byteLength: number;
}

export interface SafetensorsHeader {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes before the header: its length. */
export const lengthBytes = 8;

/** The reference implementation reads no longer header. */
export const maximumHeaderBytes = 100_000_000;

const whole = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const metadataSchema = z.record(z.string(), z.string());
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(whole),
  data_offsets: z.tuple([whole, whole]),
});

/**
 * Parses and checks a header.
 *
 * @param input.fileBytes The length of the whole file.
 * @param input.file Names the file in messages.
 * @throws CheckpointError
 */
export function parseHeader(input: {
  readonly header: Uint8Array;
  readonly fileBytes: number;
  readonly file: string;
}): SafetensorsHeader {
  const { file, fileBytes } = input;
  const entries = parseEntries(input.header, file);
  const dataStart = lengthBytes + input.header.byteLength;
  const tensors = new Map<string, StoredTensor>();
  let metadata: Record<string, string> = {};
  for (const [name, entry] of entries) {
    if (name === '__metadata__') {
      metadata = metadataSchema.catch({}).parse(entry);
      continue;
    }
    tensors.set(name, storedTensor({ name, entry, dataStart, file }));
  }
  requireExactCover({ tensors, dataStart, fileBytes, file });
  return { tensors, metadata };
}

function parseEntries(header: Uint8Array, file: string): [string, unknown][] {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
    return Object.entries(z.record(z.string(), z.unknown()).parse(json));
  } catch (error) {
    throw notSafetensors(file, 'its header is not JSON', error);
  }
}

function storedTensor(input: {
  readonly name: string;
  readonly entry: unknown;
  readonly dataStart: number;
  readonly file: string;
}): StoredTensor {
  const { name, file } = input;
  const parsed = entrySchema.safeParse(input.entry);
  if (!parsed.success) {
    throw damaged(file, `the header describes the tensor "${name}" without a type, a shape or a place`);
  }
  const {
    dtype,
    shape,
    data_offsets: [begin, end],
  } = parsed.data;
  if (!isElementType(dtype)) {
    throw new CheckpointError({
      message: `${file}: the tensor "${name}" is of the type ${dtype}, which is not known here.`,
      remedy: `Known types are ${Object.keys(elementBytes).join(', ')}. Convert the checkpoint to one of them.`,
    });
  }
  const byteLength = elementCount(shape) * elementBytes[dtype];
  if (end - begin !== byteLength) {
    throw damaged(
      file,
      `the tensor "${name}" of type ${dtype} and shape [${shape.join(', ')}] takes ${byteLength} bytes, but its place ` +
        `in the file has ${end - begin}`,
    );
  }
  return { name, type: dtype, shape, start: input.dataStart + begin, byteLength };
}

function requireExactCover(input: {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly dataStart: number;
  readonly fileBytes: number;
  readonly file: string;
}): void {
  const { file, fileBytes } = input;
  const inOrder = [...input.tensors.values()].sort(
    (one, other) => one.start - other.start || one.byteLength - other.byteLength,
  );
  let position = input.dataStart;
  for (const { name, start, byteLength } of inOrder) {
    if (start !== position) {
      throw damaged(
        file,
        `the tensor "${name}" ${start < position ? 'overlaps' : 'leaves a gap after'} the one before it`,
      );
    }
    position += byteLength;
  }
  if (position > fileBytes) {
    throw new CheckpointError({
      message: `${file} is cut short: its header tells of ${position} bytes, the file has ${fileBytes}.`,
      remedy: 'Copy or download the file again.',
    });
  }
  if (position < fileBytes) {
    throw damaged(file, `${fileBytes - position} bytes at its end belong to no tensor`);
  }
}

/** A file that is no safetensors file at all. */
export function notSafetensors(file: string, reason: string, cause?: unknown): CheckpointError {
  return new CheckpointError({
    message: `${file} is not a safetensors file: ${reason}.`,
    remedy: 'Give a file that Hugging Face safetensors wrote, or the folder it lies in.',
    cause,
  });
}

function damaged(file: string, reason: string): CheckpointError {
  return new CheckpointError({
    message: `${file} is damaged: ${reason}.`,
    remedy: 'Copy or download the file again; if it stays so, save the checkpoint anew where it was made.',
  });
}
