import type { DuckDBConnection } from '@duckdb/node-api';
import { toSqlCell, type SqlCell } from '../../table/store/sql-value.ts';
import { toAnswerValue, type AnswerValue } from '../answer-value.ts';
import { compilePlan } from '../compile/compile-plan.ts';
import type { CompiledQuery } from '../compile/compiled-query.ts';
import type { QueryPlan } from '../plan.ts';
import type { TestTable } from './test-table.ts';

export interface PlanResult extends AnswerValue {
  readonly query: CompiledQuery;
  /** The keys of the rows the answer rests on. */
  readonly keys: readonly SqlCell[];
  readonly warnings: readonly string[];
}

/** Runs SQL and gives its columns and rows in plain values. */
export async function runSql(
  connection: DuckDBConnection,
  sql: string,
): Promise<{ readonly columns: readonly string[]; readonly rows: readonly (readonly SqlCell[])[] }> {
  const result = await connection.runAndReadAll(sql);
  return {
    columns: result.deduplicatedColumnNames(),
    rows: result.getRows().map((row) => row.map(toSqlCell)),
  };
}

/** Compiles and runs a plan over a table that is loaded. */
export async function runPlan(
  connection: DuckDBConnection,
  { catalog }: TestTable,
  plan: QueryPlan,
): Promise<PlanResult> {
  const query = compilePlan({ plan, catalog });
  const value = toAnswerValue({ query, ...(await runSql(connection, query.sql)) });
  const keys = (await runSql(connection, query.selectionSql)).rows.map(([key]) => key ?? null);
  const warnings: string[] = [];
  for (const check of query.checks) {
    const count = Number((await runSql(connection, check.sql)).rows[0]?.[0]);
    if (count > 0) warnings.push(check.warning.replace('{n}', String(count)));
  }
  return { ...value, query, keys, warnings };
}
