/** The mean; 0 of no values. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The standard deviation, with the divisor n − 1 (`sample`, as in PyTorch) or n (`population`, as in NumPy).
 * Exactly 0 for equal values, and for less than two.
 */
export function standardDeviation(
  values: readonly number[],
  divisor: 'sample' | 'population' = 'sample',
): number {
  // Rounding in the mean must not give equal values a spread: advantages are divided by it.
  if (values.every((value) => value === values[0])) return 0;
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return Math.sqrt(squares / (divisor === 'sample' ? values.length - 1 : values.length));
}
