import { extentOf, withExtent } from '../tensor.ts';
import type { Tensor } from '../tensor.ts';
import { add, elementwise, multiply, scale, subtract, sumToShape } from './arithmetic.ts';

/**
 * RMSNorm over the last axis: `x / sqrt(mean(x²) + ε) · weight`.
 *
 * @param weight Has the shape of the last axes of the input.
 */
export function rmsNorm(input: Tensor, weight: Tensor, epsilon: number): Tensor {
  const { graph } = input;
  const inverse = graph.untracked(() => inverseRoot(meanSquare(input), epsilon));
  const normalised = elementwise('Mul', [input, inverse]);
  const output = elementwise('Mul', [normalised, weight]);
  graph.record({
    inputs: [input, weight],
    outputs: [output],
    pullback: ([gradient]) => {
      if (!gradient) return [null, null];
      const weighted = multiply(gradient, weight);
      const projection = meanOfLast(multiply(weighted, normalised));
      return [
        multiply(subtract(weighted, multiply(normalised, projection)), inverse),
        sumToShape(multiply(gradient, normalised), weight.shape),
      ];
    },
  });
  return output;
}

/** LayerNorm over the last axis: `(x − mean) / sqrt(variance + ε) · weight + bias`. */
export function layerNorm(
  input: Tensor,
  parameters: { readonly weight: Tensor; readonly bias: Tensor },
  epsilon: number,
): Tensor {
  const { graph } = input;
  const { weight, bias } = parameters;
  const centred = elementwise('Sub', [input, meanOfLast(input)]);
  const inverse = graph.untracked(() => inverseRoot(meanSquare(centred), epsilon));
  const normalised = elementwise('Mul', [centred, inverse]);
  const output = elementwise('Add', [elementwise('Mul', [normalised, weight]), bias]);
  graph.record({
    inputs: [input, weight, bias],
    outputs: [output],
    pullback: ([gradient]) => {
      if (!gradient) return [null, null, null];
      const weighted = multiply(gradient, weight);
      const projection = meanOfLast(multiply(weighted, normalised));
      const direction = subtract(subtract(weighted, meanOfLast(weighted)), multiply(normalised, projection));
      return [
        multiply(direction, inverse),
        sumToShape(multiply(gradient, normalised), weight.shape),
        sumToShape(gradient, bias.shape),
      ];
    },
  });
  return output;
}

function inverseRoot(squares: Tensor, epsilon: number): Tensor {
  const shifted = add(squares, squares.graph.scalar(epsilon));
  return elementwise('Reciprocal', [elementwise('Sqrt', [shifted])]);
}

function meanSquare(tensor: Tensor): Tensor {
  return scale(reduceLast('ReduceSumSquare', tensor), 1 / extentOf(tensor, -1));
}

function meanOfLast(tensor: Tensor): Tensor {
  return reduceLast('ReduceMean', tensor);
}

function reduceLast(operator: string, tensor: Tensor): Tensor {
  const { graph, shape } = tensor;
  return graph.emit(operator, [tensor, graph.integers([-1])], {
    shape: withExtent(shape, -1, 1),
    attributes: { keepdims: 1 },
  });
}
