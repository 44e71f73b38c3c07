/*
 * `config.json`: the architecture of a checkpoint as Hugging Face writes it, to and from a ModelConfiguration.
 *
 * What a configuration says and this project does not compute is refused, rather than computed wrongly: biases in
 * the attention, scaled rotary embeddings, sliding windows, other activations, quantised weights.
 *
 * A decoder with the convolution is no Qwen3: it has a model type of its own, which Transformers refuses to load.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { modelConfigurationSchema } from '../model/model-configuration.ts';
import type {
  DecoderConfiguration,
  EncoderConfiguration,
  ModelConfiguration,
} from '../model/model-configuration.ts';
import { writeTextAtomically } from './atomic-write.ts';
import { CheckpointError } from './checkpoint-error.ts';

export const configurationFileName = 'config.json';
export const generationFileName = 'generation_config.json';

const tokenIds = z
  .union([z.int(), z.array(z.int())])
  .nullish()
  .transform((ids) => (typeof ids === 'number' ? [ids] : (ids ?? [])));

const absent = z.null('is not supported here').optional();
const rope = z.looseObject({
  rope_theta: z.number().optional(),
  rope_type: z.literal('default', 'is not supported here, only "default"').optional(),
});

const decoderFileSchema = z
  .object({
    model_type: z.enum(['qwen3', 'corpuscope']),
    vocab_size: z.int(),
    hidden_size: z.int(),
    intermediate_size: z.int(),
    num_hidden_layers: z.int(),
    num_attention_heads: z.int(),
    num_key_value_heads: z.int().optional(),
    head_dim: z.int().default(128),
    max_position_embeddings: z.int().default(32_768),
    rms_norm_eps: z.number().default(1e-6),
    /** Up to Transformers 4; later in `rope_parameters`. */
    rope_theta: z.number().optional(),
    rope_parameters: rope.nullish(),
    rope_scaling: rope.nullish(),
    tie_word_embeddings: z.boolean().default(false),
    hidden_act: z.literal('silu').default('silu'),
    attention_bias: z.literal(false).default(false),
    use_sliding_window: z.literal(false).default(false),
    quantization_config: absent,
    convolution_taps: z.int().default(0),
    eos_token_id: tokenIds,
  })
  .transform((file) => ({
    kind: 'decoder',
    vocabularySize: file.vocab_size,
    hiddenSize: file.hidden_size,
    intermediateSize: file.intermediate_size,
    layers: file.num_hidden_layers,
    attentionHeads: file.num_attention_heads,
    keyValueHeads: file.num_key_value_heads ?? file.num_attention_heads,
    headSize: file.head_dim,
    maximumPositions: file.max_position_embeddings,
    ropeTheta: file.rope_theta ?? file.rope_parameters?.rope_theta ?? 10_000,
    normEpsilon: file.rms_norm_eps,
    tiedEmbeddings: file.tie_word_embeddings,
    convolutionTaps: file.convolution_taps,
    endTokenIds: file.eos_token_id,
  }));

const encoderFileSchema = z
  .object({
    model_type: z.literal('bert'),
    vocab_size: z.int(),
    hidden_size: z.int(),
    intermediate_size: z.int(),
    num_hidden_layers: z.int(),
    num_attention_heads: z.int(),
    max_position_embeddings: z.int(),
    type_vocab_size: z.int().default(2),
    layer_norm_eps: z.number().default(1e-12),
    hidden_act: z.literal('gelu').default('gelu'),
    position_embedding_type: z.literal('absolute').default('absolute'),
    is_decoder: z.literal(false).default(false),
    quantization_config: absent,
  })
  .transform((file) => ({
    kind: 'encoder',
    vocabularySize: file.vocab_size,
    hiddenSize: file.hidden_size,
    intermediateSize: file.intermediate_size,
    layers: file.num_hidden_layers,
    attentionHeads: file.num_attention_heads,
    maximumPositions: file.max_position_embeddings,
    tokenTypes: file.type_vocab_size,
    normEpsilon: file.layer_norm_eps,
  }));

const fileSchema = z.discriminatedUnion('model_type', [decoderFileSchema, encoderFileSchema], {
  error: 'is none of qwen3, corpuscope, bert',
});

