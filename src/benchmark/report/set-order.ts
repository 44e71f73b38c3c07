/** How many tokens the name of a length says: 128,000 for `128K`; null for other names. */
export function lengthOf(set: string): number | null {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kKmM]?)$/.exec(set) ?? [];
  if (digits === undefined) return null;
  return Number(digits) * ({ k: 1_000, m: 1_000_000 }[unit.toLowerCase()] ?? 1);
}

/** From the shortest to the longest; names that say no length come last, by their letters. */
export function setOrder(left: string, right: string): number {
  const [first, second] = [lengthOf(left), lengthOf(right)];
  if (first !== null && second !== null) return first - second;
  if (first !== null || second !== null) return first === null ? 1 : -1;
  return left.localeCompare(right, 'en', { numeric: true });
}
