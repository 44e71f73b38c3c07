import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readParameters } from '../../../src/training/checkpoint/checkpoint-tensors.ts';
import { writeParameters } from '../../../src/training/checkpoint/write-safetensors.ts';
import { mergeCheckpoints } from '../../../src/training/merging/merge-checkpoints.ts';
import { mergeRecipeSchema } from '../../../src/training/merging/merge-recipe.ts';
import { SeededRandom } from '../../../src/training/sampling/random.ts';
import { relativeDifference } from './comparison.ts';
import type { Check, Comparison } from './comparison.ts';

const shapes = {
  'model.embed_tokens.weight': [50, 16],
  'model.layers.0.mlp.up_proj.weight': [33, 16],
  norm: [16],
};

/** Merges of random checkpoints are those that NumPy computes from the formulas. */
export const mergingParity: Check = async ({ python, folder }) => {
  const [base = '', ...models] = [
    await makeModel(folder, { name: 'base', seed: 1, change: 0 }),
    await makeModel(folder, { name: 'one', seed: 2, change: 0.2 }),
    await makeModel(folder, { name: 'two', seed: 3, change: 0.1 }),
    await makeModel(folder, { name: 'three', seed: 4, change: 0.4 }),
  ];
  const variants = ['paper', 'mergekit-2024', 'mergekit', 'fuseai'];
  const recipes = [
    ...variants.flatMap((variant) =>
      [1, 0.3].map((density) => ({ method: 'sce', base, models, variant, density })),
    ),
    { method: 'linear', models },
    { method: 'linear', models, weights: [0.5, 2, -1] },
    { method: 'linear', models, weights: [0.5, 2, -1], normalise: false },
    { method: 'task-arithmetic', base, models, weights: [1, -0.5, 2], scale: 0.7 },
    { method: 'ties', base, models, density: 0.2 },
    { method: 'ties', base, models, density: 0.7, weights: [1, 2, 0.5], scale: 0.4 },
  ].map((recipe) => mergeRecipeSchema.parse(recipe));
  await writeFile(join(folder, 'recipes.json'), JSON.stringify(recipes));
  await python('merging.py', folder);
  const comparisons: Comparison[] = [];
  for (const [index, recipe] of recipes.entries()) {
    const { folder: merged } = await mergeCheckpoints({ recipe, folder: join(folder, `merged-${index}`) });
    const ours = await readParameters(merged);
    const theirs = await readParameters(join(folder, `reference-${index}.safetensors`));
    const { method: _, models: __, ...settings } = { ...recipe, base: undefined };
    comparisons.push({
      what: `${recipe.method} ${JSON.stringify(settings)}`,
      difference: Math.max(
        ...[...theirs].map(([name, { data }]) => relativeDifference(ours.get(name)?.data ?? [], data)),
      ),
      limit: 1e-6,
    });
  }
  return comparisons;
};

/** A checkpoint close to the base, which is that of change 0. */
async function makeModel(
  folder: string,
  { name, seed, change }: { readonly name: string; readonly seed: number; readonly change: number },
): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  const [ofBase, own] = [new SeededRandom(1), new SeededRandom(seed)];
  const parameters = new Map(
    Object.entries(shapes).map(([tensor, shape]) => {
      const length = shape.reduce((product, extent) => product * extent, 1);
      const data = Float32Array.from({ length }, () => ofBase.next() - 0.5 + change * (own.next() - 0.5));
      return [tensor, { shape, data }];
    }),
  );
  await writeParameters({ path: join(path, 'model.safetensors'), parameters });
  return path;
}
