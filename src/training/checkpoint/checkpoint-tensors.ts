import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { CheckpointError } from './checkpoint-error.ts';
import { isWholeNumberType } from './element-type.ts';
import type { Parameter, Parameters } from '../model/model-configuration.ts';
import { SafetensorsFile } from './safetensors-file.ts';
import type { TensorDescription } from './safetensors-header.ts';

export const weightsFileName = 'model.safetensors';
export const indexFileName = `${weightsFileName}.index.json`;

const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) });

/**
 * The tensors of a checkpoint, in one file or in shards, of which nothing but the headers is in memory. Close it
 * when done.
 */
export class CheckpointTensors {
  /** As the user named it. */
  readonly path: string;
  readonly tensors: ReadonlyMap<string, TensorDescription>;
  readonly #files: readonly SafetensorsFile[];
  readonly #fileOf: ReadonlyMap<string, SafetensorsFile>;

  private constructor(
    path: string,
    files: readonly SafetensorsFile[],
    fileOf: ReadonlyMap<string, SafetensorsFile>,
  ) {
    this.path = path;
    this.#files = files;
    this.#fileOf = fileOf;
    this.tensors = new Map(
      [...fileOf].flatMap(([name, file]) => {
        const tensor = file.tensors.get(name);
        return tensor === undefined ? [] : [[name, tensor]];
      }),
    );
  }

  /**
   * Opens a checkpoint.
   *
   * @param path A folder with `model.safetensors` or `model.safetensors.index.json`, or one of these files, or any
   *   safetensors file.
   * @throws CheckpointError There is none, or it is damaged or incomplete.
   */
  static async open(path: string): Promise<CheckpointTensors> {
    const file = await weightsFile(path);
    const shards = file.endsWith('.index.json') ? await readIndex(file) : null;
    const files: SafetensorsFile[] = [];
    try {
      if (shards === null) {
        const whole = await SafetensorsFile.open(file);
        files.push(whole);
        return new CheckpointTensors(
          path,
          files,
          new Map([...whole.tensors.keys()].map((name) => [name, whole])),
        );
      }
      const fileOf = new Map<string, SafetensorsFile>();
      for (const [shard, names] of shards) {
        const opened = await SafetensorsFile.open(join(dirname(file), shard));
        files.push(opened);
        for (const name of names) fileOf.set(name, requireTensor(opened, name, file));
      }
      return new CheckpointTensors(path, files, fileOf);
    } catch (error) {
      await Promise.all(files.map((each) => each.close()));
      throw error;
    }
  }

  /** Reads a tensor of type F32, F16 or BF16 as numbers. @throws CheckpointError */
  readNumbers(name: string): Promise<Float32Array<ArrayBuffer>> {
    return this.#file(name).readNumbers(name);
  }

  /** Reads the bytes of a tensor as they lie in the file. @throws CheckpointError */
  readBytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#file(name).readBytes(name);
  }

  /** The folder in which the files lie, with what else belongs to the checkpoint. */
  get folder(): string {
    return dirname(this.#files[0]?.path ?? this.path);
  }

  /** Names the state of the files: it changes when one of them is written anew. */
  get state(): string {
    const files = this.#files.map(({ path, fileBytes, changedMilliseconds }) =>
      [basename(path), fileBytes, changedMilliseconds].join(' '),
    );
    return files.join(', ');
  }

  async close(): Promise<void> {
    await Promise.all(this.#files.map((file) => file.close()));
  }

  #file(name: string): SafetensorsFile {
    const file = this.#fileOf.get(name);
    if (file !== undefined) return file;
    throw new CheckpointError({
      message: `The checkpoint ${this.path} holds no tensor "${name}".`,
      remedy: 'Check that it is of the architecture its config.json says.',
    });
  }
}

/**
 * Reads all parameters of a checkpoint into memory. Tensors of whole numbers are left out.
 *
 * @throws CheckpointError
 */
export async function readParameters(path: string): Promise<Parameters> {
  const checkpoint = await CheckpointTensors.open(path);
  try {
    const parameters = new Map<string, Parameter>();
    for (const [name, { type, shape }] of checkpoint.tensors) {
      if (!isWholeNumberType(type)) parameters.set(name, { shape, data: await checkpoint.readNumbers(name) });
    }
    return parameters;
  } finally {
    await checkpoint.close();
  }
}

async function weightsFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found === null) {
    throw new CheckpointError({
      message: `There is no checkpoint at ${path}: there is no such file or folder.`,
      remedy: 'Check the path.',
    });
  }
  if (!found.isDirectory()) return path;
  for (const name of [weightsFileName, indexFileName]) {
    const file = join(path, name);
    if ((await stat(file).catch(() => null)) !== null) return file;
  }
  throw new CheckpointError({
    message: `The folder ${path} holds no checkpoint: there is neither ${weightsFileName} nor ${indexFileName} in it.`,
    remedy: 'Give a folder in the Hugging Face layout with weights as safetensors (not pytorch_model.bin).',
  });
}

/** The shards of an index, each with the names of its tensors. */
async function readIndex(file: string): Promise<Map<string, string[]>> {
  const shards = new Map<string, string[]>();
  for (const [name, shard] of Object.entries(await parseIndex(file))) {
    if (shard !== basename(shard) || shard === '..') {
      throw badIndex(file, `it places the tensor "${name}" outside of its folder, in "${shard}"`);
    }
    const names = shards.get(shard);
    if (names === undefined) shards.set(shard, [name]);
    else names.push(name);
  }
  if (shards.size === 0) throw badIndex(file, 'it names no tensor');
  return shards;
}

async function parseIndex(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8');
  try {
    return indexSchema.parse(JSON.parse(text)).weight_map;
  } catch (error) {
    throw badIndex(file, 'it is no JSON with a "weight_map" of tensor and file names', error);
  }
}

function requireTensor(shard: SafetensorsFile, name: string, index: string): SafetensorsFile {
  if (shard.tensors.has(name)) return shard;
  throw badIndex(index, `it places the tensor "${name}" in ${basename(shard.path)}, which does not hold it`);
}

function badIndex(file: string, reason: string, cause?: unknown): CheckpointError {
  return new CheckpointError({
    message: `The index ${file} does not fit its checkpoint: ${reason}.`,
    remedy: 'Copy or download the index and its shards again.',
    cause,
  });
}
