import { aggregationWeights } from '../objectives/aggregation.ts';
import type { PolicyBatch } from '../objectives/policy-loss.ts';
import type { RegularisedBatch, RegularisedLossSettings } from '../objectives/regularised-loss.ts';
import type { TokenMask } from '../objectives/rollout.ts';
import type { TokenInputs } from './batch-inputs.ts';
import type { LossKind } from './loss-head.ts';

/** A loss of the objectives as a program takes it: its kind, and numbers for each token. */
export interface ProgramLoss {
  readonly kind: Exclude<LossKind, { kind: 'scores' }>;
  readonly inputs: TokenInputs;
}

/** `objectives/supervised.ts` for a program. */
export function supervisedLossOf(batch: {
  readonly mask: TokenMask;
  readonly aggregation: 'sequence-mean' | 'token-mean';
}): ProgramLoss {
  return { kind: { kind: 'supervised' }, inputs: { weights: aggregationWeights(batch) } };
}

/**
 * `objectives/regularised-loss.ts` for a program.
 *
 * @param batch Without the log-probabilities and entropies, which the program computes.
 * @param options.temperature That of the rollouts: the policy is `softmax(logits / temperature)`.
 * @throws ObjectiveInputError Arrays that do not belong together.
 */
export function policyLossOf(
  batch: Omit<PolicyBatch, 'logProbabilities'> & Pick<RegularisedBatch, 'referenceLogProbabilities'>,
  { settings, temperature }: { readonly settings: RegularisedLossSettings; readonly temperature: number },
): ProgramLoss {
  const { mask, contributing, advantages, oldLogProbabilities, referenceLogProbabilities } = batch;
  const { klCoefficient = 0, entropyCoefficient = 0, clipLow, clipHigh, dualClip, aggregation } = settings;
  const weights = aggregationWeights({ mask, aggregation, promptIds: batch.promptIds });
  const scaled = (factor: number) => weights.map((row) => row.map((weight) => weight * factor));
  return {
    kind: {
      kind: 'policy',
      clipLow,
      clipHigh,
      dualClip,
      temperature,
      hasEntropyBonus: entropyCoefficient !== 0,
      hasKlPenalty: klCoefficient !== 0,
    },
    inputs: {
      policyWeights: weights.map((row, rollout) =>
        row.map((weight, token) => (contributing?.[rollout]?.[token] === 0 ? 0 : weight)),
      ),
      advantages: weights.map((row, rollout) => new Float64Array(row.length).fill(advantages[rollout] ?? 0)),
      oldLogProbabilities,
      ...(entropyCoefficient !== 0 && { entropyWeights: scaled(entropyCoefficient) }),
      ...(klCoefficient !== 0 && {
        klWeights: scaled(klCoefficient),
        referenceLogProbabilities: referenceLogProbabilities ?? [],
      }),
    },
  };
}
