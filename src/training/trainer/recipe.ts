/*
 * A recipe: the model, its tokenizer and the stages it is trained in, as a file that exports
 * `defineRecipe({ … })`. Impossible values are refused with the name of the field and what is allowed.
 */
import { z } from 'zod';
import { modelSizes } from '../model/model-sizes.ts';
import type { ModelSize } from '../model/model-sizes.ts';
import type { HybridRewardSettings } from '../rewards/hybrid-reward.ts';
import { TrainingError } from './training-error.ts';
import type { RewardFunction, TrainingTask } from './training-example.ts';

const count = z.int().positive();
const share = z.number().min(0).max(1);
const text = z.string().min(1);

const modelSchema = z.union([
  z.strictObject({
    /** A folder with a checkpoint to start from. */
    checkpoint: text,
  }),
  z.strictObject({
    size: z.enum(modelSizes as [ModelSize, ...ModelSize[]]),
    /** Tokens that the causal convolution at the embedding sees; 3 lets small models learn lookups. */
    convolutionTaps: z.int().min(0).max(8).default(0),
    maximumPositions: count.optional(),
    /** The deviation of the random weights. */
    initialDeviation: z.number().positive().max(1).default(0.02),
  }),
]);

const tokenizerSchema = z.union([
  /** A `tokenizer.json` or a folder with one. */
  z.strictObject({ file: text }),
  /** Texts are symbols between spaces. */
  z.strictObject({ symbols: z.array(text.regex(/^\S+$/, 'must hold no space')).min(1) }),
  /** A byte-level BPE learnt from the examples of the stages. */
  z.strictObject({ vocabularySize: z.int().min(260).max(1_048_576) }),
]);

/** JSONL by its path, or a task that makes examples. */
const dataSchema = z.union([
  text,
  z.custom<TrainingTask>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      'name' in value &&
      typeof value.name === 'string' &&
      'example' in value &&
      typeof value.example === 'function',
    'must be the path of a JSONL file, or a task { name, example(random) }',
  ),
]);

const optimizerSchema = z.strictObject({
  learningRate: z.number().positive().max(1),
  schedule: z.enum(['constant', 'linear', 'cosine']).default('constant'),
  /** Updates over which the learning rate rises from 0. */
  warmUpUpdates: z.int().min(0).default(0),
  betas: z.tuple([share, share]).default([0.9, 0.999]),
  epsilon: z.number().positive().default(1e-8),
  weightDecay: z.number().min(0).max(1).default(0.01),
  maximumGradientNorm: z.number().positive().default(1),
});

const evaluationSchema = z.strictObject({
  /** Every so many steps, and at the end of the stage. */
  everySteps: count,
  examples: count.default(64),
  /** Where examples come from; the stage's own data unless told. */
  data: dataSchema.optional(),
});

const common = {
  name: text.regex(/^[\w-]+$/, 'must be letters, digits, - and _').optional(),
  data: dataSchema,
  steps: count,
  optimizer: optimizerSchema,
  /** Responses are cut, or drawn, up to this length; tokens. */
  maximumResponseTokens: count.default(256),
  /** Longer prompts are an error; tokens. */
  maximumPromptTokens: count.default(2048),
  /**
   * So many tokens, padding included, are computed at once by a thread; a batch is split accordingly. Unless told, as
   * many as fit its cache, which is fastest.
   */
  tokensAtOnce: count.optional(),
  evaluation: evaluationSchema.optional(),
};

const supervisedStageSchema = z.strictObject({
  kind: z.literal('sft'),
  ...common,
  examplesPerBatch: count.default(32),
  aggregation: z.enum(['sequence-mean', 'token-mean']).default('token-mean'),
});

const rewardSchema = z.union([
  /** 1 where the response is the example's, spaces aside. */
  z.literal('exact'),
  z.custom<RewardFunction>(
    (value) => typeof value === 'function',
    "must be 'exact', { rules: 'strict' | 'published' }, or a function (example, response) => number",
  ),
  z.custom<HybridRewardSettings>(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      'rules' in value &&
      (value.rules === 'strict' || value.rules === 'published'),
    "must be 'exact', { rules: 'strict' | 'published' }, or a function (example, response) => number",
  ),
]);

