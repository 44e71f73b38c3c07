import { afterEach, describe, expect, it } from 'vitest';
import { WorkerPool, WorkerTaskError, type WorkerPoolOptions } from './worker-pool.ts';

const module = new URL('./testing/worker-task.ts', import.meta.url);
const pools: WorkerPool<unknown, number, number>[] = [];

function poolWith(options: Omit<WorkerPoolOptions, 'module'>): WorkerPool<unknown, number, number> {
  const pool = new WorkerPool<unknown, number, number>({ module, ...options });
  pools.push(pool);
  return pool;
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

describe('WorkerPool', () => {
  it('runs more tasks than it has threads', async () => {
    const pool = poolWith({ size: 2 });
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    const results = await Promise.all(numbers.map((number) => pool.run({ kind: 'double', number })));
    expect(results).toEqual(numbers.map((number) => number * 2));
  });

  it('hands parts over in order before the result', async () => {
    const pool = poolWith({ size: 1 });
    const parts: number[] = [];
    const result = await pool.run({ kind: 'parts', count: 5 }, { onPart: (part) => void parts.push(part) });
    expect(result).toBe(5);
    expect(parts).toEqual([0, 1, 2, 3, 4]);
  });

  it('holds a task back until its caller took the part', async () => {
    const pool = poolWith({ size: 1 });
    let untaken = 0;
    let most = 0;
    await pool.run(
      { kind: 'parts', count: 10 },
      {
        onPart: async () => {
          untaken += 1;
          most = Math.max(most, untaken);
          await new Promise((resolve) => setImmediate(resolve));
          untaken -= 1;
        },
      },
    );
    expect(most).toBe(1);
  });

  it('does not count the time a caller takes against the task', async () => {
    const pool = poolWith({ size: 1, timeoutMilliseconds: 1500 });
    await pool.run({ kind: 'double', number: 1 });
    const result = await pool.run(
      { kind: 'parts', count: 1 },
      { onPart: () => new Promise((resolve) => setTimeout(resolve, 1600)) },
    );
    expect(result).toBe(1);
  });

  it('rejects with the error that a task throws, and keeps the thread', async () => {
    const pool = poolWith({ size: 1 });
    const error = await pool.run({ kind: 'throw' }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(WorkerTaskError);
    expect(error).toMatchObject({
      failure: 'failed',
      message: 'thrown on purpose',
      cause: { name: 'TypeError' },
    });
    expect(await pool.run({ kind: 'double', number: 4 })).toBe(8);
  });

  it.each([
    ['exit', 'crashed', /exit code 7/],
    ['uncaught', 'crashed', /uncaught on purpose/],
    ['fillMemory', 'out of memory', /memory/],
    ['hang', 'timeout', /longer than 1 s/],
  ])('replaces a thread whose task does: %s', async (kind, failure, message) => {
    const pool = poolWith({
      size: 1,
      resourceLimits: { maxOldGenerationSizeMb: 64 },
      ...(kind === 'hang' && { timeoutMilliseconds: 1000 }),
    });
    const failing = pool.run({ kind }).catch((caught: unknown) => caught);
    const next = pool.run({ kind: 'double', number: 21 });
    expect(await failing).toMatchObject({ name: 'WorkerTaskError', failure });
    expect(await failing).toHaveProperty('message', expect.stringMatching(message));
    expect(await next).toBe(42);
  });

  it('rejects with the caller’s error when a part cannot be taken', async () => {
    const pool = poolWith({ size: 1 });
    const task = pool.run(
      { kind: 'parts', count: 3 },
      { onPart: () => Promise.reject(new Error('the disk is full')) },
    );
    await expect(task).rejects.toThrow('the disk is full');
    expect(await pool.run({ kind: 'double', number: 1 })).toBe(2);
  });

  it('stops a task whose signal is aborted, waiting or at work', async () => {
    const pool = poolWith({ size: 1 });
    const controller = new AbortController();
    const working = pool.run({ kind: 'hang' }, { signal: controller.signal });
    const waiting = pool.run({ kind: 'double', number: 1 }, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(working).rejects.toThrow('enough');
    await expect(waiting).rejects.toThrow('enough');
    await expect(pool.run({ kind: 'hang' }, { signal: controller.signal })).rejects.toThrow('enough');
    expect(await pool.run({ kind: 'double', number: 3 })).toBe(6);
  });

  it('rejects what is not done when it is closed', async () => {
    const pool = poolWith({ size: 1 });
    const working = pool.run({ kind: 'hang' }).catch((error: unknown) => error);
    const waiting = pool.run({ kind: 'double', number: 1 }).catch((error: unknown) => error);
    await pool.close();
    expect(await working).toMatchObject({ failure: 'closed' });
    expect(await waiting).toMatchObject({ failure: 'closed' });
    await expect(pool.run({ kind: 'double', number: 1 })).rejects.toMatchObject({ failure: 'closed' });
  });

  it('names a task module that exports no function', async () => {
    const pool = new WorkerPool<number, number>({
      module: new URL('./document.ts', import.meta.url),
      size: 1,
    });
    await expect(pool.run(1)).rejects.toThrow(/must export a function/);
    await pool.close();
  });
});
