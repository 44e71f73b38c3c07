import { groupByPrompt, ObjectiveInputError, requireSameShape } from './rollout.ts';
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
  const responses = input.values.map((row, index) => maskedSum(row, input.mask[index] ?? []));
  switch (input.aggregation) {
    case 'token-mean':
      return pooledMean(responses);
    case 'prompt-token-mean': {
      const { promptIds } = input;
      if (promptIds?.length !== responses.length) {
        throw new ObjectiveInputError(
          'prompt-token-mean needs the prompt of every rollout: pass one of promptIds for each.',
        );
      }
      const groups = groupByPrompt(
        responses.map((response, index) => ({ ...response, promptId: promptIds[index] ?? '' })),
      );
      return meanOf(groups, ({ rollouts }) => pooledMean(rollouts));
    }
    case 'sequence-mean':
      return meanOf(responses, (response) => pooledMean([response]));
    case 'sequence-sum':
      return meanOf(responses, ({ sum }) => sum);
  }
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

interface MaskedSum {
  readonly sum: number;
  readonly tokens: number;
}

function maskedSum(values: ArrayLike<number>, mask: ArrayLike<number>): MaskedSum {
  let [sum, tokens] = [0, 0];
  for (let index = 0; index < values.length; index++) {
    // Skipped, not multiplied by 0: padding may hold NaN.
    if (mask[index] === 0) continue;
    sum += values[index] ?? 0;
    tokens++;
  }
  return { sum, tokens };
}

function pooledMean(responses: readonly MaskedSum[]): number {
  const tokens = responses.reduce((total, response) => total + response.tokens, 0);
  return tokens === 0 ? 0 : responses.reduce((total, { sum }) => total + sum, 0) / tokens;
}

function meanOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.length === 0 ? 0 : items.reduce((total, item) => total + value(item), 0) / items.length;
}
