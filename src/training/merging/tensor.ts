/** A tensor of a checkpoint, in row-major order. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/**
 * The tensors of one name in the models to be merged. A merge needs the tensors of one name at a time only,
 * so that checkpoints of any size can be streamed through it. All methods compute in double precision and
 * give the type of the first tensor (`base` where there is one).
 */
export interface TensorsToMerge {
  /** The common ancestor; what the models changed is measured from it. */
  readonly base: Tensor;
  readonly models: readonly Tensor[];
}

/** Tensors or settings that do not go together. */
export class MergeError extends Error {
  override readonly name = 'MergeError';
}

/**
 * Checks that there are tensors, all of one name and shape, with as many numbers as the shape says;
 * gives the first of them.
 *
 * @throws MergeError
 */
export function requireMergeable(tensors: readonly Tensor[]): Tensor {
  const [first] = tensors;
  if (first === undefined) throw new MergeError('There is no model to merge: give at least one.');
  for (const { name, shape, data } of tensors) {
    if (name !== first.name)
      throw new MergeError(`Tensors "${first.name}" and "${name}" are not of one name.`);
    if (shape.join() !== first.shape.join()) {
      throw new MergeError(
        `The tensor "${name}" is ${describe(first.shape)} in one model and ${describe(shape)} in another: merge models ` +
          'of one architecture. Embeddings of vocabularies that differ in length only can be cut to the common part.',
      );
    }
    const size = shape.reduce((product, extent) => product * extent, 1);
    if (size !== data.length) {
      throw new MergeError(
        `The tensor "${name}" has ${data.length} numbers where its shape ${describe(shape)} needs ${size}: ` +
          'the checkpoint is damaged or cut short.',
      );
    }
  }
  return first;
}

/** Tensors are merged so many numbers at a time: what is computed of them stays in the cache of a core. */
export const chunkLength = 4096;

/** The numbers of a merge from position `start` on, in double precision. */
export interface MergedChunk {
  readonly start: number;
  readonly base: Float64Array;
  /** What each model changed: its numbers less those of the base. */
  readonly changes: readonly Float64Array[];
  /** To be filled with the result; holds the base's numbers. */
  readonly merged: Float64Array;
}

/** A tensor like the base, of which `merge` computes a chunk at a time. */
export function mergeByChunks({ base, models }: TensorsToMerge, merge: (chunk: MergedChunk) => void): Tensor {
  const { name, shape, data } = base;
  const result = data instanceof Float32Array ? new Float32Array(data.length) : new Float64Array(data.length);
  const room = Array.from({ length: models.length + 2 }, () => new Float64Array(chunkLength));
  for (let start = 0; start < data.length; start += chunkLength) {
    const end = Math.min(start + chunkLength, data.length);
    const [origins, merged, ...changes] = room.map((numbers) => numbers.subarray(0, end - start));
    if (origins === undefined || merged === undefined) break;
    origins.set(data.subarray(start, end));
    merged.set(origins);
    for (const [model, change] of changes.entries())
      readChanges({ base, model: models[model] }, start, change);
    merge({ start, base: origins, changes, merged });
    result.set(merged, start);
  }
  return { name, shape, data: result };
}

/** Writes what a model changed from position `start` on. */
export function readChanges(
  { base, model = base }: { readonly base: Tensor; readonly model: Tensor | undefined },
  start: number,
  into: Float64Array,
): void {
  const { data: origins } = base;
  const { data } = model;
  for (let index = 0; index < into.length; index++) {
    into[index] = (data[start + index] ?? 0) - (origins[start + index] ?? 0);
  }
}

/**
 * Cuts matrices to the rows and columns that all have: for embeddings of models whose vocabularies differ in
 * length only. (mergekit does so for embeddings, with the extent of the base.)
 *
 * @throws MergeError A tensor is no matrix.
 */
export function cutToCommonPart(tensors: readonly Tensor[]): Tensor[] {
  const wrong = tensors.find(({ shape }) => shape.length !== 2);
  if (wrong !== undefined) {
    throw new MergeError(`The tensor "${wrong.name}" is ${describe(wrong.shape)}: only matrices can be cut.`);
  }
  const rows = Math.min(...tensors.map(({ shape }) => shape[0] ?? 0));
  const columns = Math.min(...tensors.map(({ shape }) => shape[1] ?? 0));
  return tensors.map((tensor) => {
    const width = tensor.shape[1] ?? 0;
    if (tensor.shape[0] === rows && width === columns) return tensor;
    const data = tensor.data.slice(0, rows * columns);
    for (let row = 0; row < rows; row++) {
      data.set(tensor.data.subarray(row * width, row * width + columns), row * columns);
    }
    return { ...tensor, shape: [rows, columns], data };
  });
}

function describe(shape: readonly number[]): string {
  return shape.length === 0 ? 'a scalar' : shape.join(' × ');
}
