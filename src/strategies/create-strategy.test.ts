import { describe, expect, it } from 'vitest';
import { createStrategy, StrategyError } from './index.ts';
import { embeddedClient } from './testing/models.ts';

describe('createStrategy', () => {
  it('makes the table strategy without a model', () => {
    expect(createStrategy({ name: 'table' }).name).toBe('table');
  });

  it('makes the strategies of a model, and none of them without', async () => {
    const model = await embeddedClient();
    for (const name of ['full', 'retrieval', 'memory', 'auto'] as const) {
      expect(createStrategy({ name, model }).name).toBe(name);
      expect(() => createStrategy({ name })).toThrow(StrategyError);
    }
  });
});
