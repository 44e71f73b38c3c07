/** Training of small language models: recipes, runs, and what they leave. */
export { CheckpointError } from './checkpoint/checkpoint-error.ts';
export { loadCheckpoint, saveCheckpoint } from './checkpoint/checkpoint-folder.ts';
export type { Checkpoint } from './checkpoint/checkpoint-folder.ts';
export { DecodingError } from './decoding/decoding-error.ts';
export { createPolicyModel } from './decoding/policy-language-model.ts';
export { Policy } from './decoding/policy.ts';
export type { Completion, CompletionRequest } from './decoding/policy.ts';
export type { ModelConfiguration, Parameters } from './model/model-configuration.ts';
export { SeededRandom } from './sampling/random.ts';
export { readMetrics } from './trainer/metrics-log.ts';
export type { MetricsRecord } from './trainer/metrics-log.ts';
export { defineRecipe } from './trainer/recipe.ts';
export type { Recipe, RecipeInput } from './trainer/recipe.ts';
export { metricsFileName, train } from './trainer/train.ts';
export type { TrainingRun } from './trainer/train.ts';
export { TrainingError } from './trainer/training-error.ts';
export type { RewardFunction, TrainingExample, TrainingTask } from './trainer/training-example.ts';
