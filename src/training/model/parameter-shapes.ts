import type {
  DecoderConfiguration,
  EncoderConfiguration,
  ModelConfiguration,
} from './model-configuration.ts';

/**
 * The name and shape of every parameter, in the order in which they lie in memory. Names and orientation
 * (`[out, in]` for projections) are Hugging Face's, so that a checkpoint needs no conversion. Projections that
 * are computed in one product stand next to one another.
 */
export function parameterShapes(configuration: ModelConfiguration): Map<string, readonly number[]> {
  return configuration.kind === 'decoder' ? decoderShapes(configuration) : encoderShapes(configuration);
}

/** The number of parameters, a tied embedding counted once. */
export function parameterCount(configuration: ModelConfiguration): number {
  const sizes = [...parameterShapes(configuration).values()].map((shape) =>
    shape.reduce((product, extent) => product * extent, 1),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function decoderShapes(configuration: DecoderConfiguration): Map<string, readonly number[]> {
  const { hiddenSize, intermediateSize, headSize, attentionHeads, keyValueHeads, vocabularySize } =
    configuration;
  const shapes = new Map<string, readonly number[]>();
  shapes.set('model.embed_tokens.weight', [vocabularySize, hiddenSize]);
  if (configuration.convolutionTaps > 0) {
    shapes.set('model.embed_convolution.weight', [configuration.convolutionTaps, hiddenSize]);
  }
  for (let layer = 0; layer < configuration.layers; layer++) {
    const name = (part: string) => `model.layers.${layer}.${part}.weight`;
    shapes.set(name('input_layernorm'), [hiddenSize]);
    shapes.set(name('self_attn.q_proj'), [attentionHeads * headSize, hiddenSize]);
    shapes.set(name('self_attn.k_proj'), [keyValueHeads * headSize, hiddenSize]);
    shapes.set(name('self_attn.v_proj'), [keyValueHeads * headSize, hiddenSize]);
    shapes.set(name('self_attn.q_norm'), [headSize]);
    shapes.set(name('self_attn.k_norm'), [headSize]);
    shapes.set(name('self_attn.o_proj'), [hiddenSize, attentionHeads * headSize]);
    shapes.set(name('post_attention_layernorm'), [hiddenSize]);
    shapes.set(name('mlp.gate_proj'), [intermediateSize, hiddenSize]);
    shapes.set(name('mlp.up_proj'), [intermediateSize, hiddenSize]);
    shapes.set(name('mlp.down_proj'), [hiddenSize, intermediateSize]);
  }
  shapes.set('model.norm.weight', [hiddenSize]);
  if (!configuration.tiedEmbeddings) shapes.set('lm_head.weight', [vocabularySize, hiddenSize]);
  return shapes;
}

function encoderShapes(configuration: EncoderConfiguration): Map<string, readonly number[]> {
  const { hiddenSize, intermediateSize, vocabularySize, maximumPositions, tokenTypes } = configuration;
  const shapes = new Map<string, readonly number[]>();
  shapes.set('embeddings.word_embeddings.weight', [vocabularySize, hiddenSize]);
  shapes.set('embeddings.position_embeddings.weight', [maximumPositions, hiddenSize]);
  shapes.set('embeddings.token_type_embeddings.weight', [tokenTypes, hiddenSize]);
  shapes.set('embeddings.LayerNorm.weight', [hiddenSize]);
  shapes.set('embeddings.LayerNorm.bias', [hiddenSize]);
  for (let layer = 0; layer < configuration.layers; layer++) {
    const name = (part: string) => `encoder.layer.${layer}.${part}`;
    const projections = ['query', 'key', 'value'].map((part) => name(`attention.self.${part}`));
    for (const projection of projections) shapes.set(`${projection}.weight`, [hiddenSize, hiddenSize]);
    for (const projection of projections) shapes.set(`${projection}.bias`, [hiddenSize]);
    shapes.set(name('attention.output.dense.weight'), [hiddenSize, hiddenSize]);
    shapes.set(name('attention.output.dense.bias'), [hiddenSize]);
    shapes.set(name('attention.output.LayerNorm.weight'), [hiddenSize]);
    shapes.set(name('attention.output.LayerNorm.bias'), [hiddenSize]);
    shapes.set(name('intermediate.dense.weight'), [intermediateSize, hiddenSize]);
    shapes.set(name('intermediate.dense.bias'), [intermediateSize]);
    shapes.set(name('output.dense.weight'), [hiddenSize, intermediateSize]);
    shapes.set(name('output.dense.bias'), [hiddenSize]);
    shapes.set(name('output.LayerNorm.weight'), [hiddenSize]);
    shapes.set(name('output.LayerNorm.bias'), [hiddenSize]);
  }
  return shapes;
}
