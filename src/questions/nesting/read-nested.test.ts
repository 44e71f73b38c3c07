import { describe, expect, it } from 'vitest';
import { answerOver } from '../testing/answer.ts';
import { rescueTable } from '../testing/rescue-table.ts';

const table = rescueTable('missions', ['mission', 'record']);
const answer = (question: string) => answerOver(table, question);

describe('a question about rows that a phrase of its own chooses', () => {
  it.each([
    ['Among the five longest missions, which one had the smallest crew?', ['L-08']],
    ['Among the five longest missions, which cost the least?', ['L-02']],
    ['Of the four most expensive missions, how many were from Corran?', [3]],
    ['Which had the smallest crew among the five longest missions?', ['L-08']],
    ['Of the five missions with the highest total cost, what is the station of the shortest?', ['Aldham']],
    ['Of the five longest missions, what is the average crew?', [7.2]],
    ['Among the missions with exactly four crew, what share was calm?', [100]],
  ])('%s', (question, expected) => {
    expect(answer(question)).toEqual(expected);
  });
});

describe('a question about groups that a phrase of its own chooses', () => {
  it.each([
    ['Among stations with at least two missions here, which has the lowest average total cost?', ['Brea']],
    [
      'Taking the stations that at least three missions share, which one goes with the highest average crew?',
      ['Aldham'],
    ],
    [
      'Of the stations with three or more missions, which one has the highest share of missions in a storm?',
      ['Corran'],
    ],
  ])('%s', (question, expected) => {
    expect(answer(question)).toEqual(expected);
  });
});

describe('groups by how often their rows occur', () => {
  it('counts what was done so many times', () => {
    expect(answer('How many stations were summoned at least three times?')).toEqual([2]);
  });

  it('adds up what is called a total', () => {
    expect(answer('Which station ran up the greatest total cost?')).toEqual(['Corran']);
  });
});
