import type { Decoder } from '../decoding/decoder.ts';
import type { DecoderEngine } from '../engine/decoder-engine.ts';
import type { AdamW } from './adamw.ts';
import type { ExampleEncoder } from './example-encoder.ts';
import { learningRateAt } from './learning-rate.ts';
import type { Stage } from './recipe.ts';
import { TrainingError } from './training-error.ts';

/** What the stages of a run work with. */
export interface TrainingContext {
  readonly engine: DecoderEngine;
  readonly decoder: Decoder;
  readonly optimizer: AdamW;
  readonly encoder: ExampleEncoder;
  readonly seed: number;
}

/** Numbers that describe a step; they go into the metrics. */
export type StepMetrics = Readonly<Record<string, number>>;

/** Where a step stands. */
export interface StepPlace {
  /** The place of the stage in the recipe, from 0. */
  readonly stage: number;
  /** The name of the stage. */
  readonly name: string;
  /** The step of the stage, from 0. */
  readonly step: number;
}

/**
 * Changes the weights by the gradients of the last loss.
 *
 * @param options.update The number of the update in its stage, from 0, of `updates`.
 * @throws TrainingError Loss or gradients are no finite numbers; nothing was changed then.
 */
export async function applyGradients(
  { engine, optimizer }: TrainingContext,
  options: {
    readonly stage: Stage;
    readonly place: StepPlace;
    readonly loss: number;
    readonly update: number;
    readonly updates: number;
  },
): Promise<{ readonly learningRate: number; readonly gradientNorm: number }> {
  const { stage, place, loss, update, updates } = options;
  const learningRate = learningRateAt(update, updates, stage.optimizer);
  if (Number.isFinite(loss)) {
    const { gradientNorm } = await optimizer.update(engine.weights, engine.gradients, {
      ...stage.optimizer,
      learningRate,
    });
    if (Number.isFinite(gradientNorm)) return { learningRate, gradientNorm };
  }
  const what = Number.isFinite(loss) ? 'The gradients are' : `The loss is ${loss},`;
  throw new TrainingError({
    message:
      `${what} no finite ${Number.isFinite(loss) ? 'numbers' : 'number'} at step ${place.step + 1} of stage ` +
      `${place.name}. The weights were not changed, and the last checkpoint is whole.`,
    remedy:
      'Lower optimizer.learningRate or optimizer.maximumGradientNorm of that stage, lengthen its warm-up, and look ' +
      'for rewards that are no numbers. Training goes on from the last checkpoint.',
  });
}
