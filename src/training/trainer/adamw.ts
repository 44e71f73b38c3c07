/*
 * AdamW: adaptive moments with decoupled weight decay.
 *
 * Source: Adam (arXiv 1412.6980) Algorithm 1; decoupled weight decay (1711.05101) Algorithm 2; as in PyTorch, the
 * decay is multiplied by the learning rate, and gradients are scaled to a greatest norm over all parameters first.
 *
 * Vectors (norms, biases) do not decay, as is common; PyTorch leaves that to its user. The bias corrections are
 * applied to the step size and to the second moment, which is the paper's formula reordered.
 */
import type { Share } from '../arithmetic/operations.ts';
import { ArithmeticThreads } from '../arithmetic/arithmetic-threads.ts';
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

interface Range extends Share {
  readonly decays: boolean;
}

/** The optimiser's state over a memory of parameters. */
export class AdamW {
  readonly firstMoments: Float32Array;
  readonly secondMoments: Float32Array;
  readonly #ranges: readonly Range[];
  /** How many updates there were. */
  updates = 0;

  readonly #arithmetic: ArithmeticThreads;

  /** @param arithmetic Threads for the work; absent: the calling thread does it. */
  constructor(layout: ParameterLayout, arithmetic = new ArithmeticThreads()) {
    this.#arithmetic = arithmetic;
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
  async update(
    weights: Float32Array,
    gradients: Float32Array,
    settings: AdamWSettings & { readonly learningRate: number },
  ): Promise<{ readonly gradientNorm: number }> {
    const gradientNorm = await this.#arithmetic.norm(gradients);
    if (!Number.isFinite(gradientNorm)) return { gradientNorm };
    this.updates++;
    const { betas, epsilon, weightDecay, maximumGradientNorm, learningRate } = settings;
    const [beta1, beta2] = betas;
    const { firstMoments, secondMoments } = this;
    const ranges = this.#ranges.map(({ start, end, decays }) => ({
      start,
      end,
      kept: 1 - (decays ? learningRate * weightDecay : 0),
    }));
    await this.#arithmetic.run(
      {
        kind: 'adamw',
        weights,
        gradients,
        firstMoments,
        secondMoments,
        ranges,
        beta1,
        beta2,
        epsilon,
        clip: gradientNorm > maximumGradientNorm ? maximumGradientNorm / gradientNorm : 1,
        stepSize: learningRate / (1 - beta1 ** this.updates),
        correction: 1 / (1 - beta2 ** this.updates),
      },
      weights.length,
    );
    return { gradientNorm };
  }
}
