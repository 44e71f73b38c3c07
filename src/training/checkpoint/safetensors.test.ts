import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  assert,
  asyncProperty,
  constantFrom,
  dictionary,
  integer,
  nat,
  string,
  array,
  tuple,
} from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CheckpointError } from './checkpoint-error.ts';
import type { ElementType } from './element-type.ts';
import { SafetensorsFile } from './safetensors-file.ts';
import { writeSafetensors } from './write-safetensors.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-safetensors-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The bytes of a file with this header and so many bytes of data. */
function fileBytes(header: unknown, dataBytes: number): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.byteLength + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.byteLength), true);
  bytes.set(json, 8);
  return bytes;
}

async function openBytes(bytes: Uint8Array): Promise<SafetensorsFile> {
  const path = join(folder, 'given.safetensors');
  await writeFile(path, bytes);
  return SafetensorsFile.open(path);
}

async function outcomeOf(bytes: Uint8Array): Promise<string> {
  try {
    const file = await openBytes(bytes);
    for (const name of file.tensors.keys()) await file.readBytes(name);
    await file.close();
    return 'read';
  } catch (error) {
    return error instanceof CheckpointError ? 'refused' : String(error);
  }
}

const pair = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };

describe('a written file', () => {
  it('gives back names, shapes, metadata and numbers, in each type of weights', async () => {
    const anyTensor = tuple(constantFrom<ElementType>('F32', 'F16', 'BF16'), array(nat(3), { maxLength: 3 }));
    await assert(
      asyncProperty(dictionary(string({ minLength: 1 }), anyTensor), integer(), async (described, seed) => {
        const path = join(folder, 'written.safetensors');
        const tensors = Object.entries(described)
          .filter(([name]) => name !== '__metadata__' && name !== '__proto__')
          .map(([name, [type, shape]]) => ({ name, type, shape }));
        // Numbers that all three types hold exactly.
        const numbersOf = (name: string, shape: readonly number[]): Float32Array =>
          Float32Array.from(
            { length: shape.reduce((product, extent) => product * extent, 1) },
            (_, index) => ((name.length * 7 + index * 3 + (seed % 5)) % 64) / 8 - 4,
          );
        await writeSafetensors({
          path,
          tensors,
          read: ({ name, shape }) => numbersOf(name, shape),
          metadata: { by: 'a test' },
        });
        const file = await SafetensorsFile.open(path);
        expect(file.metadata).toEqual({ by: 'a test', format: 'pt' });
        expect([...file.tensors.keys()].sort()).toEqual(tensors.map(({ name }) => name).sort());
        for (const { name, type, shape } of tensors) {
          expect(file.tensors.get(name)).toMatchObject({ type, shape });
          expect(await file.readNumbers(name)).toEqual(numbersOf(name, shape));
        }
        await file.close();
      }),
      { numRuns: 40 },
    );
  });

  it('keeps float32 bit for bit, and bytes of other types as they are', async () => {
    const path = join(folder, 'bits.safetensors');
    const numbers = Float32Array.of(NaN, -0, Infinity, 1e-45, 0.1);
    const bytes = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 128);
    await writeSafetensors({
      path,
      tensors: [
        { name: 'ids', type: 'I64', shape: [1] },
        { name: 'weights', type: 'F32', shape: [5] },
      ],
      read: ({ name }) => (name === 'ids' ? bytes : numbers),
    });
    const file = await SafetensorsFile.open(path);
    expect(new Uint8Array((await file.readNumbers('weights')).buffer)).toEqual(
      new Uint8Array(numbers.buffer),
    );
    expect(await file.readBytes('ids')).toEqual(bytes);
    await expect(file.readNumbers('ids')).rejects.toThrow('of type I64, not F32, F16 or BF16');
    await expect(file.readNumbers('bias')).rejects.toThrow('holds no tensor "bias"');
    await file.close();
  });

  it('begins each tensor at a multiple of its element size, the data at a multiple of 8', async () => {
    const path = join(folder, 'aligned.safetensors');
    const tensors = [
      { name: 'a', type: 'BF16', shape: [1] },
      { name: 'b', type: 'F32', shape: [1] },
      { name: 'c', type: 'F16', shape: [3] },
      { name: 'd', type: 'F32', shape: [2] },
    ] as const;
    await writeSafetensors({ path, tensors, read: ({ shape }) => new Float32Array(shape[0] ?? 0) });
    const file = await SafetensorsFile.open(path);
    await file.close();
    const starts = [...file.tensors.values()].map(({ start, type }) => start % (type === 'F32' ? 4 : 2));
    expect(starts).toEqual([0, 0, 0, 0]);
    expect(Math.min(...[...file.tensors.values()].map(({ start }) => start)) % 8).toBe(0);
  });

  it('leaves what was there, and nothing half-written, when a tensor cannot be given', async () => {
    const path = join(folder, 'kept', 'model.safetensors');
    await mkdir(join(folder, 'kept'));
    const tensors = [{ name: 'a', type: 'F32', shape: [2] } as const];
    await writeSafetensors({ path, tensors, read: () => Float32Array.of(1, 2) });
    const before = await readFile(path);
    await expect(
      writeSafetensors({ path, tensors, read: () => Promise.reject(new Error('no numbers')) }),
    ).rejects.toThrow('no numbers');
    await expect(writeSafetensors({ path, tensors, read: () => Float32Array.of(1) })).rejects.toThrow(
      'was given 1 numbers where 2 belong',
    );
    expect(await readFile(path)).toEqual(before);
    expect(await readdir(join(folder, 'kept'))).toEqual(['model.safetensors']);
  });
});

