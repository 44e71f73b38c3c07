/*
 * Overlong penalty: a soft push away from the length limit.
 *
 * Source: DAPO (arXiv 2503.14476) Eq. 13; QwenLong-L1 (2505.17667) Eq. 7. It is added to the reward of right
 * and wrong answers alike:
 *
 *     0                                  |y| ≤ L_max − L_cache
 *     ((L_max − L_cache) − |y|) / L_cache    … ≤ L_max
 *     −1                                 beyond
 *
 * Differences: the released code (verl) multiplies by a factor and has no lower bound: `rule: 'released'`.
 * With the factor 1 both agree up to L_max, where generation stops anyway. QwenLong-L1's text has no numbers;
 * its script has L_max 10,000 and L_cache 1,000 tokens.
 */
import { RewardError } from './reward-error.ts';

export interface OverlongPenalty {
  /** L_max, in tokens. */
  readonly maximumTokens: number;
  /** L_cache: over how many tokens before the limit the penalty grows. */
  readonly bufferTokens: number;
  readonly rule?: 'paper' | 'released';
  /** Weight of the penalty under the rule `released`; 1 unless told. */
  readonly factor?: number;
}

/**
 * The penalty of a response, 0 or less.
 *
 * @throws RewardError Not 0 < bufferTokens ≤ maximumTokens.
 */
export function overlongPenalty(responseTokens: number, settings: OverlongPenalty): number {
  const { maximumTokens, bufferTokens, rule = 'paper', factor = 1 } = settings;
  if (!(bufferTokens > 0 && bufferTokens <= maximumTokens)) {
    throw new RewardError(
      `A buffer of ${bufferTokens} tokens does not fit a limit of ${maximumTokens}: use 0 < bufferTokens ≤ ` +
        'maximumTokens.',
    );
  }
  const excess = responseTokens - (maximumTokens - bufferTokens);
  if (excess <= 0) return 0;
  const penalty = -excess / bufferTokens;
  return rule === 'released' ? penalty * factor : Math.max(penalty, -1);
}
