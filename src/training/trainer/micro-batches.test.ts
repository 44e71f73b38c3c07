import { array, assert, constantFrom, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { inBatchOrder, splitBatch } from './micro-batches.ts';

const configuration = { hiddenSize: 64, convolutionTaps: 0 };
const response = (length: number) => Array.from({ length }, (_, token) => token);

test('equal rows are split into an even number of equal parts', () => {
  const groups = Array.from({ length: 8 }, () => ({ prompt: [1], responses: [response(64)] }));
  const { parts } = splitBatch(groups, {}, { layout: 'plain', tokensAtOnce: 192, configuration });
  expect(parts.map(({ batch }) => batch.shape.rows)).toEqual([2, 2, 2, 2]);
});

test('every rollout is in one part, with its numbers, and plain parts keep to the limit', () => {
  const lengths = array(array(integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 12,
  });
  assert(
    property(lengths, constantFrom('plain', 'shared-prompt'), (prompts, layout) => {
      const groups = prompts.map((each) => ({ prompt: [1, 2], responses: each.map(response) }));
      const weights = prompts.flat().map((length, rollout) => new Float32Array(length).fill(rollout));
      const split = splitBatch(groups, { weights }, { layout, tokensAtOnce: 64, configuration });
      const parted = split.parts.flatMap(({ inputs }) => inputs.weights ?? []);
      expect(inBatchOrder(parted, split)).toEqual(weights);
      const tooLarge = split.parts.filter(
        ({ batch: { shape, tokens } }) => layout === 'plain' && shape.rows > 1 && tokens.length > 64,
      );
      expect(tooLarge).toEqual([]);
    }),
  );
});
