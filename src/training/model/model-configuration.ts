import { z } from 'zod';

const count = z.int().positive();

/**
 * A decoder of Qwen3's shape: RMSNorm before attention and feed-forward, RoPE, grouped-query attention with a
 * norm on each head of queries and keys, SwiGLU, no biases. What Hugging Face's `config.json` calls these
 * fields stands behind each.
 */
export const decoderConfigurationSchema = z
  .object({
    kind: z.literal('decoder'),
    /** `vocab_size` */
    vocabularySize: count,
    /** `hidden_size` */
    hiddenSize: count,
    /** `intermediate_size` */
    intermediateSize: count,
    /** `num_hidden_layers` */
    layers: count,
    /** `num_attention_heads` */
    attentionHeads: count,
    /** `num_key_value_heads` */
    keyValueHeads: count,
    /** `head_dim` */
    headSize: count.multipleOf(2),
    /** `max_position_embeddings`, in tokens */
    maximumPositions: count,
    /** `rope_theta` */
    ropeTheta: z.number().positive(),
    /** `rms_norm_eps` */
    normEpsilon: z.number().positive(),
    /** `tie_word_embeddings`: the output projection is the embedding. */
    tiedEmbeddings: z.boolean(),
    /**
     * Ours: how many tokens back the causal convolution at the embedding sees, 0 for none. Small policies
     * trained from scratch need it to learn lookups in seconds; Qwen's checkpoints have none.
     */
    convolutionTaps: z.int().min(0).max(8).default(0),
    /** `eos_token_id` */
    endTokenIds: z.array(z.int().nonnegative()).default([]),
  })
  .refine(({ attentionHeads, keyValueHeads }) => attentionHeads % keyValueHeads === 0, {
    message: 'must be a multiple of keyValueHeads',
    path: ['attentionHeads'],
  });

/** An encoder of BERT's shape: learned positions, biases, LayerNorm after each sub-layer, GELU. */
export const encoderConfigurationSchema = z
  .object({
    kind: z.literal('encoder'),
    vocabularySize: count,
    hiddenSize: count,
    intermediateSize: count,
    layers: count,
    attentionHeads: count,
    maximumPositions: count,
    /** `type_vocab_size` */
    tokenTypes: count,
    /** `layer_norm_eps` */
    normEpsilon: z.number().positive(),
  })
  .refine(({ hiddenSize, attentionHeads }) => hiddenSize % attentionHeads === 0, {
    message: 'must be a multiple of attentionHeads',
    path: ['hiddenSize'],
  });

export const modelConfigurationSchema = z.union([decoderConfigurationSchema, encoderConfigurationSchema]);

export type DecoderConfiguration = z.infer<typeof decoderConfigurationSchema>;
export type EncoderConfiguration = z.infer<typeof encoderConfigurationSchema>;
export type ModelConfiguration = DecoderConfiguration | EncoderConfiguration;

/** The numbers of a parameter in row-major order. */
export interface Parameter {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** The parameters of a model under their Hugging Face names (`model.embed_tokens.weight`, …). */
export type Parameters = ReadonlyMap<string, Parameter>;
