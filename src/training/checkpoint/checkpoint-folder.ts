import { copyFile, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parameterShapes } from '../model/parameter-shapes.ts';
import type { ModelConfiguration, Parameter, Parameters } from '../model/model-configuration.ts';
import type { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';
import { requireFittingTokenizer } from '../tokenizer/require-fitting-tokenizer.ts';
import {
  chatTemplateFileName,
  tokenizerFileName,
  tokenizerSettingsFileName,
} from '../tokenizer/tokenizer-file.ts';
import { weightsFileName } from './checkpoint-tensors.ts';
import { writeConfiguration } from './configuration-file.ts';
import type { WeightType } from './element-type.ts';
import { misfit, OpenModel } from './open-model.ts';
import { writeParameters } from './write-safetensors.ts';

/** A model as it lies in a folder. */
export interface Checkpoint {
  readonly configuration: ModelConfiguration;
  readonly parameters: Parameters;
  /** Null where the folder has none. */
  readonly tokenizer: ModelTokenizer | null;
}

/** What belongs to a tokenizer, in the layouts of several versions of Transformers. */
export const tokenizerFileNames = [
  tokenizerFileName,
  tokenizerSettingsFileName,
  'special_tokens_map.json',
  'added_tokens.json',
  chatTemplateFileName,
  'vocab.json',
  'merges.txt',
  'vocab.txt',
] as const;

/**
 * Loads a model with all its parameters into memory, as float32.
 *
 * @param folder A checkpoint in the Hugging Face layout: `config.json`, weights as safetensors, `tokenizer.json`.
 * @throws CheckpointError It is damaged, of another architecture, or its parts do not fit one another.
 */
export async function loadCheckpoint(folder: string): Promise<Checkpoint> {
  const model = await OpenModel.open(folder);
  try {
    const parameters = new Map<string, Parameter>();
    for (const [name, { shape }] of model.parameters) {
      parameters.set(name, { shape, data: await model.readNumbers(name) });
    }
    return { configuration: model.configuration, parameters, tokenizer: model.tokenizer };
  } finally {
    await model.close();
  }
}

/**
 * Saves a model so that this project, Transformers and whatever reads that layout load it. Each file appears when it
 * is whole; the weights come last.
 *
 * @param input.tokenizer Copied beside the weights.
 * @throws CheckpointError The parts do not fit one another. Nothing was written then.
 */
export async function saveCheckpoint(input: {
  readonly folder: string;
  readonly configuration: ModelConfiguration;
  readonly parameters: Parameters;
  readonly tokenizer: ModelTokenizer | null;
  /** F32 unless told. */
  readonly type?: WeightType;
}): Promise<void> {
  const { folder, configuration, parameters, tokenizer } = input;
  for (const [name, shape] of parameterShapes(configuration)) {
    const given = parameters.get(name)?.shape;
    if (given?.join() !== shape.join()) throw misfit({ path: folder, name, shape: given, needed: shape });
  }
  if (tokenizer !== null) {
    requireFittingTokenizer({ tokenizer, vocabularySize: configuration.vocabularySize });
  }
  await mkdir(folder, { recursive: true });
  if (tokenizer !== null) await copyFiles(dirname(tokenizer.path), folder, tokenizerFileNames);
  await writeConfiguration(folder, configuration);
  await writeParameters({ path: join(folder, weightsFileName), parameters, type: input.type ?? 'F32' });
}

/** Copies those of the files that there are. */
export async function copyFiles(from: string, to: string, names: readonly string[]): Promise<void> {
  if (from === to) return;
  for (const name of names) {
    if ((await stat(join(from, name)).catch(() => null)) === null) continue;
    await copyFile(join(from, name), join(to, name));
  }
}
