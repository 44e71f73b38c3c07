import { expect, test } from 'vitest';
import { SeededRandom } from '../sampling/random.ts';
import { TokenSampler } from './sample-token.ts';
import type { SamplingSettings } from './sample-token.ts';

// Probabilities 0.5, 0.25, 0.15, 0.1 in another order.
const probabilities = [0.15, 0.5, 0.1, 0.25];
const logits = Float32Array.from(probabilities, (probability) => Math.log(probability) + 3);

function shares(settings: SamplingSettings): number[] {
  const [sampler, random] = [new TokenSampler(settings), new SeededRandom(2)];
  const counts = [0, 0, 0, 0];
  const draws = 20_000;
  for (let draw = 0; draw < draws; draw++) {
    const { token } = sampler.sample(logits, random);
    counts[token] = (counts[token] ?? 0) + 1;
  }
  return counts.map((count) => count / draws);
}

test('tokens come as often as they are probable', () => {
  const found = shares({ temperature: 1, topP: 1 });
  for (const [token, share] of found.entries()) expect(share).toBeCloseTo(probabilities[token] ?? NaN, 1.5);
});

test('a temperature of 1/2 squares the odds', () => {
  const found = shares({ temperature: 0.5, topP: 1 });
  const total = probabilities.reduce((sum, probability) => sum + probability ** 2, 0);
  for (const [token, share] of found.entries()) {
    expect(share).toBeCloseTo((probabilities[token] ?? NaN) ** 2 / total, 1.5);
  }
});

test('top-p keeps the fewest tokens that reach it', () => {
  expect(shares({ temperature: 1, topP: 0.49 })).toEqual([0, 1, 0, 0]);
  const [first, second, third, fourth] = shares({ temperature: 1, topP: 0.7 });
  expect([first, third]).toEqual([0, 0]);
  expect((second ?? 0) / (fourth ?? 1)).toBeCloseTo(2, 0);
});

test('temperature 0 takes the most probable; log-probabilities are those before top-p', () => {
  const greedy = new TokenSampler({ temperature: 0, topP: 1 }).sample(logits, new SeededRandom(1));
  expect(greedy.token).toBe(1);
  expect(greedy.logProbability).toBeCloseTo(Math.log(0.5), 6);
  const nucleus = new TokenSampler({ temperature: 1, topP: 0.5 }).sample(logits, new SeededRandom(1));
  expect(nucleus.logProbability).toBeCloseTo(Math.log(0.5), 6);
});
