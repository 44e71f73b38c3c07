import { describe, expect, it } from 'vitest';
import { llamaProvider } from './llama-provider.ts';

describe('models in process', () => {
  // node-llama-cpp is no dependency of this package.
  it('say how to install what runs them', async () => {
    const resolved = llamaProvider.resolve({ id: 'llama:x.gguf', name: 'x.gguf', declared: {} });
    await expect(resolved).rejects.toMatchObject({
      kind: 'unavailable',
      remedy: 'Install it in this folder: npm install node-llama-cpp',
    });
  });
});
