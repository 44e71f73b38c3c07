import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatePlan } from '../evaluate/evaluate-plan.ts';
import type { Value } from '../evaluate/values.ts';
import { parseQuestion } from '../parse-question.ts';
import type { QueryPlan } from '../plan.ts';
import { familyPlans } from '../testing/family-plans.ts';
import { generatedTables } from '../testing/generated-tables.ts';
import type { TestTable } from '../testing/test-table.ts';
import { writeQuestion } from './write-question.ts';

const plansPerFamily = 2;

/** The answer of a plan, numbers to nine digits, so that the order of operations does not matter. */
function answer(plan: QueryPlan, { rows, table }: TestTable): readonly (readonly Value[])[] {
  return evaluatePlan({ plan, rows, table }).map((row) =>
    row.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(9)) : cell)),
  );
}

describe.each(generatedTables.map((testTable) => [testTable.table.name, testTable] as const))(
  'questions about a %s',
  (_, testTable) => {
    it.each(Object.entries(familyPlans(testTable)))('%s are read as they were meant', (family, plans) => {
      for (const [variant, plan] of fc.sample(plans, { numRuns: plansPerFamily, seed: 5 }).entries()) {
        const question = writeQuestion({
          plan,
          catalog: testTable.catalog,
          variant: variant * family.length,
        });
        const parsed = parseQuestion({ question, catalog: testTable.catalog });
        const read = parsed.status === 'understood' ? answer(parsed.plan, testTable) : parsed.reason;
        expect({ question, answer: read }).toEqual({ question, answer: answer(plan, testTable) });
      }
    });
  },
);
