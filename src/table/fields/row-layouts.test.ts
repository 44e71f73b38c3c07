import { describe, expect, it } from 'vitest';
import { BuiltStore, read } from './testing/built-store.ts';

const sorts = ['rowing boat', 'cutter', 'ketch'];

/** Six lists of eight wrecks, each a section that says what sort of boat it was in one of two ways. */
async function tableOf(labels: readonly [string, string], both: boolean): Promise<unknown[]> {
  const store = await BuiltStore.build(
    Array.from({ length: 6 }, (_, list) => ({
      path: `list-${String(list)}.md`,
      title: `Wrecks, part ${String(list)}`,
      readings: Array.from({ length: 8 }, (_each, index) => {
        const number = list * 8 + index;
        const section = `Wreck ${String(number)}`;
        const sort = sorts[number % 3] ?? '';
        const own = number % 2 === 0 ? labels : labels.toReversed();
        return [
          read('Depth', 10 + number, { section }),
          read(own[0] ?? '', sort, { section }),
          ...(both ? [read(own[1] ?? '', sort, { section })] : []),
          read('Found by', `Diver ${String(number)}`, { section }),
        ];
      }).flat(),
    })),
  );
  return (
    await store.rows(
      'SELECT f.label, count(*)::INTEGER FROM store.cells c JOIN store.fields f ON f.field = c.field GROUP BY f.label ORDER BY f.label',
    )
  ).map((row) => row.map(String).join(' '));
}

describe('joinRowLayouts', () => {
  it('joins what some sections of a list call so and others otherwise', async () => {
    expect(await tableOf(['Type of boat', 'Boat kind'], false)).toEqual([
      'Depth 48',
      'Found by 48',
      'Type of boat 48',
    ]);
  });

  it('keeps apart what one section states both of', async () => {
    expect(await tableOf(['Type of boat', 'Boat kind'], true)).toHaveLength(4);
  });
});
