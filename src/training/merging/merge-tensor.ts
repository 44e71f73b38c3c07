import type { CheckpointTensors } from '../checkpoint/checkpoint-tensors.ts';
import type { PlannedTensor } from './merge-plan.ts';
import { mergeTensors } from './merge-recipe.ts';
import type { MergeRecipe } from './merge-recipe.ts';
import { cutToCommonPart } from './tensor.ts';
import type { Tensor } from './tensor.ts';

/** Checkpoints that are open for a merge. */
export interface MergeSources {
  readonly recipe: MergeRecipe;
  /** The base; with a method that has none, the first model. */
  readonly frame: CheckpointTensors;
  /** As in the recipe. */
  readonly models: readonly CheckpointTensors[];
}

/** Reads the tensors of one name and merges them: numbers, or the bytes of a tensor that is taken over as it is. */
export async function readMerged(
  { recipe, frame, models }: MergeSources,
  { description: { name, shape, type }, places, isCut }: PlannedTensor,
): Promise<Float32Array | Uint8Array> {
  const stored = frame.tensors.get(name);
  if (places.length === 0 && stored?.type === type) return frame.readBytes(name);
  const whole = { name, shape, data: await frame.readNumbers(name) };
  if (places.length === 0) return whole.data;
  const tensors = [whole];
  for (const place of places) {
    const model = models[place];
    if (model === undefined) throw new RangeError(`The recipe has no model ${place}.`);
    tensors.push({
      name,
      shape: model.tensors.get(name)?.shape ?? [],
      data: await model.readNumbers(name),
    });
  }
  const [base = whole, ...others] = isCut ? cutToCommonPart(tensors) : tensors;
  const merged = mergeTensors({
    recipe,
    frame: base,
    models: others.map((tensor, index) => ({ tensor, place: places[index] ?? 0 })),
  });
  if (isCut) return putBack(whole, merged);
  return merged.data instanceof Float32Array ? merged.data : Float32Array.from(merged.data);
}

/** The matrix with the first rows and columns that were merged. */
function putBack(whole: Tensor, part: Tensor): Float32Array {
  const [width = 0, rows = 0, columns = 0] = [whole.shape[1], ...part.shape];
  const data = Float32Array.from(whole.data);
  for (let row = 0; row < rows; row++) {
    data.set(part.data.subarray(row * columns, (row + 1) * columns), row * width);
  }
  return data;
}
