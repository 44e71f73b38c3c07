import { mkdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { loadCheckpoint } from '../checkpoint/checkpoint-folder.ts';
import { initialiseWeights } from '../model/initial-weights.ts';
import type { DecoderConfiguration, Parameters } from '../model/model-configuration.ts';
import { decoderOfSize } from '../model/model-sizes.ts';
import { layOutParameters, namedParameters } from '../model/parameter-layout.ts';
import { SeededRandom } from '../sampling/random.ts';
import { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';
import { writeSymbolTokenizer } from '../tokenizer/symbol-tokenizer.ts';
import { writeTokenizer } from '../tokenizer/tokenizer-file.ts';
import { trainByteLevelBpe } from '../tokenizer/train-byte-level-bpe.ts';
import { openExamples } from './example-source.ts';
import type { Recipe } from './recipe.ts';
import { seedOf } from './seeds.ts';
import { TrainingError } from './training-error.ts';
import type { TrainingExample } from './training-example.ts';

/** What a run starts from. */
export interface StartingPoint {
  readonly configuration: DecoderConfiguration;
  readonly tokenizer: ModelTokenizer;
  /** Writes the first weights into a memory of parameters. */
  readonly writeWeights: (memory: Float32Array) => void;
}

export interface RunFolders {
  /** Where the run is kept. */
  readonly folder: string;
  /** Where relative paths of the recipe begin. */
  readonly recipeFolder: string;
}

/**
 * The model and the tokenizer of a recipe: those of a checkpoint, or new ones.
 *
 * @throws CheckpointError @throws TrainingError
 */
export async function openStartingPoint(recipe: Recipe, folders: RunFolders): Promise<StartingPoint> {
  const { model, seed } = recipe;
  const start = 'checkpoint' in model ? await loadCheckpoint(pathOf(model.checkpoint, folders)) : null;
  const tokenizer = (recipe.tokenizer && (await openTokenizer(recipe, folders))) ?? start?.tokenizer;
  if (!tokenizer) {
    throw new TrainingError({
      message: 'The checkpoint that the recipe starts from has no tokenizer.json.',
      remedy: 'Give the recipe a tokenizer: { file: "…" }.',
    });
  }
  if (start !== null) return fromCheckpoint(start, tokenizer);
  if (!('size' in model)) throw new TypeError('A model is a checkpoint or has a size.');
  const { size, convolutionTaps, maximumPositions, initialDeviation: deviation } = model;
  const end = tokenizer.endOfTextId;
  const configuration = {
    ...decoderOfSize(size, {
      vocabularySize: tokenizer.vocabularySize,
      endTokenIds: end === null ? [] : [end],
    }),
    convolutionTaps,
    ...(maximumPositions !== undefined && { maximumPositions }),
  };
  const layout = layOutParameters(configuration);
  return {
    configuration,
    tokenizer,
    writeWeights: (memory) =>
      initialiseWeights(memory, { configuration, layout, random: new SeededRandom(seed), deviation }),
  };
}

function fromCheckpoint(
  {
    configuration,
    parameters,
  }: { readonly configuration: { readonly kind: string }; readonly parameters: Parameters },
  tokenizer: ModelTokenizer,
): StartingPoint {
  if (!isDecoder(configuration)) {
    throw new TrainingError({
      message: 'The checkpoint that the recipe starts from is an encoder; it writes no text.',
      remedy: 'Start from a decoder (model_type qwen3).',
    });
  }
  const layout = layOutParameters(configuration);
  return {
    configuration,
    tokenizer,
    writeWeights: (memory) => {
      for (const [name, { data }] of namedParameters(layout, memory))
        data.set(parameters.get(name)?.data ?? []);
    },
  };
}

function isDecoder(configuration: { readonly kind: string }): configuration is DecoderConfiguration {
  return configuration.kind === 'decoder';
}

/** Examples that a vocabulary is learnt from, of each stage. */
const vocabularyExamples = 2000;

async function openTokenizer(recipe: Recipe, folders: RunFolders): Promise<ModelTokenizer | null> {
  const { tokenizer } = recipe;
  if (tokenizer === undefined) return null;
  if ('file' in tokenizer) return await ModelTokenizer.load(pathOf(tokenizer.file, folders));
  const folder = join(folders.folder, 'tokenizer');
  if ('symbols' in tokenizer) {
    await writeSymbolTokenizer(folder, tokenizer.symbols);
    return await ModelTokenizer.load(folder);
  }
  const endOfText = '<|endoftext|>';
  const learnt = await trainByteLevelBpe(await textsOf(recipe, folders), {
    vocabularySize: tokenizer.vocabularySize,
    specialTokens: [endOfText],
  });
  await mkdir(folder, { recursive: true });
  await writeTokenizer({ folder, tokenizer: learnt, roles: { endOfText } });
  return await ModelTokenizer.load(folder);
}

async function textsOf({ stages, seed }: Recipe, { recipeFolder }: RunFolders): Promise<string[]> {
  const texts: string[] = [];
  for (const [index, { data }] of stages.entries()) {
    const source = await openExamples(data, {
      folder: recipeFolder,
      seed: seedOf(seed, index),
      batchSize: vocabularyExamples,
      state: null,
    });
    texts.push(...source.nextBatch(vocabularyExamples, 0).flatMap(textsOfExample));
  }
  return texts;
}

function textsOfExample({ prompt, response, gold = [] }: TrainingExample): string[] {
  return [prompt, response ?? '', ...gold];
}

function pathOf(path: string, { recipeFolder }: RunFolders): string {
  return isAbsolute(path) ? path : join(recipeFolder, path);
}
