import { MergeError } from './tensor.ts';

/**
 * The weight of each model: those given, else all 1.
 *
 * @throws MergeError Not one finite weight for each model.
 */
export function modelWeights(weights: readonly number[] | undefined, models: number): readonly number[] {
  if (weights === undefined) return Array.from({ length: models }, () => 1);
  if (weights.length !== models || !weights.every(Number.isFinite)) {
    throw new MergeError(
      `The weights (${weights.join(', ')}) do not fit ${models} models: give one number for each.`,
    );
  }
  return weights;
}
