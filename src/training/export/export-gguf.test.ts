import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, float, property } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveCheckpoint } from '../checkpoint/checkpoint-folder.ts';
import { decodeFloat16 } from '../checkpoint/half-precision.ts';
import type { EncoderConfiguration } from '../model/model-configuration.ts';
import { parameterShapes } from '../model/parameter-shapes.ts';
import { largestDifference } from '../testing/largest-difference.ts';
import { exportGguf } from './export-gguf.ts';
import { encodeQ8 } from './gguf-numbers.ts';
import type { GgufTensorType } from './gguf-writer.ts';
import { readGguf } from './testing/read-gguf.ts';
import type { GgufContent } from './testing/read-gguf.ts';
import { saveSmallCheckpoint } from './testing/small-checkpoint.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'corpuscope-gguf-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

async function exported(folder: string, type: GgufTensorType = 'F32'): Promise<GgufContent> {
  const path = join(root, 'new folder', 'model.gguf');
  await exportGguf({ folder, path, type });
  return readGguf(await readFile(path));
}

/** Numbers of Q8_0, by its description. */
function decodeQ8(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  for (let block = 0; block + 34 <= bytes.length; block += 34) {
    const scale = new Float32Array(1);
    decodeFloat16(Uint16Array.from([(bytes[block] ?? 0) | ((bytes[block + 1] ?? 0) << 8)]), scale);
    for (let index = 0; index < 32; index++) {
      numbers.push((((bytes[block + 2 + index] ?? 0) << 24) >> 24) * (scale[0] ?? 0));
    }
  }
  return numbers;
}

