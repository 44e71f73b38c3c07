import { describe, expect, it } from 'vitest';
import { evaluatePlan } from '../evaluate/evaluate-plan.ts';
import { parseQuestion } from '../parse-question.ts';
import { rowsOf } from '../testing/domain-tables.ts';
import { testTable } from '../testing/test-table.ts';

const hotels = testTable({
  name: 'hotel',
  key: 'name',
  nouns: ['hotel'],
  columns: [
    { name: 'has_wi_fi', label: 'hasWiFi', type: 'boolean' },
    { name: 'has_fitness_center', label: 'hasFitnessCenter', type: 'boolean' },
    { name: 'position_latitude', label: 'position > latitude', type: 'number' },
    { name: 'distance_to_beach', label: 'Distance to beach', type: 'number', unit: 'km' },
  ],
  rows: rowsOf(
    ['name', 'has_wi_fi', 'has_fitness_center', 'position_latitude', 'distance_to_beach'],
    `
Alba | yes | no | 36.1 | 0.4
Brisa | yes | yes | 40.2 | 2.5
Coral | no | yes | -3.5 | 7
`,
  ),
});

function answerTo(question: string): unknown {
  const parsed = parseQuestion({ question, catalog: hotels.catalog });
  if (parsed.status === 'refused') throw new Error(`Refused: ${parsed.reason}`);
  return evaluatePlan({ plan: parsed.plan, rows: hotels.rows, table: hotels.table }).flat();
}

describe('names that the question spells otherwise', () => {
  it.each([
    ['How many hotels offer WiFi?', [2]],
    ['Which hotels have a fitness centre?', ['Brisa', 'Coral']],
    ['Which hotels have WiFi and a fitness center?', ['Brisa']],
    ['Which hotel is farthest from the beach?', ['Coral']],
    ['Which hotel lies furthest north?', ['Brisa']],
    ['Which is the southernmost hotel with WiFi?', ['Alba']],
    ['Which hotel is furthest from the beach?', ['Coral']],
  ])('%s', (question, answer) => {
    expect(answerTo(question)).toEqual(answer);
  });
});
