import type { DuckDBConnection, DuckDBType, DuckDBValue, JS } from '@duckdb/node-api';

/** One row of a result, read by column name; a value of another type than asked for is a mistake in the SQL. */
export class ResultRow {
  readonly #values: Readonly<Record<string, JS>>;

  constructor(values: Readonly<Record<string, JS>>) {
    this.#values = values;
  }

  text(column: string): string {
    const value = this.textOrNull(column);
    if (value === null) throw mismatch(column, 'text', value);
    return value;
  }

  textOrNull(column: string): string | null {
    const value = this.#values[column];
    if (value === null || typeof value === 'string') return value;
    throw mismatch(column, 'text', value);
  }

  number(column: string): number {
    const value = this.numberOrNull(column);
    if (value === null) throw mismatch(column, 'a number', value);
    return value;
  }

  numberOrNull(column: string): number | null {
    const value = this.#values[column];
    if (value === null || typeof value === 'number') return value;
    if (typeof value === 'bigint') return Number(value);
    throw mismatch(column, 'a number', value);
  }

  boolean(column: string): boolean {
    const value = this.booleanOrNull(column);
    if (value === null) throw mismatch(column, 'a boolean', value);
    return value;
  }

  booleanOrNull(column: string): boolean | null {
    const value = this.#values[column];
    if (value === null || typeof value === 'boolean') return value;
    throw mismatch(column, 'a boolean', value);
  }

  texts(column: string): string[] {
    return this.#list(column).map((item) => {
      if (typeof item !== 'string') throw mismatch(column, 'a list of texts', item);
      return item;
    });
  }

  numbers(column: string): number[] {
    return this.#list(column).map((item) => {
      if (typeof item === 'bigint') return Number(item);
      if (typeof item !== 'number') throw mismatch(column, 'a list of numbers', item);
      return item;
    });
  }

  #list(column: string): readonly JS[] {
    const value = this.#values[column];
    if (value === null) return [];
    if (Array.isArray(value)) return value;
    throw mismatch(column, 'a list', value);
  }
}

function mismatch(column: string, expected: string, value: unknown): TypeError {
  return new TypeError(`The result column ${column} should hold ${expected} but holds ${String(value)}.`);
}

/** Runs a statement whose result is small. */
export async function readRows(
  connection: DuckDBConnection,
  sql: string,
  values?: Record<string, DuckDBValue>,
  types?: Record<string, DuckDBType>,
): Promise<ResultRow[]> {
  const result = await connection.run(sql, values, types);
  const rows = await result.getRowObjectsJS();
  return rows.map((row) => new ResultRow(row));
}

/**
 * Streams a result of INTEGER columns without nulls, however large: `visit` sees the values of one row at a
 * time. Much cheaper than {@link readRows}, which makes an object a row.
 */
export async function visitIntegerPairs(
  connection: DuckDBConnection,
  sql: string,
  visit: (first: number, second: number) => void,
): Promise<void> {
  const result = await connection.stream(sql);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    const first = chunk.getColumnVector(0);
    const second = chunk.getColumnVector(1);
    for (let row = 0; row < chunk.rowCount; row += 1) {
      visit(Number(first.getItem(row)), Number(second.getItem(row)));
    }
  }
}
