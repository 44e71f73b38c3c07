import { describe, expect, it } from 'vitest';
import { parseQuestion } from './parse-question.ts';
import type { QueryPlan } from './plan.ts';
import { cities } from './testing/city-table.ts';
import {
  comparisonWords,
  countComparisonWords,
  dateComparisonWords,
  figureComparisonWords,
  measureWords,
  orderWords,
  superlatives,
} from './vocabulary.ts';

function read(question: string): QueryPlan | string {
  const parsed = parseQuestion({ question, catalog: cities.catalog });
  return parsed.status === 'understood' ? parsed.plan : `${question}: ${parsed.reason}`;
}

/** Every wording with what it stands for. */
function wordings<Key extends string>(
  words: Readonly<Record<Key, readonly string[]>>,
): readonly (readonly [Key, string])[] {
  const keys = Object.keys(words) as Key[];
  return keys.flatMap((key) => words[key].map((word) => [key, word] as const));
}

const population = { kind: 'column', column: 'population' } as const;

describe('the vocabulary of the writer is understood', () => {
  it.each([...wordings(comparisonWords), ...wordings(countComparisonWords)])(
    '%s as "%s"',
    (comparison, word) => {
      expect(read(`Which cities have a population of ${word} 250?`)).toMatchObject({
        selection: {
          where: { kind: 'compare', left: population, comparison, right: { kind: 'number', value: 250 } },
        },
      });
    },
  );

  it.each(wordings(figureComparisonWords))('%s as "%s" of figures', (comparison, word) => {
    expect(read(`Is the average population of all cities ${word} the median population?`)).toMatchObject({
      output: { kind: 'yes-no', comparison },
    });
  });

  it.each(wordings(dateComparisonWords))('%s as "%s" of dates', (comparison, word) => {
    expect(read(`Which cities were founded ${word} 1850?`)).toMatchObject({
      selection: { where: { kind: 'date', column: 'founded', comparison, date: '1850' } },
    });
  });

  it.each(wordings(measureWords).filter(([measure]) => !measure.startsWith('count')))(
    '%s as "%s"',
    (measure, word) => {
      expect(read(`What is the ${word} population of all cities?`)).toMatchObject({
        output: { kind: 'aggregate', aggregate: { function: measure, of: population } },
      });
    },
  );

  it.each(wordings(superlatives))('%s as "%s"', (direction, word) => {
    const isDate = direction === 'latest' || direction === 'earliest';
    expect(read(`Which city has the ${word} ${isDate ? 'founded' : 'population'}?`)).toMatchObject({
      selection: { order: { descending: direction === 'falling' || direction === 'latest' }, limit: 1 },
    });
  });

  it.each(wordings(orderWords))('%s as "%s"', (direction, word) => {
    expect(read(`List all cities, ordered by population ${word}.`)).toMatchObject({
      selection: { order: { by: population, descending: direction === 'falling' } },
    });
  });
});
