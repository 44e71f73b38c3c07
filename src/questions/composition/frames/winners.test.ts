import { describe, expect, it } from 'vitest';
import { answerOver } from '../../testing/answer.ts';
import { rescueTable } from '../../testing/rescue-table.ts';

const table = rescueTable('missions', ['mission', 'record']);

describe('which of two has more', () => {
  it.each([
    ['Are the missions from Corran or those from Brea longer on average?', ['Corran']],
    [
      'Do missions from the North coast or those from the West coast have the higher mean total cost?',
      ['West'],
    ],
    ['Were the missions in a storm or the calm ones cheaper on average?', ['Calm']],
    ['Which has the better average crew: Storm or Calm?', ['Storm']],
    ['Going by the weather, which has the lower average distance: Rough or Storm?', ['Rough']],
    ['Does Corran or Brea have more missions?', ['Corran']],
    ['Was L-03 or L-05 longer?', ['L-03']],
  ])('%s', (question, expected) => {
    expect(answerOver(table, question)).toEqual(expected);
  });

  it.each([
    'Are the missions from Corran or those from Brea longer?',
    'Are the missions from Corran or those in a storm longer on average?',
  ])('is left open: %s', (question) => {
    expect(answerOver(table, question)).toEqual(expect.any(String));
  });
});
