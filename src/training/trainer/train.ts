import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTextAtomically } from '../checkpoint/atomic-write.ts';
import { Decoder } from '../decoding/decoder.ts';
import { DecoderEngine } from '../engine/decoder-engine.ts';
import { openComputeThreads } from '../engine/compute-threads.ts';
import type { ComputeThreads } from '../engine/compute-threads.ts';
import type { ExecutionProvider } from '../graph/runtime.ts';
import type { Parameters } from '../model/model-configuration.ts';
import { namedParameters } from '../model/parameter-layout.ts';
import { AdamW } from './adamw.ts';
import { evaluate } from './evaluate.ts';
import { ExampleEncoder } from './example-encoder.ts';
import { openExamples, readExamples } from './example-source.ts';
import { writeLearningCurve } from './learning-curve.ts';
import { metricsFileName, MetricsLog } from './metrics-log.ts';
import type { MetricsRecord } from './metrics-log.ts';
import { nameOfStage } from './recipe.ts';
import type { Recipe, Stage } from './recipe.ts';
import { seedOf } from './seeds.ts';
import { lockRun } from './run-lock.ts';
import { openStartingPoint } from './starting-point.ts';
import type { RunFolders } from './starting-point.ts';
import { StageSteps } from './stage-steps.ts';
import {
  copyInto,
  lastCheckpoint,
  readRunState,
  restoreTraining,
  saveModel,
  saveTrainingCheckpoint,
} from './training-checkpoint.ts';
import type { RunState, TrainedModel } from './training-checkpoint.ts';
import type { StepPlace, TrainingContext } from './training-context.ts';
import { TrainingError } from './training-error.ts';
import type { TrainingExample } from './training-example.ts';

export interface TrainingRun extends RunFolders {
  readonly recipe: Recipe;
  /** Threads that compute; with 1, two runs of a recipe are equal bit for bit. */
  readonly threads?: number | undefined;
  /** What ONNX Runtime computes by; `cpu` unless told. */
  readonly provider?: ExecutionProvider | undefined;
  /** Whether to begin anew where the folder holds a run already. */
  readonly restart?: boolean;
  /** Stops after the step in progress, with a checkpoint. */
  readonly signal?: AbortSignal;
  /** Told of each step that is done. */
  readonly onStep?: (record: MetricsRecord) => void;
}

/**
 * Trains by a recipe, and leaves the model in the folder, with `metrics.jsonl` and `curve.svg` beside it. A run that was stopped, or
 * killed, goes on from its last checkpoint to the same result.
 *
 * @returns Whether it came to the end of the recipe.
 * @throws TrainingError The recipe does not fit the data or the run in the folder, another process trains there, or
 *   numbers became infinite.
 * @throws RuntimeError ONNX Runtime is missing, or cannot compute by that provider.
 * @throws CheckpointError A checkpoint is damaged.
 */
export async function train(run: TrainingRun): Promise<{ readonly finished: boolean }> {
  await mkdir(run.folder, { recursive: true }).catch((error: unknown) => {
    throw new TrainingError({
      message: `The run cannot be kept in ${run.folder}: it is no folder, and none can be made there.`,
      remedy: 'Choose another folder by --out.',
      cause: error,
    });
  });
  const lock = lockRun(run.folder);
  const { threads, provider } = run;
  const compute = openComputeThreads({
    ...(threads !== undefined && { threads }),
    ...(provider !== undefined && { provider }),
  });
  try {
    return await new Trainer(run, compute).run();
  } finally {
    await compute.close();
    lock.release();
  }
}

class Trainer {
  readonly #run: TrainingRun;
  readonly #threads: ComputeThreads;

  constructor(run: TrainingRun, threads: ComputeThreads) {
    this.#run = run;
    this.#threads = threads;
  }

  async run(): Promise<{ readonly finished: boolean }> {
    const { recipe, folder, restart = false } = this.#run;
    if (restart) await rm(join(folder, 'checkpoints'), { recursive: true, force: true });
    const fingerprint = fingerprintOf(recipe);
    const checkpoint = await lastCheckpoint(folder);
    const before = checkpoint === null ? null : await readRunState(checkpoint);
    if (before !== null && before.recipe !== fingerprint) throw otherRecipe(folder);
    await writeTextAtomically(join(folder, 'recipe.json'), `${fingerprint}\n`);

    const model = await this.#open(checkpoint);
    const log = await MetricsLog.open(join(folder, metricsFileName), before?.metricsBytes ?? 0);
    let state: RunState = before ?? {
      recipe: fingerprint,
      stage: 0,
      step: 0,
      optimizerUpdates: 0,
      negativesMasked: false,
      source: null,
      metricsBytes: 0,
    };
    for (const stage of recipe.stages.slice(state.stage)) {
      const result = await this.#runStage(stage, { model, log, state });
      state = result.state;
      if (!result.finished) return { finished: false };
    }
    await saveModel(folder, model.engine, model.tokenizer);
    return { finished: true };
  }

