import { describe, expect, it } from 'vitest';
import { RepetitionWatch } from './repetition-watch.ts';

const doubtful = (chunks: readonly string[], outputTokens: number | null, countsEndToken = true): boolean => {
  const watch = new RepetitionWatch();
  for (const chunk of chunks) watch.see(chunk);
  return watch.isDoubtful({ outputTokens, countsEndToken });
};

describe('RepetitionWatch', () => {
  it('trusts a stream without repetition, whatever was counted', () => {
    expect(doubtful(['41', '60'], null)).toBe(false);
    expect(doubtful(['41', '60'], 1)).toBe(false);
  });

  it('trusts a model that repeats itself when the count of tokens says so', () => {
    expect(doubtful(['1', '0', '0', '0'], 5)).toBe(false);
  });

  it('doubts a chunk that the count leaves no room for', () => {
    // Sent were "1", "0" and the end: three tokens.
    expect(doubtful(['1', '0', '0'], 3)).toBe(true);
    expect(doubtful(['1', '0', '0'], null)).toBe(true);
    expect(doubtful(['1', '0', '0'], 3, false)).toBe(false);
    expect(doubtful(['1', '0', '0'], 2, false)).toBe(true);
  });

  it('doubts a long chunk that comes twice in any case', () => {
    expect(doubtful(['The revenue of Acme', 'The revenue of Acme'], 50)).toBe(true);
  });
});
