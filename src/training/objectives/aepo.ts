/*
 * AEPO: adaptive entropy-controlled policy optimisation.
 *
 * Source: QwenLong-L1.5 (arXiv 2512.12967), the text around Eq. 11. In words: when the entropy of the batch
 * exceeds H_high, all rollouts with a negative advantage are masked; when it falls below H_low, they come
 * back.
 *
 * Between the bounds the paper states nothing; `hysteresis` (default) keeps the last state, beginning
 * unmasked. `threshold` masks above H_high only and has no memory. Masked rollouts stay in the token count.
 * The values of H_low and H_high are not published; entropies in the paper's figures lie between 0.10 and
 * 0.30.
 *
 * The released snippet contradicts the paper, and its own comment: it acts while H_low < H < H_high (`band`)
 * and does nothing above; it removes rollouts instead of masking them (`keepAsReleased`), keeps only those
 * with A > 0 and a positive reward, so that rollouts with A = 0 and the token count change too; it cuts the
 * rest to a multiple of the number of devices, and reads an undefined variable there.
 */
import { ObjectiveInputError } from './rollout.ts';

export interface EntropyControl {
  /** H_low, in nats. */
  readonly low: number;
  /** H_high, in nats. */
  readonly high: number;
  readonly mode?: 'hysteresis' | 'threshold' | 'band';
}

/** The state before the first batch. */
export const initiallyMasked = false;

/**
 * Whether the negative rollouts of a batch are masked.
 *
 * @param wasMasked What this returned for the batch before, else `initiallyMasked`. This is all the state there is:
 *   a checkpoint keeps it.
 * @throws ObjectiveInputError The bounds are not 0 ≤ low ≤ high, or the entropy is no number.
 */
export function negativesAreMasked(wasMasked: boolean, entropy: number, control: EntropyControl): boolean {
  const { low, high, mode = 'hysteresis' } = control;
  if (!(low >= 0 && low <= high)) {
    throw new ObjectiveInputError(
      `The entropy bounds low ${low} and high ${high} are impossible: 0 ≤ low ≤ high.`,
    );
  }
  if (Number.isNaN(entropy)) {
    throw new ObjectiveInputError('The entropy of the batch is NaN: look for NaN in the logits.');
  }
  switch (mode) {
    case 'hysteresis':
      return entropy > high || (wasMasked && entropy >= low);
    case 'threshold':
      return entropy > high;
    case 'band':
      return low < entropy && entropy < high;
  }
}

/**
 * Which rollouts contribute when negatives are masked: 1 for those with A ≥ 0. Spread over the tokens, this
 * is `contributing` of the policy loss; see `contributionOfRollouts`.
 */
export function maskNegatives(advantages: readonly number[]): number[] {
  return advantages.map((advantage) => (advantage < 0 ? 0 : 1));
}

/**
 * The indices of the rollouts that the released snippet keeps when it acts: A > 0 and a positive reward, cut
 * to a multiple of `deviceCount`. The others leave the batch, denominator included.
 */
export function keepAsReleased(input: {
  readonly advantages: readonly number[];
  readonly rewards: readonly number[];
  readonly deviceCount?: number;
}): number[] {
  const { advantages, rewards, deviceCount = 1 } = input;
  const kept = [...advantages.keys()].filter(
    (rollout) => (advantages[rollout] ?? 0) > 0 && (rewards[rollout] ?? 0) > 0,
  );
  return kept.slice(0, kept.length - (kept.length % deviceCount));
}

/** Spreads an indicator of rollouts over their tokens. */
export function contributionOfRollouts(
  indicators: readonly number[],
  tokensPerRollout: readonly number[],
): Uint8Array[] {
  return indicators.map((indicator, rollout) =>
    new Uint8Array(tokensPerRollout[rollout] ?? 0).fill(indicator),
  );
}
