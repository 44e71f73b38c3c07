import { LIST, VARCHAR, listValue, type DuckDBConnection } from '@duckdb/node-api';
import { readRows, type ResultRow } from './result-row.ts';

/** A cell with the reading that won it. Offsets are UTF-16 code units of the document's stored text. */
export interface FoundCell {
  /** The document's id. */
  readonly document: string;
  /** `store.documents.number`. */
  readonly documentNumber: number;
  readonly entity: string;
  /** The column as it was asked for: `gdp`, `gdp@2020`. */
  readonly column: string;
  /** The field in the documents' words. */
  readonly field: string;
  readonly start: number;
  readonly end: number;
  /** As the table holds it; a date with the precision that is stated. */
  readonly value: string | number | boolean | readonly string[] | null;
  readonly unit: string | null;
  readonly period: string | null;
  /** How many readings state this value. */
  readonly agreeing: number;
  /** How many other values are stated for the same entity, field and period. */
  readonly alternatives: number;
}

/**
 * Finds the cells behind columns of a table for some of its rows, in the order of the keys, then of the columns.
 *
 * @param keys names of entities; null for all rows, in the table's order.
 * @param columns as SQL names them, `NAME` or `NAME@PERIOD`; those that have no cells (the key) give none.
 * @param limit how many cells to return at most; `total` counts all.
 */
export async function findCells({
  connection,
  table,
  keys,
  columns,
  limit,
}: {
  connection: DuckDBConnection;
  table: string;
  keys: readonly string[] | null;
  columns: readonly string[];
  limit: number;
}): Promise<{ cells: FoundCell[]; total: number }> {
  const list = LIST(VARCHAR);
  const rows = await readRows(
    connection,
    `WITH wanted AS (SELECT unnest($columns) AS wanted_column, generate_subscripts($columns, 1) AS column_order),
     keys AS (SELECT unnest($keys) AS key, generate_subscripts($keys, 1) AS key_order),
     fields AS (
       SELECT w.*, f.field, f.label, CASE WHEN w.wanted_column <> f.name
         THEN substr(w.wanted_column, length(f.name) + 2) END AS wanted_period
       FROM store.fields f JOIN store.kinds k ON k.kind = f.kind AND k.name = $table
       JOIN wanted w ON w.wanted_column = f.name OR starts_with(w.wanted_column, f.name || '@'))
     SELECT d.id AS document, c.document AS document_number, e.name AS entity, f.wanted_column, f.label,
       r.quote_start, r.quote_end, c.type, c.number, coalesce(c.text, c.date) AS text, c.boolean, c.items, c.unit,
       c.period, c.agreeing, c.alternatives, count(*) OVER () AS total
     FROM store.cells c
     JOIN fields f ON f.field = c.field
       AND CASE WHEN f.wanted_period IS NULL THEN c.latest ELSE c.period = f.wanted_period END
     JOIN store.entities e ON e.entity = c.entity
     LEFT JOIN keys ON keys.key = e.name
     JOIN store.documents d ON d.number = c.document
     JOIN store.readings r ON r.document = c.document AND r.ordinal = c.reading
     WHERE keys.key IS NOT NULL OR ${keys === null}
     ORDER BY keys.key_order, e.entity, f.column_order LIMIT ${Math.max(1, Math.floor(limit))}`,
    { table, columns: listValue(columns), keys: listValue(keys ?? []) },
    { table: VARCHAR, columns: list, keys: list },
  );
  // One row is asked for at least, since each carries the total.
  return { cells: rows.slice(0, limit).map(toCell), total: rows[0]?.number('total') ?? 0 };
}

function toCell(row: ResultRow): FoundCell {
  const type = row.text('type');
  const value =
    type === 'number' || type === 'percentage'
      ? row.numberOrNull('number')
      : type === 'boolean'
        ? row.booleanOrNull('boolean')
        : type === 'list'
          ? row.texts('items')
          : row.textOrNull('text');
  return {
    document: row.text('document'),
    documentNumber: row.number('document_number'),
    entity: row.text('entity'),
    column: row.text('wanted_column'),
    field: row.text('label'),
    start: row.number('quote_start'),
    end: row.number('quote_end'),
    value,
    unit: type === 'percentage' ? '%' : row.textOrNull('unit'),
    period: row.textOrNull('period'),
    agreeing: row.number('agreeing'),
    alternatives: row.number('alternatives'),
  };
}
