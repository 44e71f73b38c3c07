/*
 * Supervised fine-tuning: the negative log-likelihood of given responses.
 *
 * Source: QwenLong-L1 (arXiv 2505.17667) Eq. 11: for each example (1/|y|) Σ_t −log π(y_t | x, c, y_<t), then
 * the mean over examples (`sequence-mean`, the default here).
 *
 * Differences: there is no released code of this stage. Common trainers (Transformers, TRL) take the mean
 * over all tokens of the batch instead: `token-mean`.
 */
import { aggregate } from './aggregation.ts';
import type { TokenMask, TokenValues } from './rollout.ts';

/**
 * The loss of a batch, and of each token before mask and aggregation.
 *
 * @param batch.mask 1 for the tokens of the response, 0 for prompt and padding.
 * @throws ObjectiveInputError The arrays do not belong together.
 */
export function supervisedLoss(
  batch: { readonly logProbabilities: TokenValues; readonly mask: TokenMask },
  aggregation: 'sequence-mean' | 'token-mean' = 'sequence-mean',
): { readonly loss: number; readonly tokenLosses: Float64Array[] } {
  const tokenLosses = batch.logProbabilities.map((row) => Float64Array.from(row, (value) => -value));
  return { loss: aggregate({ values: tokenLosses, mask: batch.mask, aggregation }), tokenLosses };
}
