import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RateLimiter } from './rate-limiter.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['performance', 'Date'] }));
afterEach(() => vi.useRealTimers());

const { signal } = new AbortController();
const limits = (remaining: number): Record<string, string> => ({
  'x-ratelimit-limit-requests': '10',
  'x-ratelimit-remaining-requests': String(remaining),
  'x-ratelimit-reset-requests': '10s',
});

describe('RateLimiter', () => {
  it('lets everything pass while nothing is known', async () => {
    const limiter = new RateLimiter();
    for (let call = 1; call <= 1000; call += 1) {
      expect(await limiter.pass({ tokens: 10, signal })).toEqual({
        requestsTaken: call,
        tokensTaken: 10 * call,
      });
    }
  });

  it('holds calls back when the limit that was stated is used up', async () => {
    const limiter = new RateLimiter();
    const ticket = await limiter.pass({ tokens: 1, signal });
    limiter.learn(limits(2), ticket);
    await limiter.pass({ tokens: 1, signal });
    await limiter.pass({ tokens: 1, signal });
    const held = new AbortController();
    const third = limiter.pass({ tokens: 1, signal: held.signal });
    const outcome = await Promise.race([third, new Promise((resolve) => setTimeout(resolve, 50, 'held'))]);
    expect(outcome).toBe('held');
    held.abort(new Error('enough'));
    await expect(third).rejects.toThrow('enough');
  });

  it('refills as the server said', async () => {
    const limiter = new RateLimiter();
    const ticket = await limiter.pass({ tokens: 1, signal });
    // Nothing is left, and ten seconds fill all ten.
    limiter.learn(limits(0), ticket);
    vi.advanceTimersByTime(3_000);
    for (let call = 0; call < 3; call += 1) await limiter.pass({ tokens: 1, signal });
    const fourth = limiter.pass({ tokens: 1, signal: AbortSignal.timeout(30) });
    await expect(fourth).rejects.toThrow('timeout');
  });

  it('counts what was sent since the answer was', async () => {
    const limiter = new RateLimiter();
    const first = await limiter.pass({ tokens: 1, signal });
    for (let call = 0; call < 5; call += 1) await limiter.pass({ tokens: 1, signal });
    limiter.learn(limits(5), first);
    await expect(limiter.pass({ tokens: 1, signal: AbortSignal.timeout(30) })).rejects.toThrow('timeout');
  });

  it('holds everything back while the server asked to wait', async () => {
    const limiter = new RateLimiter();
    limiter.pause(60_000);
    await expect(limiter.pass({ tokens: 1, signal: AbortSignal.timeout(30) })).rejects.toThrow('timeout');
    vi.advanceTimersByTime(60_000);
    expect(await limiter.pass({ tokens: 1, signal })).toEqual({ requestsTaken: 1, tokensTaken: 1 });
  });
});
