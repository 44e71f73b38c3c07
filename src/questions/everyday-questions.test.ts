import { describe, expect, it } from 'vitest';
import { evaluatePlan } from './evaluate/evaluate-plan.ts';
import { parseQuestion } from './parse-question.ts';
import { companies, listings, trials, universities } from './testing/domain-tables.ts';
import { everydayQuestions } from './testing/everyday-questions.ts';

const tables = { companies, universities, trials, listings };

const rounded = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(rounded);
  return typeof part === 'number' ? Number(part.toPrecision(6)) : part;
};

describe.each(['companies', 'universities', 'trials', 'listings'] as const)(
  'everyday questions about %s',
  (name) => {
    const table = tables[name];

    it.each(everydayQuestions[name])('$question', ({ question, answer }) => {
      const parsed = parseQuestion({ question, catalog: table.catalog });
      if (parsed.status === 'refused') throw new Error(`Refused: ${parsed.reason}`);
      const rows = evaluatePlan({ plan: parsed.plan, rows: table.rows, table: table.table });
      expect(rounded(rows.map((row) => (row.length === 1 ? (row[0] ?? null) : row)))).toEqual(
        rounded(answer),
      );
    });
  },
);

describe('what the table knows nothing of', () => {
  it.each([
    ['How many people live in Wakanda?', 'Wakanda'],
    ['What is the revenue of the moon?', 'moon'],
    ['Which companies have the most satellites?', 'satellites'],
    ['Which companies spend more than 5 % on research?', 'research'],
    ['Show every company whose staff are happy.', 'happy'],
    ['Which companies are sustainable (a sense of duty)?', 'sustainable'],
    ['Divide the revenue by the moons: which company has the highest?', 'moons'],
    ['If every dividend were 5 % higher, which companies now below 10 would exceed 11?', 'dividend'],
  ])('is refused: %s', (question, word) => {
    const parsed = parseQuestion({ question, catalog: companies.catalog });
    expect(parsed).toMatchObject({ status: 'refused' });
    expect(parsed.status === 'refused' ? parsed.notUnderstood : []).toContain(word);
  });
});
