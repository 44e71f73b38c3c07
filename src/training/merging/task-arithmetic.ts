/*
 * Task arithmetic: adds up what each model learned.
 *
 * Source: Editing models with task arithmetic (arXiv 2212.04089) §2: the task vector of a model is what it
 * changed, τ_j = θ_j − θ_base.
 *
 *     θ = θ_base + λ Σ_j w_j τ_j
 *
 * Difference: the paper has λ only; the weights w_j are mergekit's. A negative one unlearns a task.
 */
import { modelWeights } from './model-weights.ts';
import { mergeByChunks, requireMergeable } from './tensor.ts';
import type { Tensor, TensorsToMerge } from './tensor.ts';

export interface TaskArithmeticSettings {
  /** One for each model; all 1 unless told. */
  readonly weights?: readonly number[] | undefined;
  /** λ; 1 unless told. */
  readonly scale?: number;
}

/** @throws MergeError Tensors that do not go together, or weights that do not fit. */
export function mergeByTaskArithmetic(
  { base, models }: TensorsToMerge,
  settings: TaskArithmeticSettings = {},
): Tensor {
  requireMergeable([base, ...models]);
  const weights = modelWeights(settings.weights, models.length);
  const { scale = 1 } = settings;
  return mergeByChunks({ base, models }, ({ base: origins, changes, merged }) => {
    merged.fill(0);
    for (const [model, change] of changes.entries()) {
      const weight = weights[model] ?? 0;
      for (let index = 0; index < merged.length; index++) {
        merged[index] = (merged[index] ?? 0) + weight * (change[index] ?? 0);
      }
    }
    for (let index = 0; index < merged.length; index++) {
      merged[index] = (origins[index] ?? 0) + scale * (merged[index] ?? 0);
    }
  });
}
