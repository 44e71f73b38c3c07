import { testTable } from './test-table.ts';

const coasts = { Aldham: 'North', Brea: 'North', Corran: 'West', Dunsey: 'West', Elsworth: 'South' } as const;

/** Launch, station, weather, distance in km, duration in minutes, crew, persons saved, cost in GBP, day. */
const launches: readonly (readonly [
  string,
  keyof typeof coasts,
  string,
  number,
  number,
  number,
  number,
  number,
  string,
])[] = [
  ['L-01', 'Aldham', 'Calm', 4, 60, 5, 2, 400, '2019-03-02'],
  ['L-02', 'Aldham', 'Rough', 12, 150, 7, 1, 1900, '2019-07-15'],
  ['L-03', 'Aldham', 'Storm', 20, 310, 8, 6, 4200, '2020-11-03'],
  ['L-04', 'Brea', 'Calm', 3, 45, 4, 0, 350, '2020-01-20'],
  ['L-05', 'Brea', 'Rough', 9, 120, 6, 3, 1500, '2021-05-11'],
  ['L-06', 'Corran', 'Calm', 7, 80, 5, 4, 700, '2019-09-30'],
  ['L-07', 'Corran', 'Storm', 31, 400, 8, 2, 5100, '2021-12-08'],
  ['L-08', 'Corran', 'Rough', 15, 200, 6, 5, 2300, '2021-02-14'],
  ['L-09', 'Corran', 'Storm', 18, 260, 7, 1, 3600, '2022-10-27'],
  ['L-10', 'Dunsey', 'Calm', 2, 30, 4, 1, 300, '2022-06-05'],
  ['L-11', 'Dunsey', 'Rough', 11, 140, 6, 2, 1700, '2020-08-19'],
  ['L-12', 'Elsworth', 'Calm', 5, 55, 4, 3, 500, '2022-04-22'],
];

/** Launches of lifeboats, whose documents call them nothing but what they are given here. */
export const rescueTable = (name = 'records', nouns: readonly string[] = ['record', 'document']) =>
  testTable({
    name,
    key: 'name',
    nouns,
    columns: [
      { name: 'station', type: 'category', label: 'Station' },
      { name: 'coast', type: 'category', label: 'Coast' },
      { name: 'weather', type: 'category', label: 'Weather' },
      { name: 'distance', type: 'number', unit: 'km', label: 'Distance' },
      { name: 'duration', type: 'number', unit: 'min', label: 'Duration' },
      { name: 'crew', type: 'number', label: 'Crew' },
      { name: 'persons_saved', type: 'number', label: 'Persons saved' },
      { name: 'total_cost', type: 'number', unit: 'GBP', label: 'Total cost' },
      { name: 'launch_date', type: 'date', label: 'Launch date' },
    ],
    rows: launches.map(([launch, station, weather, distance, duration, crew, saved, cost, day]) => ({
      name: launch,
      station,
      coast: coasts[station],
      weather,
      distance,
      duration,
      crew,
      persons_saved: saved,
      total_cost: cost,
      launch_date: day,
    })),
  });
