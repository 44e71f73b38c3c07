import { asked } from './domain-questions.ts';
import type { DomainQuestion } from './domain-questions.ts';
import { rowsOf } from './domain-tables.ts';
import { testTable, type TestTable } from './test-table.ts';

/** Tractors, whose categories people call by other words than the documents. */
export const tractors: TestTable = testTable({
  name: 'tractors',
  key: 'name',
  nouns: ['tractor'],
  columns: [
    { name: 'origin', label: 'Country of origin', type: 'category' },
    { name: 'class', label: 'Class', type: 'category' },
    { name: 'drive', label: 'Drive', type: 'category' },
    { name: 'cab', label: 'Cab', type: 'category' },
    { name: 'fuels', label: 'Fuels', type: 'list' },
    { name: 'electric', label: 'Electric', type: 'boolean' },
    { name: 'power', label: 'Power', type: 'number', unit: 'kW' },
    { name: 'first_sold', label: 'First sold', type: 'date' },
    { name: 'gear_evolution', label: 'Gear evolution', type: 'number' },
    { name: 'emission', label: 'Emission class', type: 'category' },
    { name: 'melting', label: 'Melting point of the grease', type: 'number', unit: '°C' },
    { name: 'mechanics', label: 'Mechanics (FTE)', type: 'number' },
    { name: 'rent', label: 'Rent', type: 'number', unit: 'USD/h' },
    { name: 'overhaul', label: 'last known overhaul', type: 'number' },
    { name: 'price', label: 'Price MSRP', type: 'number' },
    { name: 'season', label: 'Season of sale', type: 'category' },
    { name: 'lights', label: 'Lights', type: 'category' },
    { name: 'frame', label: 'Frame', type: 'category' },
    { name: 'ground', label: 'Test ground', type: 'category' },
    { name: 'noise', label: "Noise at the driver's ear", type: 'number', unit: 'dB' },
  ],
  rows: rowsOf(
    [
      'name',
      'origin',
      'class',
      'drive',
      'cab',
      'fuels',
      'electric',
      'power',
      'first_sold',
      'gear_evolution',
      'emission',
      'melting',
      'noise',
      'mechanics',
      'rent',
      'overhaul',
      'price',
      'season',
      'lights',
      'frame',
      'ground',
    ],
    `
    Amber | Indonesia     | Row crops | 4WD  | Closed | [Diesel; Biodiesel] | no  | 90  | 1998-03-02 | 3 | EU-2 | 190 | 80 | 1 | 15 | 1999 | 30 | Spring | Road & field | Wood | Mud
    Birch | United States | Row crops | 4WD  | None   | [Diesel]            | no  | 120 | 2001-06-11 | 4 | EU | 200 | 85 | 2 | 25 | 2002 | 50 | Spring | Road only | Steel | Sand
    Cedar | United States | Orchards  | Rear | Open   | [Diesel; Biodiesel] | no  | 45  | 2003-03-19 | 5 | EU-2 | 210 | 70 | 3 | 18 | 2011 | 10 | Autumn | Road & field | Steel | Mud
    Dahl  | Norway        | Orchards  | Rear | None   | [Electricity]       | yes | 60  | 2004-11-05 | 6 | Not tested | 220 | 60 | 4 | 30 | 2010 | 20 | Winter | Road only | Wood | Sand
    Elm   | Norway        | Gases     | 4WD  | Closed | [Methane]           | no  | 75  | 2005-06-30 | - | EU | 230 | 75 | 3 | 12 | - | 70 | Winter | Road only | Steel | Mud
    Fir   | Estonia       | Gases     | Rear | None   | [Electricity; Methane] | yes | 30 | 2007-01-15 | 2 | EU-2 | 240 | 65 | 1 | 9 | 2015 | 90 | Autumn | Road only | Steel | Sand
    `,
  ),
});

