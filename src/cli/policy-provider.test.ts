import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateText } from 'ai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ModelError, resolveModel } from '../models/index.ts';
import { saveSmallCheckpoint } from '../training/export/testing/small-checkpoint.ts';
import { modelProviders } from './model-providers.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'corpuscope-policy-provider-'));
  await saveSmallCheckpoint(join(root, 'policy'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const resolve = (folder: string, declared = {}) =>
  resolveModel({ id: `policy:${folder}`, declared, providers: modelProviders });

describe('policy:FOLDER', () => {
  it('is a model that costs nothing, with the window of the policy and its tokenizer', async () => {
    const resolved = await resolve(join(root, 'policy'));
    expect(resolved).toMatchObject({
      limits: { windowTokens: 512, maximumOutputTokens: 128 },
      windowIsAssumed: false,
      tokenizerIsExact: true,
      price: { usdPerMillionInputTokens: 0 },
    });
    const { text } = await generateText({ model: resolved.model, prompt: 'revenue', maxOutputTokens: 5 });
    expect(resolved.tokenizer.count(text)).toBeGreaterThan(0);
    await resolved.close?.();
    const declared = await resolve(join(root, 'policy'), { windowTokens: 100, maximumOutputTokens: 30 });
    expect(declared.limits).toEqual({ windowTokens: 100, maximumOutputTokens: 30 });
    await declared.close?.();
  });

  it('is another model for the ledger after more training', async () => {
    const folder = join(root, 'trained');
    await saveSmallCheckpoint(folder);
    const before = await resolve(folder);
    const again = await resolve(folder);
    await saveSmallCheckpoint(folder, { ropeTheta: 20_000 });
    const after = await resolve(folder);
    expect(again.identity).toBe(before.identity);
    expect(after.identity).not.toBe(before.identity);
    await Promise.all([before, again, after].map((model) => model.close?.()));
  });

  it.each([
    ['', 'names no folder'],
    ['/nowhere', 'There is no checkpoint at /nowhere: there is no such folder.'],
  ])('is unavailable where there is none: "%s"', async (folder, message) => {
    const failing = resolve(folder);
    await expect(failing).rejects.toThrow(message);
    await expect(failing).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(failing).rejects.toBeInstanceOf(ModelError);
  });
});
