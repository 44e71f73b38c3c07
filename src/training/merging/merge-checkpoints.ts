import { createHash } from 'node:crypto';
import { readFile, rename, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { syncFolder, writeTextAtomically } from '../checkpoint/atomic-write.ts';
import { copyFiles, tokenizerFileNames } from '../checkpoint/checkpoint-folder.ts';
import { CheckpointTensors, indexFileName, weightsFileName } from '../checkpoint/checkpoint-tensors.ts';
import { configurationFileName, generationFileName } from '../checkpoint/configuration-file.ts';
import { elementCount } from '../checkpoint/element-type.ts';
import type { WeightType } from '../checkpoint/element-type.ts';
import { inFileOrder, writeSafetensors } from '../checkpoint/write-safetensors.ts';
import { compareModels } from './compare-models.ts';
import { planMerge, tensorBytes } from './merge-plan.ts';
import type { MergePlan, PlannedTensor } from './merge-plan.ts';
import { frameOf } from './merge-recipe.ts';
import type { MergeRecipe } from './merge-recipe.ts';
import { isMergedAlready, prepareFolder } from './merge-record.ts';
import { readMerged } from './merge-tensor.ts';
import type { MergeSources } from './merge-tensor.ts';
import { MergeThreads } from './merge-threads.ts';

export interface MergeProgress {
  readonly tensorsDone: number;
  readonly tensorsTotal: number;
  /** Of the result. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

export interface MergeReport {
  readonly folder: string;
  readonly tensors: number;
  /** Tensors that were taken over from the base as they are. */
  readonly copiedTensors: number;
  readonly parameters: number;
  readonly bytes: number;
  readonly shards: number;
  /** Shards that an earlier run had finished. */
  readonly resumedShards: number;
  readonly notes: readonly string[];
}

/** A shard is what a stopped merge does not lose. */
const defaultMaximumShardBytes = 4_000_000_000;

/** Merges of less are done in the calling thread: others take a while to start. */
const leastBytesForThreads = 64_000_000;

interface OpenMerge extends MergeSources {
  readonly plan: MergePlan;
}

/**
 * Merges checkpoints of any size into a new one, tensor by tensor, each thread one at a time. In memory are at a time,
 * for each thread, the tensors of one name as float32, their merge, and a byte for each of their positions and models.
 *
 * The result lies in `FOLDER.unfinished` until it is whole; a merge that was stopped goes on there with the next
 * shard. Configuration and tokenizer are those of the base (or of the first model, with a method that has none).
 *
 * @param input.folder Where the result goes: a new folder.
 * @param input.threads How many threads merge; one a core unless told. The result does not depend on it.
 * @throws MergeError The models or the settings do not go together, or the folder is taken.
 * @throws CheckpointError A checkpoint cannot be read.
 */
export async function mergeCheckpoints(input: {
  readonly recipe: MergeRecipe;
  readonly folder: string;
  readonly maximumShardBytes?: number;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: MergeProgress) => void) | undefined;
}): Promise<MergeReport> {
  const { recipe, maximumShardBytes = defaultMaximumShardBytes } = input;
  const folder = resolve(input.folder);
  const checkpoints: CheckpointTensors[] = [];
  try {
    for (const path of [frameOf(recipe), ...recipe.models])
      checkpoints.push(await CheckpointTensors.open(path));
    const [frame, ...models] = checkpoints;
    if (frame === undefined) throw new RangeError('A recipe names at least one model.');
    const plan = planMerge({ recipe, frame, models, maximumShardBytes });
    const inputs = createHash('sha256').update(checkpoints.map(({ state }) => state).join('\n'));
    const record = { recipe, maximumShardBytes, inputs: inputs.digest('hex') };
    const notes = [...(await compareModels(frame, models)), ...plan.notes];
    const report = { ...describe(plan), folder, notes };
    if (await isMergedAlready(folder, record)) return { ...report, resumedShards: plan.shards.length };
    const unfinished = `${folder}.unfinished`;
    await prepareFolder(unfinished, record);
    const merge = { recipe, plan, frame, models };
    const isLarge = report.bytes >= leastBytesForThreads;
    const threads = input.threads ?? (isLarge ? availableParallelism() : 1);
    const pool = threads > 1 ? new MergeThreads(recipe, threads) : null;
    const resumedShards = await writeShards({ ...input, merge, pool, folder: unfinished }).finally(() =>
      pool?.close(),
    );
    await completeFolder(merge, unfinished);
    await rename(unfinished, folder);
    await syncFolder(dirname(folder));
    return { ...report, resumedShards };
  } finally {
    await Promise.all(checkpoints.map((checkpoint) => checkpoint.close()));
  }
}

