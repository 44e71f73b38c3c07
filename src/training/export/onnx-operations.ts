import type { NamedValue } from '../graph/onnx-model.ts';
import type { OnnxBuilder } from './onnx-builder.ts';

/** Rows times a weight of the orientation `[out, in]`, and a bias. */
export function project(
  graph: OnnxBuilder,
  rows: NamedValue,
  parameter: { readonly weight: string; readonly bias?: string },
): NamedValue {
  const bias = parameter.bias === undefined ? [] : [graph.weight(parameter.bias)];
  return graph.node('Gemm', [rows, graph.weight(parameter.weight), ...bias], { transB: 1 });
}

/** Root mean square norm over the last axis. */
export function rmsNorm(
  graph: OnnxBuilder,
  value: NamedValue,
  { weight, epsilon }: { readonly weight: string; readonly epsilon: number },
): NamedValue {
  const squares = graph.node('Mul', [value, value]);
  const mean = graph.node('ReduceMean', [squares, graph.integers([-1])], { keepdims: 1 });
  const size = graph.node('Sqrt', [graph.node('Add', [mean, graph.number(epsilon)])]);
  return graph.node('Mul', [graph.node('Div', [value, size]), graph.weight(weight)]);
}

/** A shape out of vectors of extents. */
export function shapeOf(graph: OnnxBuilder, ...parts: readonly NamedValue[]): NamedValue {
  return graph.node('Concat', parts, { axis: 0 });
}

/** Attention of `[batch, heads, …, headSize]` queries to keys and values that groups of heads share. */
export function groupedAttention(
  graph: OnnxBuilder,
  input: {
    readonly queries: NamedValue;
    readonly keys: NamedValue;
    readonly values: NamedValue;
    /** Added to the scores: broadcast over `[batch, keyValueHeads, group, rows, columns]`. */
    readonly bias: NamedValue;
    /** Vectors of one extent each. */
    readonly extents: { readonly batch: NamedValue; readonly rows: NamedValue; readonly columns: NamedValue };
    readonly heads: number;
    readonly keyValueHeads: number;
    readonly headSize: number;
  },
): NamedValue {
  const { extents, heads, keyValueHeads, headSize } = input;
  // The heads of a group stand one below the other: they meet the same keys.
  const folded = shapeOf(graph, extents.batch, graph.integers([keyValueHeads, -1, headSize]));
  const queries = graph.node('Reshape', [input.queries, folded]);
  const keys = graph.node('Transpose', [input.keys], { perm: [0, 1, 3, 2] });
  const scores = graph.node('Mul', [graph.node('MatMul', [queries, keys]), graph.number(headSize ** -0.5)]);
  const unfolded = shapeOf(
    graph,
    extents.batch,
    graph.integers([keyValueHeads, heads / keyValueHeads]),
    extents.rows,
    extents.columns,
  );
  const biased = graph.node('Add', [graph.node('Reshape', [scores, unfolded]), input.bias]);
  const shares = graph.node('Softmax', [biased], { axis: -1 });
  const foldedShares = shapeOf(graph, extents.batch, graph.integers([keyValueHeads, -1]), extents.columns);
  const attended = graph.node('MatMul', [graph.node('Reshape', [shares, foldedShares]), input.values]);
  const byHead = shapeOf(
    graph,
    extents.batch,
    graph.integers([heads]),
    extents.rows,
    graph.integers([headSize]),
  );
  const outputs = graph.node('Transpose', [graph.node('Reshape', [attended, byHead])], {
    perm: [0, 2, 1, 3],
  });
  return graph.node('Reshape', [outputs, graph.integers([-1, heads * headSize])]);
}
