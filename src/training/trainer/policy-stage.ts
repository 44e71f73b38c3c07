import { policyLossOf } from '../engine/losses.ts';
import { contributionOfRollouts, maskNegatives, negativesAreMasked } from '../objectives/aepo.ts';
import { dapoLoss } from '../objectives/dapo.ts';
import { groupAdvantages, grpoLoss } from '../objectives/grpo.ts';
import { clipNegativeGradients } from '../objectives/negative-gradient-clipping.ts';
import type { RegularisedLossSettings } from '../objectives/regularised-loss.ts';
import { groupByPrompt } from '../objectives/rollout.ts';
import type { RewardGroup } from '../objectives/rollout.ts';
import { mean } from '../objectives/statistics.ts';
import { taskSpecificAdvantages } from '../objectives/task-specific-advantage.ts';
import { batchEntropy } from '../objectives/token-entropy.ts';
import { sampleDynamically } from '../sampling/dynamic-sampling.ts';
import type { DecoderEngine } from '../engine/decoder-engine.ts';
import { inBatchOrder, splitBatch } from './micro-batches.ts';
import type { PolicyStage } from './recipe.ts';
import { drawRollouts } from './rollouts.ts';
import type { DrawnRollout } from './rollouts.ts';
import { applyGradients } from './training-context.ts';
import type { StepMetrics, StepPlace, TrainingContext } from './training-context.ts';
import type { TrainingExample } from './training-example.ts';

/** What a step of reinforcement learning leaves to the next; a checkpoint keeps it. */
export interface PolicyState {
  /** Whether AEPO masks negative rollouts. */
  readonly negativesMasked: boolean;
}

export interface PolicyStepInput {
  readonly place: StepPlace;
  readonly state: PolicyState;
  /** Gives examples of the stage's data; called again while dynamic sampling lacks groups. */
  readonly nextExamples: (count: number) => readonly TrainingExample[];
  /** The policy that the KL penalty pulls towards; needed where there is a penalty. */
  readonly reference: DecoderEngine | null;
}

/** One step of reinforcement learning: draws rollouts, rewards them, and updates the policy. */
export async function policyStep(
  context: TrainingContext,
  stage: PolicyStage,
  input: PolicyStepInput,
): Promise<{ readonly metrics: StepMetrics; readonly state: PolicyState }> {
  const { groups, generationBatches, drawn } = await sampleGroups(context, stage, input);
  const rollouts = groups.flatMap((group) => group.rollouts);
  const advantages = advantagesOf(rollouts, stage);
  const mask = rollouts.map(({ tokens }) => new Uint8Array(tokens.length).fill(1));
  const tokenEntropies = rollouts.map(({ entropies }) => entropies);
  const entropy = batchEntropy({ tokenEntropies, mask });
  const negativesMasked =
    stage.entropyControl !== undefined &&
    negativesAreMasked(input.state.negativesMasked, entropy, stage.entropyControl);
  const advanced = rollouts.map((rollout, index) => ({ ...rollout, advantage: advantages[index] ?? 0 }));
  const updates: StepMetrics[] = [];
  for (const part of partsOf(groupByPrompt(advanced), stage.updatesPerBatch)) {
    const update = input.place.step * stage.updatesPerBatch + updates.length;
    updates.push(await updatePolicy(context, stage, { ...input, groups: part, negativesMasked, update }));
  }
  const last = updates.at(-1) ?? {};
  return {
    state: { negativesMasked },
    metrics: {
      ...last,
      loss: mean(updates.map(({ loss = NaN }) => loss)),
      reward: mean(rollouts.map(({ reward }) => reward)),
      accuracy: mean(rollouts.map(({ accuracy }) => accuracy)),
      entropy,
      responseTokens: mean(rollouts.map(({ tokens }) => tokens.length)),
      tokens: drawn.reduce(
        (sum, { prompt, tokens }) => sum + prompt.length / stage.rolloutsPerPrompt + tokens.length,
        0,
      ),
      rollouts: rollouts.length,
      generationBatches,
      negativesMasked: Number(negativesMasked),
    },
  };
}

async function sampleGroups(context: TrainingContext, stage: PolicyStage, input: PolicyStepInput) {
  const drawn: DrawnRollout[] = [];
  const generate = async (attempt: number) => {
    const examples = input.nextExamples(stage.promptsPerBatch);
    const groups = await drawRollouts(context, stage, { place: input.place, attempt, examples });
    drawn.push(...groups.flatMap((group) => group.rollouts));
    return groups;
  };
  const isDynamic = stage.dynamicSampling ?? stage.objective === 'dapo';
  if (!isDynamic) return { groups: await generate(1), generationBatches: 1, drawn };
  const { promptsPerBatch, maximumGenerationBatches } = stage;
  const { groups, generationBatches } = await sampleDynamically({
    generate,
    promptsPerBatch,
    maximumGenerationBatches,
  });
  return { groups, generationBatches, drawn };
}

