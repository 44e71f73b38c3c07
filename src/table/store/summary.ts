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
