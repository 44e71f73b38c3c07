import { describe, expect, it } from 'vitest';
import type { Value } from '../../evaluate/values.ts';
import { answerOver } from '../../testing/answer.ts';
import { rescueTable } from '../../testing/rescue-table.ts';

const table = rescueTable('missions', ['mission', 'record']);

const rounded = (value: Value | readonly Value[]): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(6)) : value;

const answer = (question: string): unknown => {
  const found = answerOver(table, question);
  return typeof found === 'string' ? found : found.map(rounded);
};

describe('how far apart two numbers lie', () => {
  it.each([
    [
      'What is the difference in average crew between missions from Aldham and missions from Corran?',
      [0.166667],
    ],
    [
      'What is the difference in average crew between missions from Corran and missions from Aldham?',
      [0.166667],
    ],
    [
      'What is the average crew of missions from Corran minus the average crew of missions from Aldham?',
      [-0.166667],
    ],
    ['How much more crew do missions from Corran have on average than missions from Aldham?', [-0.166667]],
    ['By how much does the average total cost of missions in a storm differ from that of calm ones?', [3850]],
    ['How much longer, in min, is L-07 than L-03?', [90]],
    ['By how many km does the longest mission from Corran beat the shortest one?', [24]],
  ])('%s', (question, expected) => {
    expect(answer(question)).toEqual(expected);
  });
});

describe('what rows are held against', () => {
  it.each([
    [
      'Which missions have a bigger crew than the average mission from Brea?',
      ['L-02', 'L-03', 'L-05', 'L-07', 'L-08', 'L-09', 'L-11'],
    ],
    ['How many missions have a bigger crew than the average mission of their own station?', [6]],
    ['How many storm missions cost more than the average storm?', [1]],
    ['How many missions from Corran have a duration above the Corran average?', [2]],
  ])('%s', (question, expected) => {
    expect(answer(question)).toEqual(expected);
  });
});

describe('shares of a sum, the part named first or last', () => {
  it.each([
    ['Corran accounts for what percentage of the total distance?', [51.8248]],
    ["What is Corran's share of the total distance?", [51.8248]],
    ['Of all the distance, what percentage was covered from Corran?', [51.8248]],
  ])('%s', (question, expected) => {
    expect(answer(question)).toEqual(expected);
  });
});

describe('rows counted by what they have', () => {
  const counts = [
    ['Aldham', 3],
    ['Brea', 2],
    ['Corran', 4],
    ['Dunsey', 2],
    ['Elsworth', 1],
  ];
  it.each([
    'Give me a count per station.',
    'Break down the missions by station: how many in each?',
    'Breakdown of missions by station',
    'Count by station',
  ])('%s', (question) => {
    const found = answerOver(table, question);
    expect(typeof found === 'string' ? found : found.toSorted()).toEqual(counts);
  });

  it('counts by small numbers, and adds none of them up', () => {
    expect(answerOver(table, 'Show the number of missions by crew.')).toContainEqual([4, 3]);
  });

  it('counts no rows for what is said to be a sort of them', () => {
    expect(answerOver(table, 'How many missions of each kind of mission were there?')).toEqual(
      expect.any(String),
    );
  });
});
