import { describe, expect, it } from 'vitest';
import { answerOver } from '../testing/answer.ts';
import { rescueTable } from '../testing/rescue-table.ts';

const table = rescueTable('missions', ['mission', 'record']);

describe('words that the question itself explains', () => {
  it.each([
    ['Which mission was the grandest (highest total cost)?', ['L-07']],
    ['Which station is the thriftiest, i.e. has the lowest average total cost?', ['Elsworth']],
    ['Where was the pinch, i.e. which mission had the smallest crew per km of distance?', ['L-07']],
    ['Which mission kept the rescuers at it, that is, had the longest duration?', ['L-07']],
    ['What is the range of crew among missions from Corran (max minus min)?', [3]],
    ['How many missions went out in a blow (storm)?', [3]],
  ])('%s', (question, expected) => {
    expect(answerOver(table, question)).toEqual(expected);
  });

  it('takes what is denied for no part of what is explained', () => {
    expect(answerOver(table, 'How many missions went out without a blow (storm)?')).not.toEqual([3]);
  });
});

describe('rates', () => {
  it.each([
    ['Which station has the highest storm rate?', ['Corran']],
    ['Which coast has the smallest share of its missions in a storm?', ['South']],
    ['What was the storm rate of the missions from Corran?', [50]],
  ])('%s', (question, expected) => {
    expect(answerOver(table, question)).toEqual(expected);
  });
});
