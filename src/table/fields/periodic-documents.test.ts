import { describe, expect, it } from 'vitest';
import { statedPeriod } from './periodic-documents.ts';
import { BuiltStore, read, type TestDocument } from './testing/built-store.ts';

const months = ['April', 'May', 'June'];

function logs(titleOf: (weir: string, month: string) => string): TestDocument[] {
  return ['Lower Weir', 'Upper Weir', 'Mill Weir'].flatMap((weir, index) =>
    months.map((month, at): TestDocument => {
      const title = titleOf(weir, month);
      return {
        path: `${weir.toLowerCase().replace(' ', '-')}_2021-0${at + 4}.txt`,
        format: 'text',
        title,
        text: `${title}\n\nFish counted: ${index * 10 + at}`,
        readings: [read('Fish counted', index * 10 + at), read('Water level', at), read('Keeper', 'J. Roe')],
      };
    }),
  );
}

describe('documents by thing and period', () => {
  it('are a row each, with the thing and the period in columns', async () => {
    const store = await BuiltStore.build(
      logs((weir, month) =>
        weir === 'Mill Weir' ? `${month} 2021: the log of ${weir}` : `${weir} (Kent) - ${month} 2021`,
      ),
      { corpusName: 'logs' },
    );
    expect(
      await store.rows('SELECT entity, name, period::VARCHAR, fish_counted FROM logs ORDER BY 1 LIMIT 4'),
    ).toEqual([
      ['Lower Weir (2021-04)', 'Lower Weir', '2021-04-01', 0],
      ['Lower Weir (2021-05)', 'Lower Weir', '2021-05-01', 1],
      ['Lower Weir (2021-06)', 'Lower Weir', '2021-06-01', 2],
      ['Mill Weir (2021-04)', 'Mill Weir', '2021-04-01', 20],
    ]);
  });

  it('are one kind, whatever their layouts', async () => {
    const store = await BuiltStore.build(
      logs((weir, month) => `${weir} - ${month} 2021`).map((document, index) =>
        index % 3 === 0
          ? { ...document, readings: [read('Fang', 5), read('Pegel', 2), read('Wart', 'J. Roe')] }
          : document,
      ),
    );
    expect(store.result.tables.map(({ rows }) => rows)).toEqual([9]);
  });
});

describe('statedPeriod', () => {
  it.each([
    ['Log of May 2021', '2021-05', 'May 2021'],
    ['Log of 05/2021', '2021-05', '05/2021'],
    ['2021-22: the year of Oxbury', '2021/2022', '2021-22'],
    ['Oxbury in Q3 2021', '2021-Q3', 'Q3 2021'],
    ['Founded 1999, this is of 2021', '2021', '2021'],
    ['Log of May 2020', '2021-05', null],
  ])('finds in "%s" where %s is stated', (text, period, expected) => {
    const found = statedPeriod(text, period);
    expect(found === null ? null : text.slice(found.start, found.end)).toBe(expected);
  });
});
