import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  INTEGER,
  LIST,
  VARCHAR,
  listValue,
  type DuckDBAppender,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Batch } from './batch.ts';

/** Rows a DuckDB data chunk holds at most. */
const chunkRows = 2048;

const fileTypes = [VARCHAR, BIGINT, DOUBLE, VARCHAR, VARCHAR, VARCHAR, INTEGER];

const documentTypes = [
  INTEGER,
  VARCHAR,
  VARCHAR,
  VARCHAR,
  VARCHAR,
  VARCHAR,
  VARCHAR,
  INTEGER,
  VARCHAR,
  VARCHAR,
];

// prettier-ignore
const readingTypes = [
  INTEGER, INTEGER, VARCHAR, VARCHAR, VARCHAR, INTEGER, INTEGER, INTEGER, INTEGER,
  VARCHAR, DOUBLE, VARCHAR, VARCHAR, VARCHAR, BOOLEAN, VARCHAR, LIST(VARCHAR), VARCHAR, VARCHAR,
];

/** A row of `store.files`. */
export interface FileRecord {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMilliseconds: number;
  readonly hash: string | null;
  readonly status: 'read' | 'skipped';
  readonly reason: string | null;
  readonly documents: number;
}

/**
 * Appends batches within the caller's transaction. One appender a table serves a whole transaction: each flush
 * makes row groups of its own, and thousands of small ones would outgrow the memory.
 */
export class BatchAppender {
  readonly #documents: DuckDBAppender;
  readonly #readings: DuckDBAppender;
  readonly #files: DuckDBAppender;

  private constructor({
    documents,
    readings,
    files,
  }: Record<'documents' | 'readings' | 'files', DuckDBAppender>) {
    this.#documents = documents;
    this.#readings = readings;
    this.#files = files;
  }

  static async open(connection: DuckDBConnection): Promise<BatchAppender> {
    return new BatchAppender({
      documents: await connection.createAppender('documents', 'store'),
      readings: await connection.createAppender('readings', 'store'),
      files: await connection.createAppender('files', 'store'),
    });
  }

  /** Appends a batch of one file's documents, numbered from `firstNumber` on; returns the next free number. */
  append({ batch, path, firstNumber }: { batch: Batch; path: string; firstNumber: number }): number {
    const { documents, sourceMaps, readings } = batch;
    appendColumns(this.#documents, documentTypes, [
      documents.map((_, index) => firstNumber + index),
      documents.map(({ id }) => id),
      documents.map(() => path),
      documents.map(({ fragment }) => fragment),
      documents.map(({ title }) => title),
      documents.map(({ format }) => format),
      documents.map(({ hash }) => hash),
      documents.map(({ tokens }) => tokens),
      documents.map(({ text }) => text),
      sourceMaps,
    ]);
    appendColumns(this.#readings, readingTypes, [
      readings.document.map((index) => firstNumber + index),
      readings.ordinal,
      readings.section,
      readings.label,
      readings.entity,
      readings.quoteStart,
      readings.quoteEnd,
      readings.valueStart,
      readings.valueEnd,
      readings.type,
      readings.number,
      readings.unit,
      readings.bound,
      readings.date,
      readings.boolean,
      readings.text,
      readings.items.map((items) => items && listValue(items)),
      readings.period,
      readings.rule,
    ]);
    return firstNumber + documents.length;
  }

  /** Records a file as it was seen and what became of it. */
  appendFile({ path, sizeBytes, modifiedMilliseconds, hash, status, reason, documents }: FileRecord): void {
    const row = [path, BigInt(sizeBytes), modifiedMilliseconds, hash, status, reason, documents];
    appendColumns(
      this.#files,
      fileTypes,
      row.map((value) => [value]),
    );
  }

  /** Makes what has been appended visible to statements of the transaction. */
  flush(): void {
    this.#documents.flushSync();
    this.#readings.flushSync();
    this.#files.flushSync();
  }

  close(): void {
    this.#documents.closeSync();
    this.#readings.closeSync();
    this.#files.closeSync();
  }
}

function appendColumns(
  appender: DuckDBAppender,
  types: readonly DuckDBType[],
  columns: readonly (readonly DuckDBValue[])[],
): void {
  const rows = columns[0]?.length ?? 0;
  for (let start = 0; start < rows; start += chunkRows) {
    const end = Math.min(start + chunkRows, rows);
    const chunk = DuckDBDataChunk.create(types, end - start);
    chunk.setColumns(columns.map((column) => column.slice(start, end)));
    appender.appendDataChunk(chunk);
  }
}
