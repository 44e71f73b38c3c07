/** A mean with what its uncertainty is known to be. */
export interface Average {
  readonly mean: number;
  /** The standard error of the mean; null where there are fewer than two values. */
  readonly standardError: number | null;
  readonly count: number;
}

/** The mean of all values, each counting alike (micro). Its standard error is the sample's: s / √n. */
export function average(values: readonly number[]): Average {
  const count = values.length;
  const mean = count === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean, standardError: null, count };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (count - 1) / count), count };
}

/**
 * The mean of the groups' means, each group counting alike whatever its size (macro): what CorpusQA prints as
 * "Overall" over its domains. The groups are samples of their own, so their errors add in squares: √(Σ se²) / groups.
 */
export function macroAverage(groups: readonly Average[]): Average {
  const filled = groups.filter(({ count }) => count > 0);
  const count = filled.length;
  const mean = count === 0 ? 0 : filled.reduce((sum, group) => sum + group.mean, 0) / count;
  const errors = filled.map(({ standardError }) => standardError);
  const known = errors.filter((error) => error !== null);
  if (count === 0 || known.length < count) return { mean, standardError: null, count };
  const squares = known.reduce((sum, error) => sum + error ** 2, 0);
  return { mean, standardError: Math.sqrt(squares) / count, count };
}
