import { describe, expect, it } from 'vitest';
import { BuiltStore, date, read } from './testing/built-store.ts';

describe('settleDates', () => {
  it('takes the order of days that only one order allows, with the time of the day or without', async () => {
    const moored = ['07/02/2031 05:25', '19/02/2031 21:05', '03/04/2031 11:40'];
    const store = await BuiltStore.build(
      moored.map((text, index) => ({
        path: `call-${String(index)}.txt`,
        title: `Ship ${String(index)}`,
        text,
        readings: [
          read('Moored', index === 1 ? date('2031-02-19') : text, { valueStart: 0, valueEnd: text.length }),
          read('Berth', `Quay ${String(index)}`),
        ],
      })),
    );
    const rows = await store.rows(
      "SELECT c.date FROM store.cells c JOIN store.fields f ON f.field = c.field WHERE f.label = 'Moored' ORDER BY c.date",
    );
    expect(rows.flat().map(String)).toEqual(['2031-02-07', '2031-02-19', '2031-04-03']);
  });
});
