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

const bulletins = (titles: readonly string[]): TestDocument[] =>
  titles.map((title, index) => ({
    path: `b${String(index + 1).padStart(2, '0')}.txt`,
    format: 'text',
    title,
    text: `${title}\n\nCatch: ${index} t. Boats: ${index * 2}.`,
    readings: [read('Catch', index), read('Boats', index * 2)],
  }));

describe('documents of which there is one a month', () => {
  it('are a row each, named by the month, however their titles word it', async () => {
    const store = await BuiltStore.build(
      bulletins(
        [2019, 2020].flatMap((year) => [
          `Herring landings, March ${year}`,
          `Herring landings, April ${year}`,
          `The fishery in brief: May ${year}`,
          `The fishery in brief: June ${year}`,
        ]),
      ),
      { corpusName: 'bulletins' },
    );
    expect(await store.rows('SELECT name, period::VARCHAR, catch FROM bulletins ORDER BY 2 LIMIT 5')).toEqual(
      [
        ['March 2019', '2019-03-01', 0],
        ['April 2019', '2019-04-01', 1],
        ['May 2019', '2019-05-01', 2],
        ['June 2019', '2019-06-01', 3],
        ['March 2020', '2020-03-01', 4],
      ],
    );
  });

  it('are not those whose titles say what happened in a month', async () => {
    const events = ['Wreck of the Alma', 'Fire at Oxbury', 'Strike of the dockers', 'Loss of the Brig'];
    const store = await BuiltStore.build(
      bulletins(
        [...events, ...events.map((event) => `${event} again`)].map((event, at) => `${event}, May 200${at}`),
      ),
      { corpusName: 'events' },
    );
    expect((await store.rows('SELECT name FROM events ORDER BY name LIMIT 1')).flat()).toEqual([
      'Fire at Oxbury again, May 2005',
    ]);
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
