import { array, assert, double, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference } from '../testing/largest-difference.ts';
import vectors from '../testing/vectors.json' with { type: 'json' };
import { aggregate, joinMicroBatches } from './aggregation.ts';
import { dapoLoss } from './dapo.ts';
import { grpoLoss } from './grpo.ts';
import { klPenalties } from './kl-penalty.ts';
import { policyLoss } from './policy-loss.ts';
import type { PolicyBatch } from './policy-loss.ts';
import { regularisedLoss } from './regularised-loss.ts';
import { ObjectiveInputError } from './rollout.ts';
import { supervisedLoss } from './supervised.ts';

const [firstVector] = vectors.policy_loss.cases;

function batchOf(vector: (typeof vectors.policy_loss.cases)[number]): PolicyBatch {
  return {
    logProbabilities: vector.logprob,
    oldLogProbabilities: vector.old_logprob,
    advantages: vector.advantage_per_sequence,
    mask: vector.mask,
  };
}

describe('policyLoss', () => {
  for (const vector of vectors.policy_loss.cases) {
    it(`meets the vector ${vector.name}`, () => {
      const settings = {
        clipLow: vector.clip_low,
        clipHigh: vector.clip_high,
        dualClip: vector.dual_clip_c ?? undefined,
      };
      const losses = (['token-mean', 'sequence-mean', 'sequence-sum'] as const).map((aggregation) =>
        policyLoss(batchOf(vector), { ...settings, aggregation }),
      );
      expect(
        largestDifference(
          losses.map(({ loss }) => loss),
          [
            vector.expected_token_mean,
            vector.expected_seq_mean_token_mean,
            vector.expected_seq_mean_token_sum,
          ],
        ),
      ).toBeLessThan(1e-9);
      for (const { tokenLosses, clippedFraction } of losses) {
        expect(
          largestDifference(
            tokenLosses.flatMap((row) => [...row]),
            vector.expected_token_losses.flat(),
          ),
        ).toBeLessThan(1e-9);
        expect(clippedFraction).toBeCloseTo(vector.expected_clipfrac, 9);
      }
    });
  }

  it('has the settings of GRPO and DAPO', () => {
    const [grpo, dapo] = vectors.policy_loss.cases;
    if (grpo === undefined || dapo === undefined) throw new Error('The vectors have no cases.');
    expect(policyLoss(batchOf(grpo), grpoLoss).loss).toBeCloseTo(grpo.expected_seq_mean_token_mean, 9);
    expect(policyLoss(batchOf(dapo), dapoLoss).loss).toBeCloseTo(dapo.expected_token_mean, 9);
  });

  it('drops the loss of tokens that do not contribute, and still counts them', () => {
    const { loss } = policyLoss(
      {
        logProbabilities: [[-1, -1], [-1]],
        oldLogProbabilities: [[-1, -1], [-1]],
        advantages: [-3, 6],
        mask: [[1, 1], [1]],
        contributing: [[1, 0], [1]],
      },
      dapoLoss,
    );
    expect(loss).toBeCloseTo((3 - 6) / 3, 12);
  });

  it('never lets padding into the loss, not even NaN', () => {
    const { loss } = policyLoss(
      {
        logProbabilities: [[-1, NaN]],
        oldLogProbabilities: [[-1, NaN]],
        advantages: [2],
        mask: [[1, 0]],
      },
      dapoLoss,
    );
    expect(loss).toBe(-2);
  });

  const logProbability = double({ min: -8, max: 0, noNaN: true });
  const tokens = array(tuple(logProbability, logProbability), { minLength: 1, maxLength: 6 });
  const anyAdvantage = double({ min: -2, max: 2, noNaN: true });

  it('is at least the unclipped loss', () => {
    assert(
      property(tokens, anyAdvantage, (pairs, advantage) => {
        const { tokenLosses } = policyLoss(
          {
            logProbabilities: [pairs.map(([current]) => current)],
            oldLogProbabilities: [pairs.map(([, old]) => old)],
            advantages: [advantage],
            mask: [pairs.map(() => 1)],
          },
          grpoLoss,
        );
        for (const [token, [current, old]] of pairs.entries()) {
          const unclipped = -advantage * Math.exp(current - old);
          expect(tokenLosses[0]?.[token]).toBeGreaterThanOrEqual(unclipped - 1e-12);
        }
      }),
    );
  });

  it('is the negative advantage on policy, and clips nothing', () => {
    assert(
      property(tokens, anyAdvantage, (pairs, advantage) => {
        const logProbabilities = [pairs.map(([current]) => current)];
        const { loss, clippedFraction } = policyLoss(
          {
            logProbabilities,
            oldLogProbabilities: logProbabilities,
            advantages: [advantage],
            mask: [pairs.map(() => 1)],
          },
          grpoLoss,
        );
        expect(loss).toBeCloseTo(-advantage, 12);
        expect(clippedFraction).toBe(0);
      }),
    );
  });

  it('says which arrays do not belong together', () => {
    if (firstVector === undefined) throw new Error('The vectors have no cases.');
    const batch = batchOf(firstVector);
    expect(() => policyLoss({ ...batch, mask: [[1], [1], [1]] }, grpoLoss)).toThrow(
      'Rollout 0 has 4 tokens in logProbabilities, 1 in mask',
    );
    expect(() => policyLoss({ ...batch, advantages: [1] }, grpoLoss)).toThrow(ObjectiveInputError);
    expect(() => policyLoss({ ...batch, oldLogProbabilities: [] }, grpoLoss)).toThrow(ObjectiveInputError);
    expect(() => policyLoss(batch, { ...grpoLoss, clipLow: 2 })).toThrow('clipLow 2');
    expect(() => policyLoss(batch, { ...grpoLoss, dualClip: 0.5 })).toThrow('dualClip 0.5');
    expect(() => policyLoss(batch, { ...grpoLoss, aggregation: 'prompt-token-mean' })).toThrow('promptIds');
  });
});

