import type { DuckDBConnection } from '@duckdb/node-api';
import type { Catalog, CatalogTable } from '../catalog.ts';
import { loadCatalog } from '../fields/catalog.ts';
import { quoteIdentifier } from '../fields/identifiers.ts';
import type { DeclaredField } from '../model-reader/declared-field.ts';
import type { ModelOutcome } from '../model-reader/model-outcome.ts';
import { citeCells, type CitedCells, type CellRequest } from './cite-cells.ts';
import { findUnread, type UnreadStatements } from './find-unread.ts';
import type { CorpusLocation } from './corpus-location.ts';
import { exportTable, type ExportedTable } from './export-table.ts';
import {
  listDocuments,
  listDocumentVersions,
  type DocumentVersion,
  type StoredDocument,
} from './list-documents.ts';
import { listFacts, type FactRequest, type FactRow } from './list-facts.ts';
import { listUnread, saveModelOutcomes } from './model-outcomes.ts';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import { defaultSqlLimits, querySql, type SqlLimits, type SqlResult } from './query-sql.ts';
import { StoreAccess } from './store-access.ts';
import { StoreError } from './store-error.ts';
import { loadState, storeVersion } from './store-state.ts';
import { summarise, type StoreSummary } from './summary.ts';

/**
 * A corpus that has been read, open for questions. It is a snapshot: what other processes write is not seen, and the
 * only change that can be made through it is to keep what language models read.
 */
export interface OpenCorpus {
  readonly location: CorpusLocation;
  /** Another one after {@link keepModelOutcomes}. */
  readonly catalog: Catalog;
  /** What its tokens were counted with: `o200k`, or the path of a `tokenizer.json`. */
  readonly tokenizer: string;
  /** Runs one reading SQL statement over the tables and views, any number at once; see `querySql` for limits and errors. */
  sql(
    statement: string,
    options?: { limits?: SqlLimits | undefined; signal?: AbortSignal | undefined },
  ): Promise<SqlResult>;
  /** Cells of a table with the words of the documents they were read from. */
  cite(request: CellRequest): Promise<CitedCells>;
  /** How many rows of a table have a value in all of the columns, and how many have not. */
  countComplete(request: {
    table: string;
    columns: readonly string[];
  }): Promise<{ withValue: number; missing: number }>;
  /** Documents that may state what the columns lack, in words that were not understood. */
  findUnread(request: { table: string; columns: readonly string[] }): Promise<UnreadStatements>;
  /** Facts as they were read, in the order of the documents. */
  facts(request: FactRequest): Promise<{ facts: readonly FactRow[]; total: number }>;
  /** The documents with their texts, one after the other: all of them, or those with the given ids. */
  documents(request?: {
    ids?: readonly string[] | undefined;
    signal?: AbortSignal | undefined;
  }): AsyncIterable<StoredDocument>;
  /** Ids and hashes of all documents in the order of \`documents()\`: what an index beside the store is compared with. */
  documentVersions(): Promise<readonly DocumentVersion[]>;
  /** The documents in which a reader has not looked for a field yet, by their ids, in order. */
  notReadBy(request: { reader: string; definition: string }): Promise<readonly string[]>;
  /**
   * Keeps what language models read, and builds the tables anew; see `saveModelOutcomes`. All of this process that has
   * the store open waits for it and sees it; readers and writers of other processes are waited for.
   */
  keepModelOutcomes(request: {
    fields: readonly DeclaredField[];
    outcomes: readonly ModelOutcome[];
    signal?: AbortSignal | undefined;
  }): Promise<void>;
  summary(): Promise<StoreSummary>;
  /** Writes a table (the largest, where none is named) as `.csv`, `.parquet` or `.xlsx`. */
  exportTable(request: { table?: string | undefined; file: string }): Promise<ExportedTable>;
  close(): void;
}

/**
 * Opens a corpus that `readCorpus` has read.
 *
 * @throws {StoreError} when it has not been read yet, or reading was interrupted before the tables were built.
 */
