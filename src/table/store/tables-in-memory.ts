import { DuckDBInstance } from '@duckdb/node-api';
import type { CorpusDocument } from '../../corpus/document.ts';
import type { Catalog } from '../catalog.ts';
import { buildTables } from '../fields/build-tables.ts';
import { loadCatalog } from '../fields/catalog.ts';
import { readDocument } from '../reader/pattern-reader.ts';
import type { Reading } from '../reading.ts';
import { BatchAppender } from './append-batch.ts';
import { BatchBuilder } from './batch.ts';
import { querySql, type SqlResult } from './query-sql.ts';
import { storeSchema } from './schema.ts';

/** Tables of a few documents, held in memory until they are closed. */
export interface TablesInMemory {
  readonly catalog: Catalog;
  /** Runs one reading SQL statement; see `querySql` for limits and errors. */
  sql(statement: string): Promise<SqlResult>;
  close(): void;
}

/** Such tables are of what fits into a prompt; more than this is a mistake. */
const memoryLimit = '600MB';

/**
 * Reads documents by the pattern reader and builds their tables as `readCorpus` does, without a store: what a prompt
 * holds can be asked like a corpus.
 *
 * @param options.name what the rows may be called where the documents do not say it, as a folder's name does.
 */
export async function tablesInMemory({
  documents,
  name = '',
  read = readDocument,
  signal,
}: {
  documents: Iterable<CorpusDocument>;
  name?: string;
  /** Reads a document; the pattern reader where nothing is said. */
  read?: ((document: CorpusDocument) => readonly Reading[]) | undefined;
  signal?: AbortSignal | undefined;
}): Promise<TablesInMemory> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memoryLimit,
    threads: '2',
    enable_external_access: 'false',
  });
  const connection = await instance.connect();
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await connection.run(storeSchema);
    await connection.run('BEGIN TRANSACTION');
    const appender = await BatchAppender.open(connection);
    let firstNumber = 0;
    for (const document of documents) {
      signal?.throwIfAborted();
      const builder = new BatchBuilder();
      builder.add(document, read(document));
      firstNumber = appender.append({ batch: builder.take(), path: document.path, firstNumber });
    }
    appender.close();
    await connection.run('COMMIT');
    await buildTables({ connection, settings: { fieldsFile: null }, corpusName: name });
    await connection.run('SET lock_configuration = true');
    const catalog = await loadCatalog({ connection });
    const database = { connect: () => instance.connect() };
    return { catalog, sql: (sql) => querySql({ database, sql, signal }), close };
  } catch (error) {
    close();
    throw error;
  }
}
