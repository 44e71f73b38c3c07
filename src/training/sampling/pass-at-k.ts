/*
 * Stratification by pass@k: training examples of all difficulties in equal numbers.
 *
 * Source: QwenLong-L1.5 (arXiv 2512.12967): the base model answers each example several times; examples are
 * sorted into uniform bins of pass@k, and equally many are drawn from each. The estimator is that of Codex
 * (arXiv 2107.03374) Eq. 1: of n answers with c right, pass@k = 1 − C(n−c, k) / C(n, k).
 *
 * Differences: the paper gives neither estimator, k, nor number of bins, and does not say what happens when a
 * bin has too few examples; here the other bins make up for it in turn. There is no released code.
 */
import { quotas } from './quotas.ts';
import type { SeededRandom } from './random.ts';
import { SamplingError } from './sampling-error.ts';

/**
 * The chance that at least one of k answers, drawn out of `answers` of which `correct` are right, is right.
 *
 * @throws SamplingError Not 0 ≤ correct ≤ answers, or not 1 ≤ k ≤ answers.
 */
export function passAtK(input: {
  readonly answers: number;
  readonly correct: number;
  readonly k: number;
}): number {
  const { answers, correct, k } = input;
  if (
    ![answers, correct, k].every(Number.isInteger) ||
    correct < 0 ||
    correct > answers ||
    k < 1 ||
    k > answers
  ) {
    throw new SamplingError(
      `pass@${k} of ${answers} answers with ${correct} right is undefined: ` +
        'draw at least k answers, and count no more right ones than answers.',
    );
  }
  // C(n−c, k) / C(n, k) as a product of small factors: the binomials themselves overflow.
  let allWrong = 1;
  for (let drawn = 0; drawn < k; drawn++) {
    allWrong *= Math.max(answers - correct - drawn, 0) / (answers - drawn);
  }
  return 1 - allWrong;
}

/** The uniform bin of a rate in [0, 1], from 0; a rate of 1 is in the last bin. */
export function passRateBin(rate: number, bins: number): number {
  return Math.min(Math.floor(rate * bins), bins - 1);
}

/**
 * Draws up to `count` examples, as equally as possible from each of `bins` uniform bins of pass rate, without
 * repetition.
 *
 * @throws SamplingError A count or number of bins that is no whole number above 0, or a rate outside [0, 1].
 */
export function drawStratified<T>(input: {
  readonly examples: readonly T[];
  /** The pass rate of an example, in [0, 1]. */
  readonly passRate: (example: T) => number;
  readonly bins: number;
  readonly count: number;
  readonly random: SeededRandom;
}): T[] {
  const { examples, passRate, bins, count, random } = input;
  if (!Number.isInteger(bins) || bins < 1) {
    throw new SamplingError(`The number of bins is ${bins}: it must be a whole number above 0.`);
  }
  const strata = Array.from({ length: bins }, (): T[] => []);
  for (const example of examples) {
    const rate = passRate(example);
    if (!(rate >= 0 && rate <= 1)) throw new SamplingError(`A pass rate is ${rate}: it must lie in [0, 1].`);
    strata[passRateBin(rate, bins)]?.push(example);
  }
  const domains = strata.map(({ length }, bin) => ({ name: `bin ${bin}`, weight: 1, size: length }));
  const shares = quotas(domains, count);
  return strata.flatMap((stratum, bin) => random.shuffled(stratum).slice(0, shares[bin] ?? 0));
}
