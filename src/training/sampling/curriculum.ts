/*
 * Curriculum-guided phases: short inputs first.
 *
 * Source: QwenLong-L1 (arXiv 2505.17667) Eq. 9. Phase k trains only on examples with L_(k−1) < |x| + |c| ≤
 * L_k, where L_0 = 0; the paper has L = 20K, 60K tokens, QwenLong-L1.5 20K (32K in its figure), 60K, 120K.
 * Examples of an earlier phase come back through retrospective sampling only (`retrospective.ts`).
 *
 * Differences: the released code has no phases; its script trains one stage at 60K and stops at a longer
 * input, or leaves it out.
 */
import { SamplingError } from './sampling-error.ts';

/**
 * The phase, from 1, that trains on an input of `tokens` tokens; null where none does.
 *
 * @param bounds The greatest input length of each phase, ascending.
 * @throws SamplingError Bounds that do not ascend from above 0.
 */
export function phaseOf(tokens: number, bounds: readonly number[]): number | null {
  if (bounds.length === 0 || bounds.some((bound, index) => !(bound > (bounds[index - 1] ?? 0)))) {
    throw new SamplingError(
      `The phase bounds (${bounds.join(', ')}) must ascend from above 0, for example 20000, 60000.`,
    );
  }
  const phase = bounds.findIndex((bound, index) => tokens > (bounds[index - 1] ?? 0) && tokens <= bound);
  return phase < 0 ? null : phase + 1;
}
