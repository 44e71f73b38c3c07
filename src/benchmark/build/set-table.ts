import {
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDateValue,
  DuckDBInstance,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import {
  compilePlan,
  evaluatePlan,
  type CompiledQuery,
  type QueryPlan,
  type Row,
  type Selection,
  type Value,
} from '../../questions/index.ts';
import type { Catalog, CatalogTable } from '../../table/index.ts';
import { appendRows } from '../../table/fields/fill-table.ts';
import { quoteIdentifier } from '../../table/fields/identifiers.ts';
import { defaultSqlLimits, querySql, type SqlResult } from '../../table/store/query-sql.ts';
import { finalAnswer, type FinalAnswer } from './final-answer.ts';
import { columnName, type TruthField, type TruthTable } from './truth-table.ts';

/**
 * The table of one set: answers plans twice, by SQL in DuckDB and by the independent evaluator over the same rows.
 */
export class SetTable {
  readonly catalog: Catalog;
  readonly table: CatalogTable;
  readonly fields: readonly TruthField[];
  readonly rows: readonly Row[];
  readonly #instance: DuckDBInstance;
  readonly #close: () => void;
  readonly #ranked = new Map<string, readonly Row[]>();

  private constructor(parts: {
    catalog: Catalog;
    table: CatalogTable;
    fields: readonly TruthField[];
    rows: readonly Row[];
    instance: DuckDBInstance;
    close: () => void;
  }) {
    this.catalog = parts.catalog;
    this.table = parts.table;
    this.fields = parts.fields;
    this.rows = parts.rows;
    this.#instance = parts.instance;
    this.#close = parts.close;
  }

  /** @param rows those of the set, of the truth's table. */
  static async create({ truth, rows }: { truth: TruthTable; rows: readonly Row[] }): Promise<SetTable> {
    const { key, name } = truth.table;
    const keys = new Map<string, string>();
    for (const row of rows) {
      const stated = String(row[key]);
      keys.set(folded(stated), stated);
    }
    const table: CatalogTable = {
      ...truth.table,
      rows: rows.length,
      findEntity: (entity) => keys.get(folded(entity)) ?? null,
    };
    const catalog = {
      tables: truth.catalog.tables.map((each) => (each.name === name ? table : each)),
    };
    const instance = await DuckDBInstance.create(':memory:', { memory_limit: '400MB', threads: '2' });
    const connection = await instance.connect();
    const close = (): void => {
      connection.closeSync();
      instance.closeSync();
    };
    try {
      await load({ connection, table, fields: truth.fields, rows });
    } catch (error) {
      close();
      throw error;
    }
    return new SetTable({ catalog, table, fields: truth.fields, rows, instance, close });
  }

  compile(plan: QueryPlan): CompiledQuery {
    return compilePlan({ plan, catalog: this.catalog });
  }

  /** Runs a statement for its first rows. */
  sql(statement: string, maximumRows = defaultSqlLimits.maximumRows): Promise<SqlResult> {
    return querySql({
      database: this.#instance,
      sql: statement,
      limits: { ...defaultSqlLimits, maximumRows },
    });
  }

  /** The answer by SQL; null where it has no value that two decimals can state. */
  async answerBySql(plan: QueryPlan, query: CompiledQuery): Promise<FinalAnswer | null> {
    const { columns, rows } = await this.sql(query.sql);
    return finalAnswer({ query, columns, rows, isBestOfGroups: isBestOfGroups(plan) });
  }

  /** The answer by the evaluator, over all rows or some of them. */
  answerByEvaluation(
    plan: QueryPlan,
    query: CompiledQuery,
    rows: readonly Row[] = this.rows,
  ): FinalAnswer | null {
    const found = evaluatePlan({ plan, rows, table: this.table });
    return finalAnswer({ query, rows: found, isBestOfGroups: isBestOfGroups(plan) });
  }

  /** The rows of a selection in its order, remembered for the whole table. */
  ranked(selection: Selection & Required<Pick<Selection, 'order'>>): readonly Row[] {
    const key = selection.where === undefined ? JSON.stringify(selection.order) : null;
    const known = key === null ? undefined : this.#ranked.get(key);
    if (known !== undefined) return known;
    const plan: QueryPlan = { table: this.table.name, selection, output: { kind: 'entities', show: [] } };
    const byKey = new Map(this.rows.map((row) => [String(row[this.table.key]), row]));
    const ranked = evaluatePlan({ plan, rows: this.rows, table: this.table })
      .map(([name]) => byKey.get(String(name)))
      .filter((row) => row !== undefined);
    if (key !== null && this.#ranked.size < mostRankings) this.#ranked.set(key, ranked);
    return ranked;
  }

  close(): void {
    this.#close();
  }
}

/** Orders of the whole table that are remembered. */
const mostRankings = 200;

function isBestOfGroups({ output }: QueryPlan): boolean {
  return output.kind === 'best-per-group';
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}

async function load({
  connection,
  table,
  fields,
  rows,
}: {
  connection: DuckDBConnection;
  table: CatalogTable;
  fields: readonly TruthField[];
  rows: readonly Row[];
}): Promise<void> {
  const columns = [
    { name: table.key, type: VARCHAR as DuckDBType },
    ...fields.map((field) => ({ name: columnName(field), type: sqlType(field) })),
  ];
  const definitions = columns.map(({ name, type }) => `${quoteIdentifier(name)} ${type.toString()}`);
  await connection.run(`CREATE TABLE ${quoteIdentifier(table.name)} (${definitions.join(', ')})`);
  await appendRows({
    connection,
    table: table.name,
    schema: 'main',
    columns: columns.map(({ name, type }) => ({
      name,
      type,
      values: rows.map((row) => sqlValue(row[name] ?? null, type)),
    })),
  });
}

function sqlType({ column }: TruthField): DuckDBType {
  switch (column.type) {
    case 'number':
    case 'percentage':
      return DOUBLE;
    case 'date':
      return DATE;
    case 'boolean':
      return BOOLEAN;
    default:
      return VARCHAR;
  }
}

const millisecondsADay = 86_400_000;

function sqlValue(value: Value, type: DuckDBType): DuckDBValue {
  if (type === DATE && typeof value === 'string') {
    return new DuckDBDateValue(Math.round(Date.parse(value) / millisecondsADay));
  }
  return typeof value === 'object' ? null : value;
}
