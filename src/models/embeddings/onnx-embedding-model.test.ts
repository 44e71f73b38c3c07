import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { ModelError } from '../model-error.ts';
import type { ResolvedEmbeddingModel } from './embedding-model.ts';
import { resolveEmbeddingModel } from './resolve-embedding-model.ts';

const folder = join(import.meta.dirname, '../../../../shared/models/all-minilm-l6-v2');

const dotProduct = (left: readonly number[] = [], right: readonly number[] = []): number =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

// Needs the encoder in ../shared/models, which a clone does not have.
describe.skipIf(!existsSync(folder))('an encoder in process (all-MiniLM-L6-v2, 8 bits)', () => {
  let encoder: ResolvedEmbeddingModel;
  beforeAll(async () => {
    encoder = await resolveEmbeddingModel({ id: `onnx:${folder}` });
  });
  afterAll(() => encoder.close());

  const embed = async (...values: string[]): Promise<number[][]> =>
    (await encoder.model.doEmbed({ values })).embeddings;

  it("comes to the similarities that the model's authors publish, but for its 8 bits", async () => {
    // sbert.net, quick start: 0.6660, 0.1046 and 0.1411 in 32-bit floating point.
    const [lovely, sunny, stadium] = await embed(
      'The weather is lovely today.',
      "It's so sunny outside!",
      'He drove to the stadium.',
    );
    expect(dotProduct(lovely, lovely)).toBeCloseTo(1, 5);
    expect(Math.abs(dotProduct(lovely, sunny) - 0.666)).toBeLessThan(0.05);
    expect(Math.abs(dotProduct(lovely, stadium) - 0.1046)).toBeLessThan(0.05);
    expect(Math.abs(dotProduct(sunny, stadium) - 0.1411)).toBeLessThan(0.05);
  });

  it('gives a text the same vector in whatever company it comes', async () => {
    const others = Array.from(
      { length: 40 },
      (_, index) => `Text ${index} ${'of some length '.repeat(index)}`,
    );
    const [alone] = await embed('The harbour handles grain.');
    const together = await embed(...others, 'The harbour handles grain.');
    expect(together).toHaveLength(41);
    expect(together.at(-1)).toEqual(alone);
  });

  it('takes texts that are empty, of other scripts, or longer than the model', async () => {
    const vectors = await embed('', '港口', 'word '.repeat(3000), `${'word '.repeat(3000)}that follows`);
    for (const vector of vectors) expect(dotProduct(vector, vector)).toBeCloseTo(1, 5);
    expect(vectors[2]).toEqual(vectors[3]);
  });

  it('stops when it is told to', async () => {
    const long = Array.from({ length: 2000 }, () => 'word '.repeat(100));
    const stopped = encoder.model.doEmbed({ values: long, abortSignal: AbortSignal.timeout(100) });
    await expect(stopped).rejects.toThrow(/timeout/i);
    expect(await embed('again')).toHaveLength(1);
  });

  it('is the same model in another folder', async () => {
    const other = new TemporaryFolder();
    await cp(folder, other.path, { recursive: true });
    const copied = await resolveEmbeddingModel({ id: `onnx:${other.path}` });
    await copied.close();
    expect(copied.identity).toBe(encoder.identity);
  });
});

describe('a folder that is no encoder', () => {
  const failureOf = async (path: string): Promise<ModelError> => {
    const error: unknown = await resolveEmbeddingModel({ id: `onnx:${path}` }).then(
      () => null,
      (error: unknown) => error,
    );
    if (!(error instanceof ModelError)) throw new Error('no ModelError');
    return error;
  };

  it('is refused with what is missing', async () => {
    const folder = new TemporaryFolder();
    expect((await failureOf(join(folder.path, 'nothing'))).message).toContain('no file or folder');
    expect((await failureOf(folder.path)).message).toContain('no .onnx file');
    folder.write('a.onnx', 'x');
    expect((await failureOf(folder.path)).message).toContain('no tokenizer.json');
    folder.write('b.onnx', 'x');
    expect((await failureOf(folder.path)).remedy).toContain('a.onnx');
  });

  it('is refused when its files are broken', async () => {
    const folder = new TemporaryFolder();
    folder.write('model.onnx', 'no model');
    folder.write('tokenizer.json', '{"model": 5}');
    expect((await failureOf(folder.path)).message).toContain('cannot be used');
  });
});