function advantagesOf(rollouts: readonly DrawnRollout[], { advantage }: PolicyStage): number[] {
  if (advantage === 'task') return taskSpecificAdvantages(rollouts);
  return groupAdvantages(rollouts, advantage === 'none' ? 'none' : 'sample');
}

type AdvancedGroup = RewardGroup<DrawnRollout & { readonly advantage: number }>;

/** Equal shares of the groups, one for each update. */
function partsOf(groups: readonly AdvancedGroup[], parts: number): AdvancedGroup[][] {
  const size = Math.ceil(groups.length / parts);
  return Array.from({ length: parts }, (_, part) => groups.slice(part * size, (part + 1) * size)).filter(
    (part) => part.length > 0,
  );
}

async function updatePolicy(
  context: TrainingContext,
  stage: PolicyStage,
  input: PolicyStepInput & {
    readonly groups: readonly AdvancedGroup[];
    readonly negativesMasked: boolean;
    readonly update: number;
  },
): Promise<StepMetrics> {
  const { engine } = context;
  const { groups, negativesMasked, place, update } = input;
  const rollouts = groups.flatMap((group) => group.rollouts);
  const promptGroups = groups.map((group) => ({
    prompt: group.rollouts[0]?.prompt ?? [],
    responses: group.rollouts.map(({ tokens }) => tokens),
  }));
  const advantages = rollouts.map(({ advantage }) => advantage);
  const options = {
    layout: stage.layout,
    tokensAtOnce: stage.tokensAtOnce,
    configuration: engine.configuration,
  };
  const batch = {
    oldLogProbabilities: rollouts.map(({ logProbabilities }) => logProbabilities),
    advantages,
    mask: rollouts.map(({ tokens }) => new Uint8Array(tokens.length).fill(1)),
    contributing: contributionsOf(rollouts, stage, negativesMasked),
    promptIds: rollouts.map(({ promptId }) => promptId),
  };
  const reference = stage.klCoefficient === 0 ? null : input.reference;
  const referenceLogProbabilities =
    reference && (await scoresOf(reference, promptGroups, { ...options, temperature: stage.temperature }));
  const { kind, inputs } = policyLossOf(
    { ...batch, ...(referenceLogProbabilities && { referenceLogProbabilities }) },
    { settings: lossSettingsOf(stage), temperature: stage.temperature },
  );
  const { parts } = splitBatch(promptGroups, inputs, options);
  const { loss } = await engine.computeGradients(parts, kind);
  const updates = stage.steps * stage.updatesPerBatch;
  return { loss, ...(await applyGradients(context, { stage, place, loss, update, updates })) };
}

/** The log-probabilities that another policy gives the responses. */
async function scoresOf(
  engine: DecoderEngine,
  groups: Parameters<typeof splitBatch>[0],
  options: Parameters<typeof splitBatch>[2] & { readonly temperature: number },
): Promise<Float32Array[]> {
  const split = splitBatch(groups, {}, options);
  const { logProbabilities } = await engine.score(
    split.parts.map(({ batch }) => batch),
    options.temperature,
  );
  return inBatchOrder(logProbabilities, split);
}

/** The objective's loss, with what the stage replaces. */
function lossSettingsOf(stage: PolicyStage): RegularisedLossSettings {
  const own = stage.objective === 'grpo' ? grpoLoss : dapoLoss;
  return {
    // AEPO updates once a batch (QwenLong-L1.5 §4.1), where clips do nothing; the token mean is the paper's.
    clipLow: stage.clipLow ?? own.clipLow,
    clipHigh: stage.clipHigh ?? own.clipHigh,
    dualClip: stage.dualClip,
    aggregation: stage.aggregation ?? own.aggregation,
    klCoefficient: stage.klCoefficient,
    entropyCoefficient: stage.entropyCoefficient,
  };
}

/** Which tokens contribute: all but those that AEPO masks or negative-gradient clipping drops. */
function contributionsOf(
  rollouts: readonly (DrawnRollout & { readonly advantage: number })[],
  { negativeGradientClipping }: PolicyStage,
  negativesMasked: boolean,
): Uint8Array[] {
  const advantages = rollouts.map(({ advantage }) => advantage);
  const lengths = rollouts.map(({ tokens }) => tokens.length);
  const kept = negativesMasked ? maskNegatives(advantages) : advantages.map(() => 1);
  const contributions = contributionOfRollouts(kept, lengths);
  if (negativeGradientClipping === undefined) return contributions;
  const clipped = clipNegativeGradients(
    {
      advantages,
      tokenEntropies: rollouts.map(({ entropies }) => entropies),
      mask: lengths.map((length) => new Uint8Array(length).fill(1)),
    },
    negativeGradientClipping,
  );
  return contributions.map((row, rollout) =>
    row.map((value, token) => value * (clipped[rollout]?.[token] ?? 1)),
  );
}
