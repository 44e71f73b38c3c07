import { lookUp, symbols } from '../../examples/training/look-up.ts';
import { defineRecipe } from '../../src/training/index.ts';

const shared = {
  evaluation: { everySteps: 10, examples: 16, data: lookUp(6) },
  maximumResponseTokens: 2,
  optimizer: { learningRate: 3e-3, warmUpUpdates: 5 },
};

/** A run of some seconds that has everything that must survive a kill: stages, a KL penalty, several updates a batch. */
export default defineRecipe({
  model: { size: '0.3M', convolutionTaps: 3, initialDeviation: 0.05 },
  tokenizer: { symbols },
  checkpointEverySteps: 3,
  stages: [
    { ...shared, kind: 'sft', data: lookUp(3), steps: 60, examplesPerBatch: 32 },
    {
      ...shared,
      kind: 'rl',
      objective: 'dapo',
      data: lookUp(3),
      steps: 30,
      promptsPerBatch: 4,
      rolloutsPerPrompt: 8,
      updatesPerBatch: 2,
      klCoefficient: 0.01,
      dynamicSampling: false,
    },
  ],
});
