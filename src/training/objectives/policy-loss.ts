/*
 * The clipped policy loss that GRPO, DAPO and QwenLong-L1.5 share.
 *
 * Source: PPO (arXiv 1707.06347) Eq. 7, as in GRPO (2402.03300) Eq. 3, DAPO (2503.14476) Eq. 8 and
 * QwenLong-L1 (2505.17667) Eq. 4 and 6. For a token with probability ratio ρ = π/π_old and advantage A:
 *
 *     loss = −min(ρA, clip(ρ, 1 − ε_low, 1 + ε_high) A)
 *
 * It is minimised, where the papers maximise its negative. QwenLong-L1.5 (2512.12967, Eq. 4) updates once a
 * batch, so ρ is 1 and the clip does nothing.
 *
 * Differences: `dualClip` (newer verl, not in the papers) bounds the loss of a token with A < 0 by −A·c. The
 * released code averages within a micro-batch; here `aggregation` states what is averaged.
 */
import { aggregate } from './aggregation.ts';
import type { Aggregation } from './aggregation.ts';
import { ObjectiveInputError, requireFinite, requireSameShape } from './rollout.ts';
import type { TokenMask, TokenValues } from './rollout.ts';

export interface PolicyLossSettings {
  /** ε_low: the ratio is clipped below 1 − ε_low. */
  readonly clipLow: number;
  /** ε_high: the ratio is clipped above 1 + ε_high. */
  readonly clipHigh: number;
  /** c > 1: the loss of a token with a negative advantage is at most −A·c. Absent: no bound. */
  readonly dualClip?: number | undefined;
  readonly aggregation: Aggregation;
}

export interface PolicyBatch {
  /** Log-probabilities of the sampled tokens under the policy in training. */
  readonly logProbabilities: TokenValues;
  /** Log-probabilities of the sampled tokens under the policy that sampled them. */
  readonly oldLogProbabilities: TokenValues;
  /** One advantage for each rollout; every token of its response has it. */
  readonly advantages: readonly number[];
  /** 1 for the tokens of the response, 0 for prompt and padding: these are the tokens that are counted. */
  readonly mask: TokenMask;
  /**
   * 0 for tokens whose loss is dropped while they are still counted in every denominator: the indicator of
   * negative-gradient clipping and of AEPO. Absent: nothing is dropped.
   */
  readonly contributing?: TokenMask | undefined;
  /** The prompt of each rollout; needed for the aggregation `prompt-token-mean` only. */
  readonly promptIds?: readonly string[] | undefined;
}

export interface PolicyLoss {
  readonly loss: number;
  /** The loss of each token before masks and aggregation. */
  readonly tokenLosses: Float64Array[];
  /** The share of counted tokens whose clipped loss is greater than the unclipped one. */
  readonly clippedFraction: number;
}

/** @throws ObjectiveInputError Arrays that do not belong together, impossible clips, advantages that are no numbers. */
export function policyLoss(batch: PolicyBatch, settings: PolicyLossSettings): PolicyLoss {
  const { logProbabilities, oldLogProbabilities, mask, contributing } = batch;
  checkBatch(batch);
  checkClips(settings);
  const tokenLosses: Float64Array[] = [];
  const countedLosses: Float64Array[] = [];
  let [clipped, counted] = [0, 0];
  for (const [rollout, current] of logProbabilities.entries()) {
    const old = oldLogProbabilities[rollout] ?? [];
    const advantage = batch.advantages[rollout] ?? 0;
    const losses = new Float64Array(current.length);
    for (let token = 0; token < current.length; token++) {
      const ratio = Math.exp((current[token] ?? 0) - (old[token] ?? 0));
      const isClipped = clippedLoss(ratio, advantage, settings) > -advantage * ratio;
      losses[token] = tokenLoss(ratio, advantage, settings);
      if (mask[rollout]?.[token] === 0) continue;
      counted++;
      if (isClipped) clipped++;
    }
    tokenLosses.push(losses);
    countedLosses.push(losses.map((loss, token) => (contributing?.[rollout]?.[token] === 0 ? 0 : loss)));
  }
  return {
    loss: aggregate({
      values: countedLosses,
      mask,
      aggregation: settings.aggregation,
      promptIds: batch.promptIds,
    }),
    tokenLosses,
    clippedFraction: counted === 0 ? 0 : clipped / counted,
  };
}

function tokenLoss(ratio: number, advantage: number, settings: PolicyLossSettings): number {
  const loss = Math.max(-advantage * ratio, clippedLoss(ratio, advantage, settings));
  const isBounded = settings.dualClip !== undefined && advantage < 0;
  return isBounded ? Math.min(loss, -advantage * (settings.dualClip ?? 1)) : loss;
}

function clippedLoss(ratio: number, advantage: number, settings: PolicyLossSettings): number {
  return -advantage * Math.min(Math.max(ratio, 1 - settings.clipLow), 1 + settings.clipHigh);
}

function checkBatch(batch: PolicyBatch): void {
  const current = { name: 'logProbabilities', values: batch.logProbabilities };
  requireSameShape(current, { name: 'oldLogProbabilities', values: batch.oldLogProbabilities });
  requireSameShape(current, { name: 'mask', values: batch.mask });
  if (batch.contributing !== undefined) {
    requireSameShape(current, { name: 'contributing', values: batch.contributing });
  }
  if (batch.advantages.length !== batch.logProbabilities.length) {
    throw new ObjectiveInputError(
      `There are ${batch.advantages.length} advantages for ${batch.logProbabilities.length} rollouts: ` +
        'pass one for each.',
    );
  }
  requireFinite('The advantage', batch.advantages);
}

function checkClips({ clipLow, clipHigh, dualClip }: PolicyLossSettings): void {
  if (!(clipLow >= 0 && clipLow <= 1 && clipHigh >= 0)) {
    throw new ObjectiveInputError(
      `clipLow ${clipLow} and clipHigh ${clipHigh} are impossible: 0 ≤ clipLow ≤ 1 and clipHigh ≥ 0, ` +
        'for example 0.2 and 0.28.',
    );
  }
  if (dualClip !== undefined && !(dualClip > 1)) {
    throw new ObjectiveInputError(`dualClip ${dualClip} is impossible: it must be above 1, for example 3.`);
  }
}
