/**
 * The largest difference between two lists of numbers, absolute for expected values up to 1 and relative
 * above; infinite where the lists differ in length or a number is missing.
 */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  const differences = Array.from(expected, (value, index) => {
    const difference = Math.abs((actual[index] ?? NaN) - value) / Math.max(1, Math.abs(value));
    return Number.isNaN(difference) ? Infinity : difference;
  });
  return Math.max(0, ...differences);
}
