import { describe, expect, it } from 'vitest';
import { evaluatePlan } from './evaluate/evaluate-plan.ts';
import { parseQuestion } from './parse-question.ts';
import { testTable } from './testing/test-table.ts';

const built = testTable({
  name: 'ferry',
  key: 'name',
  nouns: ['ferry'],
  columns: [
    { name: 'overall_length', label: 'Overall length', type: 'number', unit: 'm' },
    { name: 'beam', label: 'Width at deck', type: 'number', unit: 'm' },
    { name: 'number_of_ramps', label: 'Number of ramps', type: 'number' },
    { name: 'longest_ramp', label: 'Longest ramp', type: 'number', unit: 'm' },
    { name: 'load_limit', label: 'Load limit', type: 'number', unit: 't' },
    { name: 'condition', label: 'Findings > Overall condition', type: 'number' },
    { name: 'maximum_output', label: 'Maximum output', type: 'number', unit: 'hp' },
  ],
  rows: [
    {
      name: 'Auk',
      overall_length: 80,
      beam: 11,
      number_of_ramps: 1,
      longest_ramp: 9,
      load_limit: 40,
      maximum_output: 900,
    },
    {
      name: 'Bittern',
      overall_length: 60,
      beam: 14,
      number_of_ramps: 3,
      longest_ramp: 5,
      load_limit: 0,
      maximum_output: 500,
    },
    {
      name: 'Curlew',
      overall_length: 40,
      beam: 8,
      number_of_ramps: 2,
      longest_ramp: 7,
      load_limit: 0,
      maximum_output: null,
    },
  ],
});
/** Documents write "none" where there is no limit. */
const table = {
  ...built.table,
  columns: built.table.columns.map((column) =>
    column.name === 'load_limit' ? { ...column, examples: ['40 t', 'none'] } : column,
  ),
};

const answer = (question: string): unknown => {
  const parsed = parseQuestion({ question, catalog: { tables: [table] } });
  return parsed.status === 'refused'
    ? 'refused'
    : evaluatePlan({ plan: parsed.plan, rows: built.rows, table });
};

describe('questions about ferries', () => {
  it.each([
    ['Which ferry has the longest ramp?', [['Auk']]],
    ['How many ferries have a load limit?', [[1]]],
    ['How many ferries carry a load limit?', [[1]]],
    ['Which ferries are narrower than 10 metres?', [['Curlew']]],
    ['What is the average horsepower of the ferries on file?', [[700]]],
    ['How many ferries give no figure for the maximum output?', [[1]]],
  ])('%s', (question, rows) => {
    expect(answer(question)).toEqual(rows);
  });

  it('passes over no word that says which', () => {
    expect(answer('How many ferries have a purple load limit?')).toBe('refused');
    expect(answer('How many ferries are in poor condition?')).toBe('refused');
  });
});
