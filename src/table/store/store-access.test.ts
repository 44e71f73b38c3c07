import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { StoreAccess } from './store-access.ts';

describe('access to a store', () => {
  it('lets readers in together, and a writer alone, with all closed meanwhile', async () => {
    const access = StoreAccess.hold('/tmp/no-such-store/alone');
    const events: string[] = [];
    access.add({ close: () => void events.push('close'), reopen: async () => void events.push('reopen') });
    const read = (name: string): Promise<void> =>
      access.read(async () => {
        events.push(`${name} begins`);
        await delay(5);
        events.push(`${name} ends`);
      });
    const write = (name: string): Promise<void> => access.write(async () => void events.push(name));
    await Promise.all([read('a'), read('b'), write('first'), write('second'), read('c')]);
    expect(events).toEqual([
      'a begins',
      'b begins',
      'a ends',
      'b ends',
      'close',
      'first',
      'reopen',
      'close',
      'second',
      'reopen',
      'c begins',
      'c ends',
    ]);
  });

  it('opens readers anew, and lets others in, after a writer that failed', async () => {
    const access = StoreAccess.hold('/tmp/no-such-store/failing');
    let open = true;
    access.add({ close: () => void (open = false), reopen: async () => void (open = true) });
    await expect(access.write(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
    expect(open).toBe(true);
    expect(await access.read(() => Promise.resolve(1))).toBe(1);
  });

  it('is one for all that hold it at a time', () => {
    const file = '/tmp/no-such-store/x';
    const [first, second] = [StoreAccess.hold(file), StoreAccess.hold(file)];
    expect(second).toBe(first);
    first.release();
    expect(StoreAccess.hold(file)).toBe(second);
    second.release();
    second.release();
    expect(StoreAccess.hold(file)).not.toBe(first);
  });
});
