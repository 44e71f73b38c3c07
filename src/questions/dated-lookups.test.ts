import { describe, expect, it } from 'vitest';
import { evaluatePlan } from './evaluate/evaluate-plan.ts';
import { parseQuestion } from './parse-question.ts';
import { testTable } from './testing/test-table.ts';

const caves = testTable({
  name: 'cave',
  key: 'name',
  nouns: ['cave'],
  columns: [
    { name: 'discovered', label: 'Discovered', type: 'number' },
    { name: 'discovered_by', label: 'Discovered by', type: 'list' },
  ],
  rows: [
    { name: 'Lasket Hole', discovered: 1902, discovered_by: ['Ada Merriweather'] },
    { name: 'Moorgill Pot', discovered: 1931, discovered_by: ['Tom Sharrow'] },
  ],
});

describe('questions for when and who', () => {
  it.each([
    ['In what year was Lasket Hole discovered?', 1902],
    ['When was Moorgill Pot discovered?', 1931],
    ['Who discovered Moorgill Pot?', ['Tom Sharrow']],
  ])('%s', (question, value) => {
    const parsed = parseQuestion({ question, catalog: caves.catalog });
    if (parsed.status === 'refused') throw new Error(parsed.reason);
    expect(evaluatePlan({ plan: parsed.plan, rows: caves.rows, table: caves.table })).toEqual([[value]]);
  });
});
