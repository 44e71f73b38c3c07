import { afterAll, describe, expect, test } from 'vitest';
import { randomGroups, smallDecoder, smallEngine } from '../engine/testing/small-decoder.ts';
import { layOutBatch } from '../engine/token-batch.ts';
import { Runtime } from '../graph/runtime.ts';
import { SeededRandom } from '../sampling/random.ts';
import { Decoder } from './decoder.ts';
import type { GenerationRequest } from './generation.ts';

const runtime = new Runtime({ threads: 1 });
afterAll(() => runtime.close());

const prompts = randomGroups(new SeededRandom(1), { prompts: 3, responses: 0, vocabularySize: 23 }).map(
  ({ prompt }) => prompt,
);
const request: GenerationRequest = {
  prompts,
  samples: 5,
  maximumTokens: 40,
  temperature: 0.8,
  topP: 1,
  endTokenIds: [7],
  seed: 4,
};

function decoderOf(configuration = smallDecoder()) {
  const engine = smallEngine(runtime, { configuration });
  return { engine, decoder: new Decoder({ ...engine, configuration, runtime }) };
}

describe.each([
  ['a convolution and shared keys', smallDecoder()],
  ['neither', smallDecoder({ convolutionTaps: 0, keyValueHeads: 4, tiedEmbeddings: true })],
])('a decoder with %s', (_, configuration) => {
  test('draws tokens with the log-probabilities that the training program computes', async () => {
    const { engine, decoder } = decoderOf(configuration);
    const generated = await decoder.generate(request);
    expect(generated.map((responses) => responses.length)).toEqual([5, 5, 5]);
    // Longer than the first room in the cache, and some ended early.
    const all = generated.flat();
    expect(Math.max(...all.map(({ tokens }) => tokens.length))).toBeGreaterThan(17);
    expect(new Set(all.map(({ finishReason }) => finishReason))).toEqual(new Set(['end', 'length']));
    const groups = prompts.map((prompt, index) => ({
      prompt,
      responses: (generated[index] ?? []).map(({ tokens }) => tokens),
    }));
    const batch = layOutBatch(groups, { layout: 'plain', convolutionTaps: configuration.convolutionTaps });
    const { logProbabilities, entropies } = await engine.score([batch], request.temperature);
    for (const [index, response] of all.entries()) {
      for (const [token, value] of response.logProbabilities.entries()) {
        expect(value).toBeCloseTo(logProbabilities[index]?.[token] ?? NaN, 4);
        expect(response.entropies[token]).toBeCloseTo(entropies[index]?.[token] ?? NaN, 4);
      }
    }
  });

  test('takes the most probable tokens at temperature 0', async () => {
    const { engine, decoder } = decoderOf(configuration);
    const greedy = await decoder.generate({
      ...request,
      temperature: 0,
      samples: 1,
      maximumTokens: 6,
      endTokenIds: [],
    });
    const taps = configuration.convolutionTaps;
    for (const [index, prompt] of prompts.entries()) {
      const tokens = greedy[index]?.[0]?.tokens ?? [];
      const alternatives = Array.from({ length: 23 }, (_, token) => [...tokens.slice(0, 5), token]);
      const batch = layOutBatch([{ prompt, responses: alternatives }], {
        layout: 'shared-prompt',
        convolutionTaps: taps,
      });
      const last = (await engine.score([batch])).logProbabilities.map((row) => row.at(-1) ?? NaN);
      expect(last.indexOf(Math.max(...last))).toBe(tokens[5]);
    }
  });
});

test('the same seed gives the same responses, alone and among others; another seed gives others', async () => {
  const { decoder } = decoderOf();
  const together = await decoder.generate(request);
  expect(await decoder.generate(request)).toEqual(together);
  const [alone] = await decoder.generate({ ...request, prompts: prompts.slice(0, 1) });
  expect(alone?.map(({ tokens }) => tokens)).toEqual(together[0]?.map(({ tokens }) => tokens));
  expect(await decoder.generate({ ...request, seed: 5 })).not.toEqual(together);
  expect(together[0]?.[0]?.tokens).not.toEqual(together[0]?.[1]?.tokens);
});

test('more responses than are drawn at once come in order', async () => {
  const { decoder } = decoderOf();
  const many = { ...request, prompts: [...prompts, ...prompts, ...prompts], samples: 50, maximumTokens: 3 };
  const drawn: number[] = [];
  const generated = await decoder.generate({ ...many, onToken: ({ prompt }) => drawn.push(prompt) });
  expect(generated.map((responses) => responses.length)).toEqual(Array.from({ length: 9 }, () => 50));
  const tokens = generated.flat().reduce((sum, response) => sum + response.tokens.length, 0);
  expect(drawn).toHaveLength(tokens);
  expect(new Set(drawn)).toEqual(new Set(many.prompts.keys()));
});

test('what cannot be drawn is refused with what would do', async () => {
  const { decoder } = decoderOf();
  const refused: readonly (readonly [Partial<GenerationRequest>, string])[] = [
    [{ temperature: -1 }, 'temperature is -1; it must be 0 or more'],
    [{ topP: 0 }, 'topP is 0; it must be above 0 and at most 1'],
    [{ samples: 0 }, 'samples is 0'],
    [{ maximumTokens: 0.5 }, 'maximumTokens is 0.5'],
    [{ prompts: [[]] }, 'empty'],
    [{ prompts: [[23]] }, 'the model knows 23'],
    [{ maximumTokens: 512 }, '512 positions'],
    [{ signal: AbortSignal.abort() }, 'aborted'],
  ];
  for (const [changes, message] of refused) {
    await expect(decoder.generate({ ...request, ...changes })).rejects.toThrow(message);
  }
});
