import type { Buffers } from '../graph/runtime.ts';
import type { Runtime } from '../graph/runtime.ts';
import type { ProgramOptions } from './whole-program.ts';
import { wholeProgram } from './whole-program.ts';
import { blockBuffers } from '../model/parameter-layout.ts';
import { gradientName } from './decoder-graph.ts';

/** The memory of all parameters and of the gradients by them. */
export interface ParameterMemory {
  readonly weights: Float32Array;
  readonly gradients: Float32Array;
}

/** A loss over batches of one shape, ready to run. */
export interface BatchProgram {
  /** Every buffer that a batch is written to, by its name. */
  readonly inputs: Buffers;
  /** Computes; gradients go to the memory of the gradients, and are overwritten by the next run. */
  readonly run: () => Promise<BatchResult>;
  readonly release: () => Promise<void>;
}

export interface BatchResult {
  /** 0 for `scores`. */
  readonly loss: number;
  /** `[targets]`, padding included; overwritten by the next run. */
  readonly logProbabilities: Float32Array;
  /** `[targets]`, padding included; overwritten by the next run. Empty for `supervised`. */
  readonly entropies: Float32Array;
}

/** The whole model as one program: the fastest, and it keeps every activation until the backward pass. */
export async function loadWholeProgram(
  runtime: Runtime,
  options: ProgramOptions,
  memory: ParameterMemory,
): Promise<BatchProgram> {
  const loaded = await runtime.load(wholeProgram(options));
  const bound = await loaded.bind({
    inputs: blockBuffers(options.layout, memory.weights),
    outputs: gradientBuffers(blockBuffers(options.layout, memory.gradients)),
  });
  return {
    inputs: bound.inputs,
    run: async () => {
      await bound.run();
      return resultOf(bound.outputs);
    },
    release: async () => {
      await bound.release();
      await loaded.release();
    },
  };
}

export function gradientBuffers(
  blocks: Readonly<Record<string, Float32Array>>,
): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(blocks).map(([name, buffer]) => [gradientName(name), buffer]));
}

export function resultOf(outputs: Buffers): BatchResult {
  const floats = (name: string) => {
    const buffer = outputs[name];
    return buffer instanceof Float32Array ? buffer : new Float32Array();
  };
  return {
    loss: floats('loss')[0] ?? 0,
    logProbabilities: floats('logProbabilities'),
    entropies: floats('entropies'),
  };
}
