import { StatementType, type DuckDBConnection, type DuckDBPreparedStatement } from '@duckdb/node-api';
import type { OpenDatabase } from './open-database.ts';
import { toSqlCell, type SqlCell } from './sql-value.ts';

/** What a statement written by a person or a model may use. */
export interface SqlLimits {
  readonly timeoutMilliseconds: number;
  readonly maximumRows: number;
}

export const defaultSqlLimits: SqlLimits = { timeoutMilliseconds: 30_000, maximumRows: 100_000 };

export interface SqlResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlCell[])[];
  /** True when rows were left out because of the limit. */
  readonly truncated: boolean;
}

/** A statement that was refused, stopped or failed. The message names the cause, `remedy` what helps. */
export class SqlError extends Error {
  readonly kind: 'refused' | 'stopped' | 'failed';
  readonly remedy: string;

  constructor({
    kind,
    message,
    remedy,
    cause,
  }: {
    kind: SqlError['kind'];
    message: string;
    remedy: string;
    cause?: unknown;
  }) {
    super(message, { cause });
    this.name = 'SqlError';
    this.kind = kind;
    this.remedy = remedy;
  }
}

/**
 * Runs one reading statement on a database opened for reading (see `openDatabase`): a single SELECT, VALUES,
 * DESCRIBE, SHOW or EXPLAIN, within the limits on time and rows. The database itself is read-only, has no
 * access to files or network, and its configuration is locked. Any number of statements may run at once: a
 * connection streams one result at a time, and stopping one stops whatever runs on it, so each has one of its own.
 *
 * @throws {SqlError} refused (not a reading statement, or it reaches outside), stopped (time or memory), or
 *   failed (wrong SQL).
 */
export async function querySql({
  database,
  sql,
  limits = defaultSqlLimits,
  signal,
}: {
  database: Pick<OpenDatabase, 'connect'>;
  sql: string;
  limits?: SqlLimits;
  signal?: AbortSignal | undefined;
}): Promise<SqlResult> {
  signal?.throwIfAborted();
  const connection = await database.connect();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    connection.interrupt();
  }, limits.timeoutMilliseconds);
  const onAbort = (): void => connection.interrupt();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const statement = await prepareReadingStatement(connection, sql);
    try {
      return await readRows(statement, limits.maximumRows);
    } finally {
      statement.destroySync();
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw timedOut ? timeoutError(limits, error) : toSqlError(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    connection.closeSync();
  }
}

const readingTypes: ReadonlySet<StatementType> = new Set([
  StatementType.SELECT,
  StatementType.EXPLAIN,
  StatementType.RELATION,
]);

async function prepareReadingStatement(
  connection: DuckDBConnection,
  sql: string,
): Promise<DuckDBPreparedStatement> {
  if (sql.trim() === '') throw statementCountError('There is no SQL statement.');
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw statementCountError('Only one SQL statement at a time can run.');
  const statement = await statements.prepare(0);
  if (!readingTypes.has(statement.statementType)) {
    const name = StatementType[statement.statementType] ?? 'this';
    statement.destroySync();
    throw new SqlError({
      kind: 'refused',
      message: `A ${name} statement is not allowed: the tables can only be read.`,
      remedy: 'Use SELECT; `corpuscope table PATH --out FILE` exports a table to a file.',
    });
  }
  return statement;
}

function statementCountError(message: string): SqlError {
  return new SqlError({ kind: 'refused', message, remedy: 'Give a single SELECT statement.' });
}

async function readRows(statement: DuckDBPreparedStatement, maximumRows: number): Promise<SqlResult> {
  const result = await statement.stream();
  const columns = result.deduplicatedColumnNames();
  const rows: SqlCell[][] = [];
  for await (const chunk of result.yieldRows()) {
    for (const row of chunk) {
      if (rows.length === maximumRows) return { columns, rows, truncated: true };
      rows.push(row.map(toSqlCell));
    }
  }
  return { columns, rows, truncated: false };
}

function timeoutError(limits: SqlLimits, cause: unknown): SqlError {
  return new SqlError({
    kind: 'stopped',
    message: `The statement was stopped after ${limits.timeoutMilliseconds / 1000} s.`,
    remedy: 'Narrow it with WHERE, check its joins and recursion, or allow more time with --timeout SECONDS.',
    cause,
  });
}

function toSqlError(error: unknown): SqlError {
  if (error instanceof SqlError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/out of memory|memory limit|failed to allocate|could not allocate/i.test(message)) {
    return new SqlError({
      kind: 'stopped',
      message: 'The statement was stopped: it needs more memory than allowed.',
      remedy: 'Narrow it with WHERE or aggregate before joining.',
      cause: error,
    });
  }
  if (
    /external access|disabled by configuration|file system operations are disabled|read-only|configuration has been locked|permission error/i.test(
      message,
    )
  ) {
    return new SqlError({
      kind: 'refused',
      message: `The statement was refused: it reaches outside the tables (${firstLine(message)}).`,
      remedy: 'Only the tables and the views documents, facts and cells can be read.',
      cause: error,
    });
  }
  return new SqlError({
    kind: 'failed',
    message: `SQL error: ${message.trim()}`,
    remedy: '`corpuscope fields PATH` lists the tables and columns.',
    cause: error,
  });
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.trim() ?? '';
}
