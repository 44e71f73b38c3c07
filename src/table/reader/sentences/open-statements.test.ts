import { describe, expect, it } from 'vitest';
import { openRule } from './open-statements.ts';
import { readSentences } from './read-sentences.ts';

/** `label = value`, of the open statements alone. */
function open(text: string): string[] {
  return readSentences({ text, start: 0, end: text.length, section: [], title: null })
    .filter(({ rule }) => rule === openRule)
    .map(({ label, value, start, end, valueStart, valueEnd }) => {
      expect(start).toBeLessThanOrEqual(valueStart);
      expect(end).toBeGreaterThanOrEqual(valueEnd);
      const shown =
        value.type === 'number' || value.type === 'percentage' ? value.number : 'date' in value && value.date;
      return `${label.join(' ')} = ${shown}`;
    });
}

describe('readOpenStatements', () => {
  it.each([
    ['The damages sought amount to $2,700,000.00.', ['damages sought = 2700000']],
    ['The trial lasted 12 days.', ['trial lasted = 12']],
    ['The Court heard ten witnesses.', ['heard witnesses = 10']],
    ['The claim was filed on 8 February 2017.', ['claim filed = 2017-02-08']],
    ['I award damages of $725,440 after reduction.', ['award damages = 725440']],
    ['The average daily traffic is 13,620 vehicles.', ['average daily traffic = 13620']],
    ['It has an arch and a total length of 20.2 m.', ['total length = 20.2']],
    ['Iron Gate Bridge (no. 10-3) is a steel bridge in Ashford County built in 2007.', ['built = 2007']],
    ['After 24 weeks, 65.5% of participants on Zannivir responded.', ['participants responded = 65.5']],
    ['We took 64 minutes to reopen.', ['time to reopen = 64']],
    ['The road was closed for 5 h 30 min.', ['road closed duration = 5.5']],
    ['The storm was rated as category 3.', ['category = 3']],
    ['The crew finished third in the Northern Cup, with 41 points.', ['position = 3', 'points = 41']],
    ['The second crew won its league with 78 points.', ['won league points = 78']],
    ['Of those asked, 12.6% were convinced within 30 days.', ['convinced = 12.6']],
    ['The 58 Saurer D330 looms (116.0 kW installed) ran.', ['looms = 58', 'installed = 116']],
    ['The leak cost us 400 litres.', ['leak cost = 400']],
    ['At its last survey on 31 May 2021 the roof was sound.', ['last survey = 2021-05-31']],
    ['Made in New England in 1826, this bell rang.', ['made = 1826']],
    ['Costs, fixed at $56,500, go to the plaintiff.', ['costs = 56500']],
  ])('%s', (text, statements) => {
    expect(open(text)).toEqual(statements);
  });

  it.each([
    'The award would be $5 million.',
    'The claim was not filed on 8 February 2017.',
    'Revenue compared with $3 billion.',
    'He came in 1990.',
    'The find is registered as 1941.62.',
    '416 patients were not enrolled.',
  ])('leaves out what is no statement: %s', (text) => {
    expect(open(text)).toEqual([]);
  });
});
