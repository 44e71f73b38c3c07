import { expect, it } from 'vitest';
import { roundDecimal } from './write-answer.ts';

it.each([
  [2.675, '2.68'],
  [-2.675, '-2.68'],
  [1.005, '1.01'],
  [0.1 + 0.2, '0.30'],
  [19.873157894736853, '19.87'],
  [49.995, '50.00'],
  [-0.001, '0.00'],
  [1e-9, '0.00'],
  [5, '5'],
  [150_867_028, '150867028'],
  [1e21, '1000000000000000000000'],
  [1_234_567.891, '1234567.89'],
])('rounds %s half away from zero to %s', (value, expected) => {
  expect(roundDecimal(value, 2)).toBe(expected);
});
