/** How answers can be scored; `docs/scoring.md` has the rule of each. */
export const metricNames = [
  /** By the type of the answer (`scoreAnswer`). */
  'typed',
  /** The response holds the right answer (CEM). */
  'cover-exact-match',
  /** One of response and answer holds the other (`sub_em` of QwenLong-L1). */
  'either-contains',
  'exact-match',
  /** The words that response and answer share. */
  'word-f1',
  /** DocMath's comparison of numbers. */
  'number-match',
  /** OOLONG: 0.75 to the power of how far a whole number is off. */
  'number-distance',
  /** The letter of one of several choices. */
  'choice',
  /** MRCR: the prefix, and how alike the texts are. */
  'sequence-ratio',
  /** RULER: the share of the right strings that the response holds. */
  'string-match-all',
  /** RULER: whether it holds any of them. */
  'string-match-any',
] as const;

export type MetricName = (typeof metricNames)[number];
