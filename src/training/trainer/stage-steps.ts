import type { DecoderEngine } from '../engine/decoder-engine.ts';
import type { ExampleSource } from './example-source.ts';
import { policyStep } from './policy-stage.ts';
import type { PolicyStage, Stage } from './recipe.ts';
import { supervisedStep } from './supervised-stage.ts';
import type { StepMetrics, StepPlace, TrainingContext } from './training-context.ts';

/** The steps of a stage, whatever its kind. */
export class StageSteps {
  readonly #context: TrainingContext;
  readonly #stage: Stage;
  readonly #source: ExampleSource;
  readonly #reference: DecoderEngine | null;

  constructor(
    context: TrainingContext,
    stage: {
      readonly stage: Stage;
      readonly source: ExampleSource;
      readonly reference: DecoderEngine | null;
    },
  ) {
    this.#context = context;
    this.#stage = stage.stage;
    this.#source = stage.source;
    this.#reference = stage.reference;
  }

  async run(
    place: StepPlace,
    negativesMasked: boolean,
  ): Promise<{ readonly metrics: StepMetrics; readonly negativesMasked: boolean }> {
    const stage = this.#stage;
    if (stage.kind === 'sft') {
      const examples = this.#source.nextBatch(stage.examplesPerBatch, place.step);
      return { metrics: await supervisedStep(this.#context, stage, { place, examples }), negativesMasked };
    }
    let draws = 0;
    const { metrics, state } = await policyStep(this.#context, stage, {
      place,
      state: { negativesMasked },
      nextExamples: (count) => this.#source.nextBatch(count, drawOf(stage, place, draws++)),
      reference: this.#reference,
    });
    return { metrics, negativesMasked: state.negativesMasked };
  }
}

/** A number of its own for each generation batch of each step. */
function drawOf({ maximumGenerationBatches }: PolicyStage, { step }: StepPlace, attempt: number): number {
  return step * maximumGenerationBatches + attempt;
}