describe('aggregate', () => {
  it('takes the token mean of each prompt, then the mean over prompts', () => {
    const result = aggregate({
      values: [[1, 2, 3], [10], [4, 100]],
      mask: [[1, 1, 1], [1], [1, 0]],
      aggregation: 'prompt-token-mean',
      promptIds: ['a', 'b', 'a'],
    });
    // Prompt a: (1 + 2 + 3 + 4) / 4; prompt b: 10.
    expect(result).toBe((2.5 + 10) / 2);
  });

  it('counts a response without tokens as 0, and a batch without tokens as 0', () => {
    const values = [[4, 4], [9]];
    expect(aggregate({ values, mask: [[1, 1], [0]], aggregation: 'sequence-mean' })).toBe(2);
    expect(aggregate({ values, mask: [[1, 1], [0]], aggregation: 'token-mean' })).toBe(4);
    expect(aggregate({ values, mask: [[0, 0], [0]], aggregation: 'token-mean' })).toBe(0);
    expect(aggregate({ values: [], mask: [], aggregation: 'sequence-mean' })).toBe(0);
  });
});

describe('joinMicroBatches', () => {
  const vector = vectors.policy_loss.microbatch_note;
  const microBatches = vector.token_losses.map((losses) => ({
    loss: aggregate({ values: [losses], mask: [losses.map(() => 1)], aggregation: 'token-mean' }),
    tokens: losses.length,
    sequences: 1,
  }));

  it('gives the token mean of the batch when weighted by tokens', () => {
    expect(joinMicroBatches(microBatches, 'tokens')).toBeCloseTo(
      vector.two_microbatches_weighted_by_tokens,
      12,
    );
    expect(joinMicroBatches(microBatches, 'tokens')).toBeCloseTo(vector.global_token_mean, 12);
  });

  it('depends on the split when weighted by sequences, as released', () => {
    expect(joinMicroBatches(microBatches, 'sequences')).toBeCloseTo(
      vector.two_microbatches_weighted_by_sequences,
      12,
    );
  });
});

