import { array, assert, asyncProperty, double, integer, nat, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget, type Spending } from './budget.ts';

const { signal } = new AbortController();
const spending = (tokens: number, usd = 0): Spending => ({ inputTokens: tokens, outputTokens: 0, usd });

describe('Budget', () => {
  it('never lets spending exceed a cap, whatever the order in which calls end', async () => {
    const call = record({
      worst: integer({ min: 1, max: 60 }),
      share: double({ min: 0, max: 1, noNaN: true }),
      ticks: nat(6),
    });
    await assert(
      asyncProperty(array(call, { maxLength: 40 }), integer({ min: 1, max: 200 }), async (calls, cap) => {
        const budget = new Budget({ maximumTokens: cap, maximumUsd: cap / 100 });
        let refused = 0;
        const run = async ({ worst, share, ticks }: (typeof calls)[number]): Promise<void> => {
          const reservation = await budget.reserve(spending(worst, worst / 100), signal);
          for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
          const actual = Math.floor(worst * share);
          reservation.settle(spending(actual, actual / 100));
        };
        await Promise.all(calls.map((each) => run(each).catch(() => (refused += 1))));
        expect(budget.spent.inputTokens).toBeLessThanOrEqual(cap);
        expect(budget.spent.calls + refused).toBe(calls.length);
      }),
    );
  });

  it('lets a call wait for what others may give back', async () => {
    const budget = new Budget({ maximumTokens: 100 });
    const first = await budget.reserve(spending(80), signal);
    const second = budget.reserve(spending(60), signal);
    first.settle(spending(10));
    (await second).settle(spending(60));
    expect(budget.spent.inputTokens).toBe(70);
  });

  it('refuses a waiting call when what is left cannot be enough', async () => {
    const budget = new Budget({ maximumTokens: 100 });
    const first = await budget.reserve(spending(80), signal);
    const second = budget.reserve(spending(60), signal);
    first.settle(spending(50));
    await expect(second).rejects.toMatchObject({ kind: 'over-budget' });
    const third = await budget.reserve(spending(50), signal);
    third.settle(null);
    expect(budget.spent).toMatchObject({ calls: 1, inputTokens: 50 });
  });

  it('names cap and remedy', async () => {
    const budget = new Budget({ maximumUsd: 0.01 });
    await expect(budget.reserve(spending(1, 0.02), signal)).rejects.toMatchObject({
      message: 'The next call could cost 0.0200 USD; 0.0000 of the 0.01 USD allowed are spent.',
      remedy: expect.stringContaining('--max-usd'),
    });
    await expect(budget.reserve({ ...spending(1), usd: null }, signal)).rejects.toMatchObject({
      remedy: expect.stringContaining('--prices'),
    });
  });

  it('lets those behind go on when a waiting call leaves', async () => {
    const budget = new Budget({ maximumTokens: 100 });
    const first = await budget.reserve(spending(50), signal);
    const controller = new AbortController();
    const large = budget.reserve(spending(90), controller.signal);
    const small = budget.reserve(spending(40), signal);
    controller.abort(new Error('enough'));
    await expect(large).rejects.toThrow('enough');
    (await small).settle(spending(40));
    first.settle(spending(50));
    expect(budget.spent.inputTokens).toBe(90);
  });
});