const policyStageSchema = z
  .strictObject({
    kind: z.literal('rl'),
    ...common,
    objective: z.enum(['grpo', 'dapo', 'aepo']),
    reward: rewardSchema.default('exact'),
    promptsPerBatch: count.default(16),
    rolloutsPerPrompt: z.int().min(2).max(1024).default(8),
    /** Optimiser updates for each batch of rollouts; above 1 the clip acts. */
    updatesPerBatch: count.default(1),
    temperature: z.number().positive().max(10).default(1),
    topP: z.number().positive().max(1).default(1),
    /**
     * How prompts and responses lie in rows; both give the same gradients. `plain` computes a prompt once for each of its
     * responses, in generation and in the update: it is there to compare with.
     */
    layout: z.enum(['shared-prompt', 'plain']).default('shared-prompt'),
    /** What replaces the objective's own. */
    clipLow: share.optional(),
    clipHigh: z.number().min(0).optional(),
    dualClip: z.number().gt(1).optional(),
    aggregation: z.enum(['token-mean', 'prompt-token-mean', 'sequence-mean', 'sequence-sum']).optional(),
    klCoefficient: z.number().min(0).default(0),
    entropyCoefficient: z.number().min(0).default(0),
    /** Rewards are scaled by the deviation of their group, of their task in the batch, or not at all. */
    advantage: z.enum(['group', 'task', 'none']).default('group'),
    negativeGradientClipping: z
      .strictObject({ level: z.enum(['token', 'sequence']), threshold: z.number().min(0) })
      .optional(),
    /** The entropies between which AEPO holds the policy, in nats. */
    entropyControl: z
      .strictObject({
        low: z.number().min(0),
        high: z.number().min(0),
        mode: z.enum(['hysteresis', 'threshold', 'band']).default('hysteresis'),
      })
      .optional(),
    /** Groups whose rollouts are all alike are replaced; on for `dapo` unless told. */
    dynamicSampling: z.boolean().optional(),
    maximumGenerationBatches: count.default(10),
    /** A penalty that grows over the last so many tokens before the greatest length. */
    overlongBufferTokens: count.optional(),
  })
  .refine(({ objective, entropyControl }) => objective !== 'aepo' || entropyControl !== undefined, {
    path: ['entropyControl'],
    message: "must be given for the objective 'aepo': { low, high } in nats, for example 0.1 and 0.3",
  })
  .refine(({ entropyControl }) => entropyControl === undefined || entropyControl.low <= entropyControl.high, {
    path: ['entropyControl', 'low'],
    message: 'must not be above high',
  })
  .refine(({ updatesPerBatch, promptsPerBatch }) => updatesPerBatch <= promptsPerBatch, {
    path: ['updatesPerBatch'],
    message: 'must not be above promptsPerBatch: each update takes its own prompts',
  })
  .refine(
    ({ overlongBufferTokens, maximumResponseTokens }) => (overlongBufferTokens ?? 0) <= maximumResponseTokens,
    { path: ['overlongBufferTokens'], message: 'must not be above maximumResponseTokens' },
  );

const recipeSchema = z
  .strictObject({
    seed: z.int().default(1),
    model: modelSchema,
    /** Needed unless the model is a checkpoint with one. */
    tokenizer: tokenizerSchema.optional(),
    stages: z
      .array(z.discriminatedUnion('kind', [supervisedStageSchema, policyStageSchema]))
      .min(1, 'must hold at least one stage'),
    checkpointEverySteps: count.default(100),
    /** `recompute` spares memory for long sequences. */
    activations: z.enum(['keep', 'recompute']).default('keep'),
  })
  .refine(({ model, tokenizer }) => 'checkpoint' in model || tokenizer !== undefined, {
    path: ['tokenizer'],
    message: 'must be given for a model from scratch: { file }, { symbols } or { vocabularySize }',
  });

/** A recipe as a person writes it. */
export type RecipeInput = z.input<typeof recipeSchema>;
/** A recipe with every default filled in. */
export type Recipe = z.output<typeof recipeSchema>;
export type Stage = Recipe['stages'][number];
export type SupervisedStage = Extract<Stage, { kind: 'sft' }>;
export type PolicyStage = Extract<Stage, { kind: 'rl' }>;
export type StageData = Stage['data'];

/**
 * Checks a recipe and fills in what it leaves open. A recipe file exports its result as default.
 *
 * @throws TrainingError A value is impossible; the message names the field and what is allowed.
 */
export function defineRecipe(recipe: RecipeInput): Recipe {
  const parsed = recipeSchema.safeParse(recipe);
  if (parsed.success) return parsed.data;
  throw new TrainingError({
    message: `The recipe cannot be used:\n${describeIssues(parsed.error.issues).join('\n')}`,
    remedy: 'Change the fields named above.',
    cause: parsed.error,
  });
}

/**
 * A line for each problem, with the field. Of a field that may be several things, the problems are told of the thing
 * that it comes nearest to.
 */
function describeIssues(issues: readonly z.core.$ZodIssue[], before: readonly PropertyKey[] = []): string[] {
  return issues.flatMap((issue) => {
    const path = [...before, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const nearest = issue.errors.toReversed().toSorted((one, other) => one.length - other.length)[0] ?? [];
      return describeIssues(nearest, path);
    }
    return [`  ${z.core.toDotPath(path) || 'the recipe'}: ${issue.message}`];
  });
}

/** The name of a stage: its own, else its place and kind. */
export function nameOfStage(stage: Stage, index: number): string {
  return stage.name ?? `${index + 1}-${stage.kind}`;
}
