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
import { markLargest } from './largest-positions.ts';
import { modelWeights } from './model-weights.ts';
import { MergeError, mapTensor, requireMergeable } from './tensor.ts';
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
  const kept = models.map((model) =>
    markLargest({
      size,
      count: Math.max(Math.floor(density * size), 1),
      valueAt: (position) => Math.abs((model.data[position] ?? 0) - (base.data[position] ?? 0)),
    }),
  );
  return mapTensor(base, (position) => {
    const origin = base.data[position] ?? 0;
    let [positive, negative, positiveWeight, negativeWeight] = [0, 0, 0, 0];
    for (let model = 0; model < models.length; model++) {
      if (kept[model]?.[position] !== 1) continue;
      const change = (models[model]?.data[position] ?? 0) - origin;
      const weight = weights[model] ?? 0;
      if (change > 0) {
        positive += weight * change;
        positiveWeight += weight;
      } else if (change < 0) {
        negative += weight * change;
        negativeWeight += weight;
      }
    }
    const [sum, weight] = positive + negative >= 0 ? [positive, positiveWeight] : [negative, negativeWeight];
    return weight === 0 ? origin : origin + (scale * sum) / weight;
  });
}
