import type { Graph } from './graph.ts';

export type ElementType = 'float32' | 'int64' | 'bool';

/** Static extents; `[]` is a scalar. */
export type Shape = readonly number[];

/** A value of a graph: it has a type and a shape, and numbers only when the graph runs. */
export interface Tensor {
  readonly graph: Graph;
  readonly name: string;
  readonly type: ElementType;
  readonly shape: Shape;
}

/** Operators, shapes or inputs that do not go together: a mistake in the code that builds a graph. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
}

export function elementCount(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

export function sameShape(one: Shape, other: Shape): boolean {
  return one.length === other.length && one.every((extent, axis) => extent === other[axis]);
}

/** The extent of an axis; negative axes count from the end. */
export function extentOf({ shape }: { readonly shape: Shape }, axis: number): number {
  const extent = shape.at(axis);
  if (extent === undefined)
    throw new GraphError(`A tensor of shape [${shape.join(', ')}] has no axis ${axis}.`);
  return extent;
}

/** A shape with one axis changed; negative axes count from the end. */
export function withExtent(shape: Shape, axis: number, extent: number): number[] {
  return shape.with(axis, extent);
}

/**
 * The shape of an element-wise operation, axes of extent 1 being repeated.
 *
 * @throws GraphError The shapes do not fit.
 */
export function broadcastShape(one: Shape, other: Shape): number[] {
  const rank = Math.max(one.length, other.length);
  return Array.from({ length: rank }, (_, axis) => {
    const first = one[one.length - rank + axis] ?? 1;
    const second = other[other.length - rank + axis] ?? 1;
    if (first !== second && first !== 1 && second !== 1) {
      throw new GraphError(`Shapes [${one.join(', ')}] and [${other.join(', ')}] do not fit each other.`);
    }
    return first === 1 ? second : first;
  });
}
