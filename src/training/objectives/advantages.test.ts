import { array, assert, double, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectors from '../testing/vectors.json' with { type: 'json' };
import { largestDifference } from '../testing/largest-difference.ts';
import { aggregate } from './aggregation.ts';
import { groupAdvantages, turnAdvantages } from './grpo.ts';
import { ObjectiveInputError } from './rollout.ts';
import { taskSpecificAdvantages } from './task-specific-advantage.ts';

const anyRollouts = array(
  record({
    promptId: integer({ min: 0, max: 3 }).map((prompt) => `prompt ${prompt}`),
    task: integer({ min: 0, max: 1 }).map((task) => `task ${task}`),
    reward: double({ min: -1, max: 1, noNaN: true }),
  }),
  { minLength: 1, maxLength: 20 },
);

function sumsByPrompt(rollouts: readonly { promptId: string }[], advantages: readonly number[]): number[] {
  const groups = Map.groupBy(rollouts.keys(), (index) => rollouts[index]?.promptId);
  return [...groups.values()]
    .filter(({ length }) => length > 1)
    .map((members) => members.reduce((sum, index) => sum + (advantages[index] ?? 0), 0));
}

describe('groupAdvantages', () => {
  for (const { name, rewards, uids, ...expected } of vectors.grpo_group_advantage.cases) {
    const rollouts = rewards.map((reward, index) => ({ promptId: uids[index] ?? '', reward }));
    it(`meets the vector ${name}`, () => {
      expect(largestDifference(groupAdvantages(rollouts), expected.expected_verl)).toBeLessThan(1e-9);
      expect(
        largestDifference(groupAdvantages(rollouts, 'population'), expected.expected_population_std),
      ).toBeLessThan(1e-9);
      expect(largestDifference(groupAdvantages(rollouts, 'none'), expected.expected_no_std)).toBeLessThan(
        1e-9,
      );
    });
  }

  it('sums to 0 over each prompt, whatever the scale', () => {
    assert(
      property(anyRollouts, (rollouts) => {
        for (const scale of ['population', 'none'] as const) {
          for (const sum of sumsByPrompt(rollouts, groupAdvantages(rollouts, scale))) {
            expect(Math.abs(sum)).toBeLessThan(1e-6);
          }
        }
      }),
    );
  });

  it('is exactly 0 where all rewards are equal, whatever their rounding', () => {
    const rollouts = Array.from({ length: 3 }, () => ({ promptId: 'a', reward: 0.1 }));
    for (const advantage of groupAdvantages(rollouts)) expect(Math.abs(advantage)).toBeLessThan(1e-9);
  });

  it('does not change when rewards are shifted and scaled', () => {
    const rewards = [0, 1, 1, 0, 0.5];
    const original = groupAdvantages(rewards.map((reward) => ({ promptId: 'a', reward })));
    const moved = groupAdvantages(rewards.map((reward) => ({ promptId: 'a', reward: 4 * reward - 3 })));
    expect(largestDifference(moved, original)).toBeLessThan(1e-5);
  });

  it('names the rollout whose reward is no number', () => {
    const rollouts = [
      { promptId: 'a', reward: 1 },
      { promptId: 'a', reward: NaN },
    ];
    expect(() => groupAdvantages(rollouts)).toThrow(ObjectiveInputError);
    expect(() => groupAdvantages(rollouts)).toThrow('The reward of rollout 1 is NaN');
  });
});

describe('turnAdvantages', () => {
  for (const [index, vector] of vectors.memory_agent.trajectory_cases.entries()) {
    it(`gives every turn of a memory agent the advantage of its trajectory (vector ${index})`, () => {
      const trajectories = vector.rewards.map((reward) => ({ promptId: 'question', reward }));
      const advantages = groupAdvantages(trajectories, vector.divide_by_std ? 'sample' : 'none');
      expect(largestDifference(advantages, vector.expected_trajectory_advantage)).toBeLessThan(1e-9);
      const turns = vector.tokens_per_turn.map(({ length }) => length);
      const perTurn = turnAdvantages(advantages, turns);
      expect(largestDifference(perTurn, vector.expected_turn_advantages.flat())).toBeLessThan(1e-9);
      const tokens = vector.tokens_per_turn.flat();
      const objective = aggregate({
        values: tokens.map((length, turn) => new Float64Array(length).fill(perTurn[turn] ?? NaN)),
        mask: tokens.map((length) => new Uint8Array(length).fill(1)),
        aggregation: 'token-mean',
      });
      expect(objective).toBeCloseTo(vector.expected_objective_token_mean, 9);
    });
  }
});

describe('taskSpecificAdvantages', () => {
  for (const vector of vectors.task_specific_advantage.cases) {
    const rollouts = vector.rewards.map((reward, index) => ({
      promptId: vector.uids[index] ?? '',
      task: vector.tasks[index] ?? '',
      reward,
    }));
    it(`meets the vector ${vector.name}`, () => {
      expect(
        largestDifference(taskSpecificAdvantages(rollouts, { singleTask: 'released' }), vector.expected_task),
      ).toBeLessThan(1e-9);
      expect(
        largestDifference(taskSpecificAdvantages(rollouts, { scale: 'none' }), vector.expected_task_no_std),
      ).toBeLessThan(1e-9);
      expect(
        largestDifference(taskSpecificAdvantages(rollouts, { scale: 'batch' }), vector.compare_batch_std),
      ).toBeLessThan(1e-9);
      expect(largestDifference(groupAdvantages(rollouts), vector.compare_group_std)).toBeLessThan(1e-9);
    });
  }

  it('does not blow up the reward of a task with a single rollout', () => {
    const [advantage] = taskSpecificAdvantages([{ promptId: 'a', task: 'lonely', reward: 0.5 }]);
    expect(advantage).toBeCloseTo(0.5, 5);
  });

  it('sums to 0 over each prompt when a prompt has one task', () => {
    assert(
      property(anyRollouts, (rollouts) => {
        const taskOf = (promptId: string) => (promptId < 'prompt 2' ? 'one' : 'other');
        const tasks = rollouts.map((rollout) => ({ ...rollout, task: taskOf(rollout.promptId) }));
        const advantages = taskSpecificAdvantages(tasks);
        const largest = Math.max(1, ...advantages.map(Math.abs));
        for (const sum of sumsByPrompt(rollouts, advantages)) {
          expect(Math.abs(sum) / largest).toBeLessThan(1e-6);
        }
      }),
    );
  });
});
