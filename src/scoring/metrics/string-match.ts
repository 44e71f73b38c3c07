/*
 * RULER's string match (arXiv 2404.06654), as QwenLong-CPRS (2505.18092) publishes it: whether the response holds the
 * strings of the right answer, in lower case.
 */

/** The share of the references that the response holds: for needles, variables and words. */
export function stringMatchAll(response: string, references: readonly string[]): number {
  if (references.length === 0) return 0;
  const text = response.toLowerCase();
  return references.filter((reference) => text.includes(reference.toLowerCase())).length / references.length;
}

/** 1 where the response holds any of the references, else 0: for questions with several right answers. */
export function stringMatchAny(response: string, references: readonly string[]): number {
  const text = response.toLowerCase();
  return references.some((reference) => text.includes(reference.toLowerCase())) ? 1 : 0;
}

/** The published score of a task: the mean in percent, to two digits. */
export function stringMatchScore(scores: readonly number[]): number {
  if (scores.length === 0) return 0;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return Math.round(mean * 10_000) / 100;
}
