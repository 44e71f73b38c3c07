import { broadcastShape, sameShape } from '../tensor.ts';
import type { Shape, Tensor } from '../tensor.ts';
import { reshape } from './shape.ts';

/** The sum over all axes that `shape` lacks or has extent 1 in: the adjoint of broadcasting. */
export function sumToShape(tensor: Tensor, shape: Shape): Tensor {
  if (sameShape(tensor.shape, shape)) return tensor;
  const missing = tensor.shape.length - shape.length;
  const axes = tensor.shape.flatMap((extent, axis) =>
    axis < missing || (shape[axis - missing] === 1 && extent !== 1) ? [axis] : [],
  );
  return reshape(sum(tensor, axes), shape);
}

/** The sum over the given axes, which keep the extent 1. */
export function sum(tensor: Tensor, axes: readonly number[]): Tensor {
  const { graph } = tensor;
  if (axes.length === 0) return tensor;
  const positive = axes.map((axis) => (axis < 0 ? axis + tensor.shape.length : axis));
  const shape = tensor.shape.map((extent, axis) => (positive.includes(axis) ? 1 : extent));
  const output = graph.emit('ReduceSum', [tensor, graph.integers(positive)], {
    shape,
    attributes: { keepdims: 1 },
  });
  graph.record({
    inputs: [tensor],
    outputs: [output],
    pullback: ([gradient]) => [gradient ? broadcastTo(gradient, tensor.shape) : null],
  });
  return output;
}

/** The sum of all elements, as a scalar. */
export function sumAll(tensor: Tensor): Tensor {
  return reshape(sum(tensor, [...tensor.shape.keys()]), []);
}

export function broadcastTo(tensor: Tensor, shape: Shape): Tensor {
  const { graph } = tensor;
  if (sameShape(tensor.shape, shape)) return tensor;
  return graph.emit('Expand', [tensor, graph.integers(shape)], { shape });
}

export function add(one: Tensor, other: Tensor): Tensor {
  const output = elementwise('Add', [one, other]);
  one.graph.record({
    inputs: [one, other],
    outputs: [output],
    pullback: ([gradient]) =>
      [one, other].map(({ shape }) => (gradient ? sumToShape(gradient, shape) : null)),
  });
  return output;
}

export function subtract(one: Tensor, other: Tensor): Tensor {
  const output = elementwise('Sub', [one, other]);
  one.graph.record({
    inputs: [one, other],
    outputs: [output],
    pullback: ([gradient]) =>
      gradient ? [sumToShape(gradient, one.shape), negate(sumToShape(gradient, other.shape))] : [null, null],
  });
  return output;
}

export function multiply(one: Tensor, other: Tensor): Tensor {
  const output = elementwise('Mul', [one, other]);
  one.graph.record({
    inputs: [one, other],
    outputs: [output],
    pullback: ([gradient]) =>
      gradient
        ? [sumToShape(multiply(gradient, other), one.shape), sumToShape(multiply(gradient, one), other.shape)]
        : [null, null],
  });
  return output;
}

/** Each element times a number. */
export function scale(tensor: Tensor, factor: number): Tensor {
  return factor === 1 ? tensor : multiply(tensor, tensor.graph.scalar(factor));
}

export function negate(tensor: Tensor): Tensor {
  const output = elementwise('Neg', [tensor]);
  tensor.graph.record({
    inputs: [tensor],
    outputs: [output],
    pullback: ([gradient]) => [gradient ? negate(gradient) : null],
  });
  return output;
}

export function exponential(tensor: Tensor): Tensor {
  const output = elementwise('Exp', [tensor]);
  tensor.graph.record({
    inputs: [tensor],
    outputs: [output],
    pullback: ([gradient]) => [gradient ? multiply(gradient, output) : null],
  });
  return output;
}

/** The greater of two elements; where they are equal, each gets half of the gradient, as in PyTorch. */
export function maximum(one: Tensor, other: Tensor): Tensor {
  return chosen('Max', one, other);
}

/** The smaller of two elements; where they are equal, each gets half of the gradient, as in PyTorch. */
export function minimum(one: Tensor, other: Tensor): Tensor {
  return chosen('Min', one, other);
}

function chosen(operator: 'Max' | 'Min', one: Tensor, other: Tensor): Tensor {
  const { graph } = one;
  const output = elementwise(operator, [one, other]);
  graph.record({
    inputs: [one, other],
    outputs: [output],
    pullback: ([gradient]) => {
      if (!gradient) return [null, null];
      // 1 where the first is chosen, 1/2 where both are, 0 where the other is.
      const share = scale(
        add(indicator('Equal', one, output), subtract(graph.scalar(1), indicator('Equal', other, output))),
        0.5,
      );
      const first = multiply(gradient, share);
      return [sumToShape(first, one.shape), sumToShape(subtract(gradient, first), other.shape)];
    },
  });
  return output;
}

/** Each element held between two numbers; the gradient flows where the element is not beyond them. */
export function clamp(
  tensor: Tensor,
  bounds: { readonly minimum: number; readonly maximum: number },
): Tensor {
  const { graph, shape } = tensor;
  const limits = [graph.scalar(bounds.minimum), graph.scalar(bounds.maximum)];
  const output = graph.emit('Clip', [tensor, ...limits], { shape });
  graph.record({
    inputs: [tensor],
    outputs: [output],
    pullback: ([gradient]) => [gradient ? multiply(gradient, indicator('Equal', tensor, output)) : null],
  });
  return output;
}

/** 1 where the comparison holds, else 0; no gradient flows. */
function indicator(operator: 'Equal', one: Tensor, other: Tensor): Tensor {
  const { graph } = one;
  const shape = broadcastShape(one.shape, other.shape);
  const holds = graph.emit(operator, [one, other], { shape, type: 'bool' });
  return graph.emit('Cast', [holds], { shape, type: 'float32', attributes: { to: 1 } });
}

/** An ONNX operator that works element by element, without its gradient. */
export function elementwise(operator: string, inputs: readonly [Tensor, ...Tensor[]]): Tensor {
  const [first, ...others] = inputs;
  const shape = others.reduce<Shape>((shape, input) => broadcastShape(shape, input.shape), first.shape);
  return first.graph.emit(operator, inputs, { shape });
}
