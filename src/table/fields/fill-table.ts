import { DuckDBDataChunk, type DuckDBConnection, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';

/** Rows a DuckDB data chunk holds at most. */
const chunkRows = 2048;

export interface TableColumn {
  readonly name: string;
  readonly type: DuckDBType;
  readonly values: readonly DuckDBValue[];
}

/** Makes a temporary table of columns of one length, replacing one of the same name. */
export async function createTemporaryTable({
  connection,
  table,
  columns,
}: {
  connection: DuckDBConnection;
  table: string;
  columns: readonly TableColumn[];
}): Promise<void> {
  const definitions = columns.map(({ name, type }) => `${name} ${type.toString()}`);
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${table} (${definitions.join(', ')})`);
  await appendRows({ connection, table, schema: 'main', catalog: 'temp', columns });
}

/** Appends columns of one length, in the order of the table's own columns. */
export async function appendRows({
  connection,
  table,
  schema,
  catalog = null,
  columns,
}: {
  connection: DuckDBConnection;
  table: string;
  schema: string;
  catalog?: string | null;
  columns: readonly TableColumn[];
}): Promise<void> {
  const rows = columns[0]?.values.length ?? 0;
  if (rows === 0) return;
  const types = columns.map(({ type }) => type);
  const appender = await connection.createAppender(table, schema, catalog);
  for (let start = 0; start < rows; start += chunkRows) {
    const end = Math.min(start + chunkRows, rows);
    const chunk = DuckDBDataChunk.create(types, end - start);
    chunk.setColumns(columns.map(({ values }) => values.slice(start, end)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
