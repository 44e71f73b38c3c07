import { hybridReward } from '../rewards/hybrid-reward.ts';
import type { HybridRewardSettings } from '../rewards/hybrid-reward.ts';
import type { PolicyStage } from './recipe.ts';
import { TrainingError } from './training-error.ts';
import type { RewardFunction } from './training-example.ts';

/** The reward of a stage as a function. */
export function rewardFunctionOf({ reward }: Pick<PolicyStage, 'reward'>): RewardFunction {
  if (reward === 'exact') return exactReward;
  return typeof reward === 'function' ? checked(reward) : byHybridReward(reward);
}

/** 1 where the response is the example's, spaces aside; else 0. */
export const exactReward: RewardFunction = ({ response, prompt }, given) => {
  if (response === undefined) throw missing(prompt, 'response', "the reward 'exact'");
  return withoutExtraSpaces(given) === withoutExtraSpaces(response) ? 1 : 0;
};

function byHybridReward(settings: HybridRewardSettings): RewardFunction {
  return async (example, response) => {
    const { prompt, question, kind, gold } = example;
    if (gold === undefined) throw missing(prompt, 'gold', 'the hybrid reward');
    const graded = await hybridReward(
      response,
      { question: question ?? prompt, kind: kind ?? 'short-answer', gold },
      settings,
    );
    return graded.reward;
  };
}

function checked(reward: RewardFunction): RewardFunction {
  return async (example, response) => {
    const value = await reward(example, response);
    if (value === null || Number.isFinite(value)) return value;
    throw new TrainingError({
      message: `The reward function of the recipe gave ${value} for the response "${response.slice(0, 80)}".`,
      remedy: 'It must give a finite number, or null where it cannot tell.',
    });
  };
}

function missing(prompt: string, field: string, by: string): TrainingError {
  return new TrainingError({
    message: `The example with the prompt "${prompt.slice(0, 80)}" has no ${field}, which ${by} needs.`,
    remedy: `Give every example a ${field}, or choose another reward.`,
  });
}

function withoutExtraSpaces(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}
