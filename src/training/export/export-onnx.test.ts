import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveCheckpoint } from '../checkpoint/checkpoint-folder.ts';
import { Decoder } from '../decoding/decoder.ts';
import { Encoder } from '../encoding/encoder.ts';
import { Runtime } from '../graph/runtime.ts';
import { initialiseWeights } from '../model/initial-weights.ts';
import type { DecoderConfiguration, EncoderConfiguration, Parameters } from '../model/model-configuration.ts';
import { allocateParameters, layOutParameters, namedParameters } from '../model/parameter-layout.ts';
import { SeededRandom } from '../sampling/random.ts';
import { largestDifference } from '../testing/largest-difference.ts';
import { exportOnnx } from './export-onnx.ts';
import { OnnxDecoder } from './run-onnx.ts';
import { saveSmallCheckpoint } from './testing/small-checkpoint.ts';

let root = '';
const runtime = new Runtime({ threads: 1 });
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'corpuscope-onnx-'));
});
afterAll(async () => {
  await runtime.close();
  await rm(root, { recursive: true, force: true });
});

const prompts = [
  [3, 50, 7, 200, 8, 8, 91],
  [12, 4],
  [5, 5, 5, 9, 30, 31, 32, 33, 34, 35, 36, 37],
];
const written = 12;

async function ourTokens(configuration: DecoderConfiguration, parameters: Parameters): Promise<number[][]> {
  const layout = layOutParameters(configuration);
  const weights = allocateParameters(layout);
  for (const [name, { data }] of namedParameters(layout, weights)) data.set(parameters.get(name)?.data ?? []);
  const decoder = new Decoder({ configuration, layout, weights, runtime });
  const settings = { samples: 1, maximumTokens: written, endTokenIds: [], seed: 1, temperature: 0, topP: 1 };
  const responses = await decoder.generate({ prompts, ...settings });
  await decoder.release();
  return responses.map(([response]) => [...(response?.tokens ?? [])]);
}

const decoders: [string, Partial<DecoderConfiguration>][] = [
  ['of Qwen3’s shape', {}],
  ['with tied embeddings', { tiedEmbeddings: true, keyValueHeads: 4 }],
  ['with the convolution', { convolutionTaps: 3 }],
];

