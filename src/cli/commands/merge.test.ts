import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readParameters } from '../../training/checkpoint/checkpoint-tensors.ts';
import { writeParameters } from '../../training/checkpoint/write-safetensors.ts';
import { runCommand } from '../testing/run-command.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'corpuscope-merge-command-'));
  for (const [name, numbers] of Object.entries({ base: [1, 1], one: [2, 1], two: [4, -1] })) {
    await mkdir(join(root, name));
    await writeParameters({
      path: join(root, name, 'model.safetensors'),
      parameters: new Map([['weight', { shape: [2], data: Float32Array.from(numbers) }]]),
    });
  }
});
beforeAll(async () => {
  await writeFile(join(root, 'wrong.json'), '{"method": "mean"}');
  await writeFile(join(root, 'broken.json'), '{broken');
});
afterAll(() => rm(root, { recursive: true, force: true }));

const merge = (...options: string[]) => runCommand(['merge', ...options], { folder: root });
const models = ['--model', 'one', '--model', 'two'];

async function merged(folder: string): Promise<number[]> {
  return [...((await readParameters(join(root, folder))).get('weight')?.data ?? [])];
}

describe('corpuscope merge', () => {
  it('merges by options, and says what it did', async () => {
    const { status, stdout, stderr } = await merge(
      '--method',
      'linear',
      ...models,
      '--weights',
      '3,1',
      '--out',
      'a',
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^Merged 2 models by linear into .*a in .*: 1 tensor, 2 parameters, 8 B in 1 file\.\n$/,
    );
    expect(await merged('a')).toEqual([2.5, 0.5]);
  });

  it('merges by a recipe, whose paths are meant from where it lies; options come first', async () => {
    await mkdir(join(root, 'recipes'));
    const recipe = { method: 'task-arithmetic', base: '../base', models: ['../one', '../two'], scale: 1 };
    await writeFile(join(root, 'recipes', 'sum.json'), JSON.stringify(recipe));
    const { status, stdout } = await merge('recipes/sum.json', '--scale', '0.5', '--out', 'b', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      tensors: 1,
      recipe: { method: 'task-arithmetic', scale: 0.5 },
    });
    expect(await merged('b')).toEqual([3, 0]);
  });

  it.each([
    [['--method', 'magic', ...models, '--out', 'c'], 2, 'Allowed choices are sce, linear'],
    [[...models, '--out', 'c'], 2, '--method is missing (sce, linear, task-arithmetic or ties)'],
    [
      ['--method', 'ties', ...models, '--out', 'c'],
      2,
      '--base is missing (the model that all were trained from)',
    ],
    [['--method', 'linear', '--out', 'c'], 2, '--model is missing'],
    [
      ['--method', 'linear', ...models, '--scale', '2', '--out', 'c'],
      2,
      'the method linear has no setting "scale"',
    ],
    [
      ['--method', 'linear', ...models, '--weights', '1', '--out', 'c'],
      2,
      '--weights: there must be as many',
    ],
    [
      ['one', '--out', 'c'],
      2,
      'The recipe one cannot be read: it is a folder (models are named by --model).',
    ],
    [['wrong.json', '--out', 'c'], 2, 'there is no method "mean", only sce, linear'],
    [['broken.json', '--out', 'c'], 2, 'it is no JSON (Expected property name'],
    [['--method', 'linear', ...models, '--weights', '1,x', '--out', 'c'], 2, 'It must be a number.'],
    [['--method', 'linear', ...models, '--dtype', 'f8', '--out', 'c'], 2, 'Allowed choices are f32'],
    [['missing.json', '--out', 'c'], 2, 'The recipe missing.json cannot be read: there is no such file.'],
    [['--method', 'linear', ...models], 2, '--out <folder>'],
    [['--method', 'linear', '--model', 'none', '--out', 'c'], 1, 'There is no checkpoint at none'],
    [['--method', 'linear', ...models, '--weights=1,-1', '--out', 'c'], 1, 'The weights sum to 0'],
    [['--method', 'linear', ...models, '--out', 'one'], 1, 'There is something else in'],
  ])('refuses %j', async (options, expectedStatus, message) => {
    const { status, stdout, stderr } = await merge(...options);
    expect([status, stdout]).toEqual([expectedStatus, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('not foreseen');
  });
});