describe('klPenalties', () => {
  const logProbabilities = [
    [-1, -0.2, -2.5],
    [-0.7, -3, -0.01],
  ];
  const referenceLogProbabilities = [
    [-1.2, -0.9, -2.5],
    [-0.1, -1, -6],
  ];

  it('equals numbers computed apart from it', () => {
    expect(
      largestDifference(
        klPenalties({ logProbabilities, referenceLogProbabilities }).flatMap((row) => [...row]),
        [0.018730753077981888, 0.1965853037914096, 0, 0.22211880039050902, 4.38905609893065, 4.9925036640502],
      ),
    ).toBeLessThan(1e-9);
  });

  it('stops at the maximum, or nowhere', () => {
    const one = { logProbabilities: [[-5]], referenceLogProbabilities: [[-1]] };
    expect(klPenalties(one)[0]?.[0]).toBe(10);
    expect(klPenalties({ ...one, maximum: Infinity })[0]?.[0]).toBeCloseTo(49.598150033144236, 9);
  });

  it('is 0 or more, and in expectation the divergence of the distributions', () => {
    const weights = array(double({ min: 0.01, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });
    assert(
      property(weights, weights, (one, other) => {
        const [policy, reference] = [one, other].map((row) => {
          const total = row.reduce((sum, value) => sum + value, 0);
          return row.map((value) => value / total);
        });
        if (policy === undefined || reference === undefined) return;
        const [penalties] = klPenalties({
          logProbabilities: [policy.map(Math.log)],
          referenceLogProbabilities: [reference.map(Math.log)],
          maximum: Infinity,
        });
        const expected = policy.reduce((sum, p, token) => sum + p * (penalties?.[token] ?? NaN), 0);
        const divergence = policy.reduce(
          (sum, p, token) => sum + p * Math.log(p / (reference[token] ?? 1)),
          0,
        );
        for (const penalty of penalties ?? []) expect(penalty).toBeGreaterThanOrEqual(-1e-15);
        expect(expected).toBeCloseTo(divergence, 9);
      }),
    );
  });
});

describe('regularisedLoss', () => {
  const batch = {
    logProbabilities: [
      [-1, -0.2, -2.5],
      [-0.7, -3, -0.01],
    ],
    oldLogProbabilities: [
      [-1, -0.2, -2.5],
      [-0.7, -3, -0.01],
    ],
    referenceLogProbabilities: [
      [-1.2, -0.9, -2.5],
      [-0.1, -1, -6],
    ],
    tokenEntropies: [
      [0.2, 0.4, 9],
      [0.1, 0.1, 0.7],
    ],
    advantages: [1, -1],
    mask: [
      [1, 1, 0],
      [1, 1, 1],
    ],
  };

  it('adds entropy and KL in the aggregation of the policy loss', () => {
    const coefficients = { entropyCoefficient: 0.001, klCoefficient: 0.1 };
    const byToken = regularisedLoss(batch, { ...dapoLoss, ...coefficients });
    expect(byToken.kl).toBeCloseTo(1.9637989240481506, 9);
    expect(byToken.entropy).toBeCloseTo(0.3, 9);
    expect(byToken.policyTerm).toBeCloseTo(0.2, 9);
    expect(byToken.loss).toBeCloseTo(0.2 - 0.0003 + 0.1963798924048, 9);
    const bySequence = regularisedLoss(batch, { ...grpoLoss, ...coefficients });
    expect(bySequence.kl).toBeCloseTo(1.6544421081125749, 9);
    expect(bySequence.entropy).toBeCloseTo(0.3, 9);
  });

  it('is the policy loss without coefficients, and says what a coefficient needs', () => {
    expect(regularisedLoss(batch, dapoLoss)).toMatchObject({
      entropy: null,
      kl: null,
      policyTerm: expect.closeTo(0.2, 12),
      loss: expect.closeTo(0.2, 12),
    });
    const { tokenEntropies: _, referenceLogProbabilities: __, ...bare } = batch;
    expect(() => regularisedLoss(bare, { ...dapoLoss, klCoefficient: 0.1 })).toThrow(
      'referenceLogProbabilities',
    );
    expect(() => regularisedLoss(bare, { ...dapoLoss, entropyCoefficient: 0.1 })).toThrow('tokenEntropies');
  });
});

describe('supervisedLoss', () => {
  const batch = { logProbabilities: [[-1, -3, -7], [-4]], mask: [[1, 1, 0], [1]] };

  it('takes the mean over each example first, or over all tokens', () => {
    expect(supervisedLoss(batch).loss).toBe((2 + 4) / 2);
    expect(supervisedLoss(batch, 'token-mean').loss).toBeCloseTo((1 + 3 + 4) / 3, 12);
    expect(supervisedLoss(batch).tokenLosses.map((row) => [...row])).toEqual([[1, 3, 7], [4]]);
  });
});
