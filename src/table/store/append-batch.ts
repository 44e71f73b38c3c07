import {
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  INTEGER,
  LIST,
  VARCHAR,
  listValue,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Batch } from './batch.ts';

/** Rows a DuckDB data chunk holds at most. */
const chunkRows = 2048;

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

/**
 * Appends a batch of one file's documents within the caller's transaction. Documents are numbered from
 * `firstNumber` on. Returns the next free number.
 */
export async function appendBatch({
  connection,
  batch,
  path,
  firstNumber,
}: {
  connection: DuckDBConnection;
  batch: Batch;
  path: string;
  firstNumber: number;
}): Promise<number> {
  const { documents, sourceMaps, readings } = batch;
  await appendColumns({
    connection,
    table: 'documents',
    types: documentTypes,
    columns: [
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
    ],
  });
  await appendColumns({
    connection,
    table: 'readings',
    types: readingTypes,
    columns: [
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
    ],
  });
  return firstNumber + documents.length;
}

async function appendColumns({
  connection,
  table,
  types,
  columns,
}: {
  connection: DuckDBConnection;
  table: string;
  types: readonly DuckDBType[];
  columns: readonly (readonly DuckDBValue[])[];
}): Promise<void> {
  const rows = columns[0]?.length ?? 0;
  if (rows === 0) return;
  const appender = await connection.createAppender(table, 'store');
  for (let start = 0; start < rows; start += chunkRows) {
    const end = Math.min(start + chunkRows, rows);
    const chunk = DuckDBDataChunk.create(types, end - start);
    chunk.setColumns(columns.map((column) => column.slice(start, end)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
