/*
 * Negative-gradient clipping: wrong rollouts do not push where the policy is unsure.
 *
 * Source: QwenLong-L1.5 (arXiv 2512.12967) Eq. 8–10.
 *
 *     J = (1/Σ_j|y_j|) Σ_i A_i Σ_t ρ_{i,t} I(i,t)
 *     I(i,t) = 0 if A_i < 0 and H(t|i) > τ (level `token`), or mean_t H(t|i) > τ (level `sequence`); else 1
 *
 * The denominator still counts the tokens that are clipped. Both comparisons are strict; rollouts with A ≥ 0
 * are never clipped. The thresholds are not published. `side: 'low'` clips tokens below the threshold
 * instead: an ablation of the paper, which does worse. There is no released code for this objective.
 */
import { mean } from './statistics.ts';
import { requireSameShape } from './rollout.ts';
import type { TokenMask, TokenValues } from './rollout.ts';

export interface NegativeGradientClipping {
  /** Whether single tokens are clipped, or whole responses by their mean entropy. */
  readonly level: 'token' | 'sequence';
  /** τ, in nats. */
  readonly threshold: number;
  /** Clips above the threshold (default, `high`) or below it. */
  readonly side?: 'high' | 'low';
}

/**
 * The indicator I: 0 for tokens whose loss is dropped. Use it as `contributing` of the policy loss.
 *
 * @throws ObjectiveInputError The arrays do not belong together.
 */
export function clipNegativeGradients(
  batch: {
    readonly advantages: readonly number[];
    readonly tokenEntropies: TokenValues;
    /** 1 for the tokens of the response; the others count for no mean. */
    readonly mask: TokenMask;
  },
  { level, threshold, side = 'high' }: NegativeGradientClipping,
): Uint8Array[] {
  const { advantages, tokenEntropies, mask } = batch;
  requireSameShape({ name: 'tokenEntropies', values: tokenEntropies }, { name: 'mask', values: mask });
  const exceeds = (entropy: number) => (side === 'high' ? entropy > threshold : entropy < threshold);
  return tokenEntropies.map((row, rollout) => {
    const entropies = Array.from(row);
    if ((advantages[rollout] ?? 0) >= 0) return new Uint8Array(row.length).fill(1);
    if (level === 'token') return Uint8Array.from(entropies, (entropy) => (exceeds(entropy) ? 0 : 1));
    const counted = entropies.filter((_, token) => mask[rollout]?.[token] !== 0);
    return new Uint8Array(row.length).fill(exceeds(mean(counted)) ? 0 : 1);
  });
}