  async #open(checkpoint: string | null): Promise<TrainedModel> {
    const { recipe } = this.#run;
    const start = await openStartingPoint(recipe, this.#run);
    const { configuration, tokenizer } = start;
    const engine = new DecoderEngine({
      configuration,
      ...this.#threads,
      activations: recipe.activations,
    });
    const optimizer = new AdamW(engine.layout, this.#threads.arithmetic);
    if (checkpoint === null) {
      start.writeWeights(engine.weights);
      return { engine, optimizer, tokenizer, reference: null };
    }
    return { engine, optimizer, tokenizer, ...(await restoreTraining(checkpoint, { engine, optimizer })) };
  }

  async #runStage(
    stage: Stage,
    run: { readonly model: TrainedModel; readonly log: MetricsLog; readonly state: RunState },
  ): Promise<{ readonly finished: boolean; readonly state: RunState }> {
    const { recipe, recipeFolder, folder, signal } = this.#run;
    const { log } = run;
    let { state } = run;
    const index = state.stage;
    const model = { ...run.model, reference: referenceOf(stage, run) };
    const { engine, optimizer, tokenizer } = model;
    if (state.step === 0) optimizer.reset();
    else optimizer.updates = state.optimizerUpdates;
    const context: TrainingContext = {
      engine,
      optimizer,
      decoder: new Decoder({ ...engine, ...this.#threads }),
      encoder: new ExampleEncoder(tokenizer),
      seed: recipe.seed,
    };
    const source = await openExamples(stage.data, {
      folder: recipeFolder,
      seed: seedOf(recipe.seed, index),
      batchSize: stage.kind === 'sft' ? stage.examplesPerBatch : stage.promptsPerBatch,
      state: state.source,
    });
    const evaluationExamples = await this.#evaluationExamples(stage);
    const steps = new StageSteps(context, { stage, source, reference: this.#referenceEngine(model) });
    const name = nameOfStage(stage, index);
    const note = async (record: MetricsRecord) => {
      await log.append(record);
      this.#run.onStep?.(record);
    };
    if (state.step === 0 && stage.evaluation !== undefined) {
      const started = performance.now();
      const evaluation = await evaluate(context, stage, evaluationExamples);
      const seconds = (performance.now() - started) / 1000;
      await note({ stage: name, step: 0, steps: stage.steps, ...evaluation, seconds });
    }
    for (let step = state.step; step < stage.steps; step++) {
      const started = performance.now();
      const place = { stage: index, name, step };
      const { metrics, negativesMasked } = await steps.run(place, state.negativesMasked);
      const isLast = step + 1 === stage.steps;
      const isEvaluated =
        stage.evaluation !== undefined && (isLast || (step + 1) % stage.evaluation.everySteps === 0);
      const evaluation = isEvaluated ? await evaluate(context, stage, evaluationExamples) : {};
      const seconds = (performance.now() - started) / 1000;
      await note({ stage: name, step: step + 1, steps: stage.steps, ...metrics, ...evaluation, seconds });
      state = stateAfter(state, {
        place,
        isLast,
        optimizerUpdates: optimizer.updates,
        negativesMasked,
        source: source.state,
        metricsBytes: log.bytes,
      });
      const isStopped = signal?.aborted ?? false;
      if (isLast || isStopped || (step + 1) % recipe.checkpointEverySteps === 0) {
        await saveTrainingCheckpoint(folder, model, { state, name: checkpointName(recipe, state) });
        await writeLearningCurve(folder);
      }
      if (isStopped && !(isLast && index + 1 === recipe.stages.length)) return { finished: false, state };
    }
    await context.decoder.release();
    await engine.release();
    return { finished: true, state };
  }

  #referenceEngine({ engine, reference }: TrainedModel): DecoderEngine | null {
    if (reference === null) return null;
    const { configuration } = engine;
    const frozen = new DecoderEngine({ configuration, ...this.#threads });
    copyInto(namedParameters(frozen.layout, frozen.weights), reference, 'of the reference');
    return frozen;
  }

  async #evaluationExamples({ evaluation, data }: Stage): Promise<readonly TrainingExample[]> {
    if (evaluation === undefined) return [];
    const { recipe, recipeFolder } = this.#run;
    const source = evaluation.data ?? data;
    if (typeof source === 'string') {
      const examples = await readExamples(join(recipeFolder, source));
      return examples.slice(0, evaluation.examples);
    }
    // Other numbers than those of any training step, and the same in all stages, so that they can be compared.
    const seed = seedOf(recipe.seed, -1);
    const task = await openExamples(source, { folder: recipeFolder, seed, batchSize: 1, state: null });
    return task.nextBatch(evaluation.examples, 0);
  }
}

/** The policy at the beginning of a stage with a KL penalty. */
function referenceOf(
  stage: Stage,
  { model, state }: { readonly model: TrainedModel; readonly state: RunState },
): Parameters | null {
  if (stage.kind === 'sft' || stage.klCoefficient === 0) return null;
  if (state.step > 0) return model.reference;
  const { layout, weights } = model.engine;
  return namedParameters(layout, weights.slice());
}

/** What must be equal for a run to go on: the recipe, functions by their names only. */
function fingerprintOf(recipe: Recipe): string {
  return JSON.stringify(recipe, (_, value: unknown) =>
    typeof value === 'function' ? `function ${value.name}` : value,
  );
}

/** Where a run stands after a step; after the last one of a stage, at the beginning of the next. */
function stateAfter(
  { recipe }: RunState,
  done: Omit<RunState, 'recipe' | 'stage' | 'step'> & { readonly place: StepPlace; readonly isLast: boolean },
): RunState {
  const { place, isLast, ...kept } = done;
  if (!isLast) return { ...kept, recipe, stage: place.stage, step: place.step + 1 };
  return { ...kept, recipe, stage: place.stage + 1, step: 0, negativesMasked: false, source: null };
}

function checkpointName({ stages }: Recipe, state: RunState): string {
  const done = stages.slice(0, state.stage).reduce((sum, { steps }) => sum + steps, 0) + state.step;
  return String(done).padStart(8, '0');
}

function otherRecipe(folder: string): TrainingError {
  return new TrainingError({
    message: `The folder ${folder} holds a run of another recipe.`,
    remedy: 'Choose another folder, or begin anew with --restart, which removes its checkpoints.',
  });
}
