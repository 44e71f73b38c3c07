import { extentOf, withExtent } from '../tensor.ts';
import type { Tensor } from '../tensor.ts';
import { elementwise, multiply, sum } from './arithmetic.ts';
import { matrixProduct } from './matrix.ts';
import { concatenate, reshape, split, transposeLast } from './shape.ts';
import { sumOf } from './sum-parts.ts';

/** Keys and values that queries attend to. */
export interface AttentionSource {
  /** `[batch, heads, groups or 1, length, headSize]`; with 1, all groups see the same keys. */
  readonly keys: Tensor;
  /** Of the shape of the keys. */
  readonly values: Tensor;
  /** Added to the scores, broadcast over `[batch, heads, groups, rows, length]`: 0 or a large negative number. */
  readonly mask?: Tensor | undefined;
}

/**
 * Attention of queries to one or several sources at once, one softmax over all of them. Queries must be scaled
 * already. Rows that share keys (the heads of a group, the responses to a prompt) stand in one matrix.
 *
 * The gradient of the scores needs the row sums of `gradient · output` only (Dao et al., FlashAttention, 2022,
 * Appendix B.2), not another pass over the probabilities.
 *
 * @param queries `[batch, heads, groups, rows, headSize]`
 * @returns The shape of the queries.
 */
export function attend(queries: Tensor, sources: readonly AttentionSource[]): Tensor {
  const { output, weights } = queries.graph.untracked(() => attendForward(queries, sources));
  return withPullback({ queries, sources, output }, (gradient, rowSums) =>
    sources.map(({ keys, values }, source) => {
      const ownWeights = weights[source] ?? output;
      const raw = groupedProduct(gradient, values, { transposeSecond: true });
      const scores = elementwise('Mul', [ownWeights, elementwise('Sub', [raw, rowSums])]);
      return {
        queries: groupedProduct(scores, keys),
        keys: transposedProduct(scores, queries, extentOf(keys, 2)),
        values: transposedProduct(ownWeights, gradient, extentOf(values, 2)),
      };
    }),
  );
}

/** Records the output with its gradients: those of the queries are the sum over all sources. */
function withPullback(
  {
    queries,
    sources,
    output,
  }: { readonly queries: Tensor; readonly sources: readonly AttentionSource[]; readonly output: Tensor },
  gradientsBySource: (
    gradient: Tensor,
    rowSums: Tensor,
  ) => readonly { readonly queries: Tensor; readonly keys: Tensor; readonly values: Tensor }[],
): Tensor {
  queries.graph.record({
    inputs: [queries, ...sources.flatMap(({ keys, values }) => [keys, values])],
    outputs: [output],
    pullback: ([gradient]) => {
      if (!gradient) return [];
      const bySource = gradientsBySource(gradient, sum(multiply(gradient, output), [-1]));
      const queryGradient = sumOf(bySource.map((gradients) => gradients.queries));
      return [queryGradient, ...bySource.flatMap(({ keys, values }) => [keys, values])];
    },
  });
  return output;
}

/**
 * `attend` for long rows: the weights are not kept for the backward pass, but computed again from the logarithm of each
 * row's sum (Dao et al., FlashAttention, 2022, Algorithm 4), so that memory does not grow with rows · keys of all blocks.
 * The backward pass works on the transposed scores: ONNX Runtime would otherwise see that they are those of the forward
 * pass, and keep them after all.
 *
 * @param sources Masks are matrices `[rows, length]`.
 */
