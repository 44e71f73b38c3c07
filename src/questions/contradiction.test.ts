import { describe, expect, it } from 'vitest';
import { isContradictory, isPointless } from './contradiction.ts';
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

describe('isPointless', () => {
  it('finds groups of one value, and shares of all', () => {
    const group = { kind: 'column', column: 'region' } as const;
    const groups = {
      kind: 'groups',
      group,
      values: [{ kind: 'measure', measure: { function: 'count' } }],
      having: [],
      order: 'descending',
      show: 'both',
      percentage: false,
      unit: null,
    } as const;
    expect(isPointless({ selection: { where: is('North') }, output: groups })).toBe(true);
    expect(isPointless({ selection: { where: is('North', 'South') }, output: groups })).toBe(false);
    const share = { kind: 'share', of: { where: is('North') } } as const;
    expect(isPointless({ selection: { where: is('North') }, output: share })).toBe(true);
    expect(isPointless({ selection: { where: is('South') }, output: share })).toBe(false);
  });
});
