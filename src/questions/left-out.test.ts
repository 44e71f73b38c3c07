import { describe, expect, it } from 'vitest';
import { answerOver } from './testing/answer.ts';
import { testTable } from './testing/test-table.ts';

/** Tank, material, year built, volume, depth of rain water, whether it can be moved, weather when it was seen. */
const tanks: readonly (readonly [number, string, number, number, number, boolean, string])[] = [
  [1, 'steel', 1990, 40, 0, true, 'rain'],
  [2, 'steel', 1994, 60, 3, false, 'sun'],
  [3, 'concrete', 1994, 90, 0, false, 'snow'],
  [4, 'concrete', 2001, 70, 12, true, 'rain'],
  [5, 'plastic', 2001, 10, 0, true, 'sun'],
];

const table = testTable({
  name: 'tanks',
  key: 'name',
  nouns: ['tank', 'record'],
  columns: [
    { name: 'material', type: 'category', label: 'Material' },
    { name: 'year_built', type: 'number', label: 'Year built' },
    { name: 'volume', type: 'number', unit: 'cu m', label: 'Volume' },
    { name: 'rain', type: 'number', unit: 'mm', label: 'Rain mm' },
    { name: 'movable', type: 'boolean', label: 'Movable' },
    { name: 'weather', type: 'category', label: 'Weather' },
    { name: 'fittings', type: 'list', label: 'Fittings' },
  ],
  rows: tanks.map(([tank, material, built, volume, rain, movable, weather]) => ({
    name: `Tank ${tank}`,
    material,
    year_built: built,
    volume,
    rain,
    movable,
    weather,
    fittings: [['lid', 'pump'], ['lid'], [], ['pump', 'lid'], ['pump']][tank - 1] ?? [],
  })),
});

const answer = (question: string) => answerOver(table, question);

describe('what says something is not left out', () => {
  it.each([
    'How many tanks were leaking?',
    'List the steel tanks that can be welded.',
    'How many leaking tanks are made of steel?',
    'How many tanks burst and were patched in 1994?',
    'Give the number of tanks for each kind of tank.',
    'Of the tanks we own, which has the largest volume?',
    'How many tanks were built last year?',
    'How many tanks were closed in 1994?',
    'When did Tank 3 close?',
  ])('refuses %s', (question) => {
    expect(answer(question)).toBeTypeOf('string');
  });

  it.each([
    ['How many tanks are made of steel?', [2]],
    ['How many of the tanks had no rain at all?', [3]],
    ['What share of the tanks is made of steel?', [40]],
    ['How many tanks are there?', [5]],
    ['List the tanks that can be moved.', ['Tank 1', 'Tank 4', 'Tank 5']],
    ['How many tanks with both a lid and a pump are there?', [2]],
    ['How many tanks have a lid or a pump?', [4]],
  ])('answers %s', (question, expected) => {
    expect(answer(question)).toEqual(expected);
  });
});
