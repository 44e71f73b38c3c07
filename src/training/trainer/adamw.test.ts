import { expect, test } from 'vitest';
import { layOutParameters, namedParameters } from '../model/parameter-layout.ts';
import { smallDecoder } from '../engine/testing/small-decoder.ts';
import { AdamW, defaultAdamW } from './adamw.ts';
import { learningRateAt } from './learning-rate.ts';

const layout = layOutParameters(smallDecoder());

function memory(value: number): Float32Array {
  return new Float32Array(new SharedArrayBuffer(layout.length * 4)).fill(value);
}

test('updates are those of the published algorithm, and only matrices decay', async () => {
  const optimizer = new AdamW(layout);
  const weights = memory(0.5);
  const settings = {
    ...defaultAdamW,
    betas: [0.9, 0.99] as const,
    weightDecay: 0.1,
    maximumGradientNorm: Infinity,
  };
  // By hand, for one weight: the moments, their corrections, the step.
  let [first, second, matrix, vector] = [0, 0, 0.5, 0.5];
  for (const [update, gradient] of [0.3, -0.2, 0.7].entries()) {
    await optimizer.update(weights, memory(gradient), { ...settings, learningRate: 0.01 });
    first = 0.9 * first + 0.1 * gradient;
    second = 0.99 * second + 0.01 * gradient ** 2;
    const step = first / (1 - 0.9 ** (update + 1)) / (Math.sqrt(second / (1 - 0.99 ** (update + 1))) + 1e-8);
    matrix = matrix - 0.01 * 0.1 * matrix - 0.01 * step;
    vector -= 0.01 * step;
  }
  const named = namedParameters(layout, weights);
  expect(named.get('model.layers.0.mlp.up_proj.weight')?.data[5]).toBeCloseTo(matrix, 6);
  expect(named.get('model.norm.weight')?.data[5]).toBeCloseTo(vector, 6);
  expect(named.get('model.layers.0.self_attn.q_norm.weight')?.data[5]).toBeCloseTo(vector, 6);
});

test('gradients of too great a norm are scaled down, all by one factor', async () => {
  const [clipped, scaled] = [new AdamW(layout), new AdamW(layout)];
  const gradients = memory(0).map((_, index) => (index % 7) - 3);
  const norm = Math.hypot(...gradients);
  const settings = { ...defaultAdamW, learningRate: 0.01 };
  const result = await clipped.update(memory(1), gradients, { ...settings, maximumGradientNorm: 2 });
  expect(result.gradientNorm).toBeCloseTo(norm, 3);
  const smaller = gradients.map((gradient) => (gradient * 2) / norm);
  await scaled.update(memory(1), smaller, { ...settings, maximumGradientNorm: Infinity });
  for (const [index, value] of clipped.firstMoments.entries()) {
    expect(value).toBeCloseTo(scaled.firstMoments[index] ?? NaN, 6);
  }
});

test('gradients that are no numbers change nothing', async () => {
  const optimizer = new AdamW(layout);
  const weights = memory(0.5);
  const { gradientNorm } = await optimizer.update(weights, memory(NaN), { ...defaultAdamW, learningRate: 1 });
  expect(gradientNorm).toBeNaN();
  expect(weights).toEqual(memory(0.5));
  expect(optimizer.updates).toBe(0);
  expect(optimizer.firstMoments).toEqual(memory(0));
});

test('the learning rate rises over the warm-up, then falls as the schedule says', async () => {
  const rates = (schedule: 'constant' | 'linear' | 'cosine') =>
    [0, 1, 2, 6, 10].map((update) =>
      learningRateAt(update, 10, { learningRate: 0.4, schedule, warmUpUpdates: 2 }),
    );
  expect(rates('constant')).toEqual([0.2, 0.4, 0.4, 0.4, 0.4]);
  expect(rates('linear')).toEqual([0.2, 0.4, 0.4, 0.2, 0]);
  const [, , start, half, end] = rates('cosine');
  expect(start).toBe(0.4);
  expect(half).toBeCloseTo(0.2, 12);
  expect(end).toBeCloseTo(0, 12);
});
