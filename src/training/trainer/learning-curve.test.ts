import { expect, test } from 'vitest';
import { drawLearningCurve } from './learning-curve.ts';
import type { MetricsRecord } from './metrics-log.ts';

const records: MetricsRecord[] = [
  { stage: 'sft', step: 0, steps: 2, evaluationReward: 0.125 },
  { stage: 'sft', step: 1, steps: 2, loss: 2 },
  { stage: 'sft', step: 2, steps: 2, loss: 1 },
  { stage: 'rl', step: 1, steps: 2, loss: 0, reward: 0.25 },
  { stage: 'rl', step: 2, steps: 2, loss: NaN, reward: 0.5, evaluationReward: 0.75 },
];

test('a curve shows rewards and losses of all stages, one after the other', () => {
  const picture = drawLearningCurve(records);
  expect(picture).toContain('reward of rollouts: 0.250 → 0.500');
  expect(picture).toContain('reward on held-out examples, greedily: 0.125 → 0.750');
  expect(picture).toContain('loss of each step: 2.000 → 0.000');
  expect(picture).toContain('step 4');
  // The second stage begins in the middle.
  expect(picture).toMatch(/<line x1="450" [^>]*stroke-dasharray[^>]*><text[^>]*>rl</);
  expect(picture).not.toMatch(/NaN|Infinity|undefined/);
});

test('the axis shows 0 for a loss that is nothing beside the others', () => {
  const picture = drawLearningCurve([...records, { stage: 'rl', step: 2, steps: 2, loss: -1e-9 }]);
  expect(picture).not.toMatch(/\de-\d|-0\.000/);
});

test('a chart that has nothing to show is left out, and no record is an empty picture', () => {
  expect(drawLearningCurve(records.slice(1, 3))).not.toContain('reward');
  expect(drawLearningCurve([])).toMatch(/^<svg [^]*<\/svg>\n$/);
});
