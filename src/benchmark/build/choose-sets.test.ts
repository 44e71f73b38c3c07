import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseSets, fewestDocuments, lengthName, parseLength, templateTokens } from './choose-sets.ts';
import type { TruthEntity } from './truth-table.ts';

const entity = (key: string, documents: readonly string[]): TruthEntity => ({
  key,
  row: {},
  documents,
  sources: new Map(),
});

describe('chooseSets', () => {
  it('fills nested sets below their lengths, real documents first, those of an entity together', () => {
    const sizes = fc.array(fc.integer({ min: 20, max: 90 }), { minLength: 120, maxLength: 200 });
    fc.assert(
      fc.property(sizes, fc.string(), (tokens, seed) => {
        const documents = new Map(
          tokens.map((size, place) => {
            const id = `d${place}`;
            return [id, { id, tokens: size, counterfactual: place % 3 === 0 }];
          }),
        );
        const ids = [...documents.keys()];
        const entities = [
          entity('both', ids.slice(0, 2)),
          ...ids.slice(2).map((id, place) => entity(`e${place}`, [id])),
        ];
        const { order, sets } = chooseSets({ entities, documents, lengths: [3000, 1500], seed });
        expect(sets.map(({ name }) => name)).toEqual(['1500', '3K']);
        expect(new Set(order).size).toBe(order.length);
        for (const { length, documents: count } of sets) {
          const held = order.slice(0, count);
          const sum = held.reduce((total, id) => total + (documents.get(id)?.tokens ?? 0), 0);
          expect(sum).toBeLessThanOrEqual(length - templateTokens);
          expect(held.includes('d0')).toBe(held.includes('d1'));
          const real = ids.filter((id) => documents.get(id)?.counterfactual === false);
          const invented = held.some((id) => documents.get(id)?.counterfactual === true);
          // Real documents are left out only where they do not fit.
          const left = real.filter((id) => !held.includes(id) && id !== 'd1');
          const room = length - templateTokens - sum;
          expect(!invented || left.every((id) => (documents.get(id)?.tokens ?? 0) > room)).toBe(true);
        }
      }),
      { numRuns: 25, seed: 3 },
    );
  });

  it('refuses a length that its documents do not fill, or that is too short to search in', () => {
    const documents = new Map(
      Array.from({ length: 40 }, (_, place) => {
        const id = `d${place}`;
        return [id, { id, tokens: 100, counterfactual: false }];
      }),
    );
    const entities = [...documents.keys()].map((id) => entity(id, [id]));
    const choose = (length: number): unknown =>
      chooseSets({ entities, documents, lengths: [length], seed: '1' });
    expect(() => choose(10_000)).toThrow(/too few documents/);
    expect(() => choose(1000)).toThrow(/holds only 6 documents/);
    expect(fewestDocuments).toBeGreaterThan(10);
  });
});

describe('lengths', () => {
  it.each([
    ['128K', 128_000],
    ['1M', 1_000_000],
    ['1.5M', 1_500_000],
    ['40000', 40_000],
  ])('%s', (text, length) => {
    expect(parseLength(text)).toBe(length);
  });

  it('are named as they are written', () => {
    expect([128_000, 1_000_000, 1234].map(lengthName)).toEqual(['128K', '1M', '1234']);
    expect(['', 'long', '0', '1.0001K', '-5'].map(parseLength)).toEqual([null, null, null, null, null]);
  });
});
