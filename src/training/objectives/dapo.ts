/*
 * DAPO: decoupled clip and dynamic sampling policy optimisation.
 *
 * Source: DAPO (arXiv 2503.14476) Eq. 8–13; QwenLong-L1 (2505.17667) Eq. 6–8. Four changes to GRPO, each of
 * which stands on its own here:
 *
 *     clip higher        ε_low 0.2, ε_high 0.28                               `dapoLoss`
 *     token-level loss   Σ over all tokens / number of all tokens             `dapoLoss`
 *     dynamic sampling   groups without variance are replaced                 `sampling/dynamic-sampling.ts`
 *     overlong shaping   a penalty near the length limit                      `rewards/overlong-penalty.ts`
 *
 * Advantages are GRPO's (`groupAdvantages`) over the shaped rewards. No KL penalty.
 *
 * Differences: the papers' formulas take the token mean over the rollouts of one prompt
 * (`prompt-token-mean`); DAPO's and QwenLong-L1's released code takes it over a batch, and so does the
 * default here. QwenLong-L1's code takes it in each micro-batch and weighs micro-batches by their number of
 * sequences, so that its loss depends on the split (`joinMicroBatches`). QwenLong-L1's script does not clip
 * higher (0.2 on both sides) and, unlike the paper, has an entropy bonus of 0.001 from a default that nobody
 * changed.
 */
import type { PolicyLossSettings } from './policy-loss.ts';

export const dapoLoss: PolicyLossSettings = { clipLow: 0.2, clipHigh: 0.28, aggregation: 'token-mean' };
