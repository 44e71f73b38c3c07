/**
 * The chance that one of k responses drawn from n is right where c are: `1 − C(n−c, k) / C(n, k)`, which is unbiased
 * (Chen et al., arXiv 2107.03374).
 *
 * @throws {RangeError} unless 0 ≤ c ≤ n and 1 ≤ k ≤ n.
 */
export function passAtK({ n, c, k }: { n: number; c: number; k: number }): number {
  if (!(c >= 0 && c <= n && k >= 1 && k <= n))
    throw new RangeError(`No pass@${k} of ${c} right out of ${n}.`);
  if (n - c < k) return 1;
  let allWrong = 1;
  for (let drawn = 0; drawn < k; drawn++) allWrong *= (n - c - drawn) / (n - drawn);
  return 1 - allWrong;
}

/** Which of so many equal parts of [0, 1] a share belongs to, from 0; 1 belongs to the last. */
export function binOf(share: number, bins: number): number {
  return Math.min(Math.floor(share * bins), bins - 1);
}
