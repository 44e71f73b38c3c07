import { openComputeThreads, type ComputeThreads } from '../../src/training/engine/compute-threads.ts';
import { DecoderEngine } from '../../src/training/engine/decoder-engine.ts';
import { initialiseWeights } from '../../src/training/model/initial-weights.ts';
import type { DecoderConfiguration } from '../../src/training/model/model-configuration.ts';
import { SeededRandom } from '../../src/training/sampling/random.ts';
import { AdamW } from '../../src/training/trainer/adamw.ts';

/** A model of random weights with all that trains it. */
export interface RandomTraining {
  readonly engine: DecoderEngine;
  readonly optimizer: AdamW;
  readonly compute: ComputeThreads;
}

export function openRandomTraining(
  configuration: DecoderConfiguration,
  options: { readonly threads: number; readonly activations?: 'keep' | 'recompute' },
): RandomTraining {
  const compute = openComputeThreads({ threads: options.threads });
  const { activations = 'keep' } = options;
  const engine = new DecoderEngine({ configuration, activations, ...compute });
  const { layout, weights } = engine;
  initialiseWeights(weights, { configuration, layout, random: new SeededRandom(1), deviation: 0.02 });
  return { engine, optimizer: new AdamW(layout, compute.arithmetic), compute };
}

/** Random tokens, the same at every call with a seed. */
export function randomTokens(length: number, options: { vocabularySize: number; seed: number }): number[] {
  const random = new SeededRandom(options.seed);
  return Array.from({ length }, () => Math.floor(random.next() * options.vocabularySize));
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

export function least(values: readonly number[]): number {
  return Math.min(...values);
}
