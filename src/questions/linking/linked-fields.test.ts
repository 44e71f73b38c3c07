import { describe, expect, it } from 'vitest';
import { answerOver } from '../testing/answer.ts';
import { testTable } from '../testing/test-table.ts';

const bays = testTable({
  name: 'bays',
  key: 'name',
  nouns: ['bay'],
  columns: [
    { name: 'bay', type: 'text', label: 'Bay' },
    { name: 'coast', type: 'category', label: 'Coast' },
    { name: 'charted', type: 'number', label: 'charted' },
    { name: 'charters', type: 'number', label: 'charters' },
    { name: 'salinity_psu', type: 'number', label: 'Salinity' },
    { name: 'turbid', type: 'number', label: 'Turbidity (NTU)' },
    { name: 'surf_c', type: 'number', label: 'Surf °C', unit: '°C' },
    { name: 'wrecks_per_100k', type: 'number', label: 'Wrecks per 100k' },
    { name: 'percent_sandy_shore', type: 'percentage', label: '% sandy shore' },
    { name: 'mean_radius', type: 'number', label: 'Mean radius', unit: 'km' },
    { name: 'no_of_piers', type: 'number', label: 'No. of piers' },
    { name: 'moor', type: 'number', label: 'Moor.' },
    { name: 'quay', type: 'number', label: 'Quay', unit: 'TEU' },
    { name: 'pilots', type: 'list', label: 'Pilots' },
    { name: 'tongue', type: 'category', label: 'Language' },
  ],
  rows: [
    {
      name: 'Ard',
      bay: 'Ard',
      coast: 'South',
      charted: 1802,
      charters: 7,
      salinity_psu: 31,
      turbid: 4,
      surf_c: 14,
      wrecks_per_100k: 8,
      percent_sandy_shore: 40,
      mean_radius: 3,
      no_of_piers: 2,
      moor: 30,
      quay: 400,
      pilots: ['Bo', 'Ida'],
      tongue: 'Scots',
    },
    {
      name: 'Bel',
      bay: 'Bel',
      coast: 'South',
      charted: 1911,
      charters: 2,
      salinity_psu: 35,
      turbid: 9,
      surf_c: 19,
      wrecks_per_100k: 3,
      percent_sandy_shore: 75,
      mean_radius: 9,
      no_of_piers: 5,
      moor: 12,
      quay: 90,
      pilots: ['Bo'],
      tongue: 'Welsh',
    },
    {
      name: 'Cor',
      bay: 'Cor',
      coast: 'North',
      charted: 1850,
      charters: 4,
      salinity_psu: 33,
      turbid: 2,
      surf_c: 9,
      wrecks_per_100k: 12,
      percent_sandy_shore: 10,
      mean_radius: 5,
      no_of_piers: 1,
      moor: 55,
      quay: 250,
      pilots: ['Eve'],
      tongue: 'Scots',
    },
  ],
});

describe('fields that words mean', () => {
  it.each([
    ['How many bays were charted after 1840?', [2]],
    ['What is the most turbid bay?', [['Bel', 'Bel']]],
    ['Which bay has the highest temperature?', [['Bel', 'Bel']]],
    ['Which southern bay has the lowest rate of wrecks?', [['Bel', 'Bel']]],
    ['How many bays have more than 5 wrecks per 100,000 people?', [2]],
    ['Which is the largest bay?', [['Bel', 'Bel']]],
    ['How many bays have at least 20 moorings?', [2]],
    ['Which bay has the most piers?', [['Bel', 'Bel']]],
    ['What is the average radius of the two-pier bays?', [3]],
    [
      'Show the top two bays by TEU.',
      [
        ['Ard', 'Ard'],
        ['Cor', 'Cor'],
      ],
    ],
    ['Which bay was charted first?', [['Ard', 'Ard']]],
    ['How many bays are piloted in Scots?', [2]],
  ])('%s', (question, expected) => {
    expect(answerOver(bays, question)).toEqual(expected);
  });

  it.each([
    // A share of a thing is not the thing.
    'What is the shore of Ard?',
    'Which bay has the highest humidity?',
    // A word before the rows that nothing explains says which of them are meant.
    'Which eastern bay has the most piers?',
    'Which bay has the most unlit piers?',
  ])('refuses %s', (question) => {
    expect(answerOver(bays, question)).toEqual(expect.any(String));
  });
});
