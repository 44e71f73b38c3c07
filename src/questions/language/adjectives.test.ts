import { describe, expect, it } from 'vitest';
import { graded, gradedSuperlatives, scaleOf } from './adjectives.ts';

describe('graded', () => {
  it.each([
    ['hot', 'hottest'],
    ['dry', 'driest'],
    ['large', 'largest'],
    ['deep', 'deepest'],
    ['pricey', 'priciest'],
    ['windy', 'windiest'],
    ['thin', 'thinnest'],
  ])('%s: %s', (adjective, superlative) => {
    expect(graded(adjective, 'est')).toBe(superlative);
  });
});

describe('scales', () => {
  it('say what either end measures', () => {
    expect(scaleOf('heavier')).toMatchObject({ descending: true, measured: ['weight', 'mass'] });
    expect(scaleOf('noisier')).toMatchObject({ descending: true, measured: ['noise', 'sound level'] });
    expect(scaleOf('fancier')).toBeNull();
  });

  it('give superlatives of both forms', () => {
    expect(gradedSuperlatives.map(({ words }) => words)).toEqual(
      expect.arrayContaining(['wettest|most wet', 'driest|least dry']),
    );
  });
});
