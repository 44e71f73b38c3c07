/** A seed for a part of a run: the same parts give the same seed, others another. */
export function seedOf(seed: number, ...parts: readonly number[]): number {
  let mixed = seed | 0;
  for (const part of parts) {
    mixed = Math.imul(mixed ^ (part + 0x9e3779b1), 0x85ebca6b);
    mixed ^= mixed >>> 13;
  }
  return mixed;
}