function describe(plan: MergePlan): Omit<MergeReport, 'folder' | 'notes' | 'resumedShards'> {
  const tensors = plan.shards.flat();
  const sum = (sizeOf: (tensor: PlannedTensor) => number) =>
    tensors.reduce((total, tensor) => total + sizeOf(tensor), 0);
  return {
    tensors: tensors.length,
    copiedTensors: tensors.filter(({ places }) => places.length === 0).length,
    parameters: sum(({ description }) => elementCount(description.shape)),
    bytes: sum(({ description }) => tensorBytes(description)),
    shards: plan.shards.length,
  };
}

/** Writes the shards that are not there yet; gives the number of those that were. */
async function writeShards(input: {
  readonly merge: OpenMerge;
  /** Null: the calling thread merges. */
  readonly pool: MergeThreads | null;
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: MergeProgress) => void) | undefined;
}): Promise<number> {
  const { merge, pool, folder, signal, onProgress } = input;
  const { shards } = merge.plan;
  const { tensors: tensorsTotal, bytes: bytesTotal } = describe(merge.plan);
  let [tensorsDone, bytesDone, resumed] = [0, 0, 0];
  const advance = ({ description }: PlannedTensor): void => {
    tensorsDone++;
    bytesDone += tensorBytes(description);
    onProgress?.({ tensorsDone, tensorsTotal, bytesDone, bytesTotal });
  };
  for (const [index, shard] of shards.entries()) {
    const path = join(folder, shardName(index, shards.length));
    // A shard appears under its name when it is whole.
    if ((await stat(path).catch(() => null)) !== null) {
      resumed++;
      shard.forEach(advance);
      continue;
    }
    const byName = new Map(shard.map((tensor) => [tensor.description.name, tensor]));
    const ordered = inFileOrder(shard.map(({ description }) => description)).flatMap(
      ({ name }) => byName.get(name) ?? [],
    );
    const begun = new Map<PlannedTensor, Promise<Float32Array | Uint8Array>>();
    let written = 0;
    await writeSafetensors({
      path,
      tensors: shard.map(({ description }) => description),
      read: async () => {
        signal?.throwIfAborted();
        const tensor = ordered[written];
        if (tensor === undefined) throw new RangeError('A shard has no further tensors.');
        const merged = await (pool?.next(ordered.slice(written), begun) ?? readMerged(merge, tensor));
        written++;
        advance(tensor);
        return merged;
      },
    });
  }
  return resumed;
}

/** Writes what belongs to a checkpoint beside its weights. */
async function completeFolder({ recipe, plan, frame }: OpenMerge, folder: string): Promise<void> {
  const { shards } = plan;
  if (shards.length > 1) {
    const places = shards.flatMap((shard, index) =>
      shard.map(({ description }) => [description.name, shardName(index, shards.length)]),
    );
    const index = {
      metadata: { total_size: describe(plan).bytes },
      weight_map: Object.fromEntries(places),
    };
    await writeTextAtomically(join(folder, indexFileName), `${JSON.stringify(index, null, 2)}\n`);
  }
  await copyFiles(frame.folder, folder, [configurationFileName, generationFileName, ...tokenizerFileNames]);
  if (recipe.type !== undefined) await setType(join(folder, configurationFileName), recipe.type);
}

/** The type of the weights in `config.json`, under either of its names. */
async function setType(path: string, type: WeightType): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return;
  const name = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' }[type];
  const changed = text.replace(/("(?:torch_)?dtype"\s*:\s*)"[a-z0-9]+"/g, `$1"${name}"`);
  await writeTextAtomically(path, changed);
}

function shardName(index: number, count: number): string {
  if (count === 1) return weightsFileName;
  const number = (value: number) => String(value).padStart(5, '0');
  return `model-${number(index + 1)}-of-${number(count)}.safetensors`;
}
