import { createHash } from 'node:crypto';
import { DuckDBInstance } from '@duckdb/node-api';

/** One hash over the tables that people see in a store: names, columns, and all rows whatever their order. */
export async function hashTables(databaseFile: string): Promise<string> {
  const instance = await DuckDBInstance.create(databaseFile, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    const hash = createHash('sha256');
    const tables = await connection.runAndReadAll(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY 1`,
    );
    for (const [table] of tables.getRows()) {
      const quoted = `"${String(table).replaceAll('"', '""')}"`;
      const rows = await connection.runAndReadAll(`SELECT r::VARCHAR FROM ${quoted} r ORDER BY 1`);
      hash.update(`${String(table)}\n${rows.columnNames().join('\t')}\n`);
      for (const [row] of rows.getRows()) hash.update(`${String(row)}\n`);
    }
    return hash.digest('hex');
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
