import type { Catalog } from '../../table/catalog.ts';
import { columnsNamed } from '../plan-nodes.ts';
import type { QueryPlan } from '../plan.ts';
import { compileChecks } from './checks.ts';
import type { CompiledOutput, StatementWriter } from './compiled-output.ts';
import type { CompiledQuery } from './compiled-query.ts';
import { findTable, statement } from './create-scope.ts';
import { compileGroups } from './groups-output.ts';
import { compileAggregateOutput, compileCalculation, compileShare, compileYesNo } from './number-output.ts';
import { compileBestPerGroup, compileCumulative } from './ordered-output.ts';
import { compileEntities, compileValues } from './rows-output.ts';

/**
 * A plan as one SELECT for DuckDB over the catalog's tables. The order of the result is that of the plan, ties
 * broken by the entity's name, so the same table gives the same answer.
 *
 * @throws {PlanError} when the plan names what the catalog does not have, or its types do not fit.
 */
export function compilePlan({ plan, catalog }: { plan: QueryPlan; catalog: Catalog }): CompiledQuery {
  const table = findTable(catalog, plan.table);
  const write: StatementWriter = (body) => statement(catalog, plan.table, body);
  const output = compileOutput(plan, write);
  const units = new Set(output.answerColumns.filter(isNumeric).map(({ unit }) => unit));
  const [unit = null] = units;
  return {
    ...output,
    unit: units.size === 1 ? unit : null,
    table: table.name,
    columnsRead: columnsNamed(plan).filter((name) => name !== table.key),
    checks: compileChecks({ plan, table, write }),
  };
}

function isNumeric({ type }: { readonly type: string }): boolean {
  return type === 'number' || type === 'percentage';
}

function compileOutput({ output, selection }: QueryPlan, write: StatementWriter): CompiledOutput {
  switch (output.kind) {
    case 'entities':
      return compileEntities({ output, selection, write });
    case 'values':
      return compileValues({ output, selection, write });
    case 'aggregate':
      return compileAggregateOutput({ output, selection, write });
    case 'calculation':
      return compileCalculation({ output, write });
    case 'yes-no':
      return compileYesNo({ output, write });
    case 'share':
      return compileShare({ output, selection, write });
    case 'groups':
      return compileGroups({ output, selection, write });
    case 'best-per-group':
      return compileBestPerGroup({ output, selection, write });
    case 'cumulative':
      return compileCumulative({ output, selection, write });
  }
}
