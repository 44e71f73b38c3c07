import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../testing/vectors.json' with { type: 'json' };
import { quotas } from './quotas.ts';
import { SamplingError } from './sampling-error.ts';
import { TaskBalancedSampler } from './task-balanced.ts';

const anyDomains = array(
  record({ weight: integer({ min: 0, max: 5 }), size: integer({ min: 0, max: 30 }) }),
  {
    minLength: 1,
    maxLength: 6,
  },
)
  .filter((domains) => domains.some(({ weight, size }) => weight > 0 && size > 0))
  .map((domains) => domains.map((domain, index) => ({ ...domain, name: `task ${index}` })));

describe('quotas', () => {
  it.each(vectors.task_balanced_quotas.cases)('meets the vector $batch of $sizes', (vector) => {
    const sizes = new Map(Object.entries(vector.sizes));
    const domains = Object.entries(vector.weights).map(([name, weight]) => ({
      name,
      weight,
      size: sizes.get(name) ?? 0,
    }));
    const shares = quotas(domains, vector.batch);
    expect(Object.fromEntries(domains.map(({ name }, index) => [name, shares[index]]))).toEqual(
      vector.expected,
    );
  });

  it('sums to the batch size, or to all there is, and never exceeds a domain', () => {
    assert(
      property(anyDomains, integer({ min: 1, max: 100 }), (domains, batchSize) => {
        const shares = quotas(domains, batchSize);
        const available = domains.reduce((sum, { weight, size }) => sum + (weight > 0 ? size : 0), 0);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(Math.min(batchSize, available));
        for (const [index, share] of shares.entries())
          expect(share).toBeLessThanOrEqual(domains[index]?.size ?? 0);
      }),
    );
  });

  it('refuses weights that share out nothing', () => {
    expect(() => quotas([{ name: 'a', weight: 0, size: 3 }], 4)).toThrow(SamplingError);
    expect(() => quotas([{ name: 'a', weight: NaN, size: 3 }], 4)).toThrow('a NaN');
    expect(() => quotas([{ name: 'a', weight: 1, size: 3 }], 0.5)).toThrow('batch size');
  });
});

describe('TaskBalancedSampler', () => {
  const tasks = [
    { name: 'choice', weight: 1, size: 7 },
    { name: 'number', weight: 1, size: 5 },
  ];

  it('takes the quota of each task, and no item twice in a batch', () => {
    assert(
      property(
        anyDomains,
        integer({ min: 1, max: 40 }),
        constantFrom('keep', 'discard'),
        (tasks, batchSize, tail) => {
          const sampler = new TaskBalancedSampler({ tasks, batchSize, seed: 1, tail });
          const shares = quotas(tasks, batchSize);
          for (let step = 0; step < 5; step++) {
            const batch = sampler.nextBatch();
            expect(new Set(batch.map(({ task, index }) => `${task}.${index}`)).size).toBe(batch.length);
            for (const [index, { name, size }] of tasks.entries()) {
              const drawn = batch.filter(({ task }) => task === name);
              expect(drawn).toHaveLength(shares[index] ?? 0);
              expect(drawn.every(({ index }) => index < size)).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('draws every item once before any again, unless it discards the tail', () => {
    const drawn = (tail: 'keep' | 'discard') => {
      const sampler = new TaskBalancedSampler({ tasks, batchSize: 4, seed: 3, tail });
      const batches = Array.from({ length: 35 }, () => sampler.nextBatch()).flat();
      return tasks.map(({ name, size }) => {
        const counts = new Uint32Array(size);
        for (const { task, index } of batches) if (task === name) counts[index] = (counts[index] ?? 0) + 1;
        return [...counts];
      });
    };
    // 35 batches of two per task: ten passes over 7 items, fourteen over 5.
    expect(drawn('keep')).toEqual([Array.from({ length: 7 }, () => 10), Array.from({ length: 5 }, () => 14)]);
    expect(drawn('discard')).not.toEqual(drawn('keep'));
  });

  it('goes on from a saved state as if it had not stopped', () => {
    const options = { tasks, batchSize: 4, seed: 3 };
    const undisturbed = new TaskBalancedSampler(options);
    for (let step = 0; step < 5; step++) undisturbed.nextBatch();
    const state = structuredClone(undisturbed.state);
    const resumed = new TaskBalancedSampler({ ...options, seed: 99, state });
    for (let step = 0; step < 10; step++) expect(resumed.nextBatch()).toEqual(undisturbed.nextBatch());
  });

  it('refuses tasks without items, of one name, and a state of other data', () => {
    const empty = [{ name: 'choice', weight: 1, size: 0 }];
    expect(() => new TaskBalancedSampler({ tasks: empty, batchSize: 4, seed: 1 })).toThrow(
      'No task has an item',
    );
    const twice = [...tasks, ...tasks];
    expect(() => new TaskBalancedSampler({ tasks: twice, batchSize: 4, seed: 1 })).toThrow('same name');
    const state = { random: 1, unread: { number: [5] } };
    expect(() => new TaskBalancedSampler({ tasks, batchSize: 4, seed: 1, state })).toThrow(
      'larger task "number"',
    );
  });
});
