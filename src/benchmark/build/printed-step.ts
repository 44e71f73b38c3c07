import type { Expression } from '../../questions/index.ts';

/**
 * How far a threshold must be from every value it is compared with: the step in which a field's values are printed;
 * for calculated values, which the reader rounds himself, 0.005 and a thousandth.
 */
export function thresholdMargin(
  expression: Expression,
  values: readonly number[],
): (value: number) => number {
  if (expression.kind === 'column') return printedStep(values);
  return (value) => Math.max(0.005, Math.abs(value) / 1000);
}

/**
 * How exact numbers are printed: for a value, the smallest difference that its notation can show. It is not known
 * from the number alone; what is taken is the place of its last digit other than 0, but no more than 1 % of the
 * value, and no less than the finest place that any of the values shows.
 */
function printedStep(values: readonly number[]): (value: number) => number {
  let finest = Infinity;
  for (const value of values) if (value !== 0) finest = Math.min(finest, lastPlace(value));
  if (!Number.isFinite(finest)) finest = 1;
  return (value) =>
    value === 0 ? finest : Math.max(finest, Math.min(lastPlace(value), Math.abs(value) / 100));
}

/** 0.01 for 2.75, 1000 for 1,284,000. */
function lastPlace(value: number): number {
  const [digits = '', exponent = '0'] = Math.abs(value).toExponential(9).split('e');
  const shown = digits.replace('.', '').replace(/0+$/, '').length;
  return 10 ** (Number(exponent) - shown + 1);
}
