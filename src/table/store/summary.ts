import type { DuckDBConnection } from '@duckdb/node-api';

/** What a store holds. */
export interface StoreSummary {
  readonly documents: number;
  readonly tokens: number;
  readonly readings: number;
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly columns: number }[];
  /** Files that could not be read, with the reason. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** What of the files that were read could not be. */
  readonly warnings: readonly string[];
  /** What the table builder decided and a user may want to know, such as the choice of the key. */
  readonly notes: readonly string[];
}

/** Sums up a store whose tables have been built. */
export async function summarise(connection: DuckDBConnection): Promise<StoreSummary> {
  const rowsOf = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
  const [counts] = await rowsOf(`
    SELECT count(*)::DOUBLE, coalesce(sum(tokens), 0)::DOUBLE, (SELECT count(*) FROM store.readings)::DOUBLE
    FROM store.documents`);
  const files = await rowsOf(
    `SELECT path, status, reason FROM store.files WHERE reason IS NOT NULL ORDER BY path`,
  );
  const tables = await rowsOf(`
    SELECT t.table_name, t.estimated_size::DOUBLE, t.column_count::DOUBLE
    FROM duckdb_tables() t WHERE t.schema_name = 'main' AND NOT t.temporary ORDER BY 2 DESC, 1`);
  const notes = await rowsOf('SELECT note FROM store.notes ORDER BY rowid');
  return {
    documents: Number(counts?.[0] ?? 0),
    tokens: Number(counts?.[1] ?? 0),
    readings: Number(counts?.[2] ?? 0),
    tables: tables.map(([name, rows, columns]) => ({
      name: String(name),
      rows: Number(rows),
      columns: Number(columns),
    })),
    skipped: files
      .filter(([, status]) => status === 'skipped')
      .map(([path, , reason]) => ({ path: String(path), reason: String(reason) })),
    warnings: files
      .filter(([, status]) => status === 'read')
      .flatMap(([path, , reason]) =>
        String(reason)
          .split('\n')
          .map((warning) => `${String(path)}: ${warning}`),
      ),
    notes: notes.map(([note]) => String(note)),
  };
}
