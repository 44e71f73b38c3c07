import { array, assert, double, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference } from '../testing/largest-difference.ts';
import vectors from '../testing/vectors.json' with { type: 'json' };
import {
  contributionOfRollouts,
  initiallyMasked,
  keepAsReleased,
  maskNegatives,
  negativesAreMasked,
} from './aepo.ts';
import type { EntropyControl } from './aepo.ts';
import { dapoLoss } from './dapo.ts';
import { clipNegativeGradients } from './negative-gradient-clipping.ts';
import { policyLoss } from './policy-loss.ts';
import { batchEntropy, tokenEntropy } from './token-entropy.ts';

/** The objective, which is maximised, on policy: every ratio is 1. */
function objective(advantages: readonly number[], contributing: readonly ArrayLike<number>[]): number {
  const tokens = contributing.map(({ length }) => new Float64Array(length));
  const { loss } = policyLoss(
    {
      logProbabilities: tokens,
      oldLogProbabilities: tokens,
      advantages,
      mask: tokens.map(({ length }) => new Uint8Array(length).fill(1)),
      contributing,
    },
    dapoLoss,
  );
  return -loss;
}

function maskedOver(entropies: readonly number[], control: EntropyControl): boolean[] {
  let isMasked = initiallyMasked;
  return entropies.map((entropy) => (isMasked = negativesAreMasked(isMasked, entropy, control)));
}

describe('tokenEntropy', () => {
  it.each(vectors.token_entropy.cases)('meets the vector $logits at $temperature', (vector) => {
    expect(
      largestDifference([tokenEntropy(vector.logits, vector.temperature)], [vector.expected]),
    ).toBeLessThan(1e-9);
  });

  it('lies between 0 and the logarithm of the vocabulary, and ignores a shift', () => {
    assert(
      property(
        array(double({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 9 }),
        (logits) => {
          const entropy = tokenEntropy(logits);
          expect(entropy).toBeGreaterThanOrEqual(-1e-12);
          expect(entropy).toBeLessThanOrEqual(Math.log(logits.length) + 1e-12);
          expect(tokenEntropy(logits.map((logit) => logit + 3))).toBeCloseTo(entropy, 9);
        },
      ),
    );
  });

  it('takes −∞ for a token that is ruled out', () => {
    expect(tokenEntropy([0, -Infinity, 0])).toBeCloseTo(Math.LN2, 12);
  });
});

describe('batchEntropy', () => {
  it.each(vectors.aepo.batch_entropy_cases)('meets the vector $token_entropy', (vector) => {
    const input = {
      tokenEntropies: vector.token_entropy,
      mask: vector.token_entropy.map((row) => row.map(() => 1)),
    };
    expect(batchEntropy(input)).toBeCloseTo(vector.expected_eq11_sequence_mean, 9);
    expect(batchEntropy({ ...input, aggregation: 'token-mean' })).toBeCloseTo(vector.expected_token_mean, 9);
  });
});

describe('clipNegativeGradients', () => {
  for (const vector of vectors.negative_gradient_clipping.cases) {
    it(`meets the vector ${vector.name}`, () => {
      const indicator = clipNegativeGradients(
        {
          advantages: vector.advantage,
          tokenEntropies: vector.token_entropy,
          mask: vector.token_entropy.map((row) => row.map(() => 1)),
        },
        {
          level: vector.level === 'token' ? 'token' : 'sequence',
          threshold: vector.threshold,
          side: vector.clip_side === 'low' ? 'low' : 'high',
        },
      );
      expect(indicator.map((row) => [...row])).toEqual(vector.expected_mask);
      expect(objective(vector.advantage, indicator)).toBeCloseTo(vector.expected_objective_eq8, 9);
    });
  }

  it('leaves padding out of the mean of a response', () => {
    const indicator = clipNegativeGradients(
      { advantages: [-1], tokenEntropies: [[0.2, 0.4, 9]], mask: [[1, 1, 0]] },
      { level: 'sequence', threshold: 0.5 },
    );
    expect(indicator.map((row) => [...row])).toEqual([[1, 1, 1]]);
  });
});

describe('negativesAreMasked', () => {
  for (const vector of vectors.aepo.state_cases) {
    it(`meets the vector ${vector.name}`, () => {
      const { low, high, batch_entropy_sequence: entropies } = vector;
      expect(maskedOver(entropies, { low, high })).toEqual(vector.expected_mask_negatives_paper_hysteresis);
      expect(maskedOver(entropies, { low, high, mode: 'threshold' })).toEqual(
        vector.mask_negatives_threshold_only,
      );
      expect(maskedOver(entropies, { low, high, mode: 'band' })).toEqual(vector.mask_negatives_readme_band);
    });
  }

  it('changes state only outside the bounds', () => {
    assert(
      property(array(double({ min: 0, max: 0.4, noNaN: true }), { minLength: 1 }), (entropies) => {
        const states = maskedOver(entropies, { low: 0.15, high: 0.25 });
        for (const [step, entropy] of entropies.entries()) {
          const before = states[step - 1] ?? initiallyMasked;
          expect(states[step]).toBe(entropy > 0.25 ? true : entropy < 0.15 ? false : before);
        }
      }),
    );
  });

  it('refuses bounds out of order and an entropy that is no number', () => {
    expect(() => negativesAreMasked(false, 0.2, { low: 0.3, high: 0.2 })).toThrow('low 0.3 and high 0.2');
    expect(() => negativesAreMasked(false, NaN, { low: 0.1, high: 0.2 })).toThrow('NaN');
  });
});

describe('masking of negatives', () => {
  for (const [index, vector] of vectors.aepo.apply_cases.entries()) {
    const { advantage, reward_sum: rewards, response_tokens: tokens, masking_active: isMasked } = vector;

    it(`keeps masked rollouts in the denominator (vector ${index})`, () => {
      const indicators = isMasked ? maskNegatives(advantage) : advantage.map(() => 1);
      expect(indicators).toEqual(vector.expected_keep_paper);
      const contributing = contributionOfRollouts(indicators, tokens);
      expect(objective(advantage, contributing)).toBeCloseTo(
        vector.expected_objective_all_token_denominator,
        9,
      );
    });

    it(`removes rollouts as the released snippet does (vector ${index})`, () => {
      const kept = isMasked
        ? keepAsReleased({ advantages: advantage, rewards, deviceCount: vector.world_size })
        : [...advantage.keys()];
      expect(kept).toEqual(vector.readme_kept_indices);
      const left = kept.map((rollout) => advantage[rollout] ?? NaN);
      const contributing = kept.map((rollout) => new Uint8Array(tokens[rollout] ?? 0).fill(1));
      expect(objective(left, contributing)).toBeCloseTo(vector.readme_objective_kept_token_denominator, 9);
    });
  }
});
