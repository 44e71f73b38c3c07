import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';

/** A cell of a result in plain JSON terms. */
export type SqlCell = string | number | boolean | null | readonly SqlCell[];

/**
 * A DuckDB value as plain JSON: whole numbers beyond 2^53 become strings, dates and times ISO 8601, lists
 * arrays; not-a-number and infinities become null, since JSON has none.
 */
export function toSqlCell(value: DuckDBValue): SqlCell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBTimestampValue) return value.toString().replace(' ', 'T');
  if (value instanceof DuckDBListValue) return value.items.map(toSqlCell);
  if (value instanceof DuckDBStructValue) return Object.values(value.entries).map(toSqlCell);
  return String(value);
}
