import { describe, expect, it } from 'vitest';
import { createStrategy, StrategyError } from './index.ts';

describe('createStrategy', () => {
  it('makes the table strategy without a model', () => {
    expect(createStrategy({ name: 'table' }).name).toBe('table');
  });

  it('says which strategies there are', () => {
    expect(() => createStrategy({ name: 'memory' })).toThrow(StrategyError);
  });
});
