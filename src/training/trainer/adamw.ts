/*
 * AdamW: adaptive moments with decoupled weight decay.
 *
 * Source: Adam (arXiv 1412.6980) Algorithm 1; decoupled weight decay (1711.05101) Algorithm 2; as in PyTorch, the
 * decay is multiplied by the learning rate, and gradients are scaled to a greatest norm over all parameters first.
 *
 * Vectors (norms, biases) do not decay, as is common; PyTorch leaves that to its user. The bias corrections are
 * applied to the step size and to the second moment, which is the paper's formula reordered.
 */
import type { ParameterLayout } from '../model/parameter-layout.ts';
import { allocateParameters } from '../model/parameter-layout.ts';
import { elementCount } from '../graph/tensor.ts';

export interface AdamWSettings {
  /** Decay rates of the two moments; 0.9 and 0.999 unless told. */
  readonly betas: readonly [number, number];
  readonly epsilon: number;
  readonly weightDecay: number;
  /** Gradients of a greater norm are scaled down to it; Infinity for never. */
  readonly maximumGradientNorm: number;
}

export const defaultAdamW: AdamWSettings = {
  betas: [0.9, 0.999],
  epsilon: 1e-8,
  weightDecay: 0.01,
  maximumGradientNorm: 1,
};

interface Range {
  readonly start: number;
  readonly end: number;
  readonly decays: boolean;
}

/** The optimiser's state over a memory of parameters. */
export class AdamW {
  readonly firstMoments: Float32Array;
  readonly secondMoments: Float32Array;
  readonly #ranges: readonly Range[];
  /** How many updates there were. */
  updates = 0;

  constructor(layout: ParameterLayout) {
    this.firstMoments = allocateParameters(layout);
    this.secondMoments = allocateParameters(layout);
    this.#ranges = layout.blocks.map(({ shape, offset }) => ({
      start: offset,
      end: offset + elementCount(shape),
      decays: shape.length > 1,
    }));
  }

  /** Forgets all updates. */
  reset(): void {
    this.firstMoments.fill(0);
    this.secondMoments.fill(0);
    this.updates = 0;
  }

  /**
   * Changes the weights by one step.
   *
   * @returns The norm of the gradients before clipping. Where it is no finite number, nothing was changed.
   */
  update(
    weights: Float32Array,
    gradients: Float32Array,
    settings: AdamWSettings & { readonly learningRate: number },
  ): { readonly gradientNorm: number } {
    const gradientNorm = normOf(gradients);
    if (!Number.isFinite(gradientNorm)) return { gradientNorm };
    this.updates++;
    const { betas, epsilon, weightDecay, maximumGradientNorm, learningRate } = settings;
    const [beta1, beta2] = betas;
    const clip = gradientNorm > maximumGradientNorm ? maximumGradientNorm / gradientNorm : 1;
    const stepSize = learningRate / (1 - beta1 ** this.updates);
    const correction = 1 / (1 - beta2 ** this.updates);
    for (const { start, end, decays } of this.#ranges) {
      this.#updateRange(
        { weights, gradients, start, end },
        {
          beta1,
          beta2,
          epsilon,
          clip,
          stepSize,
          correction,
          kept: 1 - (decays ? learningRate * weightDecay : 0),
        },
      );
    }
    return { gradientNorm };
  }

  #updateRange(
    {
      weights,
      gradients,
      start,
      end,
    }: { weights: Float32Array; gradients: Float32Array; start: number; end: number },
    step: {
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly clip: number;
      readonly stepSize: number;
      readonly correction: number;
      readonly kept: number;
    },
  ): void {
    const [first, second] = [this.firstMoments, this.secondMoments];
    const { beta1, beta2, epsilon, clip, stepSize, correction, kept } = step;
    for (let index = start; index < end; index++) {
      const gradient = (gradients[index] ?? 0) * clip;
      const mean = beta1 * (first[index] ?? 0) + (1 - beta1) * gradient;
      const square = beta2 * (second[index] ?? 0) + (1 - beta2) * gradient * gradient;
      first[index] = mean;
      second[index] = square;
      weights[index] =
        kept * (weights[index] ?? 0) - (stepSize * mean) / (Math.sqrt(square * correction) + epsilon);
    }
  }
}

function normOf(values: Float32Array): number {
  let squares = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    squares += value * value;
  }
  return Math.sqrt(squares);
}
