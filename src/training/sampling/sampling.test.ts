import { array, assert, asyncProperty, boolean, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference } from '../testing/largest-difference.ts';
import vectors from '../testing/vectors.json' with { type: 'json' };
import { phaseOf } from './curriculum.ts';
import { keepVaried, sampleDynamically } from './dynamic-sampling.ts';
import { drawStratified, passAtK, passRateBin } from './pass-at-k.ts';
import { SeededRandom } from './random.ts';
import { difficulty, difficultyWeights, drawByDifficulty, zeroAccuracy } from './retrospective.ts';
import { SamplingError } from './sampling-error.ts';

describe('passAtK', () => {
  it.each(vectors.pass_at_k.cases)('meets the vector n $n, c $c, k $k', (vector) => {
    const rate = passAtK({ answers: vector.n, correct: vector.c, k: vector.k });
    expect(rate).toBeCloseTo(vector.expected, 9);
    expect(passRateBin(rate, 5)).toBe(vector.bin_of_5);
  });

  it('lies in [0, 1] and grows with the right answers, for numbers whose binomials overflow too', () => {
    assert(
      property(integer({ min: 1, max: 5000 }), integer({ min: 1, max: 100 }), (answers, percent) => {
        const k = Math.max(1, Math.floor((answers * percent) / 100));
        let last = 0;
        for (const correct of [0, Math.floor(answers / 3), answers]) {
          const rate = passAtK({ answers, correct, k });
          expect(rate).toBeGreaterThanOrEqual(last);
          expect(rate).toBeLessThanOrEqual(1);
          last = rate;
        }
        expect(last).toBe(1);
      }),
    );
  });

  it('refuses more right answers than answers, and more draws than answers', () => {
    expect(() => passAtK({ answers: 4, correct: 5, k: 1 })).toThrow(SamplingError);
    expect(() => passAtK({ answers: 4, correct: 1, k: 5 })).toThrow('pass@5 of 4 answers');
  });
});

describe('drawStratified', () => {
  const rates = [0, 0, 0, 0, 0, 0, 0.5, 0.5, 1];
  const examples = rates.map((rate, id) => ({ id, rate }));
  const draw = (count: number, seed = 1) =>
    drawStratified({
      examples,
      passRate: ({ rate }) => rate,
      bins: 3,
      count,
      random: new SeededRandom(seed),
    });

  it('draws equally from each bin, and more from the others where one is short', () => {
    const counts = (count: number) =>
      [0, 0.5, 1].map((rate) => draw(count).filter((example) => example.rate === rate).length);
    expect(counts(3)).toEqual([1, 1, 1]);
    expect(counts(6)).toEqual([3, 2, 1]);
    expect(counts(99)).toEqual([6, 2, 1]);
  });

  it('repeats no example, and is the same for the same seed', () => {
    expect(new Set(draw(6)).size).toBe(6);
    expect(draw(6, 4)).toEqual(draw(6, 4));
    expect(draw(6, 4)).not.toEqual(draw(6, 5));
  });

  it('refuses a rate outside [0, 1]', () => {
    const input = { examples: [8], passRate: (rate: number) => rate, bins: 2, count: 1 };
    expect(() => drawStratified({ ...input, random: new SeededRandom(1) })).toThrow('A pass rate is 8');
  });
});

describe('phaseOf', () => {
  const curriculum = vectors.curriculum_and_retrospective;

  it.each(curriculum.phase_cases)('puts $length tokens into phase $expected_phase', (vector) => {
    expect(phaseOf(vector.length, vector.bounds)).toBe(vector.expected_phase);
  });

  it('refuses bounds that do not ascend', () => {
    expect(() => phaseOf(1, [60_000, 20_000])).toThrow(SamplingError);
    expect(() => phaseOf(1, [])).toThrow(SamplingError);
  });
});

