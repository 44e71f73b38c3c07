import { describe, expect, it } from 'vitest';
import { answerOver } from './testing/answer.ts';
import { rowsOf } from './testing/domain-tables.ts';
import { testTable } from './testing/test-table.ts';

const horseColumns = [
  { name: 'stable', label: 'Stable', type: 'category' },
  { name: 'guide', label: 'Guide price', type: 'number', unit: 'EUR' },
  { name: 'closing', label: 'Closing', aliases: ['Sold for'], type: 'number', unit: 'EUR' },
  { name: 'foals', label: 'Foals', type: 'number' },
  { name: 'height', label: 'Height', type: 'number', unit: 'cm' },
] as const;

const horses = testTable({
  name: 'horses',
  key: 'name',
  nouns: ['horse'],
  columns: horseColumns,
  rows: rowsOf(
    ['name', ...horseColumns.map(({ name }) => name)],
    `
    Ajax   | Lindhof | 9000 | 4000 | 4 | 160
    Bella  | Lindhof | 2000 | 6000 | 1 | 150
    Cosima | Marsch  | 5000 | 10000 | 2 | 170
    `,
  ),
});

const kettleColumns = [
  { name: 'manufacturer', label: 'Manufacturer', type: 'category' },
  { name: 'model', label: 'Model', type: 'text' },
  { name: 'volume', label: 'Volume', type: 'number', unit: 'l' },
] as const;
const kettleRows = `
  Sheet 1 | Vesta  | KX-210 | 2
  Sheet 2 | Ignis  | KX-220 | 1
`;
const kettles = testTable({
  name: 'kettles',
  key: 'name',
  nouns: ['kettle'],
  columns: kettleColumns,
  rows: rowsOf(['name', ...kettleColumns.map(({ name }) => name)], kettleRows),
});
const unmadeColumns = [
  { name: 'finish', label: 'Finish', type: 'category' },
  { name: 'model', label: 'Model', type: 'text' },
  { name: 'volume', label: 'Volume', type: 'number', unit: 'l' },
] as const;
const unmadeKettles = testTable({
  name: 'kettles',
  key: 'name',
  nouns: ['kettle'],
  columns: unmadeColumns,
  rows: rowsOf(['name', ...unmadeColumns.map(({ name }) => name)], kettleRows),
});

const grantColumns = [
  { name: 'grant', label: 'Grant', type: 'number', unit: 'GBP' },
  { name: 'matched', label: 'Match funding', type: 'number', unit: 'GBP' },
  { name: 'town', label: 'Town', type: 'category' },
] as const;
const grants = testTable({
  name: 'grants',
  key: 'name',
  nouns: ['grant'],
  columns: grantColumns,
  rows: rowsOf(
    ['name', ...grantColumns.map(({ name }) => name)],
    `
    G1 | 100 | 900 | Ripon
    G2 | 300 | 100 | Selby
    `,
  ),
});

const truckColumns = [
  { name: 'haulier', label: 'Haulier', type: 'category' },
  { name: 'length', label: 'Length', type: 'number', unit: 'm' },
] as const;
const trucks = testTable({
  name: 'trucks',
  key: 'name',
  nouns: ['truck'],
  columns: truckColumns,
  rows: rowsOf(
    ['name', ...truckColumns.map(({ name }) => name)],
    `
    T1 | Berger Lines | 12
    T2 | Berger Lines | 16
    T3 | Otto Freight | 9
    `,
  ),
});

const refused = /understood|two ways/;

describe('money', () => {
  it('is what was paid in the end', () => {
    expect(answerOver(horses, 'What share of the money came from Lindhof?')).toEqual([50]);
    expect(answerOver(grants, 'What share of the money went to Ripon?')).toEqual([25]);
    expect(answerOver(grants, 'What share of the match funding went to Ripon?')).toEqual([90]);
  });

  it('is no guess where only guesses are known, nor one of several amounts', () => {
    expect(answerOver(horses, 'What share of the takings came from Lindhof?')).toMatch(refused);
  });

  it('is what the cheapest have least of', () => {
    expect(answerOver(horses, 'Which horse was the cheapest per foal?')).toEqual(['Ajax']);
    expect(answerOver(trucks, 'Which truck is the cheapest per metre of length?')).toMatch(refused);
  });
});

const stallColumns = [
  { name: 'asking_price_eur', label: 'asking_price_eur', type: 'number', unit: 'EUR' },
  { name: 'yearly_fee_eur', label: 'yearly_fee_eur', type: 'number', unit: 'EUR' },
] as const;
const stalls = testTable({
  name: 'stalls',
  key: 'name',
  nouns: ['stall'],
  columns: stallColumns,
  rows: rowsOf(
    ['name', ...stallColumns.map(({ name }) => name)],
    `
    Nord | 900 | 40
    Sued | 700 | 60
    `,
  ),
});

it('tells the price from fees in names of any form', () => {
  expect(answerOver(stalls, 'Which stall is the most expensive?')).toEqual(['Nord']);
});

it('takes no multiple for an amount', () => {
  expect(answerOver(horses, 'How many horses are over five times the money?')).toMatch(refused);
  expect(answerOver(horses, 'How many horses have a height of more than 155 cm?')).toEqual([2]);
});

describe('who makes something', () => {
  it.each(['Which company makes the KX-210?', 'Which company manufactures the KX-210?'])('%s', (question) => {
    expect(answerOver(kettles, question)).toEqual(['Vesta']);
    expect(answerOver(unmadeKettles, question)).toMatch(refused);
  });
});

describe('how many more rows', () => {
  it('counts them, whatever the verb may measure', () => {
    expect(answerOver(trucks, 'How many more trucks does Berger Lines run than Otto Freight?')).toEqual([1]);
    expect(answerOver(trucks, 'How many more lorries does Berger Lines run than Otto Freight?')).toMatch(
      refused,
    );
  });
});
