import type * as fc from 'fast-check';
import type { Output, QueryPlan, Selection } from '../plan.ts';
import { easyPlans } from './easy-plans.ts';
import { groupPlans } from './group-plans.ts';
import { hardPlans } from './hard-plans.ts';
import { mediumPlans } from './medium-plans.ts';
import { columnsOf, oneOf } from './plan-parts.ts';
import type { TestTable } from './test-table.ts';

/**
 * Plans of each family of questions (`E1` … `H12`) over a table, as people ask them. Families that need columns
 * the table does not have are left out.
 */
export function familyPlans(testTable: TestTable): Readonly<Record<string, fc.Arbitrary<QueryPlan>>> {
  const columns = columnsOf(testTable);
  const entity = oneOf(testTable.rows.map((row) => String(row[testTable.table.key])));
  const plan = (selection: Selection, output: Output): QueryPlan => ({
    table: testTable.table.name,
    selection,
    output,
  });
  return {
    ...easyPlans(columns, entity, plan),
    ...mediumPlans(columns, entity, plan),
    ...groupPlans(columns, plan),
    ...hardPlans(columns, plan),
  };
}