describe.each(decoders)('an exported decoder %s', (name, changes) => {
  it('writes the tokens that ours writes, whole prompt first, then token by token', async () => {
    const folder = join(root, name);
    const out = join(root, `${name} onnx`);
    const { configuration, parameters } = await saveSmallCheckpoint(folder, changes);
    await exportOnnx({ folder, out });
    const decoder = await OnnxDecoder.open(join(out, 'onnx', 'model.onnx'), configuration);
    const theirs: number[][] = [];
    for (const prompt of prompts) theirs.push(await decoder.continueGreedily(prompt, written));
    expect(theirs).toEqual(await ourTokens(configuration, parameters));
    expect((await readdir(out)).sort()).toEqual([
      'config.json',
      'onnx',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    await decoder.close();
  });

  it('gives a row the same logits alone, in pieces, and beside a longer one with padding before it', async () => {
    const { configuration } = await saveSmallCheckpoint(join(root, `${name} padded`), changes);
    const out = join(root, `${name} padded onnx`);
    await exportOnnx({ folder: join(root, `${name} padded`), out });
    const decoder = await OnnxDecoder.open(join(out, 'onnx', 'model.onnx'), configuration);
    const [long = [], short = []] = prompts;
    const alone = await decoder.run([short], { positions: [[0, 1]] });
    const first = await decoder.run([short.slice(0, 1)], { positions: [[0]] });
    const second = await decoder.run([short.slice(1)], { positions: [[1]], past: first.past });
    const last = alone.logits[0]?.subarray(-configuration.vocabularySize) ?? [];
    expect(largestDifference(second.logits[0] ?? [], last)).toBeLessThan(1e-5);
    const padding = long.length - short.length;
    const together = await decoder.run([long, [...Array.from({ length: padding }, () => 0), ...short]], {
      positions: [long.map((_, index) => index), long.map((_, index) => Math.max(0, index - padding))],
      mask: [long.map(() => 1), long.map((_, index) => (index < padding ? 0 : 1))],
    });
    const padded = together.logits[1]?.subarray(-configuration.vocabularySize) ?? [];
    expect(largestDifference(padded, last)).toBeLessThan(1e-5);
    await decoder.close();
  });
});

describe('exportOnnx', () => {
  it('keeps weights in half the bytes, and those of large models in a file of their own', async () => {
    const folder = join(root, 'types');
    const { configuration, parameters } = await saveSmallCheckpoint(folder);
    const ours = await ourTokens(configuration, parameters);
    const sizes: number[] = [];
    for (const [type, maximumInlineBytes] of [
      ['F32', undefined],
      ['F16', undefined],
      ['BF16', undefined],
      ['F32', 1000],
    ] as const) {
      const out = join(root, `types ${type} ${maximumInlineBytes}`);
      const { files } = await exportOnnx({ folder, out, type, maximumInlineBytes });
      const bytes = await Promise.all(files.map(async (file) => (await readFile(file)).byteLength));
      sizes.push(bytes.reduce((sum, size) => sum + size, 0));
      expect(files).toHaveLength(maximumInlineBytes === undefined ? 1 : 2);
      const decoder = await OnnxDecoder.open(files[0] ?? '', configuration);
      const [prompt = []] = prompts;
      const tokens = await decoder.continueGreedily(prompt, written);
      // Rounded weights may lead elsewhere after a while.
      expect(tokens.slice(0, type === 'F32' ? written : 1)).toEqual(
        ours[0]?.slice(0, type === 'F32' ? written : 1),
      );
      await decoder.close();
    }
    const [whole = 0, half = 0] = sizes;
    const numbers = [...parameters.values()].reduce((sum, { data }) => sum + data.length, 0);
    expect(whole - half).toBeGreaterThan(1.9 * numbers);
    const external = JSON.parse(await readFile(join(root, 'types F32 1000', 'config.json'), 'utf8'));
    expect(external).toMatchObject({ 'transformers.js_config': { use_external_data_format: true } });
  });

  it('writes encoders, whose hidden states are ours', async () => {
    const configuration: EncoderConfiguration = {
      kind: 'encoder',
      vocabularySize: 40,
      hiddenSize: 12,
      intermediateSize: 20,
      layers: 2,
      attentionHeads: 3,
      maximumPositions: 16,
      tokenTypes: 2,
      normEpsilon: 1e-12,
    };
    const layout = layOutParameters(configuration);
    const memory = allocateParameters(layout);
    initialiseWeights(memory, { configuration, layout, random: new SeededRandom(2), deviation: 0.4 });
    const parameters = namedParameters(layout, memory);
    for (const [name, { data }] of parameters) {
      if (name.endsWith('bias')) for (const index of data.keys()) data[index] = Math.sin(index);
    }
    const folder = join(root, 'encoder');
    await saveCheckpoint({ folder, configuration, parameters, tokenizer: null });
    const { files } = await exportOnnx({ folder, out: join(root, 'encoder onnx') });
    const tokens = [7, 30, 2, 2, 19];
    const tokenTypes = [0, 0, 1, 1, 1];
    const [ours = []] = await new Encoder({ configuration, parameters, runtime }).encode([
      { tokens, tokenTypes },
    ]);
    const session = await InferenceSession.create(files[0] ?? '', { logSeverityLevel: 3 });
    const integers = (values: readonly number[]): Tensor =>
      new Tensor('int64', BigInt64Array.from(values, BigInt), [2, values.length / 2]);
    const { last_hidden_state: states } = await session.run({
      input_ids: integers([...tokens, 0, ...tokens, 9]),
      token_type_ids: integers([...tokenTypes, 0, ...tokenTypes, 0]),
      attention_mask: integers([1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0]),
    });
    expect(states?.dims).toEqual([2, 6, 12]);
    const numbers = states?.data instanceof Float32Array ? states.data : new Float32Array();
    expect(largestDifference(numbers.subarray(0, 60), ours)).toBeLessThan(1e-5);
    expect(largestDifference(numbers.subarray(72, 132), ours)).toBeLessThan(1e-5);
    await session.release();
  });
});
