import { describe, expect, it } from 'vitest';
import { planKey } from './plan-key.ts';
import type { Predicate } from './plan.ts';

const stated = (column: string): Predicate => ({ kind: 'stated', column });
const and = (...operands: readonly Predicate[]): Predicate => ({ kind: 'and', operands });
const or = (...operands: readonly Predicate[]): Predicate => ({ kind: 'or', operands });

describe('planKey', () => {
  it('sees through the order of factors', () => {
    const times = (left: unknown, right: unknown): unknown => ({
      kind: 'arithmetic',
      operator: '*',
      left,
      right,
    });
    const [ten, half, a] = [
      { kind: 'number', value: 10 },
      { kind: 'number', value: 0.5 },
      { kind: 'column', column: 'a' },
    ];
    expect(planKey(times(ten, times(half, a)))).toBe(planKey(times(times(a, ten), half)));
    expect(planKey(times(ten, a))).not.toBe(planKey(times(half, a)));
  });

  it('sees through order, nesting, repetition and names', () => {
    const [a, b, c] = [stated('a'), stated('b'), stated('c')];
    expect(planKey(and(a, and(b, c)))).toBe(planKey(and(c, b, a, a)));
    expect(planKey(or(or(a, b), c))).toBe(planKey(or(a, or(b, c))));
    expect(planKey(and(a))).toBe(planKey(and(a, a)));
    const is = (...values: string[]): Predicate => ({ kind: 'is', column: 'a', values });
    expect(planKey(is('North', 'South'))).toBe(planKey(is('south', 'NORTH', 'north')));
    const shown = { value: 1, unit: null };
    expect(planKey({ show: [{ ...shown, name: 'x' }] })).toBe(planKey({ show: [{ name: 'y', ...shown }] }));
  });

  it('tells plans apart that differ', () => {
    const [a, b, c] = [stated('a'), stated('b'), stated('c')];
    const keys = [and(a, b), or(a, b), and(a, or(b, c)), or(and(a, b), c), a, b].map(planKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
