/*
 * Difficulty-aware retrospective sampling: what was hard in earlier phases comes back.
 *
 * Source: QwenLong-L1 (arXiv 2505.17667) Eq. 10; QwenLong-L1.5 (2512.12967) takes it over.
 *
 *     difficulty(x, c) = 1 / mean(r_1 … r_G)     over the rewards of a group of answers
 *
 * Two readings. `zeroAccuracy`: what the authors ran; exactly the examples whose mean is 0 come back (in Eq.
 * 10 their difficulty is infinite). `drawByDifficulty`: what Eq. 10 describes, drawing with weights
 * proportional to difficulty; a floor under the mean keeps the weights finite. The floor 1/(2G) is ours: half
 * of the least mean above 0 that G answers of 0 or 1 can have.
 *
 * Left open: Eq. 10 says the base model gives the answers, a figure suggests the model after the phase; and
 * QwenLong-L1.5 has them sampled under the next stage's length limits. Pass the rewards of whichever model
 * you mean. There is no released code.
 */
import { mean } from '../objectives/statistics.ts';
import type { SeededRandom } from './random.ts';
import { SamplingError } from './sampling-error.ts';

/**
 * 1 by the mean reward; infinite where the mean is 0.
 *
 * @param floor The least mean taken into account; 0 unless told.
 * @throws SamplingError No rewards, or a negative or undefined mean.
 */
export function difficulty(rewards: readonly number[], floor = 0): number {
  const average = mean(rewards);
  if (rewards.length === 0 || !(average >= 0)) {
    throw new SamplingError(
      `The rewards (${rewards.join(', ')}) have no difficulty: give the correctness of at least one answer, in [0, 1].`,
    );
  }
  return 1 / Math.max(average, floor);
}

/** The examples none of whose answers was right. */
export function zeroAccuracy<T>(examples: readonly T[], rewards: (example: T) => readonly number[]): T[] {
  return examples.filter((example) => difficulty(rewards(example)) === Infinity);
}

/**
 * The share of each example in a draw by difficulty; they sum to 1.
 *
 * @param floor The least mean reward taken into account; 1/(2G) for groups of G unless told.
 */
export function difficultyWeights(rewards: readonly (readonly number[])[], floor?: number): number[] {
  const difficulties = rewards.map((group) => difficulty(group, floor ?? 1 / (2 * group.length)));
  const total = difficulties.reduce((sum, value) => sum + value, 0);
  return difficulties.map((value) => value / total);
}

/** Draws up to `count` examples without repetition, the next always with weights proportional to difficulty. */
export function drawByDifficulty<T>(input: {
  readonly examples: readonly T[];
  readonly rewards: (example: T) => readonly number[];
  readonly count: number;
  readonly random: SeededRandom;
  readonly floor?: number;
}): T[] {
  const { examples, rewards, count, random, floor } = input;
  const weights = difficultyWeights(examples.map(rewards), floor);
  // The least of exponential waiting times belongs to each example with the chance of its weight (Efraimidis and
  // Spirakis, 2006); `1 − next()` is never 0.
  const waiting = examples.map((example, index) => ({
    example,
    time: -Math.log(1 - random.next()) / (weights[index] ?? 0),
  }));
  return waiting
    .sort((one, other) => one.time - other.time)
    .slice(0, count)
    .map(({ example }) => example);
}
