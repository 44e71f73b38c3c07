import { evaluatePlan } from '../evaluate/evaluate-plan.ts';
import type { Value } from '../evaluate/values.ts';
import { parseQuestion } from '../parse-question.ts';
import type { TestTable } from './test-table.ts';

/** The answer to a question over a table made for a test, rows of one value as that value; a refusal as its reason. */
export function answerOver(
  { catalog, table, rows }: TestTable,
  question: string,
): readonly (Value | readonly Value[])[] | string {
  const parsed = parseQuestion({ question, catalog });
  if (parsed.status === 'refused') return parsed.reason;
  return evaluatePlan({ plan: parsed.plan, rows, table }).map((row) =>
    row.length === 1 ? (row[0] ?? null) : row,
  );
}
