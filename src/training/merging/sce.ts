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
import { markLargest } from './largest-positions.ts';
import { MergeError, mapTensor, requireMergeable } from './tensor.ts';
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
  const changeAt = mergedChange({ tensors, weights, variant });
  const tensor = mapTensor(base, (position) => {
    const origin = base.data[position] ?? 0;
    return variant !== 'fuseai' && selected[position] !== 1 ? origin : origin + changeAt(position);
  });
  return { tensor, weights, selected };
}

function select(tensors: TensorsToMerge, share: number): Uint8Array {
  const size = tensors.base.data.length;
  if (share === 1) return new Uint8Array(size).fill(1);
  const varianceAt = variance(tensors);
  let varying = 0;
  for (let position = 0; position < size; position++) if (varianceAt(position) > 0) varying++;
  return markLargest({ size, count: Math.floor(share * varying), valueAt: varianceAt });
}

/** The population variance of the changes at a position; exactly 0 where all are equal, whatever the rounding. */
function variance({ base, models }: TensorsToMerge): (position: number) => number {
  const count = models.length;
  return (position) => {
    const origin = base.data[position] ?? 0;
    const first = (models[0]?.data[position] ?? 0) - origin;
    let sum = first;
    let differs = false;
    for (let model = 1; model < count; model++) {
      const change = (models[model]?.data[position] ?? 0) - origin;
      sum += change;
      differs ||= change !== first;
    }
    if (!differs) return 0;
    const center = sum / count;
    let squares = 0;
    for (let model = 0; model < count; model++) {
      const distance = (models[model]?.data[position] ?? 0) - origin - center;
      squares += distance * distance;
    }
    return squares / count;
  };
}

function calculate({ base, models }: TensorsToMerge, selected: Uint8Array, variant: SceVariant): number[] {
  const energies = models.map(({ data }) => {
    let energy = 0;
    for (let position = 0; position < selected.length; position++) {
      if (selected[position] === 1) energy += ((data[position] ?? 0) - (base.data[position] ?? 0)) ** 2;
    }
    return energy;
  });
  const total = energies.reduce((sum, energy) => sum + energy, 0);
  const isNothing = variant === 'mergekit' ? total / selected.length < mergekitMinimum : total === 0;
  return energies.map((energy) => (isNothing ? 1 / models.length : energy / total));
}

/** What is added to the base at a position: its changes, erased by sign and weighed. */
function mergedChange(input: {
  readonly tensors: TensorsToMerge;
  readonly weights: readonly number[];
  readonly variant: SceVariant;
}): (position: number) => number {
  const { weights, variant } = input;
  const { base, models } = input.tensors;
  const count = models.length;
  return (position) => {
    const origin = base.data[position] ?? 0;
    let sum = 0;
    for (let model = 0; model < count; model++) sum += (models[model]?.data[position] ?? 0) - origin;
    let change = 0;
    let surviving = 0;
    for (let model = 0; model < count; model++) {
      const delta = (models[model]?.data[position] ?? 0) - origin;
      // A change of 0 has no sign and never survives: it would dilute the others.
      if (delta === 0 || delta > 0 !== sum >= 0) continue;
      change += (weights[model] ?? 0) * delta;
      surviving += weights[model] ?? 0;
    }
    switch (variant) {
      case 'paper':
        return change;
      case 'mergekit-2024':
      case 'fuseai':
        return surviving === 0 ? change : change / surviving;
      case 'mergekit':
        return change / Math.max(surviving, mergekitMinimum);
    }
  };
}
