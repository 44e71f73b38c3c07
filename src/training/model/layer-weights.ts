import type { Graph } from '../graph/graph.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { ParameterLayout } from './parameter-layout.ts';

/** Declares parameters as inputs of a graph when they are first used. */
export type Weights = (name: string) => Tensor;

/**
 * Parameters by the names of their blocks.
 *
 * @param prefix Replaces the beginning of the name of the input, so that a graph of one layer serves them all.
 */
export function weightsOf(
  graph: Graph,
  layout: ParameterLayout,
  options: {
    readonly differentiable: boolean;
    readonly prefix?: { readonly from: string; readonly to: string };
  },
): Weights {
  const shapes = new Map(layout.blocks.map(({ name, shape }) => [name, shape]));
  const declared = new Map<string, Tensor>();
  const { differentiable, prefix } = options;
  return (name) => {
    const known = declared.get(name);
    if (known !== undefined) return known;
    const shape = shapes.get(name);
    if (shape === undefined) throw new Error(`The model has no parameter "${name}".`);
    const inputName = prefix === undefined ? name : name.replace(prefix.from, prefix.to);
    const tensor = graph.input(inputName, { type: 'float32', shape, differentiable });
    declared.set(name, tensor);
    return tensor;
  };
}
