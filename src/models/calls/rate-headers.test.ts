import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { retryAfterMilliseconds, statedLimits } from './rate-headers.ts';

beforeEach(() => vi.useFakeTimers({ now: Date.UTC(2025, 0, 1), toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

describe('retryAfterMilliseconds', () => {
  it.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '20', 'retry-after-ms': '120' }, 120],
    [{ 'retry-after': 'Wed, 01 Jan 2025 00:00:07 GMT' }, 7000],
    [{ 'retry-after': 'Tue, 31 Dec 2024 23:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('reads %j', (headers, milliseconds) => {
    expect(retryAfterMilliseconds(headers)).toBe(milliseconds);
  });
});

describe('statedLimits', () => {
  it("reads OpenAI's", () => {
    const headers = {
      'x-ratelimit-limit-requests': '500',
      'x-ratelimit-remaining-requests': '499',
      'x-ratelimit-reset-requests': '120ms',
      'x-ratelimit-limit-tokens': '30000',
      'x-ratelimit-remaining-tokens': '20000',
      'x-ratelimit-reset-tokens': '1m6.5s',
    };
    expect(statedLimits(headers)).toEqual({
      requests: { limit: 500, remaining: 499, resetMilliseconds: 120 },
      tokens: { limit: 30_000, remaining: 20_000, resetMilliseconds: 66_500 },
    });
  });

  it("reads Anthropic's, and leaves out what is not there", () => {
    const headers = {
      'anthropic-ratelimit-requests-limit': '50',
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': '2025-01-01T00:00:30Z',
      'anthropic-ratelimit-tokens-limit': '40000',
    };
    expect(statedLimits(headers)).toEqual({
      requests: { limit: 50, remaining: 0, resetMilliseconds: 30_000 },
      tokens: null,
    });
  });
});
