import { afterAll, expect, test } from 'vitest';
import { SeededRandom } from '../sampling/random.ts';
import { splitBatch } from '../trainer/micro-batches.ts';
import { AdamW, defaultAdamW } from '../trainer/adamw.ts';
import { openComputeThreads } from './compute-threads.ts';
import type { ComputeThreads } from './compute-threads.ts';
import { supervisedLossOf } from './losses.ts';
import { randomGroups, smallDecoder, smallEngine } from './testing/small-decoder.ts';

const threads = [1, 2, 3].map((count) => openComputeThreads({ threads: count }));
afterAll(() => Promise.all(threads.map((each) => each.close())));

// More parameters than a chunk of the arithmetic holds.
const configuration = smallDecoder({ hiddenSize: 64, intermediateSize: 160 });
const groups = randomGroups(new SeededRandom(5), { prompts: 5, responses: 1, vocabularySize: 23 });
const mask = groups.map(({ responses: [response] }) => new Uint8Array(response?.length ?? 0).fill(1));

async function trainedWeights(compute: ComputeThreads): Promise<Float32Array> {
  const engine = smallEngine(compute.runtime, { configuration, ...compute });
  const optimizer = new AdamW(engine.layout, compute.arithmetic);
  const { kind, inputs } = supervisedLossOf({ mask, aggregation: 'token-mean' });
  const { parts } = splitBatch(groups, inputs, { layout: 'plain', tokensAtOnce: 30, configuration });
  expect(parts.length).toBeGreaterThan(2);
  for (let step = 0; step < 3; step++) {
    await engine.computeGradients(parts, kind);
    await optimizer.update(engine.weights, engine.gradients, { ...defaultAdamW, learningRate: 1e-2 });
  }
  await engine.release();
  return engine.weights;
}

test('training in parts gives the same weights, bit for bit, whatever the number of threads', async () => {
  const [one, ...others] = await Promise.all(threads.map(trainedWeights));
  for (const other of others) expect(other).toEqual(one);
});

test('closing waits for what is under way', async () => {
  const compute = openComputeThreads({ threads: 2 });
  const training = trainedWeights(compute).catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 150));
  await expect(compute.close()).resolves.toBeUndefined();
  // Either it was through, or the next request was refused; the process lives on.
  expect(await training).toBeDefined();
});
