import { describe, expect, it } from 'vitest';
import { parseQuestion } from '../parse-question.ts';
import { testTable } from '../testing/test-table.ts';

const dishes = testTable({
  name: 'dishes',
  key: 'number',
  nouns: ['dish', 'item'],
  columns: [
    { name: 'dish', type: 'text' },
    { name: 'price', type: 'number', unit: 'EUR' },
  ],
  rows: [
    { number: 'D-1', dish: 'Lentil soup', price: 6 },
    { number: 'D-2', dish: 'Fried rice', price: 9 },
    { number: 'D-3', dish: 'Lentil soup', price: 7 },
  ],
});

const shownFor = (question: string): unknown => {
  const parsed = parseQuestion({ question, catalog: dishes.catalog });
  return parsed.status === 'understood' && parsed.plan.output.kind === 'entities'
    ? parsed.plan.output.show.map(({ name }) => name)
    : parsed;
};

describe('withNamesAsked', () => {
  it('shows what the rows are called where they are named by identifiers', () => {
    expect(shownFor('Which dish has the highest price?')).toEqual(['dish']);
  });

  it('shows nothing more where the rows are asked for by another noun', () => {
    expect(shownFor('Which item has the highest price?')).toEqual([]);
  });
});
