import { join } from 'node:path';
import { BOOLEAN, DuckDBInstance, INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { appendRows } from '../../table/fields/fill-table.ts';
import { benchmarkFiles, type BenchmarkDocument } from '../benchmark-format.ts';

/** Documents held before they are handed to the database. */
const documentsAtATime = 64;

/**
 * Writes `documents.parquet`: documents are taken in any order, kept in a database on disk, and written in the order of
 * their positions, so that neither needs memory for all.
 */
export class DocumentsWriter {
  readonly #folder: string;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  #waiting: BenchmarkDocument[] = [];

  private constructor(folder: string, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#folder = folder;
    this.#instance = instance;
    this.#connection = connection;
  }

  /** @param folder where the file goes; the database stands there too until the file is written. */
  static async open(folder: string): Promise<DocumentsWriter> {
    const instance = await DuckDBInstance.create(join(folder, 'documents.duckdb'), {
      memory_limit: '400MB',
      // What is written must not depend on which thread comes first.
      threads: '1',
    });
    const connection = await instance.connect();
    await connection.run(
      `CREATE TABLE documents (position INTEGER, id VARCHAR, title VARCHAR, source VARCHAR, text VARCHAR,
         format VARCHAR, tokens INTEGER, counterfactual BOOLEAN)`,
    );
    return new DocumentsWriter(folder, instance, connection);
  }

  async add(document: BenchmarkDocument): Promise<void> {
    this.#waiting.push(document);
    if (this.#waiting.length >= documentsAtATime) await this.#store();
  }

  async finish(): Promise<void> {
    await this.#store();
    const file = join(this.#folder, benchmarkFiles.documents).replaceAll("'", "''");
    await this.#connection.run(
      `COPY (SELECT * FROM documents ORDER BY position) TO '${file}'
       (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)`,
    );
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #store(): Promise<void> {
    const rows = this.#waiting;
    this.#waiting = [];
    await appendRows({
      connection: this.#connection,
      table: 'documents',
      schema: 'main',
      columns: [
        { name: 'position', type: INTEGER, values: rows.map(({ position }) => position) },
        { name: 'id', type: VARCHAR, values: rows.map(({ id }) => id) },
        { name: 'title', type: VARCHAR, values: rows.map(({ title }) => title) },
        { name: 'source', type: VARCHAR, values: rows.map(({ source }) => source) },
        { name: 'text', type: VARCHAR, values: rows.map(({ text }) => text) },
        { name: 'format', type: VARCHAR, values: rows.map(({ format }) => format) },
        { name: 'tokens', type: INTEGER, values: rows.map(({ tokens }) => tokens) },
        { name: 'counterfactual', type: BOOLEAN, values: rows.map((each) => each.counterfactual) },
      ],
    });
  }
}
