import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CheckpointError } from '../checkpoint/checkpoint-error.ts';
import { CheckpointTensors } from '../checkpoint/checkpoint-tensors.ts';
import { elementCount } from '../checkpoint/element-type.ts';
import type { ElementType, WeightType } from '../checkpoint/element-type.ts';
import { writeSafetensors } from '../checkpoint/write-safetensors.ts';
import { largestDifference } from '../testing/largest-difference.ts';
import { mergeCheckpoints } from './merge-checkpoints.ts';
import { mergeRecipeSchema, mergeTensors } from './merge-recipe.ts';
import type { MergeRecipe } from './merge-recipe.ts';
import { MergeError } from './tensor.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'corpuscope-merge-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

type Described = Record<string, readonly [type: ElementType, ...shape: number[]]>;

const layout: Described = {
  'model.embed_tokens.weight': ['F32', 6, 4],
  'model.layers.0.mlp.up_proj.weight': ['F32', 5, 4],
  'model.layers.1.mlp.up_proj.weight': ['F32', 5, 4],
  'model.norm.weight': ['F32', 4],
  position_ids: ['I64', 3],
};

/** A checkpoint of numbers that all types hold exactly, different for each seed. */
async function made(
  name: string,
  seed: number,
  { tensors = layout, configuration = {} }: { tensors?: Described; configuration?: object } = {},
): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  await writeSafetensors({
    path: join(folder, 'model.safetensors'),
    tensors: Object.entries(tensors).map(([name, [type, ...shape]]) => ({ name, type, shape })),
    read: ({ name, type, shape }) =>
      type === 'I64' || type === 'F64'
        ? new Uint8Array(8 * elementCount(shape)).fill(7)
        : Float32Array.from(
            { length: elementCount(shape) },
            (_, index) => ((index * 37 + name.length * 11 + seed * 53 + index * seed * 17) % 64) / 32 - 1,
          ),
  });
  await writeFile(
    join(folder, 'config.json'),
    JSON.stringify({ model_type: 'qwen3', torch_dtype: 'float32', ...configuration }),
  );
  await writeFile(join(folder, 'tokenizer.json'), `{"of": ${JSON.stringify(configuration)}}`);
  return folder;
}

async function read(
  folder: string,
): Promise<Map<string, { type: ElementType; shape: readonly number[]; data: number[] }>> {
  const checkpoint = await CheckpointTensors.open(folder);
  const tensors = new Map<string, { type: ElementType; shape: readonly number[]; data: number[] }>();
  for (const [name, { type, shape }] of checkpoint.tensors) {
    const data = type === 'I64' ? await checkpoint.readBytes(name) : await checkpoint.readNumbers(name);
    tensors.set(name, { type, shape, data: [...data] });
  }
  await checkpoint.close();
  return tensors;
}

const recipe = (content: unknown): MergeRecipe => mergeRecipeSchema.parse(content);

