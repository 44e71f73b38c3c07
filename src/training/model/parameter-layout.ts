import { elementCount } from '../graph/tensor.ts';
import type { ModelConfiguration, Parameters } from './model-configuration.ts';
import { parameterShapes } from './parameter-shapes.ts';

/** Parameters that a graph takes as one input: one of them, or several of which the rows follow one another. */
export interface ParameterBlock {
  /** What graphs call it. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Where it begins in a memory of all parameters, in numbers. */
  readonly offset: number;
  readonly parts: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly offset: number;
  }[];
}

/** Where each parameter lies in one memory: weights, gradients and moments of the optimiser are all laid out so. */
export interface ParameterLayout {
  readonly blocks: readonly ParameterBlock[];
  /** The length of the memory, gaps included, in numbers. */
  readonly length: number;
}

/** Blocks begin at a multiple of so many numbers (a cache line). */
const alignment = 16;

/** Projections that are computed in one product, by what follows the name of their layer. */
const joined: readonly { readonly parts: readonly string[]; readonly name: string }[] = [
  {
    parts: ['self_attn.q_proj.weight', 'self_attn.k_proj.weight', 'self_attn.v_proj.weight'],
    name: 'self_attn.qkv_proj.weight',
  },
  ...['weight', 'bias'].map((kind) => ({
    parts: ['query', 'key', 'value'].map((part) => `attention.self.${part}.${kind}`),
    name: `attention.self.qkv.${kind}`,
  })),
];

export function layOutParameters(configuration: ModelConfiguration): ParameterLayout {
  const blocks: ParameterBlock[] = [];
  let length = 0;
  let pending: ParameterBlock | null = null;
  for (const [name, shape] of parameterShapes(configuration)) {
    const group = joined.find(({ parts }) => parts.some((part) => name.endsWith(part)));
    const isFirst = group === undefined || name.endsWith(group.parts[0] ?? '');
    if (isFirst || pending === null) length = Math.ceil(length / alignment) * alignment;
    const part = { name, shape, offset: length };
    length += elementCount(shape);
    if (group === undefined || pending === null) {
      const blockName = group === undefined ? name : name.replace(group.parts[0] ?? '', group.name);
      const block: ParameterBlock = { name: blockName, shape, offset: part.offset, parts: [part] };
      if (group === undefined) blocks.push(block);
      else pending = block;
      continue;
    }
    pending = {
      ...pending,
      shape: [(pending.shape[0] ?? 0) + (shape[0] ?? 0), ...shape.slice(1)],
      parts: [...pending.parts, part],
    };
    if (!name.endsWith(group.parts.at(-1) ?? '')) continue;
    blocks.push(pending);
    pending = null;
  }
  return { blocks, length };
}

/** Shared memory for a number for each parameter. */
export function allocateParameters({ length }: ParameterLayout): Float32Array {
  return new Float32Array(new SharedArrayBuffer(length * 4));
}

/** The blocks of a memory as buffers for a program, by the names of its inputs. */
export function blockBuffers(layout: ParameterLayout, memory: Float32Array): Record<string, Float32Array> {
  return Object.fromEntries(
    layout.blocks.map(({ name, shape, offset }) => [
      name,
      memory.subarray(offset, offset + elementCount(shape)),
    ]),
  );
}

/** The parameters of a memory under their Hugging Face names; they are views, not copies. */
export function namedParameters(layout: ParameterLayout, memory: Float32Array): Parameters {
  return new Map(
    layout.blocks.flatMap(({ parts }) =>
      parts.map(({ name, shape, offset }) => [
        name,
        { shape, data: memory.subarray(offset, offset + elementCount(shape)) },
      ]),
    ),
  );
}
