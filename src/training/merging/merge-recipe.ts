import { z } from 'zod';
import { weightTypes } from '../checkpoint/element-type.ts';
import { mergeLinearly } from './linear.ts';
import { mergeBySce, sceVariants } from './sce.ts';
import { mergeByTaskArithmetic } from './task-arithmetic.ts';
import type { Tensor } from './tensor.ts';
import { mergeByTies } from './ties.ts';

const folder = z.string().min(1);
const shared = {
  /** The checkpoints to merge: folders in the Hugging Face layout, or safetensors files. */
  models: z.array(folder).min(1),
  /** What the weights are saved in; as in the base unless told. */
  type: z.enum(weightTypes).optional(),
};
const weights = z.array(z.number()).optional();

/** What is merged, and how. The files of the methods say what their settings mean. */
export const mergeRecipeSchema = z
  .discriminatedUnion('method', [
    z.strictObject({
      method: z.literal('sce'),
      base: folder,
      ...shared,
      /** τ: the share of positions that is selected. */
      density: z.number().min(0).max(1).default(1),
      variant: z.enum(sceVariants).default('paper'),
    }),
    z.strictObject({
      method: z.literal('linear'),
      ...shared,
      weights,
      normalise: z.boolean().default(true),
    }),
    z.strictObject({
      method: z.literal('task-arithmetic'),
      base: folder,
      ...shared,
      weights,
      scale: z.number().default(1),
    }),
    z.strictObject({
      method: z.literal('ties'),
      base: folder,
      ...shared,
      weights,
      density: z.number().gt(0).max(1).default(0.2),
      scale: z.number().default(1),
    }),
  ])
  .refine(
    (recipe) => !('weights' in recipe) || [undefined, recipe.models.length].includes(recipe.weights?.length),
    { message: 'there must be as many as models', path: ['weights'] },
  );

export type MergeRecipe = z.infer<typeof mergeRecipeSchema>;

/** The model from which the result takes its shapes, configuration and tokenizer: the base, or the first of all. */
export function frameOf(recipe: MergeRecipe): string {
  return 'base' in recipe ? recipe.base : (recipe.models[0] ?? '');
}

/**
 * Merges the tensors of one name.
 *
 * @param input.frame The tensor of the base; with a method that has none, the first model's.
 * @param input.models The other tensors, with the places of their models in the recipe; without a base, that of the
 *   first model is not among them.
 * @throws MergeError
 */
export function mergeTensors(input: {
  readonly recipe: MergeRecipe;
  readonly frame: Tensor;
  readonly models: readonly { readonly place: number; readonly tensor: Tensor }[];
}): Tensor {
  const { recipe, frame } = input;
  const models = input.models.map(({ tensor }) => tensor);
  const weightsOf = (given: readonly number[] | undefined, places: readonly number[]) =>
    given && places.map((place) => given[place] ?? 0);
  const places = input.models.map(({ place }) => place);
  switch (recipe.method) {
    case 'sce': {
      const { density, variant } = recipe;
      return mergeBySce({ base: frame, models }, { selectedShare: density, variant }).tensor;
    }
    case 'linear': {
      const { normalise } = recipe;
      const weights = weightsOf(recipe.weights, [0, ...places]);
      return mergeLinearly([frame, ...models], { weights, normalise });
    }
    case 'task-arithmetic': {
      const { scale } = recipe;
      const weights = weightsOf(recipe.weights, places);
      return mergeByTaskArithmetic({ base: frame, models }, { weights, scale });
    }
    case 'ties': {
      const { density, scale } = recipe;
      const weights = weightsOf(recipe.weights, places);
      return mergeByTies({ base: frame, models }, { density, weights, scale });
    }
  }
}
