import { array, assert, asyncProperty, nat } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenRoom } from './token-room.ts';

describe('TokenRoom', () => {
  it('holds no more than it has room for, lets what is larger go alone, and lets all go in their order', async () => {
    await assert(
      asyncProperty(array(nat(25), { maxLength: 30 }), async (sizes) => {
        const room = new TokenRoom(10);
        const inside = new Set<number>();
        const begun: number[] = [];
        const work = sizes.map((tokens, index) =>
          room.hold(tokens, async () => {
            begun.push(index);
            inside.add(index);
            const held = [...inside].reduce((sum, each) => sum + (sizes[each] ?? 0), 0);
            expect(held <= 10 || [...inside].filter((each) => (sizes[each] ?? 0) > 0).length === 1).toBe(
              true,
            );
            await new Promise(setImmediate);
            inside.delete(index);
          }),
        );
        await Promise.all(work);
        expect(begun).toEqual(sizes.map((_, index) => index));
      }),
    );
  });

  it('makes room after a failure', async () => {
    const room = new TokenRoom(1);
    await expect(room.hold(1, () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    await expect(room.hold(1, () => Promise.resolve('next'))).resolves.toBe('next');
  });
});
