import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  DecoderConfiguration,
  EncoderConfiguration,
  ModelConfiguration,
  Parameters,
} from '../model/model-configuration.ts';
import { parameterShapes } from '../model/parameter-shapes.ts';
import { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';
import { writeTokenizer } from '../tokenizer/tokenizer-file.ts';
import { trainByteLevelBpe } from '../tokenizer/train-byte-level-bpe.ts';
import { loadCheckpoint, saveCheckpoint } from './checkpoint-folder.ts';
import { CheckpointError } from './checkpoint-error.ts';
import { readConfiguration } from './configuration-file.ts';
import { elementCount } from './element-type.ts';
import { writeParameters } from './write-safetensors.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'corpuscope-checkpoint-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const decoder: DecoderConfiguration = {
  kind: 'decoder',
  vocabularySize: 260,
  hiddenSize: 8,
  intermediateSize: 12,
  layers: 2,
  attentionHeads: 4,
  keyValueHeads: 2,
  headSize: 4,
  maximumPositions: 128,
  ropeTheta: 10_000,
  normEpsilon: 1e-6,
  tiedEmbeddings: true,
  convolutionTaps: 0,
  endTokenIds: [0],
};
const encoder: EncoderConfiguration = {
  kind: 'encoder',
  vocabularySize: 260,
  hiddenSize: 8,
  intermediateSize: 12,
  layers: 1,
  attentionHeads: 2,
  maximumPositions: 16,
  tokenTypes: 2,
  normEpsilon: 1e-12,
};

/** Parameters whose numbers all 16-bit types hold. */
function parametersOf(configuration: ModelConfiguration): Parameters {
  let next = 0;
  return new Map(
    [...parameterShapes(configuration)].map(([name, shape]) => [
      name,
      { shape, data: Float32Array.from({ length: elementCount(shape) }, () => (next++ % 128) / 64 - 1) },
    ]),
  );
}

async function anyTokenizer(): Promise<ModelTokenizer> {
  const folder = await mkdtemp(join(root, 'tokenizer-'));
  const tokenizer = await trainByteLevelBpe(['a rose is a rose is a rose'], {
    vocabularySize: 260,
    specialTokens: ['<|endoftext|>'],
  });
  await writeTokenizer({ folder, tokenizer, roles: { endOfText: '<|endoftext|>' } });
  return ModelTokenizer.load(folder);
}

describe('a saved checkpoint', () => {
  it.each<[string, ModelConfiguration]>([
    ['decoder', decoder],
    ['decoder with its own output projection', { ...decoder, tiedEmbeddings: false, endTokenIds: [0, 3] }],
    ['decoder with the convolution', { ...decoder, convolutionTaps: 3, endTokenIds: [] }],
    ['encoder', encoder],
  ])('is loaded as it was: %s', async (name, configuration) => {
    const folder = join(root, name);
    const parameters = parametersOf(configuration);
    const tokenizer = await anyTokenizer();
    for (const type of ['F32', 'BF16', 'F16'] as const) {
      await saveCheckpoint({ folder, configuration, parameters, tokenizer, type });
      const loaded = await loadCheckpoint(folder);
      expect(loaded.configuration).toEqual(configuration);
      expect(loaded.parameters).toEqual(parameters);
      expect(loaded.tokenizer?.encode('a rose')).toEqual(tokenizer.encode('a rose'));
    }
  });

  it('may lie within another model, beside heads of other tasks', async () => {
    const folder = join(root, 'within');
    const parameters = parametersOf(encoder);
    await saveCheckpoint({ folder, configuration: encoder, parameters, tokenizer: null });
    const extra = { shape: [2], data: Float32Array.of(1, 2) };
    const renamed = new Map([...parameters].map(([name, parameter]) => [`bert.${name}`, parameter]));
    await writeParameters({
      path: join(folder, 'model.safetensors'),
      parameters: new Map([...renamed, ['cls.predictions.bias', extra], ['bert.pooler.dense.bias', extra]]),
    });
    const loaded = await loadCheckpoint(folder);
    expect(loaded.parameters).toEqual(parameters);
    expect(loaded.tokenizer).toBeNull();
  });

  it('is refused when its weights do not fit its configuration', async () => {
    const folder = join(root, 'misfit');
    const parameters = parametersOf(decoder);
    await saveCheckpoint({ folder, configuration: decoder, parameters, tokenizer: null });
    const replace = (changed: Parameters) =>
      writeParameters({ path: join(folder, 'model.safetensors'), parameters: changed });
    const [first = ''] = parameters.keys();
    await replace(new Map([...parameters].filter(([name]) => name !== first)));
    await expect(loadCheckpoint(folder)).rejects.toThrow(`"${first}" is missing where [260, 8] belongs`);
    await replace(new Map([...parameters, [first, { shape: [2], data: new Float32Array(2) }]]));
    await expect(loadCheckpoint(folder)).rejects.toThrow('has the shape [2] where [260, 8] belongs');
    await replace(
      new Map([
        ...parameters,
        ['model.layers.0.self_attn.q_proj.bias', { shape: [1], data: new Float32Array(1) }],
      ]),
    );
    await expect(loadCheckpoint(folder)).rejects.toThrow('such as "model.layers.0.self_attn.q_proj.bias"');
  });

  it('is refused when it is cut short, or has no tokenizer that fits', async () => {
    const folder = join(root, 'cut');
    const configuration = { ...decoder, vocabularySize: 300 };
    const parameters = parametersOf(configuration);
    await saveCheckpoint({ folder, configuration, parameters, tokenizer: await anyTokenizer() });
    await truncate(join(folder, 'model.safetensors'), 5000);
    await expect(loadCheckpoint(folder)).rejects.toThrow('is cut short');
    const small = { ...decoder, vocabularySize: 258 };
    const tokenizer = await anyTokenizer();
    await expect(
      saveCheckpoint({ folder, configuration: small, parameters: parametersOf(small), tokenizer }),
    ).rejects.toThrow('has 260 tokens, the model embeddings for 258');
    await expect(
      saveCheckpoint({ folder, configuration: small, parameters, tokenizer: null }),
    ).rejects.toThrow('"model.embed_tokens.weight" has the shape [300, 8] where [258, 8] belongs');
  });
});

describe('readConfiguration', () => {
  const file = {
    model_type: 'qwen3',
    vocab_size: 151_936,
    hidden_size: 1024,
    intermediate_size: 3072,
    num_hidden_layers: 28,
    num_attention_heads: 16,
    num_key_value_heads: 8,
    head_dim: 128,
    max_position_embeddings: 40_960,
    rms_norm_eps: 1e-6,
    rope_scaling: null,
    rope_theta: 1_000_000,
    tie_word_embeddings: true,
    hidden_act: 'silu',
    attention_bias: false,
    eos_token_id: 151_645,
    torch_dtype: 'bfloat16',
  };

  async function read(content: unknown, generation?: unknown): Promise<ModelConfiguration> {
    const folder = await mkdtemp(join(root, 'configuration-'));
    await writeFile(join(folder, 'config.json'), JSON.stringify(content));
    if (generation !== undefined) {
      await writeFile(join(folder, 'generation_config.json'), JSON.stringify(generation));
    }
    return readConfiguration(folder);
  }

  it('reads the file of Qwen3-0.6B, in both spellings of the rotary embedding', async () => {
    const expected = {
      kind: 'decoder',
      vocabularySize: 151_936,
      headSize: 128,
      keyValueHeads: 8,
      ropeTheta: 1_000_000,
      endTokenIds: [151_645],
    };
    expect(await read(file)).toMatchObject(expected);
    const { rope_theta: theta, ...newer } = file;
    const rope = { rope_type: 'default', rope_theta: theta };
    expect(await read({ ...newer, rope_parameters: rope })).toMatchObject(expected);
    expect(await read(file, { eos_token_id: [151_645, 151_643] })).toMatchObject({
      endTokenIds: [151_645, 151_643],
    });
  });

  it.each([
    [{ model_type: 'llama' }, 'is none of qwen3, corpuscope, bert'],
    [{ rope_scaling: { rope_type: 'yarn', factor: 4 } }, 'only "default"'],
    [{ attention_bias: true }, 'attention_bias'],
    [{ use_sliding_window: true }, 'use_sliding_window'],
    [{ quantization_config: { bits: 4 } }, 'quantization_config'],
    [{ hidden_act: 'gelu' }, 'hidden_act'],
    [{ num_key_value_heads: 3 }, 'must be a multiple of keyValueHeads'],
    [{ hidden_size: -1 }, 'hiddenSize'],
  ])('refuses what it would compute wrongly: %j', async (change, message) => {
    await expect(read({ ...file, ...change })).rejects.toThrow(message);
    await expect(read({ ...file, ...change })).rejects.toBeInstanceOf(CheckpointError);
  });

  it('says that there is none, or that it is no JSON', async () => {
    const folder = await mkdtemp(join(root, 'configuration-'));
    await expect(readConfiguration(folder)).rejects.toThrow('There is no config.json in');
    await writeFile(join(folder, 'config.json'), '{');
    await expect(readConfiguration(folder)).rejects.toThrow('is no JSON');
  });

  it('calls a decoder with the convolution by a name that Transformers does not load', async () => {
    const folder = join(root, 'convolution');
    const configuration = { ...decoder, convolutionTaps: 3 };
    await saveCheckpoint({ folder, configuration, parameters: parametersOf(configuration), tokenizer: null });
    expect(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))).toMatchObject({
      model_type: 'corpuscope',
      convolution_taps: 3,
    });
  });
});
