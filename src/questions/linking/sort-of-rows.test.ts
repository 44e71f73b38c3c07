import { describe, expect, it } from 'vitest';
import { parseQuestion } from '../parse-question.ts';
import { testTable } from '../testing/test-table.ts';

const { catalog } = testTable({
  name: 'leaks',
  key: 'name',
  nouns: ['leak'],
  columns: [
    { name: 'type_of_leak', label: 'Type of leak', type: 'category' },
    { name: 'litres_lost', label: 'Litres lost', type: 'number' },
  ],
  rows: [
    { name: 'Mill Lane', type_of_leak: 'joint', litres_lost: 400 },
    { name: 'Quay Street', type_of_leak: 'burst', litres_lost: 9000 },
    { name: 'Chapel Row', type_of_leak: 'joint', litres_lost: 250 },
  ],
});

const outputOf = (question: string): unknown => {
  const parsed = parseQuestion({ question, catalog });
  return parsed.status === 'understood' ? parsed.plan.output.kind : parsed.status;
};

describe('a field that says of what sort the rows are', () => {
  it('is not meant by what the rows are called', () => {
    expect(outputOf('Which leak has the most litres lost?')).toBe('entities');
    expect(outputOf('Which two leaks had the highest litres lost?')).toBe('entities');
  });

  it('is meant by its name', () => {
    expect(outputOf('Which type of leak is most common?')).toBe('groups');
  });
});
