import { describe, expect, it } from 'vitest';
import { answerOver } from './testing/answer.ts';
import { testTable } from './testing/test-table.ts';

const days: readonly (readonly [string, string, number, string])[] = [
  ['2021-01-04', 'January', 3, 'A'],
  ['2021-01-09', 'January', 0, 'B'],
  ['2021-03-02', 'March', 7, 'A'],
  ['2021-03-11', 'March', 2, 'C'],
];

const table = testTable({
  name: 'catches',
  key: 'name',
  nouns: ['catch', 'record'],
  columns: [
    { name: 'boat', type: 'text', label: 'Boat' },
    { name: 'date', type: 'date', label: 'Date' },
    { name: 'month', type: 'category', label: 'Month' },
    { name: 'crabs', type: 'number', label: 'Crabs' },
    { name: 'hold_class', type: 'category', label: 'Hold class' },
  ],
  rows: days.map(([date, month, crabs, hold], index) => ({
    name: ['Ida', 'Uto', 'Ria', 'Eos'][index] ?? '',
    boat: ['Ida', 'Uto', 'Ria', 'Eos'][index] ?? '',
    date,
    month,
    crabs,
    hold_class: hold,
  })),
});

const answer = (question: string) => answerOver(table, question);

describe('readings that give the same answer are no ambiguity', () => {
  it.each([
    ['total crabs in March', [9]],
    ['How many catches have hold class A?', [2]],
  ])('%s', (question, expected) => {
    expect(answer(question)).toEqual(expected);
  });
});
