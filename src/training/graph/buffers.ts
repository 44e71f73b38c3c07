import type { Buffers } from './runtime.ts';
import { GraphError } from './tensor.ts';

/** The buffer of a program's input or output of numbers. @throws GraphError There is no such. */
export function floatBuffer(buffers: Buffers, name: string): Float32Array {
  const buffer = buffers[name];
  if (buffer instanceof Float32Array) return buffer;
  throw new GraphError(`The program has no numbers "${name}".`);
}

/** The buffer of a program's input or output of integers. @throws GraphError There is no such. */
export function integerBuffer(buffers: Buffers, name: string): BigInt64Array {
  const buffer = buffers[name];
  if (buffer instanceof BigInt64Array) return buffer;
  throw new GraphError(`The program has no integers "${name}".`);
}
