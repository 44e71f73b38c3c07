/*
 * SCE: select, calculate, erase.
 *
 * Source: FuseChat (arXiv 2408.07990) Algorithm 1, Eq. 5–9; QwenLong-L1.5 (2512.12967) merges its memory
 * expert by it. For each tensor, with δ_j = θ_j − θ_base:
 *
 *     select      the share τ of the positions where the variance of δ over the models is greatest; δ is 0 elsewhere
 *     calculate   η_j = Σ δ_j² / Σ_j Σ δ_j², uniform if all is 0
 *     erase       per position, the values whose sign is not that of Σ_j δ_j (+ for a sum of 0)
 *     merge       θ = θ_base + Σ_j η_j δ_j
 *
 * Positions with a variance of 0 do not count towards the share: k = floor(τ · positions with variance); τ =
 * 1 selects all. The implementations disagree, and all four are here (`variant`):
 *
 *     paper             as above
 *     mergekit-2024     divides the merged change by the η of the values that survived (upstream, January 2025)
 *     mergekit          the same, divisor at least 1e-6; η is uniform where the mean squares sum to less than 1e-6,
 *                       which changes as small as those of reinforcement learning run into (since February 2025)
 *     fuseai            the authors' code: divides like mergekit-2024, and the selection affects η only: all changes are
 *                       erased by sign and merged
 *
 * QwenLong-L1.5 publishes neither τ, base nor implementation. With a stage as the base and one target, the
 * merge is the target (τ = 1) or the base (τ < 1, but for fuseai); take the common ancestor as the base.
 */
import { findLargest, chunksOf } from './largest-values.ts';
import type { LargestValues, Values } from './largest-values.ts';
import { chunkLength, mergeByChunks, MergeError, readChanges, requireMergeable } from './tensor.ts';
import type { Tensor, TensorsToMerge } from './tensor.ts';

export const sceVariants = ['paper', 'mergekit-2024', 'mergekit', 'fuseai'] as const;

export type SceVariant = (typeof sceVariants)[number];

export interface SceSettings {
  /** τ, in [0, 1]; 1 unless told. */
  readonly selectedShare?: number;
  readonly variant?: SceVariant;
}

export interface SceMerge {
  readonly tensor: Tensor;
  /** η: the weight of each model in this tensor. */
  readonly weights: number[];
  /** 1 for the selected positions. */
  readonly selected: Uint8Array;
}

/** The least sum of mean squares, and the least divisor, that mergekit takes for more than 0. */
const mergekitMinimum = 1e-6;

/** @throws MergeError Tensors that do not go together, or an impossible share. */
export function mergeBySce(tensors: TensorsToMerge, settings: SceSettings = {}): SceMerge {
  const { base, models } = tensors;
  const { selectedShare = 1, variant = 'paper' } = settings;
  requireMergeable([base, ...models]);
  if (models.length === 0)
    throw new MergeError('There is no model to merge into the base: give at least one.');
  if (!(selectedShare >= 0 && selectedShare <= 1)) {
    throw new MergeError(`The selected share is ${selectedShare}: it must lie in [0, 1], for example 0.1.`);
  }
  const selected = select(tensors, selectedShare);
  const weights = calculate(tensors, selected, variant);
  const tensor = mergeByChunks(tensors, ({ start, base: origins, changes, merged }) => {
    mergeChanges({ changes, weights, variant }, merged);
    for (let index = 0; index < merged.length; index++) {
      const isErased = variant !== 'fuseai' && selected[start + index] !== 1;
      merged[index] = (origins[index] ?? 0) + (isErased ? 0 : (merged[index] ?? 0));
    }
  });
  return { tensor, weights, selected };
}

function select(tensors: TensorsToMerge, share: number): Uint8Array {
  const size = tensors.base.data.length;
  const selected = new Uint8Array(size);
  if (share === 1) return selected.fill(1);
  const variances = variancesOf(tensors);
  let varying = 0;
  for (const { chunk } of chunksOf(variances)) varying += countPositive(chunk);
  let largest = findLargest(variances, Math.floor(share * varying));
  for (const { chunk, start } of chunksOf(variances)) {
    largest = markLargest(chunk, { largest, marks: selected.subarray(start, start + chunk.length) });
  }
  return selected;
}

function countPositive(values: Float64Array): number {
  let count = 0;
  for (let index = 0; index < values.length; index++) if ((values[index] ?? 0) > 0) count++;
  return count;
}

