import { elementCount, extentOf } from '../tensor.ts';
import type { Tensor } from '../tensor.ts';
import { reshape } from './shape.ts';

/**
 * Rows of a table by their index; a row may be taken several times.
 *
 * @param table `[rows, width]`
 * @param indices `[n]`, int64
 * @returns `[n, width]`
 */
export function gatherRows(table: Tensor, indices: Tensor): Tensor {
  const { graph } = table;
  const count = elementCount(indices.shape);
  const output = graph.emit('Gather', [table, indices], {
    shape: [count, extentOf(table, 1)],
    attributes: { axis: 0 },
  });
  graph.record({
    inputs: [table, indices],
    outputs: [output],
    pullback: ([gradient]) => {
      if (!gradient) return [null, null];
      const positions = reshape(indices, [count, 1]);
      const summed = graph.emit('ScatterND', [graph.zeros(table.shape), positions, gradient], {
        shape: table.shape,
        attributes: { reduction: 'add' },
      });
      return [summed, null];
    },
  });
  return output;
}
