import type { Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { readFailure } from '../../corpus/read-failure.ts';
import { CheckpointError } from './checkpoint-error.ts';
import { elementBytes, elementCount, isWeightType, widenInPlace } from './element-type.ts';
import { lengthBytes, maximumHeaderBytes, notSafetensors, parseHeader } from './safetensors-header.ts';
import type { SafetensorsHeader, StoredTensor } from './safetensors-header.ts';

/** Linux reads no more than 2 GiB at once. */
const maximumReadBytes = 2 ** 30;

/**
 * A safetensors file, of which only the header is read when it is opened; each tensor is read when it is asked
 * for. Close it when done.
 */
export class SafetensorsFile {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
  /** The length of the file in bytes, and when it was last changed, in milliseconds since 1970. */
  readonly fileBytes: number;
  readonly changedMilliseconds: number;
  readonly #handle: FileHandle;

  private constructor(input: {
    readonly path: string;
    readonly handle: FileHandle;
    readonly state: Stats;
    readonly header: SafetensorsHeader;
  }) {
    const { path, handle, state, header } = input;
    this.path = path;
    this.fileBytes = state.size;
    this.changedMilliseconds = state.mtimeMs;
    this.#handle = handle;
    this.tensors = header.tensors;
    this.metadata = header.metadata;
  }

  /** @throws CheckpointError The file cannot be read, or is not what its header says. */
  static async open(path: string): Promise<SafetensorsFile> {
    const handle = await open(path, 'r').catch((error: unknown) => {
      throw unreadable(path, error);
    });
    try {
      const state = await handle.stat();
      const header = await readHeader({ handle, fileBytes: state.size, path });
      return new SafetensorsFile({ path, handle, state, header });
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /**
   * Reads a tensor of type F32, F16 or BF16 as numbers.
   *
   * @throws CheckpointError There is no such tensor, it is of another type, or the file cannot be read.
   */
  async readNumbers(name: string): Promise<Float32Array<ArrayBuffer>> {
    const tensor = this.#tensor(name);
    const { type } = tensor;
    if (!isWeightType(type)) {
      throw new CheckpointError({
        message: `${this.path}: the tensor "${name}" is of type ${type}, not F32, F16 or BF16.`,
        remedy: 'Save the weights in one of these types.',
      });
    }
    const numbers = new Float32Array(elementCount(tensor.shape));
    const offset = numbers.byteLength - numbers.length * elementBytes[type];
    await this.#fill(tensor, new Uint8Array(numbers.buffer, offset));
    widenInPlace(numbers, type);
    return numbers;
  }

  /**
   * Reads the bytes of a tensor as they lie in the file, whatever its type.
   *
   * @throws CheckpointError There is no such tensor, or the file cannot be read.
   */
  async readBytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const tensor = this.#tensor(name);
    const bytes = new Uint8Array(tensor.byteLength);
    await this.#fill(tensor, bytes);
    return bytes;
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  #tensor(name: string): StoredTensor {
    const tensor = this.tensors.get(name);
    if (tensor === undefined) {
      throw new CheckpointError({
        message: `${this.path} holds no tensor "${name}".`,
        remedy: 'Check that the checkpoint is of the architecture its config.json says.',
      });
    }
    return tensor;
  }

  async #fill({ start }: StoredTensor, bytes: Uint8Array): Promise<void> {
    await readFully({ handle: this.#handle, bytes, position: start, path: this.path });
  }
}

async function readHeader(input: {
  readonly handle: FileHandle;
  readonly fileBytes: number;
  readonly path: string;
}): Promise<SafetensorsHeader> {
  const { handle, fileBytes, path } = input;
  if (fileBytes < lengthBytes) throw notSafetensors(path, `it has ${fileBytes} bytes`);
  const length = new DataView(new ArrayBuffer(lengthBytes));
  await readFully({ handle, bytes: new Uint8Array(length.buffer), position: 0, path });
  const headerBytes = length.getBigUint64(0, true);
  if (headerBytes > maximumHeaderBytes) {
    throw notSafetensors(path, `its header would be ${headerBytes} bytes long`);
  }
  if (lengthBytes + Number(headerBytes) > fileBytes) {
    throw new CheckpointError({
      message: `${path} is cut short: its header alone has ${headerBytes} bytes, the file ${fileBytes}.`,
      remedy: 'Copy or download the file again.',
    });
  }
  const header = new Uint8Array(Number(headerBytes));
  await readFully({ handle, bytes: header, position: lengthBytes, path });
  return parseHeader({ header, fileBytes, file: path });
}

async function readFully(input: {
  readonly handle: FileHandle;
  readonly bytes: Uint8Array;
  readonly position: number;
  readonly path: string;
}): Promise<void> {
  const { handle, bytes, position, path } = input;
  let filled = 0;
  while (filled < bytes.byteLength) {
    const length = Math.min(bytes.byteLength - filled, maximumReadBytes);
    const { bytesRead } = await handle
      .read(bytes, filled, length, position + filled)
      .catch((error: unknown) => {
        throw unreadable(path, error);
      });
    if (bytesRead === 0) {
      throw new CheckpointError({
        message: `${path} became shorter while it was read.`,
        remedy: 'Wait until whatever writes the file is done, then try again.',
      });
    }
    filled += bytesRead;
  }
}

function unreadable(path: string, error: unknown): CheckpointError {
  const problem = readFailure(error).replace('vanished while reading', 'there is no such file');
  return new CheckpointError({
    message: `The checkpoint file ${path} cannot be read: ${problem}.`,
    remedy: 'Check the path.',
    cause: error,
  });
}
