import type { Rollout } from '../objectives/rollout.ts';
import type { RewardGroup } from '../objectives/rollout.ts';
import { overlongPenalty } from '../rewards/overlong-penalty.ts';
import type { PolicyStage } from './recipe.ts';
import { rewardFunctionOf } from './response-reward.ts';
import { seedOf } from './seeds.ts';
import type { StepPlace, TrainingContext } from './training-context.ts';
import type { TrainingExample } from './training-example.ts';

/** A response drawn of the policy, with what an update needs of it. */
export interface DrawnRollout extends Rollout {
  readonly prompt: readonly number[];
  readonly tokens: readonly number[];
  readonly logProbabilities: readonly number[];
  readonly entropies: readonly number[];
}

/**
 * Draws rollouts of examples and rewards them. Responses whose reward cannot be told are left out.
 *
 * @param batch.attempt The number of the generation batch in the step.
 */
export async function drawRollouts(
  context: TrainingContext,
  stage: PolicyStage,
  batch: {
    readonly place: StepPlace;
    readonly attempt: number;
    readonly examples: readonly TrainingExample[];
  },
): Promise<RewardGroup<DrawnRollout>[]> {
  const { encoder, decoder } = context;
  const { place, attempt, examples } = batch;
  const prompts = examples.map(({ prompt }) => encoder.encodePrompt(prompt, stage.maximumPromptTokens));
  const { rolloutsPerPrompt, layout } = stage;
  // In the plain layout every response has its prompt for itself, in generation as in the update.
  const samples = layout === 'plain' ? 1 : rolloutsPerPrompt;
  const responses = await decoder.generate({
    prompts: prompts.flatMap((prompt) => Array.from({ length: rolloutsPerPrompt / samples }, () => prompt)),
    samples,
    maximumTokens: stage.maximumResponseTokens,
    temperature: stage.temperature,
    topP: stage.topP,
    endTokenIds: [encoder.endId],
    seed: seedOf(context.seed, place.stage, place.step, attempt),
  });
  const drawn = responses.flat();
  const rewardOf = rewardFunctionOf(stage);
  return await Promise.all(
    examples.map(async (example, index) => {
      const promptId = `${attempt}.${index}`;
      const rollouts = await Promise.all(
        drawn
          .slice(index * rolloutsPerPrompt, (index + 1) * rolloutsPerPrompt)
          .map(async ({ tokens, logProbabilities, entropies }) => {
            const accuracy = await rewardOf(example, encoder.decode(tokens));
            if (accuracy === null) return [];
            const reward = accuracy + lengthPenalty(tokens.length, stage);
            const task = example.task ?? '';
            const prompt = prompts[index] ?? [];
            return [{ promptId, task, accuracy, reward, prompt, tokens, logProbabilities, entropies }];
          }),
      );
      return { promptId, rollouts: rollouts.flat() };
    }),
  );
}

function lengthPenalty(tokens: number, { overlongBufferTokens, maximumResponseTokens }: PolicyStage): number {
  if (overlongBufferTokens === undefined) return 0;
  return overlongPenalty(tokens, {
    maximumTokens: maximumResponseTokens,
    bufferTokens: overlongBufferTokens,
  });
}
