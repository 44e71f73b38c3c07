/*
 * An encoder of BERT's shape, with the inputs and outputs that Optimum gives it ("feature-extraction"):
 *
 *     input_ids, attention_mask, token_type_ids    [batch_size, sequence_length]
 *     last_hidden_state                            [batch_size, sequence_length, hiddenSize]
 */
import { onnxTypes } from '../graph/onnx-model.ts';
import type { NamedValue } from '../graph/onnx-model.ts';
import { hidden as hiddenScore } from '../model/attention-patterns.ts';
import type { EncoderConfiguration } from '../model/model-configuration.ts';
import type { OnnxBuilder } from './onnx-builder.ts';
import { groupedAttention, project, shapeOf } from './onnx-operations.ts';

interface Sequence {
  readonly configuration: EncoderConfiguration;
  readonly extents: { readonly batch: NamedValue; readonly rows: NamedValue; readonly columns: NamedValue };
  readonly bias: NamedValue;
}

/** Appends the whole encoder. */
export function buildEncoder(graph: OnnxBuilder, configuration: EncoderConfiguration): void {
  const { hiddenSize, layers } = configuration;
  const input = (name: string): NamedValue =>
    graph.input({ name, type: 'int64', shape: ['batch_size', 'sequence_length'] });
  const [tokens, mask, types] = [input('input_ids'), input('attention_mask'), input('token_type_ids')];
  const shape = graph.node('Shape', [tokens]);
  const batch = graph.node('Slice', [shape, graph.integers([0]), graph.integers([1])]);
  const length = graph.node('Slice', [shape, graph.integers([1]), graph.integers([2])]);
  const isReal = graph.node('Cast', [mask], { to: onnxTypes.bool });
  const bias = graph.node('Where', [isReal, graph.number(0), graph.number(hiddenScore)]);
  const sequence = {
    configuration,
    extents: { batch, rows: length, columns: length },
    bias: graph.node('Unsqueeze', [bias, graph.integers([1, 2, 3])]),
  };
  const scalarLength = graph.node('Squeeze', [length, graph.integers([0])]);
  const positions = graph.node('Range', [graph.integer(0), scalarLength, graph.integer(1)]);
  const vectors = [
    ['word', tokens],
    ['token_type', types],
    ['position', positions],
  ] as const;
  const [first, second, third] = vectors.map(([name, ids]) =>
    graph.node('Gather', [graph.weight(`embeddings.${name}_embeddings.weight`), ids], { axis: 0 }),
  );
  if (first === undefined || second === undefined || third === undefined)
    throw new Error('There are three embeddings.');
  const sum = graph.node('Add', [graph.node('Add', [first, second]), third]);
  const rows = graph.node('Reshape', [sum, graph.integers([-1, hiddenSize])]);
  let hidden = layerNorm(graph, rows, { name: 'embeddings', configuration });
  for (let layer = 0; layer < layers; layer++) hidden = encoderLayer(graph, hidden, { layer, sequence });
  graph.output(
    { name: 'last_hidden_state', type: 'float32', shape: ['batch_size', 'sequence_length', hiddenSize] },
    graph.node('Reshape', [hidden, shapeOf(graph, shape, graph.integers([hiddenSize]))]),
  );
}

function encoderLayer(
  graph: OnnxBuilder,
  input: NamedValue,
  { layer, sequence }: { readonly layer: number; readonly sequence: Sequence },
): NamedValue {
  const { configuration, extents } = sequence;
  const { attentionHeads: heads, hiddenSize } = configuration;
  const headSize = hiddenSize / heads;
  const prefix = `encoder.layer.${layer}`;
  const dense = (rows: NamedValue, part: string): NamedValue =>
    project(graph, rows, { weight: `${prefix}.${part}.weight`, bias: `${prefix}.${part}.bias` });
  const shape = shapeOf(graph, extents.batch, extents.rows, graph.integers([heads, headSize]));
  const [queries, keys, values] = ['query', 'key', 'value'].map((part) => {
    const byHead = graph.node('Reshape', [dense(input, `attention.self.${part}`), shape]);
    return graph.node('Transpose', [byHead], { perm: [0, 2, 1, 3] });
  });
  if (queries === undefined || keys === undefined || values === undefined)
    throw new Error('A layer has queries, keys and values.');
  const attended = groupedAttention(graph, {
    ...sequence,
    queries,
    keys,
    values,
    heads,
    keyValueHeads: heads,
    headSize,
  });
  const normalise = (value: NamedValue, part: string): NamedValue =>
    layerNorm(graph, value, { name: `${prefix}.${part}`, configuration });
  const middle = normalise(
    graph.node('Add', [input, dense(attended, 'attention.output.dense')]),
    'attention.output',
  );
  const activated = gelu(graph, dense(middle, 'intermediate.dense'));
  return normalise(graph.node('Add', [middle, dense(activated, 'output.dense')]), 'output');
}

function layerNorm(
  graph: OnnxBuilder,
  value: NamedValue,
  { name, configuration }: { readonly name: string; readonly configuration: EncoderConfiguration },
): NamedValue {
  const inputs = [value, graph.weight(`${name}.LayerNorm.weight`), graph.weight(`${name}.LayerNorm.bias`)];
  return graph.node('LayerNormalization', inputs, {
    axis: -1,
    epsilon: { float: configuration.normEpsilon },
  });
}

/** x · (1 + erf(x / √2)) / 2 */
function gelu(graph: OnnxBuilder, value: NamedValue): NamedValue {
  const erf = graph.node('Erf', [graph.node('Mul', [value, graph.number(Math.SQRT1_2)])]);
  const share = graph.node('Mul', [graph.node('Add', [erf, graph.number(1)]), graph.number(0.5)]);
  return graph.node('Mul', [value, share]);
}
