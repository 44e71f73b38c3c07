/**
 * How many tokens of a text that is too long are kept at its beginning and its end, as QwenLong-L1.5 evaluates
 * (arXiv 2512.12967, released scripts: `ids[:max//2] + ids[-max//2:]`): of an odd number the end has one more.
 */
export function middleCut(maximumTokens: number): { head: number; tail: number } {
  const head = Math.floor(maximumTokens / 2);
  return { head, tail: maximumTokens - head };
}
