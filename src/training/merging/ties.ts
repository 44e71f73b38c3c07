/*
 * TIES: trim, elect sign, merge.
 *
 * Source: TIES-Merging (arXiv 2306.01708) Algorithm 1, on the task vectors τ_j = θ_j − θ_base.
 *
 *     trim    keep the largest `density` of each τ_j by magnitude, the rest becomes 0
 *     elect   per position, the sign of Σ_j w_j τ_j
 *     merge   the mean, weighted by w_j, of the values that have this sign; θ = θ_base + λ · mean
 *
 * Differences: the paper trims over all parameters of a model together, mergekit and this code within each
 * tensor, which can be streamed. Weights are mergekit's; with all of them 1 the mean is the paper's. Where
 * the sum is 0 the paper takes the sign 0 and its code the sign that most positions have; mergekit and this
 * code take +. Density 0.2 is the paper's.
 */
import { findLargest } from './largest-values.ts';
import type { LargestValues, Values } from './largest-values.ts';
import { modelWeights } from './model-weights.ts';
import { chunkLength, mergeByChunks, MergeError, readChanges, requireMergeable } from './tensor.ts';
import type { Tensor, TensorsToMerge } from './tensor.ts';

export interface TiesSettings {
  /** The share of each model's changes that is kept, in (0, 1], at least one a tensor; 0.2 unless told. */
  readonly density?: number;
  /** One for each model, above 0; all 1 unless told. */
  readonly weights?: readonly number[] | undefined;
  /** λ; 1 unless told. */
  readonly scale?: number;
}

/** @throws MergeError Tensors that do not go together, or impossible settings. */
export function mergeByTies({ base, models }: TensorsToMerge, settings: TiesSettings = {}): Tensor {
  requireMergeable([base, ...models]);
  const { density = 0.2, scale = 1 } = settings;
  const weights = modelWeights(settings.weights, models.length);
  if (!(density > 0 && density <= 1)) {
    throw new MergeError(`The density is ${density}: it must be above 0 and at most 1, for example 0.2.`);
  }
  if (!weights.every((weight) => weight > 0)) {
    throw new MergeError(`The weights (${weights.join(', ')}) must be above 0: TIES elects signs by them.`);
  }
  const size = base.data.length;
  const count = Math.max(Math.floor(density * size), 1);
  const trimmed = models.map((model) => findLargest(magnitudesOf({ base, model }), count));
  const equalsLeft = trimmed.map(({ equals }) => equals);
  const [positive, negative] = [openSide(), openSide()];
  return mergeByChunks({ base, models }, ({ base: origins, changes, merged }) => {
    for (const { sums, weights } of [positive, negative]) {
      sums.fill(0);
      weights.fill(0);
    }
    for (const [model, change] of changes.entries()) {
      const border = trimmed[model]?.border ?? 0;
      equalsLeft[model] = addKept(change, {
        border,
        equals: equalsLeft[model] ?? 0,
        weight: weights[model] ?? 0,
        positive,
        negative,
      });
    }
    electSigns(merged, { origins, scale, positive, negative });
  });
}

/** Adds to each of the base's numbers the mean of the side that outweighs the other. */
function electSigns(
  merged: Float64Array,
  input: {
    readonly origins: Float64Array;
    readonly scale: number;
    readonly positive: Side;
    readonly negative: Side;
  },
): void {
  const { origins, scale, positive, negative } = input;
  const { sums: above, weights: aboveWeights } = positive;
  const { sums: below, weights: belowWeights } = negative;
  for (let index = 0; index < merged.length; index++) {
    const isPositive = (above[index] ?? 0) + (below[index] ?? 0) >= 0;
    const sum = (isPositive ? above[index] : below[index]) ?? 0;
    const weight = (isPositive ? aboveWeights[index] : belowWeights[index]) ?? 0;
    if (weight > 0) merged[index] = (origins[index] ?? 0) + (scale * sum) / weight;
  }
}

/** At each position of a chunk, the changes of one sign that are kept: their weighted sum, and their weights. */
interface Side {
  readonly sums: Float64Array;
  readonly weights: Float64Array;
}

function openSide(): Side {
  return { sums: new Float64Array(chunkLength), weights: new Float64Array(chunkLength) };
}

function magnitudesOf(tensors: { readonly base: Tensor; readonly model: Tensor }): Values {
  return {
    size: tensors.base.data.length,
    read: (start, into) => {
      readChanges(tensors, start, into);
      for (let index = 0; index < into.length; index++) into[index] = Math.abs(into[index] ?? 0);
    },
  };
}

/** Adds those of a model's changes that are kept to their sides; gives how many of those at the border may follow. */
function addKept(
  change: Float64Array,
  kept: LargestValues & { readonly weight: number; readonly positive: Side; readonly negative: Side },
): number {
  const { border, weight, positive, negative } = kept;
  const { sums: above, weights: aboveWeights } = positive;
  const { sums: below, weights: belowWeights } = negative;
  let { equals } = kept;
  for (let index = 0; index < change.length; index++) {
    const value = change[index] ?? 0;
    const magnitude = Math.abs(value);
    const isKept = magnitude > border || (magnitude === border && equals-- > 0);
    // Adding 0 costs less than a branch that is hard to foresee.
    const aboveWeight = isKept && value > 0 ? weight : 0;
    const belowWeight = isKept && value < 0 ? weight : 0;
    above[index] = (above[index] ?? 0) + aboveWeight * value;
    aboveWeights[index] = (aboveWeights[index] ?? 0) + aboveWeight;
    below[index] = (below[index] ?? 0) + belowWeight * value;
    belowWeights[index] = (belowWeights[index] ?? 0) + belowWeight;
  }
  return Math.max(equals, 0);
}
