import { afterAll, expect, test } from 'vitest';
import { Runtime } from '../graph/runtime.ts';
import { encoderConfigurationSchema } from '../model/model-configuration.ts';
import { allocateParameters, layOutParameters, namedParameters } from '../model/parameter-layout.ts';
import { Encoder } from './encoder.ts';

const runtime = new Runtime({ threads: 1 });
afterAll(() => runtime.close());

const configuration = encoderConfigurationSchema.parse({
  kind: 'encoder',
  vocabularySize: 19,
  hiddenSize: 8,
  intermediateSize: 12,
  layers: 2,
  attentionHeads: 2,
  maximumPositions: 16,
  tokenTypes: 2,
  normEpsilon: 1e-5,
});

/** Weights by a formula, so that another implementation can be given the same. */
function formulaEncoder(): Encoder {
  const layout = layOutParameters(configuration);
  const parameters = namedParameters(layout, allocateParameters(layout));
  for (const [name, { data }] of parameters) {
    const phase =
      [...name].reduce((sum, character, index) => sum + character.charCodeAt(0) * (index + 1), 0) % 97;
    const center = name.endsWith('LayerNorm.weight') ? 1 : 0;
    for (let index = 0; index < data.length; index++)
      data[index] = center + 0.4 * Math.sin(index * 0.7 + phase);
  }
  return new Encoder({ configuration, parameters, runtime });
}

test('hidden states are those of the BertModel of Transformers 5.10 with the same weights', async () => {
  const [long, short] = await formulaEncoder().encode([
    { tokens: [3, 7, 1, 18, 5], tokenTypes: [0, 0, 1, 1, 1] },
    { tokens: [2, 9] },
  ]);
  const expected = [
    [long, 0, [-0.673317, 1.619108, 0.245636, -0.503582, 1.201247, -0.808459, -1.476396, 0.516095]],
    [long, 4, [-0.342296, 1.554665, -0.086936, 0.435252, 2.066058, -1.641209, -1.458079, -0.175266]],
    [short, 1, [-0.306818, 1.390623, 0.432832, 0.4281, 2.276158, -1.491949, -1.620339, -0.535335]],
  ] as const;
  for (const [states, token, values] of expected) {
    for (const [index, value] of values.entries()) expect(states?.[token * 8 + index]).toBeCloseTo(value, 5);
  }
  expect([long?.length, short?.length]).toEqual([40, 16]);
});

test('a sequence has the same states alone, among others, and whatever their order', async () => {
  const encoder = formulaEncoder();
  const inputs = [5, 16, 3, 9, 1].map((length) => ({
    tokens: Array.from({ length }, (_, index) => (index * 5 + length) % 19),
  }));
  const together = await encoder.encode(inputs);
  for (const [index, input] of inputs.entries()) {
    const [alone] = await encoder.encode([input]);
    expect(together[index]).toHaveLength(input.tokens.length * 8);
    for (const [place, value] of (alone ?? []).entries())
      expect(together[index]?.[place]).toBeCloseTo(value, 5);
  }
});

test('sequences that cannot be encoded are refused', async () => {
  const encoder = formulaEncoder();
  await expect(encoder.encode([{ tokens: [] }])).rejects.toThrow('empty');
  await expect(encoder.encode([{ tokens: Array.from({ length: 17 }, () => 1) }])).rejects.toThrow('takes 16');
  await expect(encoder.encode([{ tokens: [19] }])).rejects.toThrow('knows 19');
});
