import type { CheckpointTensors } from '../checkpoint/checkpoint-tensors.ts';
import { elementBytes, elementCount, isWeightType, isWholeNumberType } from '../checkpoint/element-type.ts';
import type { TensorDescription } from '../checkpoint/safetensors-header.ts';
import type { MergeRecipe } from './merge-recipe.ts';
import { MergeError } from './tensor.ts';

/** What becomes of one tensor of the base (or of the first model, with a method that has no base). */
export interface PlannedTensor {
  /** As it will be written. */
  readonly description: TensorDescription;
  /** The places in the recipe of the models that are merged into it; none where it is copied. */
  readonly places: readonly number[];
  /** Some model has other rows or columns: the common part is merged, the rest stays. */
  readonly isCut: boolean;
}

export interface MergePlan {
  readonly shards: readonly (readonly PlannedTensor[])[];
  /** What the user should know: models that were left out of tensors, and why. */
  readonly notes: readonly string[];
}

/** The tensors whose rows are tokens: models with a longer vocabulary share the first. */
const embedding = /(?:embed_tokens|lm_head|word_embeddings|wte)\.weight$/;

/**
 * Decides what is merged into what. Differences between the models are treated as mergekit treats them: of embeddings of
 * unequal size the common part is merged; another tensor of unequal shape, or one that a model lacks, is merged
 * without that model, and said so. Without a base unequal shapes are an error.
 *
 * @param input.frame The base, or the first model where the method has none.
 * @param input.models As in the recipe.
 * @throws MergeError A model shares no tensor with the frame, or the shapes do not go together.
 */
export function planMerge(input: {
  readonly recipe: MergeRecipe;
  readonly frame: CheckpointTensors;
  readonly models: readonly CheckpointTensors[];
  readonly maximumShardBytes: number;
}): MergePlan {
  const { recipe, frame, models } = input;
  const hasBase = 'base' in recipe;
  const notes = new Notes(frame.path);
  const others = [...models.entries()].slice(hasBase ? 0 : 1);
  const planned = [...frame.tensors.values()].map((tensor): PlannedTensor => {
    const { name, type, shape } = tensor;
    if (isWholeNumberType(type)) return { description: tensor, places: [], isCut: false };
    requireWeights(frame, name);
    const places: number[] = [];
    let isCut = false;
    for (const [place, model] of others) {
      const fit = fitOf(tensor, model.tensors.get(name));
      if (fit === 'equal' || fit === 'common part') {
        requireWeights(model, name);
        places.push(place);
      }
      if (fit === 'other shape' && !hasBase) {
        throw new MergeError(
          `The tensor "${name}" is [${shape.join(', ')}] in ${frame.path}, but not in ${model.path}: linear merging ` +
            'needs models of one architecture.',
        );
      }
      if (fit !== 'equal') notes.add({ model: model.path, fit, name });
      isCut ||= fit === 'common part';
    }
    return { description: { name, shape, type: recipe.type ?? type }, places, isCut };
  });
  for (const [place, model] of others) {
    if (!planned.some(({ places }) => places.includes(place))) {
      throw new MergeError(
        `${model.path} shares no tensor with ${frame.path}: they are of different architectures and cannot be merged.`,
      );
    }
    const unknown = [...model.tensors.keys()].filter((name) => !frame.tensors.has(name));
    for (const name of unknown) notes.add({ model: model.path, fit: 'unknown', name });
  }
  if (recipe.method === 'sce' && models.length === 1) {
    notes.say(
      'SCE with one model gives that model back (density 1) or the base (below 1; but for fuseai): merge two.',
    );
  }
  return { shards: inShards(planned, input.maximumShardBytes), notes: notes.all() };
}

function requireWeights(checkpoint: CheckpointTensors, name: string): void {
  const type = checkpoint.tensors.get(name)?.type ?? '';
  if (isWeightType(type)) return;
  throw new MergeError(
    `The tensor "${name}" of ${checkpoint.path} is of type ${type}: only F32, F16 and BF16 can be merged.`,
  );
}

type Fit = 'equal' | 'common part' | 'other shape' | 'absent';

function fitOf(frame: TensorDescription, model: TensorDescription | undefined): Fit {
  if (model === undefined) return 'absent';
  if (frame.shape.join() === model.shape.join()) return 'equal';
  const canBeCut = embedding.test(frame.name) && frame.shape.length === 2 && model.shape.length === 2;
  return canBeCut ? 'common part' : 'other shape';
}

/** Gathers what happens to many tensors alike into one sentence. */
class Notes {
  readonly #frame: string;
  readonly #said: string[] = [];
  readonly #tensors = new Map<
    string,
    { readonly model: string; readonly fit: Fit | 'unknown'; names: string[] }
  >();

  /** @param frame The path of the frame. */
  constructor(frame: string) {
    this.#frame = frame;
  }

  say(note: string): void {
    this.#said.push(note);
  }

  add({ model, fit, name }: { model: string; fit: Fit | 'unknown'; name: string }): void {
    const key = `${fit} ${model}`;
    const known = this.#tensors.get(key);
    if (known === undefined) this.#tensors.set(key, { model, fit, names: [name] });
    else known.names.push(name);
  }

  all(): string[] {
    const gathered = [...this.#tensors.values()].map(({ model, fit, names }) => {
      const [first = ''] = names;
      const which = names.length === 1 ? `"${first}"` : `${names.length} tensors such as "${first}"`;
      switch (fit) {
        case 'common part':
          return `${model}: of ${which} the rows and columns that all models have are merged; the rest is as in ${this.#frame}.`;
        case 'unknown':
          return `${model}: ${which} is not in ${this.#frame} and is left out.`;
        case 'absent':
          return `${model} has no ${which}: merged without it.`;
        default:
          return `${model}: ${which} has another shape than in ${this.#frame}: merged without it.`;
      }
    });
    return [...this.#said, ...gathered];
  }
}

/** One shard after the other is filled up to its size; a tensor that is larger has one for itself. */
function inShards(tensors: readonly PlannedTensor[], maximumBytes: number): PlannedTensor[][] {
  const shards: PlannedTensor[][] = [];
  let room = 0;
  for (const tensor of tensors) {
    const bytes = tensorBytes(tensor.description);
    const shard = shards.at(-1);
    if (shard === undefined || bytes > room) {
      shards.push([tensor]);
      room = maximumBytes - bytes;
    } else {
      shard.push(tensor);
      room -= bytes;
    }
  }
  return shards;
}

export function tensorBytes({ type, shape }: TensorDescription): number {
  return elementCount(shape) * elementBytes[type];
}