export function attendRecomputing(queries: Tensor, sources: readonly AttentionSource[]): Tensor {
  const { graph } = queries;
  const { output, logSums } = graph.untracked(() => {
    const joined = scoresOf(queries, sources);
    const last = joined.shape.length - 1;
    const logSums = graph.emit('ReduceLogSumExp', [joined, graph.integers([last])], {
      shape: withExtent(joined.shape, -1, 1),
      attributes: { keepdims: 1 },
    });
    const weights = elementwise('Exp', [elementwise('Sub', [joined, logSums])]);
    return { output: weightedValues(weights, sources).output, logSums };
  });
  return withPullback({ queries, sources, output }, (gradient, rowSums) =>
    sources.map(({ keys, values, mask }) => {
      const groups = extentOf(keys, 2);
      const [ownQueries, ownGradient] = [foldGroups(queries, groups), foldGroups(gradient, groups)];
      const raw = matrixProduct(keys, ownQueries, { transposeSecond: true });
      const masked = mask === undefined ? raw : addTransposed(raw, mask);
      const weights = elementwise('Exp', [elementwise('Sub', [masked, asRow(logSums, groups)])]);
      const pulled = matrixProduct(values, ownGradient, { transposeSecond: true });
      const scores = elementwise('Mul', [weights, elementwise('Sub', [pulled, asRow(rowSums, groups)])]);
      return {
        queries: reshape(matrixProduct(scores, keys, { transposeFirst: true }), queries.shape),
        keys: matrixProduct(scores, ownQueries),
        values: matrixProduct(weights, ownGradient),
      };
    }),
  );
}

/** `[…, rows, 1]` → `[…, 1, rows]`, the rows of groups that share keys side by side. */
function asRow(column: Tensor, groups: number): Tensor {
  const folded = foldGroups(column, groups);
  return reshape(folded, [...folded.shape.slice(0, -2), 1, extentOf(folded, -2)]);
}

/** Adds a mask `[rows, length]` to scores `[batch, heads, groups, length, all rows]`. */
function addTransposed(scores: Tensor, mask: Tensor): Tensor {
  const [rows, length] = [extentOf(mask, 0), extentOf(mask, 1)];
  const repeats = extentOf(scores, -1) / rows;
  const parted = reshape(scores, [...scores.shape.slice(0, -1), repeats, rows]);
  const transposed = reshape(transposeLast(mask), [length, 1, rows]);
  return reshape(elementwise('Add', [parted, transposed]), scores.shape);
}

function attendForward(queries: Tensor, sources: readonly AttentionSource[]) {
  const joined = scoresOf(queries, sources);
  const weights = joined.graph.emit('Softmax', [joined], { shape: joined.shape, attributes: { axis: -1 } });
  return weightedValues(weights, sources);
}

/** Scores of all sources side by side. */
function scoresOf(queries: Tensor, sources: readonly AttentionSource[]): Tensor {
  const scores = sources.map(({ keys, mask }) => {
    const raw = groupedProduct(queries, keys, { transposeSecond: true });
    return mask === undefined ? raw : elementwise('Add', [raw, mask]);
  });
  return concatenate(scores, queries.shape.length - 1);
}

function weightedValues(
  joined: Tensor,
  sources: readonly AttentionSource[],
): { readonly output: Tensor; readonly weights: readonly Tensor[] } {
  const lengths = sources.map(({ keys }) => extentOf(keys, -2));
  const weights = split(joined, joined.shape.length - 1, lengths);
  const parts = weights.flatMap((part, source) => {
    const values = sources[source]?.values;
    return values === undefined ? [] : [groupedProduct(part, values)];
  });
  return { output: sumOf(parts), weights };
}

/** Rows times matrices that may be shared by all groups; the groups' rows then form one matrix. */
function groupedProduct(
  rows: Tensor,
  matrices: Tensor,
  options: { readonly transposeSecond?: boolean } = {},
): Tensor {
  const folded = foldGroups(rows, extentOf(matrices, 2));
  const product = matrixProduct(folded, matrices, options);
  return reshape(product, withExtent(rows.shape, -1, extentOf(product, -1)));
}

/** `firstᵀ · second` for each of `groups` groups. */
function transposedProduct(first: Tensor, second: Tensor, groups: number): Tensor {
  return matrixProduct(foldGroups(first, groups), foldGroups(second, groups), { transposeFirst: true });
}

function foldGroups(tensor: Tensor, groups: number): Tensor {
  const [batch = 1, heads = 1, ownGroups = 1, rows = 1, width = 1] = tensor.shape;
  return groups === ownGroups ? tensor : reshape(tensor, [batch, heads, 1, ownGroups * rows, width]);
}
