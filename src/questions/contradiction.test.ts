import { describe, expect, it } from 'vitest';
import { isContradictory } from './contradiction.ts';
import type { Comparison, Predicate } from './plan.ts';

const is = (...values: readonly string[]): Predicate => ({ kind: 'is', column: 'region', values });
const size = (comparison: Comparison, value: number): Predicate => ({
  kind: 'compare',
  left: { kind: 'column', column: 'size' },
  comparison,
  right: { kind: 'number', value },
});
const and = (...operands: readonly Predicate[]): Predicate => ({ kind: 'and', operands });

describe('isContradictory', () => {
  it.each<[Predicate, boolean]>([
    [and(is('North'), is('South')), true],
    [and(is('North', 'South'), and(is('South'), is('South', 'East'))), false],
    [and(size('>', 5), size('<', 3)), true],
    [and(size('>=', 5), size('<=', 5)), false],
    [and(size('>', 5), size('<=', 5)), true],
    [and(size('<=', 5), size('>', 5)), true],
    [and(size('>', 5), size('>', 8), size('<', 7)), true],
    [and(size('=', 0), size('>', 0)), true],
    [and(size('>', 3), size('<', 5)), false],
    [and(size('>', 5), size('>=', 8), size('<=', 8)), false],
    [{ kind: 'or', operands: [size('>', 5), size('<', 3)] }, false],
    [{ kind: 'or', operands: [is('North'), and(is('East'), is('West'))] }, true],
  ])('%j: %s', (predicate, expected) => {
    expect(isContradictory({ where: predicate })).toBe(expected);
  });
});
