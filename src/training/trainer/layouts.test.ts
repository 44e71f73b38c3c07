import { afterAll, expect, test } from 'vitest';
import { policyLossOf } from '../engine/losses.ts';
import { randomGroups, smallDecoder, smallEngine } from '../engine/testing/small-decoder.ts';
import type { RowLayout } from '../engine/token-batch.ts';
import { Runtime } from '../graph/runtime.ts';
import { dapoLoss } from '../objectives/dapo.ts';
import { SeededRandom } from '../sampling/random.ts';
import { AdamW, defaultAdamW } from './adamw.ts';
import { inBatchOrder, splitBatch } from './micro-batches.ts';

const runtime = new Runtime({ threads: 1 });
afterAll(() => runtime.close());

const vocabularySize = 23;
const groups = randomGroups(new SeededRandom(5), { prompts: 3, responses: 4, vocabularySize });
const responses = groups.flatMap((group) => group.responses);
const mask = responses.map((response) => new Uint8Array(response.length).fill(1));

/** Trains 30 steps on one batch of rollouts, off-policy from the second on. */
async function losses(layout: RowLayout, tokensAtOnce: number): Promise<number[]> {
  const configuration = smallDecoder();
  const engine = smallEngine(runtime, { configuration });
  const optimizer = new AdamW(engine.layout);
  const options = { layout, tokensAtOnce, configuration };
  const first = splitBatch(groups, {}, options);
  const scores = await engine.score(first.parts.map(({ batch }) => batch));
  const { kind, inputs } = policyLossOf(
    {
      oldLogProbabilities: inBatchOrder(scores.logProbabilities, first),
      advantages: responses.map((_, index) => (index % 4) - 1.5),
      mask,
    },
    { settings: { ...dapoLoss, entropyCoefficient: 0.01 }, temperature: 1 },
  );
  const { parts } = splitBatch(groups, inputs, options);
  const found: number[] = [];
  for (let step = 0; step < 30; step++) {
    const { loss } = await engine.computeGradients(parts, kind);
    await optimizer.update(engine.weights, engine.gradients, { ...defaultAdamW, learningRate: 1e-3 });
    found.push(loss);
  }
  return found;
}

test('30 steps of reinforcement learning have equal losses with prompts shared, repeated, and in parts', async () => {
  const shared = await losses('shared-prompt', 10_000);
  const plain = await losses('plain', 10_000);
  const inParts = await losses('plain', 64);
  expect(Math.abs((shared[29] ?? 0) - (shared[0] ?? 0))).toBeGreaterThan(0.01);
  for (const [step, loss] of shared.entries()) {
    for (const other of [plain[step], inParts[step]]) {
      expect(Math.abs((other ?? NaN) - loss), `step ${step + 1}`).toBeLessThan(
        1e-4 * Math.max(0.1, Math.abs(loss)),
      );
    }
  }
});
