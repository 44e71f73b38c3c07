import { expect, it } from 'vitest';
import { answerOver } from '../../testing/answer.ts';
import { rescueTable } from '../../testing/rescue-table.ts';

const table = rescueTable('missions', ['mission', 'record']);

it('divides one sum by another where a rate is asked of many rows', () => {
  const answer = answerOver(
    table,
    'What is the total cost per km of distance across all missions from Corran?',
  );
  expect(answer).toEqual([11_700 / 71]);
});

it('ranks rows by the rate of each', () => {
  expect(answerOver(table, 'Which mission had the highest total cost per km of distance?')).toEqual(['L-03']);
});