describe('retrospective sampling', () => {
  const curriculum = vectors.curriculum_and_retrospective;

  it.each(curriculum.difficulty_cases)('meets the vector $rewards', (vector) => {
    expect(difficulty(vector.rewards)).toBe(vector.expected_diff ?? Infinity);
    const carriedOver = zeroAccuracy([vector], ({ rewards }) => rewards).length === 1;
    expect(carriedOver).toBe(vector.expected_carried_over_as_run);
  });

  it('weighs by difficulty, with a floor that defaults to 1/(2G)', () => {
    const { rewards, floor, expected_diff, expected_weights } = curriculum.weights_with_floor;
    expect(
      largestDifference(
        rewards.map((group) => difficulty(group, floor)),
        expected_diff,
      ),
    ).toBeLessThan(1e-9);
    expect(largestDifference(difficultyWeights(rewards, floor), expected_weights)).toBeLessThan(1e-9);
    expect(largestDifference(difficultyWeights(rewards), expected_weights)).toBeLessThan(1e-9);
  });

  it('draws hard examples more often, by their weights', () => {
    const random = new SeededRandom(7);
    const examples = [
      [0, 0],
      [1, 0],
      [1, 1],
    ];
    // With the floor 1/4 the difficulties are 4, 2 and 1.
    const draws = Array.from({ length: 7000 }, () =>
      drawByDifficulty({ examples, rewards: (rewards) => rewards, count: 1, random }),
    ).flat();
    const shares = examples.map((example) => draws.filter((drawn) => drawn === example).length / 7000);
    expect(largestDifference(shares, [4 / 7, 2 / 7, 1 / 7])).toBeLessThan(0.02);
  });

  it('draws without repetition', () => {
    const examples = [[0], [1], [0], [1]];
    const input = { examples, rewards: (rewards: number[]) => rewards, random: new SeededRandom(3) };
    expect(new Set(drawByDifficulty({ ...input, count: 9 }))).toEqual(new Set(examples));
    expect(drawByDifficulty({ ...input, count: 2 })).toHaveLength(2);
  });

  it('refuses rewards without a difficulty', () => {
    expect(() => difficulty([])).toThrow(SamplingError);
    expect(() => difficulty([-1])).toThrow(SamplingError);
  });
});

describe('dynamic sampling', () => {
  const groupsOf = (groups: readonly { uid: string; metric: readonly number[] }[]) =>
    groups.map(({ uid, metric }) => ({
      promptId: uid,
      rollouts: metric.map((value) => ({ accuracy: value, reward: value })),
    }));
  const idsOf = (groups: readonly { promptId: string }[]) => groups.map(({ promptId }) => promptId);

  for (const vector of vectors.dynamic_sampling.cases) {
    it(`meets the vector ${vector.name}`, async () => {
      const groups = groupsOf(vector.groups);
      expect(idsOf(keepVaried(groups))).toEqual(vector.expected_kept);
      const sampled = sampleDynamically({
        generate: (attempt) => Promise.resolve(attempt === 1 ? groups : []),
        promptsPerBatch: vector.train_batch_size_prompts,
        maximumGenerationBatches: 3,
      });
      const outcome = await sampled.then(({ groups }) => idsOf(groups), String);
      const refusal = `SamplingError: Only ${vector.expected_kept.length} of ${groups.length} groups`;
      const isRefused = typeof outcome === 'string' && outcome.startsWith(refusal);
      expect(isRefused ? refusal : outcome).toEqual(vector.expected_enough ? vector.expected_used : refusal);
    });
  }

  it('drops a group of right answers that differ in length only, unless told to go by reward', () => {
    const rollouts = [
      { accuracy: 1, reward: 1 },
      { accuracy: 1, reward: 0.6 },
    ];
    const groups = [{ promptId: 'a', rollouts }];
    expect(keepVaried(groups)).toEqual([]);
    expect(keepVaried(groups, 'reward')).toEqual(groups);
  });

  it('uses the first groups that vary, over as many generation batches as that takes', async () => {
    const batch = array(record({ varies: boolean() }), { minLength: 1, maxLength: 5 });
    await assert(
      asyncProperty(
        array(batch, { minLength: 1, maxLength: 6 }),
        integer({ min: 1, max: 4 }),
        async (batches, wanted) => {
          const groups = batches.map((groups, attempt) =>
            groups.map(({ varies }, index) => ({
              promptId: `${attempt}.${index}`,
              rollouts: [
                { accuracy: 0, reward: 0 },
                { accuracy: varies ? 1 : 0, reward: 0 },
              ],
            })),
          );
          const varied = idsOf(keepVaried(groups.flat()));
          const sampled = sampleDynamically({
            generate: (attempt) => Promise.resolve(groups[attempt - 1] ?? []),
            promptsPerBatch: wanted,
            maximumGenerationBatches: batches.length,
          });
          const outcome = await sampled.then(
            ({ groups }) => idsOf(groups),
            () => 'too few',
          );
          expect(outcome).toEqual(varied.length < wanted ? 'too few' : varied.slice(0, wanted));
        },
      ),
    );
  });
});
