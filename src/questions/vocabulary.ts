import type { Comparison, Measure } from './plan.ts';

/** A list with at least one wording, the plainest first. */
export type Wordings = readonly [string, ...string[]];

/**
 * The words with which questions are written. The grammar understands many more; the round trip from plan to
 * question and back, which is tested, keeps the two together.
 */
export const comparisonWords: Readonly<Record<Comparison, Wordings>> = {
  '>': ['more than', 'above', 'over', 'greater than'],
  '>=': ['at least', 'no less than'],
  '<': ['less than', 'below', 'under'],
  '<=': ['at most', 'no more than'],
  '=': ['exactly', 'equal to'],
  '!=': ['other than', 'not equal to'],
};

/** How many of a thing: `more than 500 airports`. */
export const countComparisonWords: Readonly<Record<Comparison, Wordings>> = {
  ...comparisonWords,
  '>': ['more than', 'over'],
  '<': ['fewer than', 'under'],
  '=': ['exactly'],
};

/** For numbers calculated from many rows: `higher than that of …`. */
export const figureComparisonWords: Readonly<Record<Comparison, Wordings>> = {
  ...comparisonWords,
  '>': ['higher than', 'greater than', 'larger than'],
  '<': ['lower than', 'less than', 'smaller than'],
};

/** For dates, the wordings before a date. */
export const dateComparisonWords: Readonly<Record<Comparison, Wordings>> = {
  '>': ['after', 'later than'],
  '>=': ['on or after', 'since'],
  '<': ['before', 'earlier than'],
  '<=': ['on or before'],
  '=': ['in'],
  '!=': ['other than'],
};

/** What is calculated over many rows. */
export const measureWords: Readonly<
  Record<Exclude<Measure['function'], 'percentile' | 'correlation'>, Wordings>
> = {
  count: ['number'],
  'count-distinct': ['number of different'],
  sum: ['total', 'combined', 'sum of the'],
  average: ['average', 'mean'],
  median: ['median'],
  minimum: ['lowest', 'minimum'],
  maximum: ['highest', 'maximum'],
  'standard-deviation': ['standard deviation of the'],
  variance: ['variance of the'],
};

export const dateExtremeWords = {
  minimum: ['earliest'],
  maximum: ['latest', 'most recent'],
} as const satisfies Readonly<Record<string, Wordings>>;

export const superlatives = {
  falling: ['highest', 'largest', 'greatest'],
  rising: ['lowest', 'smallest'],
  latest: ['latest', 'most recent'],
  earliest: ['earliest'],
} as const satisfies Readonly<Record<string, Wordings>>;

export const orderWords = {
  falling: ['from highest to lowest', 'in descending order'],
  rising: ['from lowest to highest', 'in ascending order'],
} as const satisfies Readonly<Record<string, Wordings>>;

/** The comparison seen from the other side: more than 10 below the average is less than the average minus 10. */
export const turnedComparison = {
  '>': '<',
  '>=': '<=',
  '<': '>',
  '<=': '>=',
  '=': '=',
  '!=': '!=',
} as const satisfies Record<Comparison, Comparison>;
