import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toSqlCell, type SqlCell } from '../../table/store/sql-value.ts';
import { evaluatePlan } from '../evaluate/evaluate-plan.ts';
import type { Value } from '../evaluate/values.ts';
import { randomPlan } from '../testing/random-plans.ts';
import { randomTable } from '../testing/random-tables.ts';
import { loadTable } from '../testing/test-table.ts';
import { compilePlan } from './compile-plan.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

async function run(sql: string): Promise<{ columns: string[]; rows: SqlCell[][] }> {
  const result = await connection.runAndReadAll(sql);
  return {
    columns: result.deduplicatedColumnNames(),
    rows: result.getRows().map((row) => row.map(toSqlCell)),
  };
}

/** Numbers to ten significant digits, so that the order of additions does not matter. */
function comparable(rows: readonly (readonly (Value | SqlCell)[])[]): unknown {
  return rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? Number(cell.toPrecision(10)) + 0 : cell)),
  );
}

describe('SQL and evaluator', () => {
  it('agree on random plans over random tables', { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(
      randomTable.filter(({ rows }) => rows.length > 0),
      fc.array(randomPlan, { minLength: 5, maxLength: 10 }),
      async (testTable, plans) => {
        await loadTable(connection, testTable);
        const { catalog, table, rows } = testTable;
        for (const plan of plans) {
          const query = compilePlan({ plan, catalog });
          const result = await run(query.sql).catch((error: unknown) => {
            throw new Error(`${String(error)}\n${query.sql}`);
          });
          const indexes = query.answerColumns.map(({ name }) => result.columns.indexOf(name));
          expect(indexes).not.toContain(-1);
          const answer = result.rows.map((row) => indexes.map((index) => row[index] ?? null));
          const expected = evaluatePlan({ plan, rows, table });
          expect({ sql: query.sql, answer: comparable(answer) }).toEqual({
            sql: query.sql,
            answer: comparable(expected),
          });
          await checkCompanions(query.selectionSql, query.checks, rows.length);
        }
      },
    );
    await fc.assert(property, { numRuns: 25, seed: 7, endOnFailure: true });
  });
});

async function checkCompanions(
  selectionSql: string,
  checks: readonly { readonly sql: string }[],
  rowCount: number,
): Promise<void> {
  const keys = (await run(selectionSql)).rows.map(([key]) => key);
  expect({ selectionSql, keys: [...new Set(keys)] }).toEqual({ selectionSql, keys });
  for (const { sql } of checks) {
    const { rows } = await run(sql);
    expect({ sql, rows: rows.length }).toEqual({ sql, rows: 1 });
    expect(Number(rows[0]?.[0])).toBeLessThanOrEqual(rowCount * 6);
  }
}