describe('mergeCheckpoints', () => {
  it.each([
    { method: 'sce', density: 0.4, variant: 'mergekit' },
    { method: 'sce' },
    { method: 'linear', weights: [1, 3, 2] },
    { method: 'task-arithmetic', scale: 0.3, weights: [1, -2] },
    { method: 'ties', density: 0.5, weights: [1, 2] },
  ])('merges every tensor as its method says: %j', async (settings) => {
    const name = JSON.stringify(settings);
    const [base, ...models] = [
      await made(`${name} base`, 1),
      await made(`${name} one`, 2),
      await made(`${name} two`, 3),
    ];
    const parsed = recipe(
      settings.method === 'linear'
        ? { ...settings, models: [base, ...models] }
        : { ...settings, base, models },
    );
    const report = await mergeCheckpoints({ recipe: parsed, folder: join(root, `${name} out`) });
    expect(report).toMatchObject({ tensors: 5, copiedTensors: 1, parameters: 71, shards: 1, notes: [] });
    const [frame, one, two] = await Promise.all([base, ...models].map((folder) => read(folder)));
    for (const [tensor, { type, data, shape }] of await read(report.folder)) {
      const numbersOf = (from: typeof frame) => ({
        name: tensor,
        shape,
        data: Float32Array.from(from?.get(tensor)?.data ?? []),
      });
      const expected =
        type === 'I64'
          ? frame?.get(tensor)?.data
          : mergeTensors({
              recipe: parsed,
              frame: numbersOf(frame),
              models: [one, two].map((from, index) => ({
                tensor: numbersOf(from),
                place: parsed.method === 'linear' ? index + 1 : index,
              })),
            }).data;
      expect(largestDifference(data, [...(expected ?? [])])).toBe(0);
    }
    const files = (await readdir(report.folder)).sort();
    expect(files).toEqual(['config.json', 'merge.json', 'model.safetensors', 'tokenizer.json']);
  });

  it('reads types of all kinds, and writes in that of the base or another', async () => {
    const typed = (type: WeightType): Described => ({ norm: [type, 4], weight: ['F32', 2, 2] });
    const base = await made('typed base', 1, { tensors: typed('BF16') });
    const models = [
      await made('typed one', 2, { tensors: typed('F16') }),
      await made('typed two', 3, { tensors: typed('F32') }),
    ];
    const [one, two] = [await read(models[0] ?? ''), await read(models[1] ?? '')];
    const mean = (one.get('norm')?.data ?? []).map(
      (value, index) => (value + (two.get('norm')?.data[index] ?? 0)) / 2,
    );
    const settings = { method: 'task-arithmetic', base, models, scale: 0.5 };
    const own = await read(
      (await mergeCheckpoints({ recipe: recipe(settings), folder: join(root, 'typed') })).folder,
    );
    expect([own.get('norm')?.type, own.get('weight')?.type]).toEqual(['BF16', 'F32']);
    expect(own.get('norm')?.data).toEqual(mean);
    const half = recipe({ ...settings, type: 'F16' });
    const { folder } = await mergeCheckpoints({ recipe: half, folder: join(root, 'typed half') });
    expect([...(await read(folder)).values()].map(({ type }) => type)).toEqual(['F16', 'F16']);
    expect(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))).toMatchObject({
      torch_dtype: 'float16',
    });
  });

  it('merges the common part of embeddings, leaves other shapes out, and says so', async () => {
    const base = await made('cut base', 1);
    const longer = await made('cut longer', 2, {
      tensors: {
        ...layout,
        'model.embed_tokens.weight': ['F32', 8, 4],
        'model.norm.weight': ['F32', 5],
        'lm_head.weight': ['F32', 2],
      },
    });
    const { 'model.norm.weight': _, ...withoutNorm } = layout;
    const shorter = await made('cut shorter', 3, {
      tensors: { ...withoutNorm, 'model.embed_tokens.weight': ['F32', 3, 4] },
    });
    const models = [longer, shorter];
    const { folder, notes } = await mergeCheckpoints({
      recipe: recipe({ method: 'task-arithmetic', base, models, weights: [0.5, 0.25] }),
      folder: join(root, 'cut'),
    });
    const [frame, one, two, merged] = await Promise.all(
      [base, longer, shorter, folder].map((each) => read(each)),
    );
    const embedding = (from: typeof frame): number[] => from?.get('model.embed_tokens.weight')?.data ?? [];
    const expected = embedding(frame).map((value, index) => {
      const change = ((embedding(one)[index] ?? 0) - value) / 2 + ((embedding(two)[index] ?? 0) - value) / 4;
      return index < 12 ? value + change : value;
    });
    expect(embedding(merged)).toEqual(expected);
    expect(merged?.get('model.norm.weight')).toEqual(frame?.get('model.norm.weight'));
    expect(notes).toEqual([
      `${longer}: of "model.embed_tokens.weight" the rows and columns that all models have are merged; the rest is as in ${base}.`,
      `${shorter}: of "model.embed_tokens.weight" the rows and columns that all models have are merged; the rest is as in ${base}.`,
      `${longer}: "model.norm.weight" has another shape than in ${base}: merged without it.`,
      `${shorter} has no "model.norm.weight": merged without it.`,
      `${longer}: "lm_head.weight" is not in ${base} and is left out.`,
    ]);
  });

  it('reads shards and writes shards, and goes on after the last when it was stopped', async () => {
    const base = await made('stopped base', 1);
    const models = [await made('stopped one', 2), await made('stopped two', 3)];
    const whole = await mergeCheckpoints({
      recipe: recipe({ method: 'ties', base, models }),
      folder: join(root, 'stopped whole'),
    });
    const folder = join(root, 'stopped');
    const merge = (stopAfter: number) => {
      const controller = new AbortController();
      return mergeCheckpoints({
        recipe: recipe({ method: 'ties', base, models }),
        folder,
        maximumShardBytes: 100,
        signal: controller.signal,
        onProgress: ({ tensorsDone }) => tensorsDone === stopAfter && controller.abort(),
      });
    };
    await expect(merge(3)).rejects.toThrow('aborted');
    expect(await readdir(root)).not.toContain('stopped');
    const report = await merge(-1);
    expect(report).toMatchObject({ shards: 4, resumedShards: 3 });
    const { notes, ...again } = await merge(-1);
    expect([again.resumedShards, notes]).toEqual([4, []]);
    expect(await readdir(folder)).toContain('model-00004-of-00004.safetensors');
    expect(await read(folder)).toEqual(await read(whole.folder));
    const second = await mergeCheckpoints({
      recipe: recipe({ method: 'linear', models: [folder, whole.folder] }),
      folder: join(root, 'stopped merged'),
    });
    expect(await read(second.folder)).toEqual(await read(whole.folder));
  });

  it('begins anew when a model has changed since, and overwrites nothing that is not its own', async () => {
    const base = await made('changed base', 1);
    const models = [await made('changed one', 2), await made('changed two', 3)];
    const folder = join(root, 'changed');
    const merge = (signal?: AbortSignal) =>
      mergeCheckpoints({
        recipe: recipe({ method: 'sce', base, models }),
        folder,
        maximumShardBytes: 1,
        signal,
      });
    await expect(merge(AbortSignal.abort())).rejects.toThrow('aborted');
    await utimes(join(base, 'model.safetensors'), 1, 1);
    expect((await merge()).resumedShards).toBe(0);
    await utimes(join(base, 'model.safetensors'), 2, 2);
    await expect(merge()).rejects.toThrow(`There is something else in ${folder} already`);
    await mkdir(join(root, 'taken.unfinished'));
    await expect(
      mergeCheckpoints({ recipe: recipe({ method: 'linear', models }), folder: join(root, 'taken') }),
    ).rejects.toThrow('is no unfinished merge and is in the way');
  });

  it('says where the models differ in what their shapes do not show', async () => {
    const base = await made('unlike base', 1, { configuration: { num_attention_heads: 4 } });
    const model = await made('unlike one', 2, { configuration: { num_attention_heads: 2 } });
    const { notes } = await mergeCheckpoints({
      recipe: recipe({ method: 'sce', base, models: [model] }),
      folder: join(root, 'unlike'),
    });
    expect(notes).toHaveLength(3);
    expect(notes.join('\n')).toMatch(
      /num_attention_heads is 2, in .* 4[^]*tokenizer is another[^]*SCE with one model/,
    );
  });

  it('refuses models of another architecture, types it cannot merge, and checkpoints that are not there', async () => {
    const base = await made('refused base', 1);
    const other = await made('refused other', 2, { tensors: { 'h.0.weight': ['F32', 2] } });
    const double = await made('refused double', 2, {
      tensors: { ...layout, 'model.norm.weight': ['F32', 9] },
    });
    const merge = (content: unknown) =>
      mergeCheckpoints({ recipe: recipe(content), folder: join(root, 'refused') });
    await expect(merge({ method: 'sce', base, models: [other] })).rejects.toThrow('shares no tensor with');
    await expect(merge({ method: 'linear', models: [base, double] })).rejects.toThrow(MergeError);
    const precise = await made('refused precise', 2, {
      tensors: { ...layout, 'model.norm.weight': ['F64', 4] },
    });
    await expect(merge({ method: 'sce', base, models: [precise] })).rejects.toThrow('is of type F64');
    await expect(merge({ method: 'sce', base, models: [join(root, 'none')] })).rejects.toThrow(
      CheckpointError,
    );
    expect(await readdir(root)).not.toContain('refused');
  });
});