export async function openCorpus({
  location,
  signal,
  onWait,
}: {
  location: CorpusLocation;
  signal?: AbortSignal | undefined;
  onWait?: ((holder: string) => void) | undefined;
}): Promise<OpenCorpus> {
  const { databaseFile } = location;
  const access = StoreAccess.hold(databaseFile);
  const open = (): Promise<OpenStore> => openStore({ location, signal, onWait });
  let store: OpenStore;
  try {
    store = await access.read(open);
  } catch (error) {
    access.release();
    throw error;
  }
  let isOpen = true;
  const reader = {
    close: () => store.database.close(),
    reopen: async () => void (store = await open()),
  };
  access.add(reader);
  const read = <Result>(work: (connection: DuckDBConnection) => Promise<Result>): Promise<Result> =>
    access.read(() => work(store.database.connection));
  const sql: OpenCorpus['sql'] = (statement, { limits = defaultSqlLimits, signal: stop } = {}) =>
    access.read(() => querySql({ database: store.database, sql: statement, limits, signal: stop }));
  return {
    location,
    get catalog() {
      return store.catalog;
    },
    tokenizer: store.tokenizer,
    sql,
    cite: (request) => read((connection) => citeCells(connection, request)),
    countComplete: async ({ table, columns }) => {
      const stated = columns.map((column) => `${quoteIdentifier(column)} IS NOT NULL`);
      const { rows } = await sql(
        `SELECT count(*) FILTER (WHERE ${stated.join(' AND ') || 'true'}), count(*) FROM ${quoteIdentifier(table)}`,
      );
      const withValue = Number(rows[0]?.[0]);
      return { withValue, missing: Number(rows[0]?.[1]) - withValue };
    },
    findUnread: ({ table: name, columns }) =>
      read(async (connection) => {
        const table = chooseTable(store.catalog, name);
        const names = new Set(columns.map((column) => column.replace(/@.*$/, '')));
        return await findUnread(connection, {
          table,
          columns: table.columns.filter((column) => names.has(column.name)),
        });
      }),
    facts: (request) => read((connection) => listFacts(connection, request)),
    documents: (request) => listDocuments(read, request),
    documentVersions: () => read(listDocumentVersions),
    notReadBy: (request) => read((connection) => listUnread(connection, request)),
    keepModelOutcomes: (request) => access.write(() => saveModelOutcomes({ location, onWait, ...request })),
    summary: () => read(summarise),
    exportTable: ({ table, file }) =>
      access.read(async () => {
        const { database, catalog } = store;
        return await exportTable({ database, databaseFile, table: chooseTable(catalog, table), file });
      }),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      access.remove(reader);
      access.release();
      store.database.close();
    },
  };
}

/** A store that is open for reading, with what was loaded of it. */
interface OpenStore {
  readonly database: OpenDatabase;
  readonly catalog: Catalog;
  readonly tokenizer: string;
}

async function openStore({
  location,
  signal,
  onWait,
}: {
  location: CorpusLocation;
  signal?: AbortSignal | undefined;
  onWait?: ((holder: string) => void) | undefined;
}): Promise<OpenStore> {
  const database = await openDatabase({ file: location.databaseFile, mode: 'read', signal, onWait });
  const { connection, close } = database;
  try {
    const state = await loadState(connection);
    if (state === null || state.version !== storeVersion() || state.built === '') {
      throw new StoreError({
        message: `The store in ${location.storeFolder} is not complete: reading was interrupted or the version has changed.`,
        remedy: 'Run `corpuscope read` on the corpus; it goes on where it stopped.',
      });
    }
    return { database, catalog: await loadCatalog({ connection }), tokenizer: state.tokenizer };
  } catch (error) {
    close();
    throw error;
  }
}

function chooseTable(catalog: Catalog, name: string | undefined): CatalogTable {
  const tables = [...catalog.tables].sort((left, right) => right.rows - left.rows);
  const chosen = name === undefined ? tables[0] : tables.find((table) => table.name === name);
  if (chosen === undefined) {
    throw new StoreError({
      message: name === undefined ? 'The corpus has no table.' : `There is no table ${name}.`,
      remedy: `The tables are: ${tables.map((table) => table.name).join(', ') || 'none'}.`,
    });
  }
  return chosen;
}
