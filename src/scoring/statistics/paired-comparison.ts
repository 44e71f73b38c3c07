import { average } from './averages.ts';

/** How two runs compare on the questions that both answer. */
export interface PairedComparison {
  readonly count: number;
  /** The mean of `second − first`. */
  readonly difference: number;
  /** The middle 95 % of the differences of resampled questions. */
  readonly interval: readonly [number, number];
  /** Questions only the first, only the second run has right (a score of at least 0.5). */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** The two-sided p of McNemar's exact test: how likely so uneven a split is if both are equally good. */
  readonly mcNemarP: number;
}

export interface PairedScores {
  /** The score of each question in both runs, from 0 to 1. */
  readonly pairs: readonly { readonly first: number; readonly second: number }[];
  /** Gives numbers in [0, 1); a seeded one makes the interval reproducible. */
  readonly random: () => number;
  readonly resamples?: number;
}

/**
 * Compares two runs question by question. McNemar's test looks at the questions on which they differ, exactly (binomial,
 * not the χ² approximation); the interval is the percentile bootstrap over questions, which graded scores can use too.
 */
export function comparePaired({ pairs, random, resamples = 2000 }: PairedScores): PairedComparison {
  const differences = pairs.map(({ first, second }) => second - first);
  const onlyFirst = pairs.filter(({ first, second }) => first >= 0.5 && second < 0.5).length;
  const onlySecond = pairs.filter(({ first, second }) => first < 0.5 && second >= 0.5).length;
  return {
    count: pairs.length,
    difference: average(differences).mean,
    interval: bootstrapInterval({ values: differences, random, resamples }),
    onlyFirst,
    onlySecond,
    mcNemarP: mcNemarP(onlyFirst, onlySecond),
  };
}

/** The two-sided p of a split at least as uneven as this, where either side is equally likely. */
export function mcNemarP(one: number, other: number): number {
  const total = one + other;
  const smaller = Math.min(one, other);
  // Terms of the binomial distribution by their logarithms: 2^-total vanishes where many differ.
  let logTerm = -total * Math.LN2;
  let tail = 0;
  for (let count = 0; count <= smaller; count++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(total - count) - Math.log(count + 1);
  }
  return Math.min(1, 2 * tail);
}

function bootstrapInterval({
  values,
  random,
  resamples,
}: {
  values: readonly number[];
  random: () => number;
  resamples: number;
}): readonly [number, number] {
  const count = values.length;
  if (count === 0) return [0, 0];
  const means = new Float64Array(resamples);
  for (let sample = 0; sample < resamples; sample++) {
    let sum = 0;
    for (let draw = 0; draw < count; draw++) sum += values[Math.floor(random() * count)] ?? 0;
    means[sample] = sum / count;
  }
  means.sort();
  const at = (share: number): number => means[Math.min(resamples - 1, Math.floor(share * resamples))] ?? 0;
  return [at(0.025), at(0.975)];
}
