/*
 * A decoder for inference, as one graph for the prompt and for each token after it. Names and shapes of inputs and
 * outputs are those that Optimum gives a decoder with a cache ("text-generation-with-past", merged), which ONNX
 * Runtime's and transformers.js' generation loops know:
 *
 *     input_ids, position_ids       [batch_size, sequence_length]
 *     attention_mask                [batch_size, total_sequence_length]         1, or 0 at padding; the past included
 *     past_key_values.N.key, value  [batch_size, keyValueHeads, past_sequence_length, headSize]
 *     logits                        [batch_size, sequence_length, vocabularySize]
 *     present.N.key, value          the past with the new tokens
 *
 * Padding may stand before a prompt or after it. A policy with the convolution has one input and output more, which no
 * other model has: the ids of the tokens before (`past_conv_ids`, `present_conv_ids`: [batch_size, taps], the latest
 * last, -1 where there is none).
 */
import { onnxTypes } from '../graph/onnx-model.ts';
import type { NamedValue, OnnxValue } from '../graph/onnx-model.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';
import { hidden as hiddenScore } from '../model/attention-patterns.ts';
import type { OnnxBuilder } from './onnx-builder.ts';
import { groupedAttention, project, rmsNorm, shapeOf } from './onnx-operations.ts';

interface Step {
  readonly configuration: DecoderConfiguration;
  /** Vectors of one extent each. */
  readonly extents: { readonly batch: NamedValue; readonly rows: NamedValue; readonly columns: NamedValue };
  readonly bias: NamedValue;
  readonly cosine: NamedValue;
  readonly sine: NamedValue;
}

/** Appends the whole decoder. */
export function buildDecoder(graph: OnnxBuilder, configuration: DecoderConfiguration): void {
  const { hiddenSize, vocabularySize, normEpsilon, layers } = configuration;
  const tokens = integerInput(graph, 'input_ids', ['batch_size', 'sequence_length']);
  const mask = integerInput(graph, 'attention_mask', ['batch_size', 'total_sequence_length']);
  const positions = integerInput(graph, 'position_ids', ['batch_size', 'sequence_length']);
  const shape = graph.node('Shape', [tokens]);
  const extents = {
    batch: graph.node('Slice', [shape, graph.integers([0]), graph.integers([1])]),
    rows: graph.node('Slice', [shape, graph.integers([1]), graph.integers([2])]),
    columns: graph.node('Slice', [graph.node('Shape', [mask]), graph.integers([1]), graph.integers([2])]),
  };
  const step = {
    configuration,
    extents,
    bias: attentionBias(graph, mask, extents),
    ...rotaryAngles(graph, positions, configuration),
  };
  const embedded = embed(graph, { tokens, mask, configuration, extents });
  let hidden = graph.node('Reshape', [embedded, graph.integers([-1, hiddenSize])]);
  for (let layer = 0; layer < layers; layer++) hidden = decoderLayer(graph, hidden, { layer, step });
  const normalised = rmsNorm(graph, hidden, { weight: 'model.norm.weight', epsilon: normEpsilon });
  const head = configuration.tiedEmbeddings ? 'model.embed_tokens.weight' : 'lm_head.weight';
  const logits = project(graph, normalised, { weight: head });
  graph.output(
    { name: 'logits', type: 'float32', shape: ['batch_size', 'sequence_length', vocabularySize] },
    graph.node('Reshape', [logits, shapeOf(graph, shape, graph.integers([vocabularySize]))]),
  );
}

function integerInput(graph: OnnxBuilder, name: string, shape: OnnxValue['shape']): NamedValue {
  return graph.input({ name, type: 'int64', shape });
}

/** The vectors of the tokens: `[batch, sequence, hiddenSize]`. With the convolution, those of the tokens before too. */
function embed(
  graph: OnnxBuilder,
  input: {
    readonly tokens: NamedValue;
    readonly mask: NamedValue;
    readonly configuration: DecoderConfiguration;
    readonly extents: Step['extents'];
  },
): NamedValue {
  const { tokens, mask, extents, configuration } = input;
  const taps = configuration.convolutionTaps;
  const table = graph.weight('model.embed_tokens.weight');
  let sum = graph.node('Gather', [table, tokens], { axis: 0 });
  if (taps === 0) return sum;
  const past = integerInput(graph, 'past_conv_ids', ['batch_size', taps]);
  const start = graph.node('Sub', [extents.columns, extents.rows]);
  const ownMask = graph.node('Slice', [mask, start, extents.columns, graph.integers([1])]);
  const isReal = graph.node('Cast', [ownMask], { to: onnxTypes.bool });
  const real = graph.node('Where', [isReal, tokens, graph.integer(-1)]);
  const sequence = graph.node('Concat', [past, real], { axis: 1 });
  const part = (from: number, to: number): NamedValue =>
    graph.node('Slice', [sequence, graph.integers([from]), graph.integers([to]), graph.integers([1])]);
  for (let distance = 1; distance <= taps; distance++) {
    const before = part(taps - distance, -distance);
    const vectors = graph.node('Gather', [table, graph.node('Max', [before, graph.integer(0)])], { axis: 0 });
    const exists = graph.node('Cast', [graph.node('GreaterOrEqual', [before, graph.integer(0)])], {
      to: onnxTypes.float32,
    });
    const weighted = graph.node('Mul', [vectors, graph.node('Unsqueeze', [exists, graph.integers([2])])]);
    const weights = graph.node(
      'Gather',
      [graph.weight('model.embed_convolution.weight'), graph.integer(distance - 1)],
      {
        axis: 0,
      },
    );
    sum = graph.node('Add', [sum, graph.node('Mul', [weighted, weights])]);
  }
  graph.output(
    { name: 'present_conv_ids', type: 'int64', shape: ['batch_size', taps] },
    part(-taps, 2 ** 31 - 1),
  );
  return sum;
}

