import { GraphError } from '../tensor.ts';
import type { Tensor } from '../tensor.ts';

/** The sum of tensors of one shape, not differentiated: for use within operators. */
export function sumOf(tensors: readonly Tensor[]): Tensor {
  const [first, ...others] = tensors;
  if (first === undefined) throw new GraphError('There is nothing to add.');
  return others.length === 0 ? first : first.graph.emit('Sum', tensors, { shape: first.shape });
}
