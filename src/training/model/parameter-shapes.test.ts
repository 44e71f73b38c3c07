import { expect, test } from 'vitest';
import { decoderConfigurationSchema, encoderConfigurationSchema } from './model-configuration.ts';
import { decoderOfSize } from './model-sizes.ts';
import { parameterCount, parameterShapes } from './parameter-shapes.ts';

test('Qwen3-0.6B has the published number of parameters', () => {
  const configuration = decoderOfSize('0.6B', { vocabularySize: 151_936 });
  expect(parameterCount(configuration)).toBe(596_049_920);
  expect(parameterCount({ ...configuration, tiedEmbeddings: false })).toBe(751_632_384);
});

test('MiniLM-L6 has the published number of parameters, less its pooler', () => {
  const configuration = encoderConfigurationSchema.parse({
    kind: 'encoder',
    vocabularySize: 30_522,
    hiddenSize: 384,
    intermediateSize: 1536,
    layers: 6,
    attentionHeads: 12,
    maximumPositions: 512,
    tokenTypes: 2,
    normEpsilon: 1e-12,
  });
  expect(parameterCount(configuration)).toBe(22_713_216 - 384 * 384 - 384);
});

test('a convolution adds one vector a tap', () => {
  const plain = decoderOfSize('0.9M', { vocabularySize: 512 });
  const convolved = { ...plain, convolutionTaps: 3 };
  expect(parameterShapes(convolved).get('model.embed_convolution.weight')).toEqual([3, 128]);
  expect(parameterCount(convolved) - parameterCount(plain)).toBe(3 * 128);
});

test('heads that cannot share keys are refused, with the field', () => {
  const impossible = { ...decoderOfSize('0.9M', { vocabularySize: 512 }), keyValueHeads: 3 };
  const result = decoderConfigurationSchema.safeParse(impossible);
  expect(result.error?.issues[0]).toMatchObject({ path: ['attentionHeads'] });
});
