import { expect, test } from 'vitest';
import { sparkline } from './sparkline.ts';

test('the lowest number is the lowest bar, the highest the highest', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 20)).toBe('▁▂▃▄▅▆▇█');
  expect(sparkline([5, 5], 20)).toBe('▁▁');
  expect(sparkline([], 20)).toBe('');
});

test('more numbers than columns are averaged', () => {
  expect(sparkline([0, 2, 10, 12], 2)).toBe('▁█');
});
