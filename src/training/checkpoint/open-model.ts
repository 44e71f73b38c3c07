import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelConfiguration } from '../model/model-configuration.ts';
import { parameterShapes } from '../model/parameter-shapes.ts';
import { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';
import { requireFittingTokenizer } from '../tokenizer/require-fitting-tokenizer.ts';
import { tokenizerFileName } from '../tokenizer/tokenizer-file.ts';
import { CheckpointError } from './checkpoint-error.ts';
import { CheckpointTensors } from './checkpoint-tensors.ts';
import { readConfiguration } from './configuration-file.ts';
import type { TensorDescription } from './safetensors-header.ts';

/** A checkpoint whose parts were found to fit one another, with its weights still on the disk. Close it when done. */
export class OpenModel {
  readonly configuration: ModelConfiguration;
  /** Null where the folder has none. */
  readonly tokenizer: ModelTokenizer | null;
  /** By the names of `parameterShapes`, in that order: how the files hold them. */
  readonly parameters: ReadonlyMap<string, TensorDescription>;
  readonly #tensors: CheckpointTensors;

  private constructor(input: {
    readonly configuration: ModelConfiguration;
    readonly tokenizer: ModelTokenizer | null;
    readonly tensors: CheckpointTensors;
  }) {
    const { configuration, tokenizer, tensors } = input;
    this.configuration = configuration;
    this.tokenizer = tokenizer;
    this.#tensors = tensors;
    this.parameters = locateParameters(tensors, configuration);
  }

  /**
   * Opens a model.
   *
   * @param folder A checkpoint in the Hugging Face layout: `config.json`, weights as safetensors, `tokenizer.json`.
   * @throws CheckpointError It is damaged, of another architecture, or its parts do not fit one another.
   */
  static async open(folder: string): Promise<OpenModel> {
    const configuration = await readConfiguration(folder);
    const tokenizer = await loadTokenizer(folder, configuration);
    const tensors = await CheckpointTensors.open(folder);
    try {
      return new OpenModel({ configuration, tokenizer, tensors });
    } catch (error) {
      await tensors.close();
      throw error;
    }
  }

  /** Reads a parameter. @throws CheckpointError */
  async readNumbers(name: string): Promise<Float32Array<ArrayBuffer>> {
    return this.#tensors.readNumbers(this.parameters.get(name)?.name ?? name);
  }

  close(): Promise<void> {
    return this.#tensors.close();
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
function locateParameters(
  tensors: CheckpointTensors,
  configuration: ModelConfiguration,
): Map<string, TensorDescription> {
  const needed = parameterShapes(configuration);
  const [firstNeeded = ''] = needed.keys();
  const firstStored = [...tensors.tensors.keys()].find((name) => name.endsWith(firstNeeded)) ?? '';
  const prefix = firstStored.slice(0, firstStored.length - firstNeeded.length);
  const places = new Map<string, TensorDescription>();
  for (const [name, shape] of needed) {
    const storedName = name === 'lm_head.weight' ? name : prefix + name;
    const stored = tensors.tensors.get(storedName);
    if (stored?.shape.join() !== shape.join()) {
      throw misfit({ path: tensors.path, name: storedName, shape: stored?.shape, needed: shape });
    }
    places.set(name, stored);
  }
  const used = new Set([...places.values()].map(({ name }) => name));
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

/** A parameter that is not there, or not of the shape it should have. */
export function misfit(input: {
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
