import { rename, rm, writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { CatalogTable, FieldType } from '../catalog.ts';
import { quoteIdentifier, quoteText } from '../fields/identifiers.ts';
import type { OpenDatabase } from './open-database.ts';
import { querySql } from './query-sql.ts';
import { StoreError } from './store-error.ts';

export interface ExportedTable {
  readonly table: string;
  readonly file: string;
  readonly rows: number;
  readonly columns: number;
}

/** What a worksheet holds at most. */
const worksheetLimits = { rows: 1_048_576, columns: 16_384 };

/**
 * Writes a table to a file, in the format that its ending names: `.csv`, `.parquet` or `.xlsx`. Lists become
 * text joined by `; ` except in Parquet. The file appears when it is whole.
 *
 * @throws {StoreError} for another ending, or a table that does not fit a worksheet.
 */
export async function exportTable({
  database,
  databaseFile,
  table,
  file,
}: {
  /** Opened for reading. */
  database: OpenDatabase;
  databaseFile: string;
  table: CatalogTable;
  file: string;
}): Promise<ExportedTable> {
  const target = resolve(file);
  const unfinished = `${target}.unfinished`;
  const format = extname(target).toLowerCase();
  const query = selectAll(table, format);
  try {
    switch (format) {
      case '.csv':
        await copyTo({ databaseFile, query, file: unfinished, format: 'FORMAT csv, HEADER' });
        break;
      case '.parquet':
        await copyTo({ databaseFile, query, file: unfinished, format: 'FORMAT parquet' });
        break;
      case '.xlsx':
        await writeWorkbook({ database, query, table, file: unfinished });
        break;
      default:
        throw new StoreError({
          message: `${file} names no format that a table can be written in.`,
          remedy: 'End the file name in .csv, .parquet or .xlsx.',
        });
    }
    await rename(unfinished, target);
  } finally {
    await rm(unfinished, { force: true });
  }
  return { table: table.name, file: target, rows: table.rows, columns: table.columns.length + 1 };
}

function selectAll(table: CatalogTable, format: string): string {
  const columns = table.columns.flatMap(({ name, type, periods }) => {
    const names = [name, ...periods.map((period) => `${name}@${period}`)];
    return names.map(
      (each) => `${exported(quoteIdentifier(each), type, format)} AS ${quoteIdentifier(each)}`,
    );
  });
  return `SELECT ${[quoteIdentifier(table.key), ...columns].join(', ')} FROM ${quoteIdentifier(table.name)} ORDER BY 1`;
}

/** Lists are text outside Parquet; whole numbers in CSV have no `.0`. */
function exported(column: string, type: FieldType, format: string): string {
  if (type === 'list' && format !== '.parquet') return `array_to_string(${column}, '; ')`;
  const isNumber = type === 'number' || type === 'percentage';
  return isNumber && format === '.csv' ? `regexp_replace(${column}::VARCHAR, '\\.0$', '')` : column;
}

/** COPY writes a file, which a sandboxed connection may not: it gets one of its own, which still cannot change the store. */
async function copyTo({
  databaseFile,
  query,
  file,
  format,
}: {
  databaseFile: string;
  query: string;
  file: string;
  format: string;
}): Promise<void> {
  const instance = await DuckDBInstance.create(databaseFile, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    await connection.run(`COPY (${query}) TO ${quoteText(file)} (${format})`);
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new StoreError({
      message: `The table cannot be written: ${message}`,
      remedy: 'Check that the folder exists and can be written.',
      cause: error,
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function writeWorkbook({
  database,
  query,
  table,
  file,
}: {
  database: OpenDatabase;
  query: string;
  table: CatalogTable;
  file: string;
}): Promise<void> {
  const limits = { timeoutMilliseconds: 600_000, maximumRows: worksheetLimits.rows - 1 };
  const { columns, rows, truncated } = await querySql({ database, sql: query, limits });
  if (truncated || columns.length > worksheetLimits.columns) {
    throw new StoreError({
      message: `The table ${table.name} does not fit a worksheet.`,
      remedy: 'Write it as .csv or .parquet.',
    });
  }
  const { utils, write } = await import('@e965/xlsx');
  const sheet = utils.aoa_to_sheet([[...columns], ...rows.map((row) => [...row])]);
  const workbook = utils.book_new();
  utils.book_append_sheet(workbook, sheet, table.name.slice(0, 31));
  await writeFile(file, new Uint8Array(write(workbook, { type: 'array', bookType: 'xlsx' })));
}
