import { describe, expect, it } from 'vitest';
import { ModelError } from '../model-error.ts';
import type { CallFailure } from './call-failure.ts';
import { defaultRetryPolicy, Retries } from './retry-policy.ts';

const error = new ModelError({ kind: 'unreachable', message: '', remedy: '' });
const failure = (kind: CallFailure['kind'], waitMilliseconds: number | null = null): CallFailure => ({
  kind,
  error,
  waitMilliseconds,
  mayCost: false,
});

describe('Retries', () => {
  it('waits within a limit that doubles, and gives up in the end', () => {
    const retries = new Retries(defaultRetryPolicy);
    const waits = Array.from({ length: 6 }, () => retries.after(failure('transient')));
    expect(waits.at(-1)).toBeNull();
    for (const [index, wait] of waits.slice(0, -1).entries()) {
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThan(500 * 2 ** index);
    }
  });

  it('does as the server asks', () => {
    const wait = new Retries(defaultRetryPolicy).after(failure('rate', 20_000));
    expect(wait).toBeGreaterThanOrEqual(20_000);
    expect(wait).toBeLessThanOrEqual(25_000);
  });

  it('is patient with a rate limit, but not without end', () => {
    const retries = new Retries(defaultRetryPolicy);
    for (let refusal = 0; refusal < 50; refusal += 1) {
      expect(retries.after(failure('rate', 1000))).not.toBeNull();
    }
    expect(retries.after(failure('rate', 3_600_000))).toBeNull();
  });

  it('does not try again what would fail again', () => {
    expect(new Retries(defaultRetryPolicy).after(failure('final'))).toBeNull();
  });
});
