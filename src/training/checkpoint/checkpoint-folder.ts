import { copyFile, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parameterShapes } from '../model/parameter-shapes.ts';
import type { ModelConfiguration, Parameter, Parameters } from '../model/model-configuration.ts';
import { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';
import { requireFittingTokenizer } from '../tokenizer/require-fitting-tokenizer.ts';
import { tokenizerFileName, tokenizerSettingsFileName } from '../tokenizer/tokenizer-file.ts';
import { CheckpointError } from './checkpoint-error.ts';
import { CheckpointTensors, weightsFileName } from './checkpoint-tensors.ts';
import { readConfiguration, writeConfiguration } from './configuration-file.ts';
import type { WeightType } from './element-type.ts';
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
  'chat_template.jinja',
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
  const configuration = await readConfiguration(folder);
  const tokenizer = await loadTokenizer(folder, configuration);
  const tensors = await CheckpointTensors.open(folder);
  try {
    const parameters = new Map<string, Parameter>();
    const stored = requireSameParameters({ tensors, configuration });
    for (const [name, { storedName, shape }] of stored) {
      parameters.set(name, { shape, data: await tensors.readNumbers(storedName) });
    }
    return { configuration, parameters, tokenizer };
  } finally {
    await tensors.close();
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

async function loadTokenizer(
  folder: string,
  { vocabularySize }: ModelConfiguration,
): Promise<ModelTokenizer | null> {
  if ((await stat(join(folder, tokenizerFileName)).catch(() => null)) === null) return null;
  const tokenizer = await ModelTokenizer.load(folder);
  requireFittingTokenizer({ tokenizer, vocabularySize });
  return tokenizer;
}

/** Tensors that checkpoints hold beside the parameters: tables that can be computed, and heads of other tasks. */
const dispensable = /(?:^|\.)(?:position_ids|inv_freq|pooler\..*|cls\..*)$/;

/** Where the checkpoint keeps each parameter. A model that was saved within another has a prefix before all names. */
function requireSameParameters(input: {
  readonly tensors: CheckpointTensors;
  readonly configuration: ModelConfiguration;
}): Map<string, { readonly storedName: string; readonly shape: readonly number[] }> {
  const { tensors, configuration } = input;
  const needed = parameterShapes(configuration);
  const [firstNeeded = ''] = needed.keys();
  const firstStored = [...tensors.tensors.keys()].find((name) => name.endsWith(firstNeeded)) ?? '';
  const prefix = firstStored.slice(0, firstStored.length - firstNeeded.length);
  const places = new Map<string, { storedName: string; shape: readonly number[] }>();
  for (const [name, shape] of needed) {
    const storedName = name === 'lm_head.weight' ? name : prefix + name;
    const stored = tensors.tensors.get(storedName)?.shape;
    if (stored?.join() !== shape.join()) {
      throw misfit({ path: tensors.path, name: storedName, shape: stored, needed: shape });
    }
    places.set(name, { storedName, shape });
  }
  const used = new Set([...places.values()].map(({ storedName }) => storedName));
  const isTied = configuration.kind === 'decoder' && configuration.tiedEmbeddings;
  const unknown = [...tensors.tensors.keys()].filter(
    (name) => !used.has(name) && !dispensable.test(name) && !(isTied && name === 'lm_head.weight'),
  );
  if (unknown.length > 0) {
    throw new CheckpointError({
      message:
        `The checkpoint ${tensors.path} holds ${unknown.length} tensors that its config.json does not provide for, ` +
        `such as "${unknown[0]}".`,
      remedy: 'Check that weights and config.json belong together.',
    });
  }
  return places;
}

function misfit(input: {
  readonly path: string;
  readonly name: string;
  readonly shape: readonly number[] | undefined;
  readonly needed: readonly number[];
}): CheckpointError {
  const { path, name, shape, needed } = input;
  const found = shape === undefined ? 'is missing' : `has the shape [${shape.join(', ')}]`;
  return new CheckpointError({
    message: `The checkpoint ${path} does not fit its configuration: "${name}" ${found} where [${needed.join(', ')}] belongs.`,
    remedy: 'Check that weights and config.json belong together.',
  });
}