describe('a file that is not what it says', () => {
  const cases: [string, Uint8Array, string][] = [
    ['empty', new Uint8Array(), 'is not a safetensors file: it has 0 bytes'],
    ['some other file', new TextEncoder().encode('PK\u0003\u0004 this is an archive'), 'its header would be'],
    ['no JSON', fileBytes('{"weight": ', 0), 'its header is not JSON'],
    ['JSON but no object', fileBytes('[1, 2]', 0), 'its header is not JSON'],
    [
      'cut within the header',
      fileBytes({ weight: pair }, 8).slice(0, 20),
      'is cut short: its header alone has',
    ],
    ['cut within the data', fileBytes({ weight: pair }, 7), 'is cut short: its header tells of'],
    ['followed by something', fileBytes({ weight: pair }, 9), '1 bytes at its end belong to no tensor'],
    ['no shape', fileBytes({ weight: { dtype: 'F32', data_offsets: [0, 8] } }, 8), 'without a type, a shape'],
    ['negative', fileBytes({ weight: { ...pair, shape: [-2] } }, 8), 'without a type, a shape or a place'],
    [
      'unknown type',
      fileBytes({ weight: { ...pair, dtype: 'F4' } }, 8),
      'of the type F4, which is not known',
    ],
    ['lying shape', fileBytes({ weight: { ...pair, shape: [2 ** 40] } }, 8), 'takes 4398046511104 bytes'],
    [
      'overlap',
      fileBytes({ a: pair, b: { ...pair, data_offsets: [4, 12] } }, 12),
      'the tensor "b" overlaps the one before it',
    ],
    ['gap', fileBytes({ a: pair, b: { ...pair, data_offsets: [12, 20] } }, 20), '"b" leaves a gap after'],
    ['beyond the end', fileBytes({ a: { ...pair, data_offsets: [8, 16] } }, 8), 'leaves a gap after'],
  ];

  it.each(cases)('is refused: %s', async (_name, bytes, message) => {
    await expect(openBytes(bytes)).rejects.toThrow(message);
    await expect(openBytes(bytes)).rejects.toBeInstanceOf(CheckpointError);
  });

  it('is refused wherever it is cut', async () => {
    const whole = fileBytes(
      { __metadata__: { format: 'pt' }, a: pair, b: { ...pair, data_offsets: [8, 16] } },
      16,
    );
    for (let length = 0; length < whole.byteLength; length++) {
      await expect(openBytes(whole.slice(0, length))).rejects.toBeInstanceOf(CheckpointError);
    }
    await (await openBytes(whole)).close();
  });

  it('is refused or read, never anything else, with any byte of the header changed', async () => {
    const whole = fileBytes({ a: pair, b: { ...pair, data_offsets: [8, 16] } }, 16);
    await assert(
      asyncProperty(nat(whole.byteLength - 17), nat(255), async (position, byte) => {
        const changed = whole.slice();
        changed[position] = byte;
        expect(await outcomeOf(changed)).toMatch(/^(read|refused)$/);
      }),
      { numRuns: 300 },
    );
  });

  it('names the file that is not there', async () => {
    await expect(SafetensorsFile.open(join(folder, 'none.safetensors'))).rejects.toThrow(
      'there is no such file',
    );
  });
});