/** Marks those of the largest values that are in a chunk; gives the largest of what follows. */
function markLargest(
  values: Float64Array,
  { largest: { border, equals }, marks }: { readonly largest: LargestValues; readonly marks: Uint8Array },
): LargestValues {
  let left = equals;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    if (value > border || (value === border && left-- > 0)) marks[index] = 1;
  }
  return { border, equals: Math.max(left, 0) };
}

/** The population variances of the changes; exactly 0 where all are equal, whatever the rounding. */
function variancesOf({ base, models }: TensorsToMerge): Values {
  const [center, differs, ...changes] = [...models, base, base].map(() => new Float64Array(chunkLength));
  return {
    size: base.data.length,
    read: (start, into) => {
      if (center === undefined || differs === undefined) return;
      center.fill(0);
      differs.fill(0);
      for (const [index, change] of changes.entries()) {
        readChanges({ base, model: models[index] }, start, change.subarray(0, into.length));
        addScaled(center, change, 1 / models.length);
        markDifferent(differs, change, changes[0] ?? change);
      }
      into.fill(0);
      for (const change of changes) addSquaredDistances(into, change, center);
      for (let index = 0; index < into.length; index++) {
        into[index] = ((into[index] ?? 0) * (differs[index] ?? 0)) / models.length;
      }
    },
  };
}

function addScaled(total: Float64Array, values: Float64Array, factor: number): void {
  for (let index = 0; index < total.length; index++) {
    total[index] = (total[index] ?? 0) + factor * (values[index] ?? 0);
  }
}

function markDifferent(marks: Float64Array, values: Float64Array, others: Float64Array): void {
  for (let index = 0; index < marks.length; index++) if (values[index] !== others[index]) marks[index] = 1;
}

function addSquaredDistances(total: Float64Array, values: Float64Array, centers: Float64Array): void {
  for (let index = 0; index < total.length; index++) {
    const distance = (values[index] ?? 0) - (centers[index] ?? 0);
    total[index] = (total[index] ?? 0) + distance * distance;
  }
}

function calculate({ base, models }: TensorsToMerge, selected: Uint8Array, variant: SceVariant): number[] {
  const energies = models.map((model) => {
    let energy = 0;
    const read = (start: number, into: Float64Array) => readChanges({ base, model }, start, into);
    for (const { chunk, start } of chunksOf({ size: selected.length, read })) {
      energy += energyOf(chunk, selected.subarray(start, start + chunk.length));
    }
    return energy;
  });
  const total = energies.reduce((sum, energy) => sum + energy, 0);
  const isNothing = variant === 'mergekit' ? total / selected.length < mergekitMinimum : total === 0;
  return energies.map((energy) => (isNothing ? 1 / models.length : energy / total));
}

/** The sum of the squares of the changes at the selected positions. */
function energyOf(changes: Float64Array, selected: Uint8Array): number {
  let energy = 0;
  for (let index = 0; index < changes.length; index++) {
    energy += (selected[index] ?? 0) * (changes[index] ?? 0) ** 2;
  }
  return energy;
}

/** Writes what is added to the base: the changes of a chunk, erased by sign and weighed. */
function mergeChanges(
  input: {
    readonly changes: readonly Float64Array[];
    readonly weights: readonly number[];
    readonly variant: SceVariant;
  },
  into: Float64Array,
): void {
  const { changes, weights, variant } = input;
  const sums = new Float64Array(into.length);
  for (const change of changes) addScaled(sums, change, 1);
  const surviving = new Float64Array(into.length);
  into.fill(0);
  for (const [model, change] of changes.entries()) {
    addSurviving(change, { sums, weight: weights[model] ?? 0, merged: into, surviving });
  }
  if (variant === 'paper') return;
  const leastDivisor = variant === 'mergekit' ? mergekitMinimum : 0;
  for (let index = 0; index < into.length; index++) {
    const divisor = Math.max(surviving[index] ?? 0, leastDivisor);
    if (divisor > 0) into[index] = (into[index] ?? 0) / divisor;
  }
}

/** Adds those of a model's changes that have the sign of the sums. */
function addSurviving(
  change: Float64Array,
  into: {
    readonly sums: Float64Array;
    readonly weight: number;
    readonly merged: Float64Array;
    readonly surviving: Float64Array;
  },
): void {
  const { sums, weight, merged, surviving } = into;
  for (let index = 0; index < change.length; index++) {
    const value = change[index] ?? 0;
    // A change of 0 has no sign and never survives: it would dilute the others.
    const survives = (sums[index] ?? 0) >= 0 ? value > 0 : value < 0;
    const share = survives ? weight : 0;
    merged[index] = (merged[index] ?? 0) + share * value;
    surviving[index] = (surviving[index] ?? 0) + share;
  }
}