describe('exportGguf', () => {
  it('writes every parameter under the name llama.cpp knows, with shapes and settings', async () => {
    const folder = join(root, 'plain');
    const { configuration, parameters } = await saveSmallCheckpoint(folder);
    const { metadata, tensors } = await exported(folder);
    expect(Object.fromEntries(metadata)).toMatchObject({
      'general.architecture': 'qwen3',
      'general.name': 'plain',
      'qwen3.block_count': 3,
      'qwen3.embedding_length': 16,
      'qwen3.attention.head_count': 4,
      'qwen3.attention.head_count_kv': 2,
      'qwen3.attention.key_length': 8,
      'qwen3.rope.freq_base': 10_000,
      'qwen3.context_length': 512,
    });
    expect(tensors.size).toBe(parameters.size);
    const pairs = {
      'token_embd.weight': 'model.embed_tokens.weight',
      'output.weight': 'lm_head.weight',
      'output_norm.weight': 'model.norm.weight',
      'blk.2.attn_k.weight': 'model.layers.2.self_attn.k_proj.weight',
      'blk.0.ffn_down.weight': 'model.layers.0.mlp.down_proj.weight',
      'blk.1.attn_q_norm.weight': 'model.layers.1.self_attn.q_norm.weight',
    };
    for (const [name, parameter] of Object.entries(pairs)) {
      const { shape = [], bytes = new Uint8Array() } = tensors.get(name) ?? {};
      const wanted = parameters.get(parameter);
      expect(shape).toEqual(wanted?.shape);
      const numbers = new Float32Array(bytes.buffer, 0, wanted?.data.length);
      expect([...numbers]).toEqual([...(wanted?.data ?? [])]);
    }
    expect(configuration.tiedEmbeddings).toBe(false);
  });

  it('omits the output projection where it is the embedding', async () => {
    const folder = join(root, 'tied');
    await saveSmallCheckpoint(folder, { tiedEmbeddings: true });
    expect((await exported(folder)).tensors.has('output.weight')).toBe(false);
  });

  it('writes the tokenizer: tokens by id, their kinds, merges, what ends a text', async () => {
    const folder = join(root, 'tokenizer');
    const { tokenizer } = await saveSmallCheckpoint(folder);
    const { metadata } = await exported(folder);
    const tokens = metadata.get('tokenizer.ggml.tokens');
    const merges = metadata.get('tokenizer.ggml.merges');
    expect(tokens).toEqual([...tokenizer.tokens, '[PAD270]', '[PAD271]']);
    expect(metadata.get('tokenizer.ggml.token_type')).toEqual(
      Array.from({ length: 272 }, (_, id) => (id < 3 ? 3 : id < 270 ? 1 : 5)),
    );
    expect(merges).toContain('t he');
    expect(Object.fromEntries(metadata)).toMatchObject({
      'tokenizer.ggml.model': 'gpt2',
      'tokenizer.ggml.pre': 'qwen2',
      'tokenizer.ggml.eos_token_id': 2,
      'tokenizer.ggml.padding_token_id': 0,
      'tokenizer.ggml.add_bos_token': false,
    });
    expect(metadata.get('tokenizer.chat_template')).toContain('<|im_start|>');
  });

  it('keeps vectors as F32, and matrices in half a byte more than their type', async () => {
    const folder = join(root, 'types');
    await saveSmallCheckpoint(folder, { hiddenSize: 64, intermediateSize: 40 });
    const { tensors, metadata } = await exported(folder, 'Q8_0');
    const typeOf = (name: string): number | undefined => tensors.get(name)?.type;
    expect(metadata.get('general.file_type')).toBe(7);
    expect([typeOf('token_embd.weight'), typeOf('blk.0.attn_norm.weight')]).toEqual([8, 0]);
    // Rows of 40 are no whole blocks of 32.
    expect(typeOf('blk.0.ffn_down.weight')).toBe(1);
    const half = await exported(folder, 'F16');
    expect([half.tensors.get('output.weight')?.type, half.tensors.get('output_norm.weight')?.type]).toEqual([
      1, 0,
    ]);
    expect((await exported(folder, 'BF16')).tensors.get('output.weight')?.type).toBe(30);
  });

  it('refuses what llama.cpp does not compute alike', async () => {
    const convolution = join(root, 'convolution');
    await saveSmallCheckpoint(convolution, { convolutionTaps: 3 });
    await expect(exported(convolution)).rejects.toThrow('a convolution at its embedding');
    const foreign = join(root, 'foreign');
    await saveSmallCheckpoint(foreign);
    const file = join(foreign, 'tokenizer.json');
    const tokenizer = await readFile(file, 'utf8');
    await writeFile(file, tokenizer.replace(String.raw`|\\p{N}|`, String.raw`|\\p{N}{2}|`));
    await expect(exported(foreign)).rejects.toThrow('by a pattern of its own');
    await writeFile(file, tokenizer.replace('"type":"BPE"', '"type":"WordPiece"'));
    await expect(exported(foreign)).rejects.toThrow('no byte-level BPE');
    await rm(file);
    await expect(exported(foreign)).rejects.toThrow('it has no tokenizer.json');
    const encoder: EncoderConfiguration = {
      kind: 'encoder',
      vocabularySize: 9,
      hiddenSize: 4,
      intermediateSize: 4,
      layers: 1,
      attentionHeads: 1,
      maximumPositions: 4,
      tokenTypes: 1,
      normEpsilon: 1e-12,
    };
    const parameters = new Map(
      [...parameterShapes(encoder)].map(([name, shape]) => [
        name,
        { shape, data: new Float32Array(shape.reduce((product, extent) => product * extent, 1)) },
      ]),
    );
    const folder = join(root, 'encoder');
    await saveCheckpoint({ folder, configuration: encoder, parameters, tokenizer: null });
    await expect(exported(folder)).rejects.toThrow('it is an encoder');
  });
});

describe('encodeQ8', () => {
  it('comes back within half a step, the greatest number nearly whole', () => {
    const anyNumbers = array(float({ min: -100, max: 100, noNaN: true }), { minLength: 64, maxLength: 64 });
    assert(
      property(anyNumbers, (values) => {
        const numbers = Float32Array.from(values);
        const decoded = decodeQ8(encodeQ8(numbers));
        for (let block = 0; block < 2; block++) {
          const own = [...numbers.subarray(block * 32, block * 32 + 32)];
          const step = Math.max(...own.map(Math.abs)) / 127;
          // float16 keeps 11 bits of the scale, and nothing below 2^-24.
          const tolerance = step / 2 + 127 * Math.max(step * 2 ** -11, 2 ** -25);
          const back = decoded.slice(block * 32, block * 32 + 32);
          expect(
            Math.max(...own.map((value, index) => Math.abs(value - (back[index] ?? NaN)))),
          ).toBeLessThanOrEqual(tolerance);
        }
      }),
    );
  });

  it('rounds half away from zero, and keeps zeros', () => {
    const numbers = new Float32Array(32);
    numbers.set([127, -127, 2.5, -2.5, 0.4]);
    expect(largestDifference(decodeQ8(encodeQ8(numbers)).slice(0, 6), [127, -127, 3, -3, 0, 0])).toBe(0);
    expect(decodeQ8(encodeQ8(new Float32Array(32)))).toEqual(Array.from({ length: 32 }, () => 0));
  });
});
