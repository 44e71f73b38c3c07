import { describe, expect, it } from 'vitest';
import { evaluatePlan } from './evaluate/evaluate-plan.ts';
import { measuredByVerb } from './language/measuring-verbs.ts';
import { parseQuestion } from './parse-question.ts';
import { rowsOf } from './testing/domain-tables.ts';
import { testTable } from './testing/test-table.ts';

const { catalog, rows, table } = testTable({
  name: 'avalanches',
  key: 'name',
  nouns: ['avalanche'],
  columns: [
    { name: 'fatalities', label: 'Fatalities', type: 'number' },
    { name: 'injuries', label: 'Injuries', type: 'number' },
    { name: 'duration', label: 'Duration', type: 'number', unit: 's' },
    { name: 'length', label: 'Length', type: 'number', unit: 'm' },
    { name: 'damage', label: 'Damage', type: 'number', unit: 'CHF' },
  ],
  rows: rowsOf(
    ['name', 'fatalities', 'injuries', 'duration', 'length', 'damage'],
    `
    Aroser   | 3  | 9 | 50 | 1200 | 200000
    Blatten  | 12 | 2 | 80 | 900  | 950000
    Corvatsch| 0  | 4 | 35 | 2100 | 10000
    `,
  ),
});

const ask = (question: string): unknown => {
  const parsed = parseQuestion({ question, catalog });
  if (parsed.status === 'refused') return `refused: ${parsed.reason}`;
  return evaluatePlan({ plan: parsed.plan, rows, table }).map((row) => row[0]);
};

describe('what a verb measures', () => {
  it.each([
    ['Which avalanche killed the most people?', ['Blatten']],
    ['Which avalanches killed more than two people?', ['Aroser', 'Blatten']],
    ['How many people did Aroser kill?', [3]],
    ['Which avalanche injured the fewest people?', ['Blatten']],
    ['Which avalanche was the deadliest?', ['Blatten']],
    ['Which avalanche was the costliest?', ['Blatten']],
  ])('%s', (question, answer) => {
    expect(ask(question)).toEqual(answer);
  });

  it('is not asked for where no field holds it', () => {
    expect(ask('Which avalanche employed the most people?')).toMatch(/^refused/);
  });

  it('is known for every form of the verb', () => {
    for (const word of ['kill', 'kills', 'killed', 'killing'])
      expect(measuredByVerb({ word, lemma: word })).toContain('deaths');
    expect(measuredByVerb({ word: 'carried', lemma: 'carried' })).toContain('capacity');
    expect(measuredByVerb({ word: 'drew', lemma: 'draw' })).toContain('power consumption');
    expect(measuredByVerb({ word: 'ponder', lemma: 'ponder' })).toEqual([]);
  });
});
