import { describe, expect, it } from 'vitest';
import { evaluatePlan } from '../evaluate/evaluate-plan.ts';
import { parseQuestion } from '../parse-question.ts';
import { testTable } from '../testing/test-table.ts';

const lodgings = testTable({
  name: 'census',
  key: 'name',
  nouns: ['census'],
  columns: [
    { name: 'kind', type: 'category' },
    { name: 'rooms', type: 'number' },
  ],
  rows: [
    { name: 'Elm End', kind: 'home', rooms: 4 },
    { name: 'Oak Row', kind: 'apartment', rooms: 2 },
    { name: 'Ash Hill', kind: 'apartment', rooms: 7 },
    { name: 'Fir Lane', kind: 'condo', rooms: 3 },
  ],
});

function answerTo(question: string): unknown {
  const parsed = parseQuestion({ question, catalog: lodgings.catalog });
  if (parsed.status === 'refused') return parsed.reason;
  return evaluatePlan({ plan: parsed.plan, rows: lodgings.rows, table: lodgings.table }).flat();
}

describe('isCommonName', () => {
  it('takes what all rows are called for all of them, though some have no narrower name', () => {
    expect(answerTo('Which home has the most rooms?')).toEqual(['Ash Hill']);
  });

  it('takes a narrower name for those that have it', () => {
    expect(answerTo('How many homes are apartments?')).toEqual([2]);
  });
});
