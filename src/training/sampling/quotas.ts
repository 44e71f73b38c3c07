/*
 * How many of a batch each domain gives.
 *
 * Source: the sampler released with QwenLong-L1.5 (arXiv 2512.12967).
 *
 *     quota = min(floor(batch · weight), size of the domain)
 *     what is left goes to the domains one by one, the heaviest first, in the given order among equals
 *
 * So 128 over five equal domains is 26, 26, 26, 25, 25. Differences: the released loop never ends when all
 * domains are exhausted; this one stops, and the quotas then sum to less than the batch. Weights need not sum
 * to 1.
 */
import { SamplingError } from './sampling-error.ts';

export interface Domain {
  readonly name: string;
  /** Its share relative to the others; 0 or more. */
  readonly weight: number;
  /** How many items it has. */
  readonly size: number;
}

/**
 * The quota of each domain, in the order given. They sum to the batch size, or to the number of items of the
 * domains with a weight where that is less.
 *
 * @throws SamplingError A batch size that is no whole number above 0, a negative weight, or no weight at all.
 */
export function quotas(domains: readonly Domain[], batchSize: number): number[] {
  const totalWeight = domains.reduce((sum, { weight }) => sum + weight, 0);
  if (!(totalWeight > 0) || totalWeight === Infinity || domains.some(({ weight }) => weight < 0)) {
    const weights = domains.map(({ name, weight }) => `${name} ${weight}`).join(', ') || 'none';
    throw new SamplingError(
      `The weights (${weights}) share out nothing: use weights of 0 or more, one above 0.`,
    );
  }
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new SamplingError(`The batch size is ${batchSize}: it must be a whole number above 0.`);
  }
  const result = domains.map(({ weight, size }) =>
    Math.min(Math.floor((batchSize * weight) / totalWeight), size),
  );
  let left = batchSize - result.reduce((sum, quota) => sum + quota, 0);
  const order = [...domains.entries()]
    .filter(([, { weight }]) => weight > 0)
    .sort(([, one], [, other]) => other.weight - one.weight);
  let gave = true;
  while (left > 0 && gave) {
    gave = false;
    for (const [index, { size }] of order) {
      const quota = result[index] ?? 0;
      if (left === 0 || quota >= size) continue;
      result[index] = quota + 1;
      left--;
      gave = true;
    }
  }
  return result;
}
