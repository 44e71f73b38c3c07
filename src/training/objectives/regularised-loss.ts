/*
 * The whole loss of a reinforcement-learning step: policy loss, entropy bonus and KL penalty.
 *
 * Source: the actor update of verl, which QwenLong-L1 and L1.5 run on.
 *
 *     loss = policy loss − entropyCoefficient · H + klCoefficient · KL
 *
 * Entropy and KL are aggregated like the policy loss. The papers have neither term; QwenLong-L1's script has
 * an entropy coefficient of 0.001 (a default that nobody changed) and a KL coefficient of 0.
 */
import { aggregate } from './aggregation.ts';
import { klPenalties } from './kl-penalty.ts';
import { policyLoss } from './policy-loss.ts';
import type { PolicyBatch, PolicyLoss, PolicyLossSettings } from './policy-loss.ts';
import { ObjectiveInputError } from './rollout.ts';
import type { TokenValues } from './rollout.ts';

export interface RegularisedLossSettings extends PolicyLossSettings {
  /** Weight of the entropy bonus; absent: none. */
  readonly entropyCoefficient?: number;
  /** Weight of the KL penalty; absent: none. */
  readonly klCoefficient?: number;
}

export interface RegularisedBatch extends PolicyBatch {
  /** The entropy of each token; needed for an entropy bonus. */
  readonly tokenEntropies?: TokenValues;
  /** Log-probabilities of the sampled tokens under the reference policy; needed for a KL penalty. */
  readonly referenceLogProbabilities?: TokenValues;
}

export interface RegularisedLoss extends PolicyLoss {
  /** The loss to minimise, all terms included. */
  readonly loss: number;
  readonly policyTerm: number;
  /** The entropy of the batch, or null where there is no bonus for it. */
  readonly entropy: number | null;
  /** The KL penalty of the batch before its coefficient, or null where there is none. */
  readonly kl: number | null;
}

/** @throws ObjectiveInputError Arrays are missing or do not belong together. */
export function regularisedLoss(batch: RegularisedBatch, settings: RegularisedLossSettings): RegularisedLoss {
  const { entropyCoefficient = 0, klCoefficient = 0 } = settings;
  const policy = policyLoss(batch, settings);
  const aggregated = (values: TokenValues) =>
    aggregate({ ...batch, values, aggregation: settings.aggregation });
  const entropy =
    entropyCoefficient === 0
      ? null
      : aggregated(required(batch.tokenEntropies, 'entropyCoefficient needs tokenEntropies'));
  const kl =
    klCoefficient === 0
      ? null
      : aggregated(
          klPenalties({
            logProbabilities: batch.logProbabilities,
            referenceLogProbabilities: required(
              batch.referenceLogProbabilities,
              'klCoefficient needs referenceLogProbabilities',
            ),
          }),
        );
  const loss = policy.loss - entropyCoefficient * (entropy ?? 0) + klCoefficient * (kl ?? 0);
  return { ...policy, loss, policyTerm: policy.loss, entropy, kl };
}

function required(values: TokenValues | undefined, need: string): TokenValues {
  if (values === undefined) throw new ObjectiveInputError(`${need}: pass them, or set the coefficient to 0.`);
  return values;
}
