/**
 * The next length that programs are built for: graphs have static shapes, so lengths are rounded up to steps of a
 * quarter of a power of two. At most a fifth of a row is padding, and few programs serve all lengths.
 */
export function bucketOf(length: number): number {
  if (length <= 8) return length;
  const step = 2 ** (Math.ceil(Math.log2(length)) - 3);
  return Math.ceil(length / step) * step;
}
