import { afterAll, describe, expect, test } from 'vitest';
import { Runtime } from '../graph/runtime.ts';
import { dapoLoss } from '../objectives/dapo.ts';
import { grpoLoss } from '../objectives/grpo.ts';
import { regularisedLoss } from '../objectives/regularised-loss.ts';
import type { RegularisedLossSettings } from '../objectives/regularised-loss.ts';
import type { TokenValues } from '../objectives/rollout.ts';
import { supervisedLoss } from '../objectives/supervised.ts';
import { SeededRandom } from '../sampling/random.ts';
import type { DecoderEngine } from './decoder-engine.ts';
import { policyLossOf, supervisedLossOf } from './losses.ts';
import { randomGroups, smallDecoder, smallEngine } from './testing/small-decoder.ts';
import { layOutBatch } from './token-batch.ts';
import type { PromptGroup, RowLayout } from './token-batch.ts';

const runtime = new Runtime({ threads: 1 });
afterAll(() => runtime.close());

const vocabularySize = 23;
const groups = randomGroups(new SeededRandom(5), { prompts: 3, responses: 3, vocabularySize });
const responses = groups.flatMap((group) => group.responses);
const promptIds = groups.flatMap((group, index) => group.responses.map(() => `prompt ${index}`));
const mask = responses.map((response) => new Uint8Array(response.length).fill(1));

function batchOf(groups: readonly PromptGroup[], layout: RowLayout, convolutionTaps = 3) {
  return layOutBatch(groups, { layout, convolutionTaps });
}

/** The greatest difference, relative to the greatest number. */
function relativeDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let [difference, size] = [0, 0];
  for (let index = 0; index < one.length; index++) {
    difference = Math.max(difference, Math.abs((one[index] ?? NaN) - (other[index] ?? NaN)));
    size = Math.max(size, Math.abs(one[index] ?? NaN));
  }
  return difference / size;
}

async function supervisedStep(engine: DecoderEngine, layout: RowLayout) {
  const { kind, inputs } = supervisedLossOf({ mask, aggregation: 'sequence-mean' });
  const batch = batchOf(groups, layout, engine.configuration.convolutionTaps);
  const result = await engine.computeGradients([{ batch, inputs }], kind);
  return { ...result, gradients: engine.gradients.slice() };
}

describe.each([
  ['every feature', smallDecoder()],
  ['tied embeddings, no convolution', smallDecoder({ tiedEmbeddings: true, convolutionTaps: 0 })],
  ['as many keys as queries', smallDecoder({ keyValueHeads: 4, tiedEmbeddings: true })],
])('a decoder with %s', (_, configuration) => {
  test('gives equal losses and gradients whether a prompt is shared or repeated', async () => {
    const engine = smallEngine(runtime, { configuration });
    const plain = await supervisedStep(engine, 'plain');
    const shared = await supervisedStep(engine, 'shared-prompt');
    expect(relativeDifference([plain.loss], [shared.loss])).toBeLessThan(1e-5);
    expect(relativeDifference(plain.gradients, shared.gradients)).toBeLessThan(1e-5);
    expect(plain.gradients.some((value) => Math.abs(value) > 1e-3)).toBe(true);
  });

  test.each(['plain', 'shared-prompt'] as const)(
    'gives equal losses and gradients when activations are recomputed, %s rows',
    async (layout) => {
      const kept = await supervisedStep(smallEngine(runtime, { configuration }), layout);
      const recomputed = await supervisedStep(
        smallEngine(runtime, { configuration, activations: 'recompute' }),
        layout,
      );
      expect(relativeDifference([kept.loss], [recomputed.loss])).toBeLessThan(1e-6);
      expect(relativeDifference(kept.gradients, recomputed.gradients)).toBeLessThan(1e-5);
      expect(recomputed.logProbabilities).toHaveLength(responses.length);
    },
  );

  test('has the gradient that its loss changes by', async () => {
    const engine = smallEngine(runtime, { configuration });
    const { gradients } = await supervisedStep(engine, 'plain');
    const derivative = await directionalDerivative(engine, gradients, async () => {
      const { loss } = await supervisedStep(engine, 'plain');
      return loss;
    });
    expect(derivative.measured / derivative.expected).toBeCloseTo(1, 3);
  });
});

/** The derivative of a loss along its gradient, and what it should be: the gradient's length. */
async function directionalDerivative(
  engine: DecoderEngine,
  gradients: Float32Array,
  loss: () => Promise<number>,
): Promise<{ readonly measured: number; readonly expected: number }> {
  const norm = Math.hypot(...gradients);
  const start = engine.weights.slice();
  const lossAt = async (distance: number) => {
    for (const [index, value] of start.entries()) {
      engine.weights[index] = value + (distance * (gradients[index] ?? 0)) / norm;
    }
    return await loss();
  };
  const step = 0.0005;
  const difference = async (steps: number) => (await lossAt(steps * step)) - (await lossAt(-steps * step));
  // Its error falls with the fourth power of the step.
  const measured = (8 * (await difference(1)) - (await difference(2))) / (12 * step);
  engine.weights.set(start);
  return { measured, expected: norm };
}