describe('mergeRecipeSchema', () => {
  it.each([
    [{ method: 'magic', models: ['a'] }, 'method'],
    [{ method: 'sce', models: ['a'] }, 'base'],
    [{ method: 'sce', base: 'a', models: [] }, 'models'],
    [{ method: 'sce', base: 'a', models: ['b'], density: 2 }, 'density'],
    [{ method: 'linear', models: ['a', 'b'], density: 0.5 }, 'density'],
    [{ method: 'ties', base: 'a', models: ['b'], weights: [1, 2] }, 'as many as models'],
  ])('refuses %j', (content, message) => {
    expect(() => recipe(content)).toThrow(message);
  });

  it('gives the same file whatever the number of threads, and their errors as its own', async () => {
    const [base = '', one = '', two = ''] = [
      await made('threads base', 1),
      await made('threads one', 2),
      await made('threads two', 3),
    ];
    const ties = recipe({ method: 'ties', base, models: [one, two] });
    const files = [1, 3].map(async (threads) => {
      const { folder } = await mergeCheckpoints({
        recipe: ties,
        threads,
        folder: join(root, `by ${threads}`),
      });
      return readFile(join(folder, 'model.safetensors'));
    });
    const [alone, together] = await Promise.all(files);
    expect(together).toEqual(alone);
    const impossible = recipe({ method: 'linear', models: [one, two], weights: [1, -1] });
    await expect(
      mergeCheckpoints({ recipe: impossible, threads: 2, folder: join(root, 'never') }),
    ).rejects.toThrow(MergeError);
  });
});
