import { describe, expect, it } from 'vitest';
import { evaluatePlan } from './evaluate/evaluate-plan.ts';
import { parseQuestion } from './parse-question.ts';
import { tractors, unknownValueQuestions, valueQuestions } from './testing/value-questions.ts';

const { catalog, rows, table } = tractors;

const rounded = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(rounded);
  return typeof part === 'number' ? Number(part.toPrecision(6)) : part;
};

describe.each(valueQuestions)('$phenomenon', ({ questions }) => {
  it.each(questions)('$question', ({ question, answer }) => {
    const parsed = parseQuestion({ question, catalog });
    if (parsed.status === 'refused') throw new Error(`Refused: ${parsed.reason}`);
    const found = evaluatePlan({ plan: parsed.plan, rows, table });
    expect(rounded(found.map((row) => (row.length === 1 ? (row[0] ?? null) : row)))).toEqual(rounded(answer));
  });
});

it.each(unknownValueQuestions)('refuses: %s', (question) => {
  expect(parseQuestion({ question, catalog })).toMatchObject({ status: 'refused' });
});
