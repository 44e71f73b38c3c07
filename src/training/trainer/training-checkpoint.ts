/*
 * What a run keeps so that it can go on: a folder for each checkpoint, which appears under its name when it is whole.
 * It is a model in the Hugging Face layout, with the state of the optimiser and of the run beside it.
 */
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolder, writeTextAtomically } from '../checkpoint/atomic-write.ts';
import { loadCheckpoint, saveCheckpoint } from '../checkpoint/checkpoint-folder.ts';
import { readParameters } from '../checkpoint/checkpoint-tensors.ts';
import { CheckpointError } from '../checkpoint/checkpoint-error.ts';
import { writeParameters } from '../checkpoint/write-safetensors.ts';
import type { DecoderEngine } from '../engine/decoder-engine.ts';
import type { Parameters } from '../model/model-configuration.ts';
import { namedParameters } from '../model/parameter-layout.ts';
import type { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';
import type { AdamW } from './adamw.ts';

const runStateSchema = z.object({
  /** Of the recipe that the run follows. */
  recipe: z.string(),
  stage: z.int().nonnegative(),
  /** Steps of the stage that are done. */
  step: z.int().nonnegative(),
  optimizerUpdates: z.int().nonnegative(),
  negativesMasked: z.boolean(),
  /** Where the sampler of the stage's data stands. */
  source: z
    .object({ random: z.number(), unread: z.record(z.string(), z.array(z.number()).readonly()) })
    .nullable(),
  metricsBytes: z.int().nonnegative(),
});

/** Where a run stands. */
export type RunState = z.infer<typeof runStateSchema>;

const checkpointsFolder = 'checkpoints';
const stateFile = 'training-state.json';
const optimizerFile = 'optimizer.safetensors';
const referenceFile = 'reference.safetensors';
const firstMoments = 'first.';
const secondMoments = 'second.';
const keptCheckpoints = 2;

export interface TrainedModel {
  readonly engine: DecoderEngine;
  readonly optimizer: AdamW;
  readonly tokenizer: ModelTokenizer;
  /** The weights that a KL penalty pulls towards; null where there is none. */
  readonly reference: Parameters | null;
}

/** Saves a checkpoint, then removes all but the last ones. The state comes last: a folder without it is not whole. */
export async function saveTrainingCheckpoint(
  folder: string,
  { engine, optimizer, tokenizer, reference }: TrainedModel,
  { state, name }: { readonly state: RunState; readonly name: string },
): Promise<void> {
  const checkpoints = join(folder, checkpointsFolder);
  const unfinished = join(checkpoints, `${name}.unfinished`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await saveModel(unfinished, engine, tokenizer);
  const moments = new Map([
    ...prefixed(firstMoments, namedParameters(engine.layout, optimizer.firstMoments)),
    ...prefixed(secondMoments, namedParameters(engine.layout, optimizer.secondMoments)),
  ]);
  await writeParameters({ path: join(unfinished, optimizerFile), parameters: moments });
  if (reference !== null)
    await writeParameters({ path: join(unfinished, referenceFile), parameters: reference });
  await writeTextAtomically(join(unfinished, stateFile), `${JSON.stringify(state)}\n`);
  const whole = join(checkpoints, name);
  await rm(whole, { recursive: true, force: true });
  await rename(unfinished, whole);
  await syncFolder(checkpoints);
  const names = await checkpointNames(folder);
  for (const old of names.slice(0, -keptCheckpoints))
    await rm(join(checkpoints, old), { recursive: true, force: true });
}

/** Writes the model alone, as `sample`, Transformers and others load it. */
export function saveModel(folder: string, engine: DecoderEngine, tokenizer: ModelTokenizer): Promise<void> {
  const { configuration, layout, weights } = engine;
  return saveCheckpoint({ folder, configuration, parameters: namedParameters(layout, weights), tokenizer });
}

/** The folder of the last checkpoint of a run; null where there is none. */
export async function lastCheckpoint(folder: string): Promise<string | null> {
  const name = (await checkpointNames(folder)).at(-1);
  return name === undefined ? null : join(folder, checkpointsFolder, name);
}

/** @throws CheckpointError The checkpoint is damaged. */
export async function readRunState(checkpoint: string): Promise<RunState> {
  const path = join(checkpoint, stateFile);
  try {
    return runStateSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new CheckpointError({
      message: `${path} does not say where the run stands.`,
      remedy: 'Remove that checkpoint, so that the one before it is taken, or train anew with --restart.',
      cause: error,
    });
  }
}

/** Brings weights and optimiser to where a checkpoint has them. @throws CheckpointError */
export async function restoreTraining(
  checkpoint: string,
  { engine, optimizer }: Pick<TrainedModel, 'engine' | 'optimizer'>,
): Promise<{ readonly reference: Parameters | null }> {
  const { parameters } = await loadCheckpoint(checkpoint);
  copyInto(namedParameters(engine.layout, engine.weights), parameters, checkpoint);
  const moments = await readParameters(join(checkpoint, optimizerFile));
  for (const [prefix, memory] of [
    [firstMoments, optimizer.firstMoments],
    [secondMoments, optimizer.secondMoments],
  ] as const) {
    copyInto(prefixed(prefix, namedParameters(engine.layout, memory)), moments, checkpoint);
  }
  const hasReference = (await readdir(checkpoint)).includes(referenceFile);
  return { reference: hasReference ? await readParameters(join(checkpoint, referenceFile)) : null };
}

/** Copies parameters by name. @throws CheckpointError One is missing or of another length. */
export function copyInto(target: Parameters, source: Parameters, path: string): void {
  for (const [name, { data }] of target) {
    const given = source.get(name)?.data;
    if (given?.length !== data.length) {
      throw new CheckpointError({
        message: `The checkpoint ${path} does not fit the model of the recipe: "${name}" has ${given?.length ?? 'no'} numbers, not ${data.length}.`,
        remedy: 'Use the recipe it was trained with, or train anew with --restart.',
      });
    }
    data.set(given);
  }
}

function prefixed(prefix: string, parameters: Parameters): Parameters {
  return new Map([...parameters].map(([name, parameter]) => [prefix + name, parameter]));
}

/** In the order in which they were made. */
async function checkpointNames(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, checkpointsFolder)).catch(() => []);
  return names.filter((name) => /^\d+$/.test(name)).sort();
}
