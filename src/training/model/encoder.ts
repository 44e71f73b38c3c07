import { gelu } from '../graph/operators/activation.ts';
import { add, scale } from '../graph/operators/arithmetic.ts';
import { gatherRows } from '../graph/operators/gather.ts';
import { project } from '../graph/operators/matrix.ts';
import { layerNorm } from '../graph/operators/normalisation.ts';
import { reshape, split } from '../graph/operators/shape.ts';
import { extentOf } from '../graph/tensor.ts';
import type { Graph } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import { fullAttention } from './attention-patterns.ts';
import type { Weights } from './layer-weights.ts';
import type { EncoderConfiguration } from './model-configuration.ts';

export interface EncodedShape {
  readonly rows: number;
  /** Tokens of a row. */
  readonly length: number;
}

/**
 * A whole encoder of BERT's shape. Its inputs are `tokens` and `tokenTypes` (`[rows · length]`, int64), and
 * `paddingMask` (`[rows, 1, 1, 1, length]`: 0, or `hidden` at padding).
 *
 * @returns The hidden states after the last layer, `[rows · length, hiddenSize]`.
 */
export function encoder(
  graph: Graph,
  weights: Weights,
  { configuration, shape }: { readonly configuration: EncoderConfiguration; readonly shape: EncodedShape },
): Tensor {
  const { rows, length } = shape;
  const mask = graph.input('paddingMask', { type: 'float32', shape: [rows, 1, 1, 1, length] });
  let hidden = embed(graph, weights, { configuration, shape });
  for (let layer = 0; layer < configuration.layers; layer++) {
    hidden = encoderLayer(hidden, {
      configuration,
      shape,
      mask,
      weights: (part) => weights(`encoder.layer.${layer}.${part}`),
    });
  }
  return hidden;
}

function embed(
  graph: Graph,
  weights: Weights,
  { configuration, shape }: { readonly configuration: EncoderConfiguration; readonly shape: EncodedShape },
): Tensor {
  const places = shape.rows * shape.length;
  const integers = (name: string) => graph.input(name, { type: 'int64', shape: [places] });
  const positions = graph.integers(Array.from({ length: places }, (_, place) => place % shape.length));
  const sum = add(
    add(
      gatherRows(weights('embeddings.word_embeddings.weight'), integers('tokens')),
      gatherRows(weights('embeddings.token_type_embeddings.weight'), integers('tokenTypes')),
    ),
    gatherRows(weights('embeddings.position_embeddings.weight'), positions),
  );
  return normalise(sum, (part) => weights(`embeddings.${part}`), configuration);
}

function encoderLayer(
  input: Tensor,
  {
    configuration,
    shape,
    mask,
    weights,
  }: {
    readonly configuration: EncoderConfiguration;
    readonly shape: EncodedShape;
    readonly mask: Tensor;
    readonly weights: Weights;
  },
): Tensor {
  const { attentionHeads, hiddenSize } = configuration;
  const headSize = hiddenSize / attentionHeads;
  const dense = (tensor: Tensor, name: string) =>
    project(tensor, weights(`${name}.weight`), weights(`${name}.bias`));
  const within = (name: string) => (part: string) => weights(`${name}.${part}`);

  const projected = reshape(dense(input, 'attention.self.qkv'), [
    shape.rows,
    shape.length,
    3 * attentionHeads,
    headSize,
  ]);
  const [queries, keys, values] = split(projected, 2, [attentionHeads, attentionHeads, attentionHeads]);
  if (queries === undefined || keys === undefined || values === undefined) {
    throw new Error('A layer has queries, keys and values.');
  }
  const attended = fullAttention(mask)({ queries: scale(queries, headSize ** -0.5), keys, values });
  const attentionOutput = dense(
    reshape(attended, [extentOf(input, 0), hiddenSize]),
    'attention.output.dense',
  );
  const middle = normalise(add(attentionOutput, input), within('attention.output'), configuration);
  const output = dense(gelu(dense(middle, 'intermediate.dense')), 'output.dense');
  return normalise(add(output, middle), within('output'), configuration);
}

function normalise(
  input: Tensor,
  weights: (part: string) => Tensor,
  { normEpsilon }: EncoderConfiguration,
): Tensor {
  const parameters = { weight: weights('LayerNorm.weight'), bias: weights('LayerNorm.bias') };
  return layerNorm(input, parameters, normEpsilon);
}
