import { describe, expect, it } from 'vitest';
import { BuiltStore, quantity, read, type TestDocument } from './testing/built-store.ts';

const rated = (label: string, codes: readonly string[]): TestDocument[] =>
  codes.map((code, index) => ({
    path: `${index}.md`,
    title: `Winch ${index}`,
    text: `${label}: ${code}`,
    readings: [
      read('Maker', `Firm ${index}`),
      read(
        label,
        code.endsWith('A') ? quantity(Number(code.charAt(0)), 'A') : code.endsWith('B') ? 1e9 : code,
        { valueStart: label.length + 2, valueEnd: label.length + 2 + code.length },
      ),
    ],
  }));

describe('settleLevelCodes', () => {
  it('takes codes of a digit and a letter for codes where one label states several sorts', async () => {
    const store = await BuiltStore.build(rated('Hoist class', ['1A', '1B', '2C', '1A']));
    expect(
      await store.rows("SELECT DISTINCT text FROM cells WHERE field = 'hoist_class' ORDER BY text"),
    ).toEqual([['1A'], ['1B'], ['2C']]);
  });

  it('leaves currents what they are', async () => {
    const store = await BuiltStore.build(rated('Fuse', ['1A', '2A', '3A', '5A']));
    expect(await store.rows("SELECT DISTINCT unit FROM cells WHERE field = 'fuse'")).toEqual([['A']]);
  });
});