/**
 * Reads the configuration of the checkpoint in a folder. Which tokens end a text is taken from
 * `generation_config.json` where that says so, as Transformers does.
 *
 * @throws CheckpointError There is none, or it is of an architecture that is not supported here.
 */
export async function readConfiguration(folder: string): Promise<ModelConfiguration> {
  const path = join(folder, configurationFileName);
  const content = await readJson(path);
  if (content === undefined) {
    const found = await stat(folder).catch(() => null);
    const isFolder = found?.isDirectory() ?? false;
    throw new CheckpointError({
      message: isFolder
        ? `There is no ${configurationFileName} in ${folder}.`
        : `There is no checkpoint at ${folder}: ${found === null ? 'there is no such folder' : 'it is a file, not a folder'}.`,
      remedy: 'Give the folder of a checkpoint in the Hugging Face layout.',
    });
  }
  const file = fileSchema.safeParse(content);
  const parsed = file.success ? modelConfigurationSchema.safeParse(file.data) : file;
  if (!parsed.success) {
    throw new CheckpointError({
      message: `The model of ${path} cannot be used here:\n${z.prettifyError(parsed.error)}`,
      remedy: 'Qwen3 decoders and BERT encoders are supported, without quantisation or scaled positions.',
      cause: parsed.error,
    });
  }
  const configuration = parsed.data;
  if (configuration.kind === 'encoder') return configuration;
  const generation = z
    .object({ eos_token_id: tokenIds })
    .safeParse(await readJson(join(folder, generationFileName)));
  const endTokenIds = generation.data?.eos_token_id ?? [];
  return endTokenIds.length > 0 ? { ...configuration, endTokenIds } : configuration;
}

/** Writes `config.json` as Transformers reads it. */
export function writeConfiguration(folder: string, configuration: ModelConfiguration): Promise<void> {
  const content = configuration.kind === 'decoder' ? decoderFile(configuration) : encoderFile(configuration);
  return writeTextAtomically(join(folder, configurationFileName), `${JSON.stringify(content, null, 2)}\n`);
}

function decoderFile(configuration: DecoderConfiguration): object {
  const { convolutionTaps, endTokenIds, ropeTheta } = configuration;
  const isQwen = convolutionTaps === 0;
  return {
    architectures: [isQwen ? 'Qwen3ForCausalLM' : 'CorpuscopeForCausalLM'],
    model_type: isQwen ? 'qwen3' : 'corpuscope',
    vocab_size: configuration.vocabularySize,
    hidden_size: configuration.hiddenSize,
    intermediate_size: configuration.intermediateSize,
    num_hidden_layers: configuration.layers,
    num_attention_heads: configuration.attentionHeads,
    num_key_value_heads: configuration.keyValueHeads,
    head_dim: configuration.headSize,
    max_position_embeddings: configuration.maximumPositions,
    rms_norm_eps: configuration.normEpsilon,
    // Both spellings, for Transformers 4 and 5.
    rope_theta: ropeTheta,
    rope_parameters: { rope_type: 'default', rope_theta: ropeTheta },
    tie_word_embeddings: configuration.tiedEmbeddings,
    hidden_act: 'silu',
    attention_bias: false,
    attention_dropout: 0,
    use_sliding_window: false,
    ...(!isQwen && { convolution_taps: convolutionTaps }),
    bos_token_id: null,
    eos_token_id: endTokenIds.length > 1 ? endTokenIds : (endTokenIds[0] ?? null),
  };
}

function encoderFile(configuration: EncoderConfiguration): object {
  return {
    architectures: ['BertModel'],
    model_type: 'bert',
    vocab_size: configuration.vocabularySize,
    hidden_size: configuration.hiddenSize,
    intermediate_size: configuration.intermediateSize,
    num_hidden_layers: configuration.layers,
    num_attention_heads: configuration.attentionHeads,
    max_position_embeddings: configuration.maximumPositions,
    type_vocab_size: configuration.tokenTypes,
    layer_norm_eps: configuration.normEpsilon,
    hidden_act: 'gelu',
    position_embedding_type: 'absolute',
  };
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CheckpointError({
      message: `${path} is no JSON.`,
      remedy: 'Copy or download it again.',
      cause: error,
    });
  }
}
