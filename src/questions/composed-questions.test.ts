import { describe, expect, it } from 'vitest';
import { evaluatePlan } from './evaluate/evaluate-plan.ts';
import { parseQuestion } from './parse-question.ts';
import { composedQuestions, unansweredQuestions } from './testing/composed-questions.ts';
import { employees, machines, projects, shipments } from './testing/trade-tables.ts';

const tables = { shipments, employees, projects, machines };

const rounded = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(rounded);
  return typeof part === 'number' ? Number(part.toPrecision(5)) : part;
};

describe.each(['shipments', 'employees', 'projects', 'machines'] as const)('questions about %s', (name) => {
  const table = tables[name];

  describe.each(composedQuestions[name])('$phenomenon', ({ questions }) => {
    it.each(questions)('$question', ({ question, answer }) => {
      const parsed = parseQuestion({ question, catalog: table.catalog });
      if (parsed.status === 'refused') throw new Error(`Refused: ${parsed.reason}`);
      const rows = evaluatePlan({ plan: parsed.plan, rows: table.rows, table: table.table });
      expect(rounded(rows.map((row) => (row.length === 1 ? (row[0] ?? null) : row)))).toEqual(
        rounded(answer),
      );
    });
  });

  it.each(unansweredQuestions[name])('refuses: %s', (question) => {
    expect(parseQuestion({ question, catalog: table.catalog })).toMatchObject({ status: 'refused' });
  });
});
