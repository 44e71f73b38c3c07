/*
 * Dynamic sampling: groups whose rollouts are all alike teach nothing, and are replaced.
 *
 * Source: DAPO (arXiv 2503.14476) §3.2, Eq. 11; QwenLong-L1 (2505.17667) Eq. 6; the loop is that of the
 * released code (verl).
 *
 *     repeat: sample prompts, roll out, score; keep the groups whose metric varies, in order
 *     until there are enough; surplus groups are thrown away
 *
 * The metric is correctness before length shaping: a group of right answers that differ in their overlong
 * penalty only is dropped (`metric: 'accuracy'`; `'reward'` keeps it). The released script gives up after 10
 * generation batches.
 */
import type { RewardGroup, Rollout } from '../objectives/rollout.ts';
import { SamplingError } from './sampling-error.ts';

export type DynamicSamplingMetric = 'accuracy' | 'reward';

/** The groups whose metric is not the same for all rollouts. */
export function keepVaried<R extends Pick<Rollout, DynamicSamplingMetric>>(
  groups: readonly RewardGroup<R>[],
  metric: DynamicSamplingMetric = 'accuracy',
): RewardGroup<R>[] {
  return groups.filter(({ rollouts: [first, ...others] }) =>
    others.some((rollout) => rollout[metric] !== first?.[metric]),
  );
}

/**
 * Samples until `promptsPerBatch` groups vary, and returns the first of them.
 *
 * @param input.generate Gives the groups of one generation batch; called again, with the number of the attempt from
 *   1, for as long as groups are missing.
 * @param input.maximumGenerationBatches After how many batches to give up; 10 unless told, Infinity for never.
 * @throws SamplingError Too few groups vary.
 */
export async function sampleDynamically<R extends Pick<Rollout, DynamicSamplingMetric>>(input: {
  readonly generate: (attempt: number) => Promise<readonly RewardGroup<R>[]>;
  readonly promptsPerBatch: number;
  readonly metric?: DynamicSamplingMetric;
  readonly maximumGenerationBatches?: number;
}): Promise<{
  readonly groups: RewardGroup<R>[];
  readonly generationBatches: number;
  /** How many groups were sampled but not used: alike or surplus. */
  readonly discarded: number;
}> {
  const { generate, promptsPerBatch, metric = 'accuracy', maximumGenerationBatches = 10 } = input;
  const kept: RewardGroup<R>[] = [];
  let sampled = 0;
  for (let attempt = 1; attempt <= maximumGenerationBatches; attempt++) {
    const groups = await generate(attempt);
    sampled += groups.length;
    kept.push(...keepVaried(groups, metric));
    if (kept.length < promptsPerBatch) continue;
    return {
      groups: kept.slice(0, promptsPerBatch),
      generationBatches: attempt,
      discarded: sampled - promptsPerBatch,
    };
  }
  throw new SamplingError(
    `Only ${kept.length} of ${sampled} groups have rollouts of different ${metric}, and ${promptsPerBatch} are ` +
      `needed: ${maximumGenerationBatches} generation batches were not enough. The prompts are too easy or too hard ` +
      'for the policy, or the groups too small: choose prompts by pass rate, sample more rollouts a prompt, or raise ' +
      'maximumGenerationBatches.',
  );
}
