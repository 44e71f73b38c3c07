import type { PolicyStage, Stage } from './recipe.ts';
import { exactReward, rewardFunctionOf } from './response-reward.ts';
import type { StepMetrics, TrainingContext } from './training-context.ts';
import type { TrainingExample } from './training-example.ts';
import { mean } from '../objectives/statistics.ts';

/** Answers examples greedily: the share that is right by the reward of the stage, `exact` for fine-tuning. */
export async function evaluate(
  { encoder, decoder }: TrainingContext,
  stage: Stage,
  examples: readonly TrainingExample[],
): Promise<StepMetrics> {
  const rewardOf = stage.kind === 'rl' ? rewardFunctionOf(stage satisfies PolicyStage) : exactReward;
  const responses = await decoder.generate({
    prompts: examples.map(({ prompt }) => encoder.encodePrompt(prompt, stage.maximumPromptTokens)),
    samples: 1,
    maximumTokens: stage.maximumResponseTokens,
    temperature: 0,
    topP: 1,
    endTokenIds: [encoder.endId],
    seed: 0,
  });
  const rewards: number[] = [];
  for (const [index, example] of examples.entries()) {
    const reward = await rewardOf(example, encoder.decode(responses[index]?.[0]?.tokens ?? []));
    if (reward !== null) rewards.push(reward);
  }
  return { evaluationReward: mean(rewards), evaluationExamples: rewards.length };
}
