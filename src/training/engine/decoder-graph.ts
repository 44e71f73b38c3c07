import type { Graph } from '../graph/graph.ts';
import type { RotaryTable } from '../graph/operators/rotary.ts';
import type { Tensor } from '../graph/tensor.ts';
import { causalAttention, sharedPromptAttention } from '../model/attention-patterns.ts';
import type { AttentionPattern } from '../model/attention-patterns.ts';
import type { DecoderConfiguration } from '../model/model-configuration.ts';
import { rowLength } from './token-batch.ts';
import type { BatchShape } from './token-batch.ts';

/** The attention of a batch's layout, with the inputs it needs. */
export function batchAttention(graph: Graph, shape: BatchShape): AttentionPattern {
  if (shape.layout === 'plain') return causalAttention;
  const promptMask = graph.input('promptMask', {
    type: 'float32',
    shape: [shape.rows, 1, 1, 1, shape.promptLength],
  });
  return sharedPromptAttention({ ...shape, promptMask });
}

/** Inputs with the cosines and sines of a batch's positions. */
export function batchRotary(
  graph: Graph,
  shape: BatchShape,
  { headSize }: DecoderConfiguration,
): RotaryTable {
  const rows = shape.layout === 'plain' ? 1 : shape.rows;
  const angles = { type: 'float32', shape: [rows, rowLength(shape), 1, headSize] } as const;
  return { cosine: graph.input('cosine', angles), sine: graph.input('sine', angles) };
}

/** The number of places in a batch, padding included. */
export function placesOf(shape: BatchShape): number {
  return shape.rows * rowLength(shape);
}

/** What graphs call the gradient by a parameter. */
export function gradientName(parameter: string): string {
  return `gradient of ${parameter}`;
}

export function nameGradients(
  graph: Graph,
  gradients: readonly Tensor[],
  parameters: readonly Tensor[],
): void {
  for (const [index, parameter] of parameters.entries()) {
    const gradient = gradients[index];
    if (gradient !== undefined) graph.output(gradientName(parameter.name), gradient);
  }
}
