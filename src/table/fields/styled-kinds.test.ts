import { describe, expect, it } from 'vitest';
import { BuiltStore, date, quantity, read, type TestDocument } from './testing/built-store.ts';

const numbers = Array.from({ length: 24 }, (_, index) => index);
const pick = <Value>(values: readonly [Value, ...Value[]], index: number): Value =>
  values[(index * 7 + Math.floor(index / 5)) % values.length] ?? values[0];
const day = (index: number): string => `2021-0${1 + (index % 9)}-1${index % 10}`;

/** Cards of bridges, half of which an office filled in that has other words for everything. */
const bridge = (index: number): TestDocument => {
  const material = pick(['steel', 'masonry', 'timber', 'concrete'], index);
  const road = pick(['A12', 'B7', 'C31', 'A9', 'D4'], index);
  const [span, width, load] = [40 + ((index * 13) % 60), 6 + ((index * 3) % 9), 12 + ((index * 5) % 30)];
  const readings =
    index % 2 === 0
      ? [
          read('Inventory code', `BR-${1000 + index}`),
          read('Built of', material),
          read('Carries', road),
          read('Span', quantity(span, 'm')),
          read('Limit', quantity(load, 't')),
          read('Deck width', quantity(width * 100, 'cm')),
          read('Visited', date(day(index))),
          read('Next visit', date(day(index + 1))),
        ]
      : [
          read('Structure id', `BR-${1000 + index}`),
          read('Material', material),
          read('Road', road.toLowerCase()),
          read('Longest opening', quantity(span, 'm')),
          read('Permitted vehicle', quantity(load * 1000, 'kg')),
          read('Width of deck', quantity(width, 'm')),
          read('Painted', date(day(index))),
        ];
  return { path: `x${index % 2 === 0 ? 'q' : ''}${index}.md`, title: `Crossing ${index}`, readings };
};

describe('house styles', () => {
  it('makes one table of documents whose labels are all others, where their values match one to one', async () => {
    const store = await BuiltStore.build(numbers.map((index) => bridge(index)));
    expect(store.result.tables.map(({ rows }) => rows)).toEqual([24]);
    const fields = await store.rows('SELECT name, coverage FROM store.fields ORDER BY position');
    expect(fields).toEqual([
      ['inventory_code', 1],
      ['built_of', 1],
      ['carries', 1],
      ['longest_opening', 1],
      ['limit_', 1],
      ['deck_width', 1],
      // When one was visited and when another was painted are two things.
      ['painted', 0.5],
      ['visited', 0.5],
      ['next_visit', 0.5],
    ]);
  });

  it('leaves two kinds of documents apart that have fields of like sorts', async () => {
    const card = (index: number): TestDocument => ({
      path: `${index % 2 === 0 ? 'staff' : 'van'}-${index}.md`,
      title: `Card ${index}`,
      readings:
        index % 2 === 0
          ? [
              read('Staff number', 4000 + ((index * 37) % 900)),
              read('Department', pick(['Sales', 'Legal', 'Works'], index)),
              read('Hired', date(day(index))),
              read('Salary', quantity(30_000 + index * 700, 'USD')),
              read('Desk', 1 + ((index * 11) % 80)),
            ]
          : [
              read('Registration', 3000 + ((index * 53) % 2900)),
              read('Make', pick(['Velda', 'Corro', 'Tamm'], index)),
              read('Bought', date(day(index))),
              read('Mileage', quantity(30_000 + index * 5000, 'km')),
              read('Bay', 1 + ((index * 17) % 80)),
            ],
    });
    const store = await BuiltStore.build(numbers.map((index) => card(index)));
    expect(store.result.tables.map(({ rows }) => rows)).toEqual([12, 12]);
  });

  it('takes a text and its denial for the yes and no of the other style', async () => {
    const lamp = (index: number): TestDocument => ({
      path: `lamp-${index}.md`,
      title: `Lamp ${index}`,
      readings:
        index % 2 === 0
          ? [
              read('Height', quantity(3 + (index % 5), 'm')),
              read('Fitting', pick(['sodium', 'diode'], index)),
              read('Repair needed', index % 3 === 0),
            ]
          : [
              read('Column', quantity(3 + (index % 5), 'm')),
              read('Light source', pick(['sodium', 'diode'], index)),
              read('Repair', index % 3 === 0 ? 'Required' : 'Not required'),
            ],
    });
    const store = await BuiltStore.build(numbers.map((index) => lamp(index)));
    const cells = await store.rows(
      "SELECT field, type, count(*) FILTER (boolean)::INTEGER FROM cells WHERE field LIKE '%repair%' GROUP BY ALL",
    );
    expect(cells).toEqual([[expect.stringContaining('repair'), 'boolean', 8]]);
  });

  it('joins nothing of two sorts of things that one form describes', async () => {
    const animal = (index: number): TestDocument => ({
      path: `animal-${index}.md`,
      title: `Animal ${index}`,
      readings: [
        read('Weight', quantity(20 + ((index * 13) % 90), 'g')),
        read('Found in', pick(['marsh', 'scrub', 'forest'], index)),
        read('Diet', pick(['seeds', 'insects', 'roots', 'fish'], index)),
        read('Lifespan', quantity(3 + (index % 7), 'years')),
        ...(index % 2 === 0
          ? [read('Teats', 20 + (index % 9)), read('Litter', 2 + (index % 5))]
          : [read('Flocks', 20 + (index % 9)), read('Clutch', 2 + (index % 5))]),
      ],
    });
    const store = await BuiltStore.build(numbers.map((index) => animal(index)));
    const fields = await store.rows('SELECT name FROM store.fields WHERE coverage < 1 ORDER BY name');
    expect(fields.flat()).toEqual(['clutch', 'flocks', 'litter', 'teats']);
  });
});
