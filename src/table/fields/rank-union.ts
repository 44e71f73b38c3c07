/** The ranks of all lists, each once and ascending. */
export const rankUnion = (lists: readonly Int32Array[]): Int32Array =>
  Int32Array.from(new Set(lists.flatMap((ranks) => [...ranks]))).sort();
