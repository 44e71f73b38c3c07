import { describe, expect, it } from 'vitest';
import { forEachConcurrently } from './for-each-concurrently.ts';

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

describe('forEachConcurrently', () => {
  it('runs so many at once, and takes no item before there is room for it', async () => {
    let taken = 0;
    let running = 0;
    let most = 0;
    async function* items(): AsyncGenerator<number> {
      for (; taken < 50; taken += 1) yield taken;
    }
    const done: number[] = [];
    await forEachConcurrently({
      items: items(),
      concurrency: 4,
      run: async (item) => {
        running += 1;
        most = Math.max(most, running);
        expect(taken - done.length).toBeLessThanOrEqual(4);
        await pause();
        running -= 1;
        done.push(item);
      },
    });
    expect(most).toBe(4);
    expect(done.toSorted((first, second) => first - second)).toEqual(
      Array.from({ length: 50 }, (_, index) => index),
    );
  });

  it('lets finish what is under way when one fails, and takes nothing more', async () => {
    const finished: number[] = [];
    const work = forEachConcurrently({
      items: Array.from({ length: 100 }, (_, index) => index),
      concurrency: 3,
      run: async (item) => {
        await pause();
        if (item === 4) throw new Error('the fifth failed');
        finished.push(item);
      },
    });
    await expect(work).rejects.toThrow('the fifth failed');
    expect(finished.length).toBeLessThan(10);
    expect(finished).toContain(3);
  });

  it('waits for what is under way when the source fails', async () => {
    let finished = false;
    function* items(): Generator<number> {
      yield 1;
      throw new Error('no more');
    }
    const run = async (): Promise<void> => {
      await pause();
      finished = true;
    };
    await expect(forEachConcurrently({ items: items(), concurrency: 2, run })).rejects.toThrow('no more');
    expect(finished).toBe(true);
  });
});
