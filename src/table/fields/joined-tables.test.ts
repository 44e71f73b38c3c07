import { describe, expect, it } from 'vitest';
import { BuiltStore, quantity, read, type TestDocument, type TestReading } from './testing/built-store.ts';

const names = ['Brook', 'Cliff', 'Dale', 'Elm', 'Ford', 'Glen'].map((word) => `${word} Station`);

const row = (name: string, label: string, value: number, rest: Partial<TestReading> = {}): TestReading =>
  read(label, quantity(value), { entity: name, section: 'Traffic', ...rest });

const record = (
  file: string,
  [name = '', ...cells]: readonly (string | readonly [string, number])[],
  index: number,
): TestDocument => ({
  path: file,
  format: 'csv',
  fragment: `row=${index + 1}`,
  title: String(name),
  readings: [
    read('Station', String(name)),
    ...cells.flatMap((cell) => (typeof cell === 'string' ? [] : [read(cell[0], cell[1])])),
  ],
});

describe('tables about the same things', () => {
  it('are one, in texts and in files of records, with a period for each year', async () => {
    const yearbook: TestDocument = {
      path: 'yearbook-2022.md',
      title: 'Yearbook 2022',
      readings: [
        ...names.flatMap((name, index) => [
          row(name, 'Passengers', 1000 + index, { period: '2022' }),
          row(name, 'Platforms', index + 1, { period: '2022' }),
        ]),
        row('Network', 'Passengers', 6015, { period: '2022' }),
        row('Network', 'Platforms', 21, { period: '2022' }),
        ...names.map((name, index) => row(name, 'Staff', 10 + index, { section: 'Staff', period: '2022' })),
      ],
    };
    const traffic = names.map((name, index) =>
      record('traffic_2023.csv', [name, ['Passengers', 3000 + index]], index),
    );
    const staff = names.map((name, index) =>
      record('staff_2023.csv', [name, ['Employees', 20 + index]], index),
    );
    const store = await BuiltStore.build([
      yearbook,
      ...traffic,
      record('traffic_2023.csv', ['All stations', ['Passengers', 18_015]], names.length),
      ...staff,
    ]);
    expect(
      await store.rows(
        'SELECT name, platforms, "passengers@2022", "passengers@2023", "employees@2022", "employees@2023" FROM stations LIMIT 2',
      ),
    ).toEqual([
      ['Brook Station', 1, 1000, 3000, 10, 20],
      ['Cliff Station', 2, 1001, 3001, 11, 21],
    ]);
    expect(await store.rows('SELECT count(*)::INTEGER FROM stations')).toEqual([[names.length]]);
  });

  it('stay apart where rows of one name are of several documents', async () => {
    const store = await BuiltStore.build(
      ['North', 'South', 'West', 'East'].map((shop, index) => ({
        path: `${shop}.md`,
        title: `Shop ${shop}`,
        readings: [
          read('Manager', `M${index}`),
          read('Opened', 1990 + index),
          ...names.flatMap((name, place) => [
            row(name, 'Sales', (place + 1) * (index + 7), { section: 'Counters' }),
            row(name, 'Clerks', place + index, { section: 'Counters' }),
          ]),
        ],
      })),
    );
    expect(store.result.tables.some(({ rows }) => rows === names.length)).toBe(false);
  });
});