test('a batch in parts has the loss and gradients of the whole', async () => {
  const engine = smallEngine(runtime, { configuration: smallDecoder() });
  const whole = await supervisedStep(engine, 'shared-prompt');
  const { kind, inputs } = supervisedLossOf({ mask, aggregation: 'sequence-mean' });
  const parts = groups.map((group, index) => {
    const own = inputs.weights?.slice(index * 3, index * 3 + 3) ?? [];
    return { batch: batchOf([group], 'shared-prompt'), inputs: { weights: own } };
  });
  const { loss, logProbabilities } = await engine.computeGradients(parts, kind);
  expect(loss).toBeCloseTo(whole.loss, 5);
  expect(relativeDifference(whole.gradients, engine.gradients)).toBeLessThan(1e-5);
  expect(
    relativeDifference(
      logProbabilities.flatMap((row) => [...row]),
      whole.logProbabilities.flatMap((row) => [...row]),
    ),
  ).toBeLessThan(1e-5);
});

test.each([300, 2200])(
  'a row of %i tokens, of many blocks of attention, begins as a short one',
  async (length) => {
    const random = new SeededRandom(9);
    const configuration = smallDecoder();
    const engine = smallEngine(runtime, { configuration });
    const tokens = Array.from({ length }, () => Math.floor(random.next() * vocabularySize));
    const long = batchOf([{ prompt: tokens.slice(0, 1), responses: [tokens.slice(1)] }], 'plain');
    const short = batchOf([{ prompt: tokens.slice(0, 1), responses: [tokens.slice(1, 100)] }], 'plain');
    const [whole, part] = [await engine.score([long]), await engine.score([short])];
    expect(relativeDifference(part.logProbabilities[0] ?? [], whole.logProbabilities[0] ?? [])).toBeLessThan(
      1e-5,
    );
  },
);

const random = new SeededRandom(11);
/** Moves each number by one of the distances. */
const moved = (values: TokenValues, distances: readonly number[]) =>
  values.map((row) =>
    Float32Array.from(row, (value) => value + (distances[Math.floor(random.next() * distances.length)] ?? 0)),
  );

const policies: readonly (readonly [string, RegularisedLossSettings])[] = [
  ['GRPO', grpoLoss],
  ['DAPO', dapoLoss],
  ['GRPO with KL penalty and entropy bonus', { ...grpoLoss, klCoefficient: 0.05, entropyCoefficient: 0.02 }],
  ['DAPO with a dual clip', { ...dapoLoss, dualClip: 1.5 }],
  ['DAPO with a token mean of each prompt', { ...dapoLoss, aggregation: 'prompt-token-mean' }],
];

test.each(policies)('the loss of %s and its gradient are those of the reference', async (_, settings) => {
  const engine = smallEngine(runtime, { configuration: smallDecoder() });
  const temperature = 0.7;
  const batch = batchOf(groups, 'shared-prompt');
  const now = await engine.score([batch], temperature);
  // Ratios of 0.55, 0.9, 1.1 and 1.8: clips act on either side, and no ratio is near a kink.
  const oldLogProbabilities = moved(now.logProbabilities, [-0.6, -0.1, 0.1, 0.6]);
  const referenceLogProbabilities = moved(now.logProbabilities, [-0.3, 0.2]);
  const given = {
    oldLogProbabilities,
    referenceLogProbabilities,
    advantages: responses.map((_, index) => (index % 3) - 0.9),
    mask,
    // As masked by AEPO or clipped: counted, but without a loss.
    contributing: responses.map((response, index) =>
      new Uint8Array(response.length).fill(index === 4 ? 0 : 1),
    ),
    promptIds,
  };
  const referenceAt = async () => {
    const { logProbabilities, entropies } = await engine.score([batch], temperature);
    return regularisedLoss({ ...given, logProbabilities, tokenEntropies: entropies }, settings);
  };
  const reference = await referenceAt();
  expect(reference.clippedFraction).toBeGreaterThan(0);
  const { kind, inputs } = policyLossOf(given, { settings, temperature });
  const { loss } = await engine.computeGradients([{ batch, inputs }], kind);
  expect(Math.abs(loss - reference.loss)).toBeLessThan(1e-5);
  const gradients = engine.gradients.slice();
  const derivative = await directionalDerivative(engine, gradients, async () => (await referenceAt()).loss);
  expect(derivative.measured / derivative.expected).toBeCloseTo(1, 3);
});

test('the supervised loss is that of the reference', async () => {
  const engine = smallEngine(runtime, { configuration: smallDecoder() });
  const batch = batchOf(groups, 'plain');
  const { logProbabilities } = await engine.score([batch]);
  for (const aggregation of ['sequence-mean', 'token-mean'] as const) {
    const { kind, inputs } = supervisedLossOf({ mask, aggregation });
    const { loss } = await engine.computeGradients([{ batch, inputs }], kind);
    expect(loss).toBeCloseTo(supervisedLoss({ logProbabilities, mask }, aggregation).loss, 5);
  }
});

test('empty prompts and responses are refused', () => {
  expect(() => batchOf([{ prompt: [], responses: [[1]] }], 'plain')).toThrow('at least one token');
  expect(() => batchOf([{ prompt: [1], responses: [[]] }], 'shared-prompt')).toThrow('at least one token');
});
