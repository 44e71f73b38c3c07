import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CheckpointTensors, readParameters } from './checkpoint-tensors.ts';
import { writeParameters, writeSafetensors } from './write-safetensors.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-checkpoint-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const embedding = { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
const norm = { shape: [2], data: Float32Array.of(1, 0.5) };

async function made(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  return path;
}

async function sharded(name: string, index: unknown): Promise<string> {
  const path = await made(name);
  await writeParameters({
    path: join(path, 'one.safetensors'),
    parameters: new Map([['embedding', embedding]]),
  });
  await writeParameters({ path: join(path, 'two.safetensors'), parameters: new Map([['norm', norm]]) });
  await writeFile(join(path, 'model.safetensors.index.json'), JSON.stringify(index));
  return path;
}

describe('readParameters', () => {
  it('reads a folder, a file and shards alike', async () => {
    const parameters = new Map([
      ['embedding', embedding],
      ['norm', norm],
    ]);
    const whole = await made('whole');
    await writeParameters({ path: join(whole, 'model.safetensors'), parameters });
    const shards = await sharded('shards', {
      metadata: { total_size: 24 },
      weight_map: { embedding: 'one.safetensors', norm: 'two.safetensors' },
    });
    for (const path of [
      whole,
      join(whole, 'model.safetensors'),
      shards,
      join(shards, 'model.safetensors.index.json'),
    ]) {
      expect(new Map([...(await readParameters(path))].sort())).toEqual(parameters);
    }
  });

  it('leaves out tables of whole numbers', async () => {
    const path = join(await made('counts'), 'model.safetensors');
    await writeSafetensors({
      path,
      tensors: [
        { name: 'position_ids', type: 'I64', shape: [1] },
        { name: 'norm', type: 'BF16', shape: [2] },
      ],
      read: ({ name }) => (name === 'norm' ? norm.data : new Uint8Array(8)),
    });
    expect(await readParameters(path)).toEqual(new Map([['norm', norm]]));
  });
});

describe('CheckpointTensors', () => {
  it('refuses a folder without a checkpoint, and a path that is none', async () => {
    await expect(CheckpointTensors.open(await made('nothing'))).rejects.toThrow(
      'neither model.safetensors nor model.safetensors.index.json',
    );
    await expect(CheckpointTensors.open(join(folder, 'nowhere'))).rejects.toThrow('no such file or folder');
  });

  it.each([
    ['a missing shard', { embedding: 'one.safetensors', norm: 'three.safetensors' }, 'there is no such file'],
    [
      'a tensor in another shard',
      { embedding: 'two.safetensors' },
      'in two.safetensors, which does not hold it',
    ],
    ['a shard outside', { embedding: '../one.safetensors' }, 'outside of its folder'],
    ['nothing', {}, 'it names no tensor'],
    ['no names', { embedding: 3 }, 'no JSON with a "weight_map"'],
  ])('refuses an index with %s', async (name, weightMap, message) => {
    const path = await sharded(`bad ${name}`, { weight_map: weightMap });
    await expect(CheckpointTensors.open(path)).rejects.toThrow(message);
  });

  it('names the tensor it does not hold', async () => {
    const checkpoint = await CheckpointTensors.open(
      await sharded('asked', { weight_map: { norm: 'two.safetensors' } }),
    );
    expect(() => checkpoint.readNumbers('embedding')).toThrow('holds no tensor "embedding"');
    await checkpoint.close();
  });
});
