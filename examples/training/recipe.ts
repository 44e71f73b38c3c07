/*
 * Teaches a small model to find facts in long reports, in two movements:
 *
 *   1. Supervised fine-tuning on short reports, where the right answer is shown: of 3 facts, then of 6. The model learns
 *      what is asked of it. On reports of 32 facts, which it has never seen, it is right in 71 of 100 cases.
 *   2. Reinforcement learning (GRPO) on reports of 32 facts, where no answer is shown: the model answers each report
 *      eight times, and what was right more often than its other answers becomes more likely.
 *
 * Run it (71 s of processor time, on two cores):
 *
 *     npm run example:training
 *
 * It leaves the model, its metrics and the picture curve.svg in .cache/training-example; README.md explains what to
 * see there.
 *
 * This is the shape of QwenLong-L1 (arXiv 2505.17667) in small: a warm-up by fine-tuning, then reinforcement learning
 * on longer contexts than before. It differs from the papers in that
 *
 *   - the model has 0.3M parameters, random at the start, not 32B that were pretrained; a convolution over three tokens
 *     at the embedding lets so small a model learn look-ups in a minute, which Qwen's models do not have;
 *   - "long" is 32 facts in some 130 tokens, not 60,000 tokens;
 *   - there is one phase of reinforcement learning, and the difficulty-aware sampling between phases is left out;
 *   - the reward is an exact match, which leaves nothing for a judge to decide; there is no KL penalty, as in
 *     QwenLong-L1, and one update for each batch of answers, where clipping does nothing.
 */
import { defineRecipe } from '../../src/training/index.ts';
import { lookUp, symbols } from './look-up.ts';

const longReports = lookUp(32);

/** Before the first step, every so many steps, and at the end: 128 long reports that training never shows. */
const evaluation = { everySteps: 50, examples: 128, data: longReports };

/** A figure and the token that ends a text. */
const maximumResponseTokens = 2;

/** A small model that learns from scratch takes large steps; weight decay would only slow it down. */
const optimizer = {
  learningRate: 3e-3,
  warmUpUpdates: 30,
  betas: [0.9, 0.98] as [number, number],
  weightDecay: 0,
};

const shared = { evaluation, maximumResponseTokens, optimizer };

export default defineRecipe({
  seed: 1,
  model: { size: '0.3M', convolutionTaps: 3, initialDeviation: 0.05 },
  tokenizer: { symbols },
  stages: [
    // From scratch, the model first finds out that an answer stands in the report at all. Few facts make that likely.
    { ...shared, kind: 'sft', name: '3-facts', data: lookUp(3), steps: 200, examplesPerBatch: 128 },

    // Then the same with more to confuse it. Its accuracy on long reports rises, and is still far from perfect.
    { ...shared, kind: 'sft', name: '6-facts', data: lookUp(6), steps: 50, examplesPerBatch: 96 },

    // From here on it sees no answer, only whether its own was right. Steps are smaller: the gradient is noisier.
    {
      ...shared,
      kind: 'rl',
      name: '32-facts',
      objective: 'grpo',
      data: longReports,
      reward: 'exact',
      steps: 100,
      promptsPerBatch: 16,
      rolloutsPerPrompt: 8,
      optimizer: { ...optimizer, learningRate: 1e-3 },
    },
  ],
});
