import type { Meaning } from './piece.ts';

/** What is met most often, or is most of an amount: "most common", 最常见. */
export const mostFrequent: Meaning = {
  kind: 'superlative',
  superlative: { descending: true, measured: [], limit: null, offset: 0 },
  isAmount: true,
  isOften: true,
};

/** The opposite: "rarest", 最少见. */
export const leastFrequent: Meaning = {
  ...mostFrequent,
  superlative: { ...mostFrequent.superlative, descending: false },
};
