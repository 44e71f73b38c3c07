import { broadcastShape, extentOf, GraphError } from '../tensor.ts';
import type { Tensor } from '../tensor.ts';
import { sum, sumToShape } from './arithmetic.ts';
import { reshape, transposeLast } from './shape.ts';

export interface ProductOptions {
  /** Whether the last two axes of the first factor are exchanged before multiplying. */
  readonly transposeFirst?: boolean;
  /** Whether the last two axes of the second factor are exchanged before multiplying. */
  readonly transposeSecond?: boolean;
}

/** The matrix product over the last two axes; leading axes are matched, extents of 1 being repeated. */
export function matrixProduct(first: Tensor, second: Tensor, options: ProductOptions = {}): Tensor {
  const { transposeFirst = false, transposeSecond = false } = options;
  const output = product(first, second, options);
  first.graph.record({
    inputs: [first, second],
    outputs: [output],
    pullback: ([gradient]) => {
      if (!gradient) return [null, null];
      const byFirst = transposeFirst
        ? product(second, gradient, { transposeFirst: transposeSecond, transposeSecond: true })
        : product(gradient, second, { transposeSecond: !transposeSecond });
      const bySecond = transposeSecond
        ? product(gradient, first, { transposeFirst: true, transposeSecond: transposeFirst })
        : product(first, gradient, { transposeFirst: !transposeFirst });
      return [sumToShape(byFirst, first.shape), sumToShape(bySecond, second.shape)];
    },
  });
  return output;
}

/**
 * A projection `input · weightᵀ (+ bias)` of rows.
 *
 * @param input `[rows, in]`
 * @param weight `[out, in]`, as checkpoints store it.
 * @param bias `[out]`
 */
export function project(input: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  if (bias === undefined) return matrixProduct(input, weight, { transposeSecond: true });
  const { graph } = input;
  const output = graph.emit('Gemm', [input, weight, bias], {
    shape: [extentOf(input, 0), extentOf(weight, 0)],
    attributes: { transB: 1 },
  });
  graph.record({
    inputs: [input, weight, bias],
    outputs: [output],
    pullback: ([gradient]) =>
      gradient
        ? [
            product(gradient, weight),
            product(gradient, input, { transposeFirst: true }),
            reshape(sum(gradient, [0]), bias.shape),
          ]
        : [null, null, null],
  });
  return output;
}

/** `matrixProduct` without its gradient: a Gemm of matrices, a MatMul of stacks of them. */
function product(first: Tensor, second: Tensor, options: ProductOptions = {}): Tensor {
  const { transposeFirst = false, transposeSecond = false } = options;
  const [rows, inner] = transposeFirst ? [-1, -2] : [-2, -1];
  const [secondInner, columns] = transposeSecond ? [-1, -2] : [-2, -1];
  if (extentOf(first, inner) !== extentOf(second, secondInner)) {
    throw new GraphError(
      `[${first.shape.join(', ')}] and [${second.shape.join(', ')}] cannot be multiplied: ` +
        `${extentOf(first, inner)} columns, ${extentOf(second, secondInner)} rows.`,
    );
  }
  const shape = [
    ...broadcastShape(first.shape.slice(0, -2), second.shape.slice(0, -2)),
    extentOf(first, rows),
    extentOf(second, columns),
  ];
  if (first.shape.length === 2 && second.shape.length === 2) {
    const attributes = { transA: Number(transposeFirst), transB: Number(transposeSecond) };
    return first.graph.emit('Gemm', [first, second], { shape, attributes });
  }
  const factors = [
    transposeFirst ? transposeLast(first) : first,
    transposeSecond ? transposeLast(second) : second,
  ];
  return first.graph.emit('MatMul', factors, { shape });
}
