/*
 * The KL penalty towards a reference policy.
 *
 * Source: DeepSeekMath (arXiv 2402.03300) Eq. 4; the estimator k3 of J. Schulman, "Approximating KL
 * divergence" (2020). For a sampled token, with d = log π_ref − log π:
 *
 *     KL = exp(d) − d − 1 ≥ 0
 *
 * Its expectation under π is KL(π ‖ π_ref). QwenLong-L1 and L1.5 leave it out (coefficient 0); MemAgent takes
 * 0.001.
 *
 * Differences: verl (`low_var_kl`) clamps the value of a token to [−10, 10], which also stops its gradient
 * there; the paper does not. `maximum: Infinity` gives the paper's.
 */
import { requireSameShape } from './rollout.ts';
import type { TokenValues } from './rollout.ts';

/**
 * The penalty of each token.
 *
 * @param input.maximum The greatest penalty of a token; 10 unless told.
 * @throws ObjectiveInputError The arrays do not belong together.
 */
export function klPenalties(input: {
  readonly logProbabilities: TokenValues;
  readonly referenceLogProbabilities: TokenValues;
  readonly maximum?: number;
}): Float64Array[] {
  const { logProbabilities, referenceLogProbabilities, maximum = 10 } = input;
  requireSameShape(
    { name: 'logProbabilities', values: logProbabilities },
    { name: 'referenceLogProbabilities', values: referenceLogProbabilities },
  );
  return logProbabilities.map((row, rollout) =>
    Float64Array.from(row, (logProbability, token) => {
      const difference = (referenceLogProbabilities[rollout]?.[token] ?? 0) - logProbability;
      return Math.min(Math.expm1(difference) - difference, maximum);
    }),
  );
}