/** Questions whose conditions name values otherwise than the table does, by what is hard about them. */
export const valueQuestions: readonly {
  readonly phenomenon: string;
  readonly questions: readonly DomainQuestion[];
}[] = [
  {
    phenomenon: 'what is of a place',
    questions: [
      asked('Which Indonesian tractors have a closed cab?', 'Amber'),
      asked('How many American tractors are there?', 2),
      asked('How many tractors come from the USA?', 2),
      asked('What is the average power of the Estonian tractors?', 30),
      asked('How many non-Norwegian tractors have rear drive?', 2),
    ],
  },
  {
    phenomenon: 'not of a sort',
    questions: [
      asked('How many non-electric tractors are there?', 4),
      asked('How many tractors are non-electric?', 4),
    ],
  },
  {
    phenomenon: 'a value that says that there is none',
    questions: [
      asked('How many tractors have no cab?', 3),
      asked('Which tractors come without a cab?', 'Birch', 'Dahl', 'Fir'),
    ],
  },
  {
    phenomenon: 'first letters',
    questions: [asked('How many tractors have four-wheel drive?', 3)],
  },
  {
    phenomenon: 'items of lists',
    questions: [
      asked('How many tractors have methane as a fuel?', 2),
      asked('How many tractors have two fuels?', 3),
      asked('Which tractors have biodiesel among their fuels?', 'Amber', 'Cedar'),
    ],
  },
  {
    phenomenon: 'ranges with both ends',
    questions: [
      asked('How many tractors were first sold between 2001 and 2004, both years included?', 3),
      asked('How many tractors were first sold from 2001 to 2004 (both years counted)?', 3),
      asked('How many tractors have a power between 45 and 90 kW inclusive?', 4),
    ],
  },
  {
    phenomenon: 'one value and not another',
    questions: [
      asked('How many tractors are orchards rather than row crops?', 2),
      asked('How many tractors have the emission class EU-2?', 3),
      asked('How many tractors have EU-2 as their emission class?', 3),
    ],
  },
  {
    phenomenon: 'the form of the answer',
    questions: [
      asked('What is the average power of the American tractors, to the nearest kilowatt?', 82.5),
      asked('What is the average power of the Norwegian tractors (to one decimal place)?', 67.5),
      asked(
        'What share of the tractors is electric? Give a percentage of all tractors to two decimals.',
        33.3333,
      ),
    ],
  },
  {
    phenomenon: 'what is measured, by another word than its field',
    questions: [
      asked('At what temperature does the grease of Cedar melt?', 210),
      asked("Which tractor has the highest noise at the driver's ear?", 'Birch'),
      asked('What is the power of the tractor filed under Elm?', 75),
    ],
  },
  {
    phenomenon: 'a month of whatever year',
    questions: [
      asked('How many tractors were first sold in March?', 2),
      asked('Which tractors were first sold in June?', 'Birch', 'Elm'),
      asked('How many tractors were first sold in the month of March?', 2),
    ],
  },
  {
    phenomenon: 'the long form of an abbreviation, and a price for each',
    questions: [
      asked('What is the total of mechanics (full-time equivalents) of the American tractors?', 5),
      asked('Taken together, how many mechanics do the Norwegian tractors need?', 7),
      asked('How many tractors have a rent above $20 an hour?', 2),
    ],
  },
  {
    phenomenon: 'years told and not told',
    questions: [
      asked('How many tractors had their last overhaul in the years 2001 to 2010?', 2),
      asked('For how many tractors is the date of the last overhaul not known?', 1),
      asked('For how many tractors is no overhaul noted?', 1),
    ],
  },
  {
    phenomenon: 'abbreviations beside a noun, and values joined by a sign',
    questions: [
      asked('What was the average price of the tractors sold during spring, in dollars?', 40),
      asked('How many tractors have lights for both road and field?', 2),
    ],
  },
  {
    phenomenon: 'what is left aside',
    questions: [asked('Leaving the orchards aside, which tractor has the lowest power?', 'Fir')],
  },
  {
    phenomenon: 'what is said twice',
    questions: [
      asked(
        'How many tractors have an above-average power, that is, larger than the mean of all the sheets?',
        3,
      ),
    ],
  },
  {
    phenomenon: 'what is full of a thing, or made of it',
    questions: [
      asked('How many wooden tractors are there?', 2),
      asked('How many tractors were tested on a muddy ground?', 3),
    ],
  },
  {
    phenomenon: 'rows called by a value',
    questions: [asked('Which row crop has the highest power?', 'Birch')],
  },
];

/** Questions that name a value which no row has, or one that may mean two things. */
export const unknownValueQuestions: readonly string[] = [
  'How many public tractors are there?',
  'How many tractors have six-wheel drive?',
  'How many tractors have purple drive?',
  'How many tractors have three classes?',
];
