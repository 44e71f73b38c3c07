import { describe, expect, it } from 'vitest';
import { largestDifference } from '../testing/largest-difference.ts';
import vectors from '../testing/vectors.json' with { type: 'json' };
import { overlongPenalty } from './overlong-penalty.ts';

describe('overlongPenalty', () => {
  it.each(vectors.overlong_penalty.cases)('meets the vector of limit $max_resp_len', (vector) => {
    const settings = { maximumTokens: vector.max_resp_len, bufferTokens: vector.buffer_len };
    const paper = vector.lengths.map((length) => overlongPenalty(length, settings));
    expect(largestDifference(paper, vector.expected_paper_eq7)).toBeLessThan(1e-9);
    const released = vector.lengths.map((length) =>
      overlongPenalty(length, { ...settings, rule: 'released', factor: vector.penalty_factor }),
    );
    expect(largestDifference(released, vector.expected_verl)).toBeLessThan(1e-9);
  });

  it('refuses a buffer that does not fit the limit', () => {
    expect(() => overlongPenalty(1, { maximumTokens: 100, bufferTokens: 0 })).toThrow('A buffer of 0 tokens');
    expect(() => overlongPenalty(1, { maximumTokens: 100, bufferTokens: 101 })).toThrow('a limit of 100');
  });
});
