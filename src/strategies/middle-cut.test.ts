import { expect, it } from 'vitest';
import { middleCut } from './middle-cut.ts';

// The published behaviour on token ids 0 … n-1.
it.each([
  [10, 4, [0, 1, 8, 9]],
  [10, 5, [0, 1, 7, 8, 9]],
  [6, 5, [0, 1, 3, 4, 5]],
  [7, 1, [6]],
  [9, 8, [0, 1, 2, 3, 5, 6, 7, 8]],
])('keeps the ids of %i tokens cut to %i', (length, maximum, expected) => {
  const ids = Array.from({ length }, (_, index) => index);
  const { head, tail } = middleCut(maximum);
  expect([...ids.slice(0, head), ...ids.slice(length - tail)]).toEqual(expected);
});
