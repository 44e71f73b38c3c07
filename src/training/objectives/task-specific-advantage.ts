/*
 * Task-specific advantage.
 *
 * Source: QwenLong-L1.5 (arXiv 2512.12967) Eq. 7.
 *
 *     A_i = (r_i − mean of its prompt's rewards) / (std of all rewards of its task in the batch + 1e-6)
 *
 * so that tasks whose rewards lie close together (dense scores) and tasks of zeros and ones are scaled each
 * by its own spread. The raw rewards enter the standard deviation, not the centred ones.
 *
 * Differences: the released code takes the sample standard deviation (as here); a task with a single rollout
 * has standard deviation 0 there, and a group of one rollout mean 0, so that a lone reward of 0.5 becomes an
 * advantage of 500,000. That is kept under `singleTask: 'released'`, for comparison; the default `'unit'`
 * divides by 1, as verl does with a group of one.
 */
import { deviationEpsilon } from './grpo.ts';
import { groupByPrompt, requireFinite } from './rollout.ts';
import type { Rollout } from './rollout.ts';
import { mean, standardDeviation } from './statistics.ts';

export interface TaskAdvantageOptions {
  /** `task` divides by the deviation of the task, `batch` by that of the whole batch, `none` by nothing. */
  readonly scale?: 'task' | 'batch' | 'none';
  /** What a task with a single rollout is divided by: 1, or 1e-6 as in the released code. */
  readonly singleTask?: 'unit' | 'released';
}

/** @throws ObjectiveInputError A reward is no finite number. */
export function taskSpecificAdvantages(
  rollouts: readonly Pick<Rollout, 'promptId' | 'task' | 'reward'>[],
  options: TaskAdvantageOptions = {},
): number[] {
  const { scale = 'task', singleTask = 'unit' } = options;
  requireFinite(
    'The reward',
    rollouts.map(({ reward }) => reward),
  );
  const keyOf = ({ task }: { readonly task: string }) => (scale === 'batch' ? '' : task);
  const deviations = new Map(
    [...Map.groupBy(rollouts, keyOf)].map(([key, members]) => {
      if (members.length === 1 && singleTask === 'unit') return [key, 1];
      return [key, standardDeviation(members.map(({ reward }) => reward))];
    }),
  );
  const centers = new Map(
    groupByPrompt(rollouts).map(({ promptId, rollouts: [first, ...others] }) => {
      const rewards = [first, ...others].flatMap((rollout) => rollout?.reward ?? []);
      return [promptId, others.length === 0 ? 0 : mean(rewards)];
    }),
  );
  return rollouts.map((rollout) => {
    const centred = rollout.reward - (centers.get(rollout.promptId) ?? 0);
    if (scale === 'none') return centred;
    return centred / ((deviations.get(keyOf(rollout)) ?? 1) + deviationEpsilon);
  });
}
