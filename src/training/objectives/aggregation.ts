import { ObjectiveInputError, requireSameShape } from './rollout.ts';
import type { TokenMask, TokenValues } from './rollout.ts';

/**
 * How the losses of tokens become the loss of a batch. Masked tokens never count.
 *
 * - `token-mean`: the mean over all tokens of the batch, so that long responses weigh more (DAPO; QwenLong-L1.5).
 * - `prompt-token-mean`: the mean over the tokens of each prompt's rollouts, then the mean over prompts. This is
 *   what the papers' formulas say (DAPO Eq. 8, QwenLong-L1 Eq. 6, QwenLong-L1.5 Eq. 4: an expectation over prompts
 *   of a token mean); the released code takes `token-mean` of a micro-batch.
 * - `sequence-mean`: the mean of each response, then the mean over responses (GRPO Eq. 3).
 * - `sequence-sum`: the sum of each response, then the mean over responses.
 */
export type Aggregation = 'token-mean' | 'prompt-token-mean' | 'sequence-mean' | 'sequence-sum';

/**
 * The weight of each token in the aggregate of a batch: the aggregate is the sum of values times weights. A
 * response without counted tokens is still one of the responses.
 *
 * @param promptIds The prompt of each rollout; needed for `prompt-token-mean` only.
 * @throws ObjectiveInputError Prompts are missing.
 */
export function aggregationWeights(input: {
  readonly mask: TokenMask;
  readonly aggregation: Aggregation;
  readonly promptIds?: readonly string[] | undefined;
}): Float64Array[] {
  const { mask, aggregation, promptIds } = input;
  const tokens = mask.map(countedTokens);
  const weightOf = responseWeights(tokens, aggregation, promptIds);
  return mask.map((row, response) =>
    Float64Array.from(row, (counts) => (counts === 0 ? 0 : (weightOf[response] ?? 0))),
  );
}

/**
 * Aggregates values of tokens over a batch. A response without counted tokens is 0 and still one of the
 * responses; a batch without counted tokens is 0.
 *
 * @param promptIds The prompt of each rollout; needed for `prompt-token-mean` only.
 * @throws ObjectiveInputError Values and mask differ in shape, or prompts are missing.
 */
export function aggregate(input: {
  readonly values: TokenValues;
  readonly mask: TokenMask;
  readonly aggregation: Aggregation;
  readonly promptIds?: readonly string[] | undefined;
}): number {
  requireSameShape({ name: 'values', values: input.values }, { name: 'mask', values: input.mask });
  const weights = aggregationWeights(input);
  return input.values.reduce((sum, row, response) => sum + weightedSum(row, weights[response] ?? []), 0);
}

/**
 * Joins the losses of micro-batches into the loss of their batch.
 *
 * Weighted by `tokens` (as in MemAgent), micro-batches that were averaged by `token-mean` give the token mean
 * of the whole batch. Weighted by `sequences` (the verl fork released with QwenLong-L1), they do not: the
 * loss then depends on how the batch was split. `sequences` is right for `sequence-mean` and `sequence-sum`.
 */
export function joinMicroBatches(
  microBatches: readonly { readonly loss: number; readonly tokens: number; readonly sequences: number }[],
  weighting: 'tokens' | 'sequences',
): number {
  const total = microBatches.reduce((sum, part) => sum + part[weighting], 0);
  if (total === 0) return 0;
  return microBatches.reduce((sum, part) => sum + part.loss * part[weighting], 0) / total;
}

/** The weight of a counted token of each response. */
function responseWeights(
  tokens: readonly number[],
  aggregation: Aggregation,
  promptIds: readonly string[] | undefined,
): number[] {
  const share = (count: number) => (count === 0 ? 0 : 1 / count);
  switch (aggregation) {
    case 'token-mean':
      return tokens.map(() => share(sum(tokens)));
    case 'prompt-token-mean': {
      if (promptIds?.length !== tokens.length) {
        throw new ObjectiveInputError(
          'prompt-token-mean needs the prompt of every rollout: pass one of promptIds for each.',
        );
      }
      const byPrompt = Map.groupBy(tokens.keys(), (response) => promptIds[response] ?? '');
      const shares = new Map(
        [...byPrompt].map(([prompt, responses]) => [
          prompt,
          share(sum(responses.map((response) => tokens[response] ?? 0))) / byPrompt.size,
        ]),
      );
      return promptIds.map((prompt) => shares.get(prompt) ?? 0);
    }
    case 'sequence-mean':
      return tokens.map((count) => share(count) / tokens.length);
    case 'sequence-sum':
      return tokens.map(() => 1 / tokens.length);
  }
}

function countedTokens(mask: ArrayLike<number>): number {
  return Array.from(mask).filter((counts) => counts !== 0).length;
}

function weightedSum(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    const weight = weights[index] ?? 0;
    // Skipped, not multiplied by 0: padding may hold NaN.
    if (weight !== 0) total += weight * (values[index] ?? 0);
  }
  return total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
