/*
 * The entropy of a policy.
 *
 * Source: QwenLong-L1.5 (arXiv 2512.12967) Eq. 8–11.
 *
 *     H(t) = −Σ_v π(v) log π(v)                                 of one token, in nats
 *     H(batch) = (1/|B|) Σ_i (1/|y_i|) Σ_t H(t | i)             mean over each response, then over responses
 *
 * Differences: the printed formula of the token entropy has the sampled token in place of v, a slip. verl,
 * which the released code runs on, computes it of logits divided by the sampling temperature (0.7), and by
 * default averages over all tokens (`token-mean`) instead of Eq. 11 (`sequence-mean`, the default here).
 */
import { aggregate } from './aggregation.ts';
import { ObjectiveInputError } from './rollout.ts';
import type { TokenMask, TokenValues } from './rollout.ts';

/**
 * The entropy of the distribution `softmax(logits / temperature)`, in nats.
 *
 * @throws ObjectiveInputError The temperature is not above 0.
 */
export function tokenEntropy(logits: ArrayLike<number>, temperature = 1): number {
  if (!(temperature > 0)) {
    throw new ObjectiveInputError(`The temperature is ${temperature}; it must be above 0.`);
  }
  let maximum = -Infinity;
  for (let index = 0; index < logits.length; index++) maximum = Math.max(maximum, logits[index] ?? 0);
  let [total, weighted] = [0, 0];
  for (let index = 0; index < logits.length; index++) {
    const shifted = ((logits[index] ?? 0) - maximum) / temperature;
    const weight = Math.exp(shifted);
    // A token ruled out by a logit of −∞ adds nothing; 0 · −∞ would be NaN.
    if (weight === 0) continue;
    total += weight;
    weighted += weight * shifted;
  }
  return Math.log(total) - weighted / total;
}

/** The entropy of a batch, averaged as in Eq. 11 (`sequence-mean`) or over all tokens (`token-mean`, verl). */
export function batchEntropy(input: {
  readonly tokenEntropies: TokenValues;
  readonly mask: TokenMask;
  readonly aggregation?: 'sequence-mean' | 'token-mean';
}): number {
  return aggregate({
    values: input.tokenEntropies,
    mask: input.mask,
    aggregation: input.aggregation ?? 'sequence-mean',
  });
}