/** 0 where a token may look, else a large negative number: `[batch, 1, 1, rows, columns]`. */
function attentionBias(graph: OnnxBuilder, mask: NamedValue, { rows, columns }: Step['extents']): NamedValue {
  const scalar = (extent: NamedValue): NamedValue => graph.node('Squeeze', [extent, graph.integers([0])]);
  const [end, start] = [scalar(columns), scalar(graph.node('Sub', [columns, rows]))];
  const keys = graph.node('Range', [graph.integer(0), end, graph.integer(1)]);
  const queries = graph.node('Unsqueeze', [
    graph.node('Range', [start, end, graph.integer(1)]),
    graph.integers([1]),
  ]);
  const isPast = graph.node('LessOrEqual', [keys, queries]);
  const isReal = graph.node('Unsqueeze', [
    graph.node('Cast', [mask], { to: onnxTypes.bool }),
    graph.integers([1]),
  ]);
  const allowed = graph.node('And', [isPast, isReal]);
  const bias = graph.node('Where', [allowed, graph.number(0), graph.number(hiddenScore)]);
  return graph.node('Unsqueeze', [bias, graph.integers([1, 2])]);
}

/** Cosines and sines of the angles of the positions: `[batch, sequence, 1, headSize]`. */
function rotaryAngles(
  graph: OnnxBuilder,
  positions: NamedValue,
  { headSize, ropeTheta }: DecoderConfiguration,
): Pick<Step, 'cosine' | 'sine'> {
  const frequencies = Float32Array.from(
    { length: headSize / 2 },
    (_, index) => 1 / ropeTheta ** ((2 * index) / headSize),
  );
  const numbers = graph.node('Cast', [positions], { to: onnxTypes.float32 });
  const column = graph.node('Unsqueeze', [numbers, graph.integers([2])]);
  const half = graph.node('Mul', [column, graph.numbers('rotary frequencies', frequencies)]);
  const angles = graph.node('Unsqueeze', [
    graph.node('Concat', [half, half], { axis: -1 }),
    graph.integers([2]),
  ]);
  return { cosine: graph.node('Cos', [angles]), sine: graph.node('Sin', [angles]) };
}

function decoderLayer(
  graph: OnnxBuilder,
  input: NamedValue,
  { layer, step }: { readonly layer: number; readonly step: Step },
): NamedValue {
  const { attentionHeads, keyValueHeads, headSize, normEpsilon: epsilon } = step.configuration;
  const name = (part: string): string => `model.layers.${layer}.${part}.weight`;
  const dense = (rows: NamedValue, part: string): NamedValue => project(graph, rows, { weight: name(part) });
  const normalised = rmsNorm(graph, input, { weight: name('input_layernorm'), epsilon });
  const heads = (part: string, count: number): NamedValue => {
    const shape = shapeOf(graph, step.extents.batch, step.extents.rows, graph.integers([count, headSize]));
    return graph.node('Reshape', [dense(normalised, `self_attn.${part}_proj`), shape]);
  };
  const turned = (part: string, count: number): NamedValue => {
    const value = rmsNorm(graph, heads(part, count), { weight: name(`self_attn.${part}_norm`), epsilon });
    return headsFirst(graph, rotate(graph, value, step));
  };
  const queries = turned('q', attentionHeads);
  const keys = cached(graph, turned('k', keyValueHeads), { layer, kind: 'key', step });
  const values = cached(graph, headsFirst(graph, heads('v', keyValueHeads)), { layer, kind: 'value', step });
  const attended = groupedAttention(graph, {
    ...step,
    queries,
    keys,
    values,
    heads: attentionHeads,
    keyValueHeads,
    headSize,
  });
  const middle = graph.node('Add', [input, dense(attended, 'self_attn.o_proj')]);
  const inner = rmsNorm(graph, middle, { weight: name('post_attention_layernorm'), epsilon });
  const gate = dense(inner, 'mlp.gate_proj');
  const activated = graph.node('Mul', [gate, graph.node('Sigmoid', [gate])]);
  const product = graph.node('Mul', [activated, dense(inner, 'mlp.up_proj')]);
  return graph.node('Add', [middle, dense(product, 'mlp.down_proj')]);
}

function headsFirst(graph: OnnxBuilder, value: NamedValue): NamedValue {
  return graph.node('Transpose', [value], { perm: [0, 2, 1, 3] });
}

/** Half-split rotary embedding. */
function rotate(graph: OnnxBuilder, value: NamedValue, { cosine, sine }: Step): NamedValue {
  const [low, high] = graph.halves(value);
  const turned = graph.node('Concat', [graph.node('Neg', [high]), low], { axis: -1 });
  return graph.node('Add', [graph.node('Mul', [value, cosine]), graph.node('Mul', [turned, sine])]);
}

/** Keys or values with those of the past before them, which are an output too. */
function cached(
  graph: OnnxBuilder,
  own: NamedValue,
  { layer, kind, step }: { readonly layer: number; readonly kind: 'key' | 'value'; readonly step: Step },
): NamedValue {
  const { keyValueHeads, headSize } = step.configuration;
  const shape = (length: string) => ['batch_size', keyValueHeads, length, headSize] as const;
  const past = graph.input({
    name: `past_key_values.${layer}.${kind}`,
    type: 'float32',
    shape: shape('past_sequence_length'),
  });
  const all = graph.node('Concat', [past, own], { axis: 2 });
  graph.output(
    { name: `present.${layer}.${kind}`, type: 'float32', shape: shape('total_sequence_length') },
    all,
  );
  return all;
}
