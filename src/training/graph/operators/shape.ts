import { elementCount, extentOf, GraphError, sameShape, withExtent } from '../tensor.ts';
import type { Shape, Tensor } from '../tensor.ts';
import { sumOf } from './sum-parts.ts';

/** The same elements in the same order under another shape. */
export function reshape(tensor: Tensor, shape: Shape): Tensor {
  const { graph } = tensor;
  if (sameShape(tensor.shape, shape)) return tensor;
  if (elementCount(tensor.shape) !== elementCount(shape)) {
    throw new GraphError(`[${tensor.shape.join(', ')}] cannot become [${shape.join(', ')}].`);
  }
  const output = graph.emit('Reshape', [tensor, graph.integers(shape)], { shape });
  graph.record({
    inputs: [tensor],
    outputs: [output],
    pullback: ([gradient]) => [gradient ? reshape(gradient, tensor.shape) : null],
  });
  return output;
}

/** Reorders axes: axis `a` of the result is axis `order[a]` of the tensor. */
export function transpose(tensor: Tensor, order: readonly number[]): Tensor {
  const { graph } = tensor;
  const output = graph.emit('Transpose', [tensor], {
    shape: order.map((axis) => extentOf(tensor, axis)),
    attributes: { perm: order },
  });
  graph.record({
    inputs: [tensor],
    outputs: [output],
    pullback: ([gradient]) => [
      gradient
        ? transpose(
            gradient,
            order.map((_, axis) => order.indexOf(axis)),
          )
        : null,
    ],
  });
  return output;
}

/** Exchanges the last two axes, without a gradient of its own: for use within operators. */
export function transposeLast(tensor: Tensor): Tensor {
  const axes = [...tensor.shape.keys()];
  return transpose(tensor, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}

/** Cuts a tensor along an axis into consecutive parts of the given extents. */
export function split(tensor: Tensor, axis: number, extents: readonly number[]): Tensor[] {
  const { graph } = tensor;
  const total = extents.reduce((sum, extent) => sum + extent, 0);
  if (total !== extentOf(tensor, axis)) {
    throw new GraphError(`Parts of ${extents.join(' + ')} do not fill an axis of ${extentOf(tensor, axis)}.`);
  }
  if (extents.length === 1) return [tensor];
  const outputs = graph.emitMany('Split', [tensor, graph.integers(extents)], {
    shapes: extents.map((extent) => withExtent(tensor.shape, axis, extent)),
    attributes: { axis },
  });
  graph.record({
    inputs: [tensor],
    outputs,
    pullback: (gradients) => [
      concatenate(
        gradients.map((gradient, part) => gradient ?? graph.zeros(outputs[part]?.shape ?? [])),
        axis,
      ),
    ],
  });
  return outputs;
}

/** Joins tensors along an axis. */
export function concatenate(tensors: readonly Tensor[], axis: number): Tensor {
  const [first] = tensors;
  if (first === undefined) throw new GraphError('There is nothing to join.');
  if (tensors.length === 1) return first;
  const { graph } = first;
  const extents = tensors.map((tensor) => extentOf(tensor, axis));
  const total = extents.reduce((sum, extent) => sum + extent, 0);
  const output = graph.emit('Concat', tensors, {
    shape: withExtent(first.shape, axis, total),
    attributes: { axis },
  });
  graph.record({
    inputs: tensors,
    outputs: [output],
    pullback: ([gradient]) => (gradient ? split(gradient, axis, extents) : tensors.map(() => null)),
  });
  return output;
}

/**
 * The beginnings of a tensor along an axis: one up to the end of each part. Their gradients are added up part
 * by part, which costs less than padding each to the whole length.
 */
export function prefixes(tensor: Tensor, axis: number, extents: readonly number[]): Tensor[] {
  const { graph } = tensor;
  if (extents.length === 1) return [tensor];
  const ends = extents.map((_, part) => extents.slice(0, part + 1).reduce((sum, extent) => sum + extent, 0));
  const outputs = ends.map((end) => slice(tensor, axis, [0, end]));
  graph.record({
    inputs: [tensor],
    outputs,
    pullback: (gradients) => {
      const byPrefix = gradients.flatMap((gradient, prefix) =>
        gradient === null ? [] : [split(gradient, axis, extents.slice(0, prefix + 1))],
      );
      const parts = extents.map((extent, part) => {
        const pieces = byPrefix.flatMap((pieces) => pieces[part] ?? []);
        return pieces.length === 0 ? graph.zeros(withExtent(tensor.shape, axis, extent)) : sumOf(pieces);
      });
      return [concatenate(parts, axis)];
    },
  });
  return outputs;
}

/** The elements from `start` to before `end` of an axis, without a gradient: for use within operators. */
function slice(tensor: Tensor, axis: number, [start, end]: readonly [number, number]): Tensor {
  const { graph } = tensor;
  if (start === 0 && end === extentOf(tensor, axis)) {
    return graph.emit('Identity', [tensor], { shape: tensor.shape });
  }
  return graph.emit('Slice', [tensor, ...[[start], [end], [axis]].map((values) => graph.integers(values))], {
    shape: withExtent(tensor.shape, axis, end - start),
  });
}
