/*
 * Linear merging: the weighted average of models.
 *
 * Source: Model soups (arXiv 2203.05482), uniform weights; with weights as in mergekit's `linear`.
 *
 *     θ = Σ_j w_j θ_j / Σ_j w_j
 *
 * Difference: `normalise: false` leaves out the division, as mergekit's option does.
 */
import { MergeError, mergeByChunks, requireMergeable } from './tensor.ts';
import type { Tensor } from './tensor.ts';
import { modelWeights } from './model-weights.ts';

export interface LinearSettings {
  /** One for each model; all 1 unless told. */
  readonly weights?: readonly number[] | undefined;
  /** Divides by the sum of the weights; true unless told. */
  readonly normalise?: boolean;
}

/** @throws MergeError Tensors that do not go together, or weights that do not fit. */
export function mergeLinearly(models: readonly Tensor[], settings: LinearSettings = {}): Tensor {
  const first = requireMergeable(models);
  const weights = modelWeights(settings.weights, models.length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const divisor = settings.normalise === false ? 1 : total;
  if (divisor === 0) throw new MergeError('The weights sum to 0: there is no average; use other weights.');
  return mergeByChunks({ base: first, models: [] }, ({ start, merged }) => {
    merged.fill(0);
    for (const [model, { data }] of models.entries()) {
      const weight = weights[model] ?? 0;
      for (let index = 0; index < merged.length; index++) {
        merged[index] = (merged[index] ?? 0) + weight * (data[start + index] ?? 0);
      }
    }
    for (let index = 0; index < merged.length; index++) merged[index] = (merged[index] ?? 0) / divisor;
  });
}
