/*
 * GRPO: group relative policy optimisation.
 *
 * Source: DeepSeekMath (arXiv 2402.03300) Eq. 3 and §4.1.2; QwenLong-L1 (2505.17667) Eq. 4–5; with the whole
 * trajectory of a memory agent as the rollout, QwenLong-L1.5 (2512.12967) Eq. 3.
 *
 *     A_i = (r_i − mean(r)) / (std(r) + 1e-6)     over the rollouts of one prompt, the same for every token
 *     loss = clipped policy loss, mean over the tokens of a response, then over responses; ε = 0.2
 *
 * Differences between the papers and the released code: the papers do not say which standard deviation and
 * have no epsilon; verl takes the sample standard deviation and adds 1e-6, and so does the default here.
 * DeepSeekMath adds a KL penalty (`kl-penalty.ts`); QwenLong-L1 and L1.5 train without. QwenLong-L1's text
 * gives no ε: 0.2 on both sides is its released script's. The papers leave a group of one rollout open: verl
 * takes mean 0 and standard deviation 1 for it, so that its advantage is its reward.
 */
import type { PolicyLossSettings } from './policy-loss.ts';
import { groupByPrompt, requireFinite } from './rollout.ts';
import type { Rollout } from './rollout.ts';
import { mean, standardDeviation } from './statistics.ts';

/** Added to a standard deviation before dividing by it. */
export const deviationEpsilon = 1e-6;

/**
 * What the centred rewards of a group are divided by: the sample or population standard deviation of the
 * group, or nothing (Dr. GRPO, arXiv 2503.20783; MemAgent).
 */
export type GroupScale = 'sample' | 'population' | 'none';

export const grpoLoss: PolicyLossSettings = { clipLow: 0.2, clipHigh: 0.2, aggregation: 'sequence-mean' };

/**
 * The advantage of each rollout over the others of its prompt. Rollouts of different prompts may be
 * interleaved.
 *
 * @throws ObjectiveInputError A reward is no finite number.
 */
export function groupAdvantages(
  rollouts: readonly Pick<Rollout, 'promptId' | 'reward'>[],
  scale: GroupScale = 'sample',
): number[] {
  const rewards = rollouts.map(({ reward }) => reward);
  requireFinite('The reward', rewards);
  const groups = groupByPrompt(rollouts).map((group) => {
    const rewards = group.rollouts.map(({ reward }) => reward);
    if (rewards.length === 1) return { promptId: group.promptId, center: 0, deviation: 1 };
    const deviation = standardDeviation(rewards, scale === 'population' ? 'population' : 'sample');
    return { promptId: group.promptId, center: mean(rewards), deviation };
  });
  const byPrompt = new Map(groups.map((group) => [group.promptId, group]));
  return rollouts.map(({ promptId, reward }) => {
    const { center, deviation } = byPrompt.get(promptId) ?? { center: 0, deviation: 1 };
    return scale === 'none' ? reward - center : (reward - center) / (deviation + deviationEpsilon);
  });
}

/**
 * For rollouts of several turns (a memory agent's updates and its answer), each turn being a row of its own
 * in the batch: gives every turn the advantage of its trajectory. The published update then takes the mean
 * over all tokens of all turns (`token-mean`).
 */
export function turnAdvantages(
  trajectoryAdvantages: readonly number[],
  turnsPerTrajectory: readonly number[],
): number[] {
  return trajectoryAdvantages.flatMap((advantage, trajectory) =>
    Array.from({ length: turnsPerTrajectory[trajectory] ?? 0 }, () => advantage),
  );
}
