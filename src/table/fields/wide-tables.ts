import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldType } from '../catalog.ts';
import { createTemporaryTable } from './fill-table.ts';
import { quoteIdentifier } from './identifiers.ts';
import { readRows } from './result-row.ts';

/** A column of a table: the latest values of a field, or those of one earlier period. */
export interface WideColumn {
  readonly field: number;
  readonly name: string;
  readonly type: FieldType;
  readonly period: string | null;
}

export interface WideTable {
  readonly kind: number;
  readonly name: string;
  readonly key: string;
  readonly columns: readonly WideColumn[];
  /** The name of a column that holds the document a row comes from, where rows come from several. */
  readonly documentColumn: string | null;
}

/** How a cell's value stands in a table, by the type of its field. */
const storage = [
  { types: ['number', 'percentage'], value: 'c.number' },
  { types: ['text', 'category'], value: 'c.text' },
  // A date stated to the month or year only stands as its first day.
  {
    types: ['date'],
    value: "try_cast(rpad(c.date, 10, CASE length(c.date) WHEN 4 THEN '-01-01' ELSE '-01' END) AS DATE)",
  },
  { types: ['list'], value: 'c.items' },
  { types: ['boolean'], value: 'c.boolean' },
] as const;

/**
 * Makes the kind's table in `main`: a row an entity, in the order of the entities, the key first, then the
 * columns in their order. Expects `store.cells`, `store.entities` and `build_entity_documents`.
 */
export async function createWideTable(connection: DuckDBConnection, table: WideTable): Promise<void> {
  await createTemporaryTable({
    connection,
    table: 'build_slots',
    columns: [
      { name: 'slot', type: INTEGER, values: table.columns.map((_, slot) => slot) },
      { name: 'field', type: INTEGER, values: table.columns.map(({ field }) => field) },
      { name: 'period', type: VARCHAR, values: table.columns.map(({ period }) => period) },
    ],
  });
  const parts: string[] = [];
  for (const { types, value } of storage) {
    const slots = table.columns.flatMap(({ type }, slot) =>
      types.some((each) => each === type) ? [slot] : [],
    );
    if (slots.length === 0) continue;
    const part = `build_wide_${types[0]}`;
    await connection.run(`
      CREATE OR REPLACE TEMP TABLE ${part} AS
      PIVOT (
        SELECT c.entity, s.slot, ${value} AS value FROM store.cells c
        JOIN build_slots s ON s.field = c.field
          AND CASE WHEN s.period IS NULL THEN c.latest ELSE c.period = s.period END)
      ON slot IN (${slots.map((slot) => `${slot} AS "${slot}"`).join(', ')}) USING first(value) GROUP BY entity`);
    parts.push(part);
  }
  const columns = table.columns.map(({ name, type }, slot) => {
    const part = storage.find(({ types }) => types.some((each) => each === type)) ?? storage[1];
    return `build_wide_${part.types[0]}."${slot}" AS ${quoteIdentifier(name)}`;
  });
  const document =
    table.documentColumn === null ? [] : [`origin.document AS ${quoteIdentifier(table.documentColumn)}`];
  await connection.run(`
    CREATE TABLE main.${quoteIdentifier(table.name)} AS
    SELECT ${[`e.name AS ${quoteIdentifier(table.key)}`, ...document, ...columns].join(', ')}
    FROM store.entities e
    ${parts.map((part) => `LEFT JOIN ${part} ON ${part}.entity = e.entity`).join('\n')}
    ${table.documentColumn === null ? '' : originSql}
    WHERE e.kind = ${table.kind} ORDER BY e.entity`);
  for (const part of [...parts, 'build_slots']) await connection.run(`DROP TABLE ${part}`);
}

/** The name of the document that a row of a table comes from. */
const originSql = `LEFT JOIN (
  SELECT r.entity, min(n.name) AS document FROM build_entity_documents r
  JOIN build_entity_documents d ON d.document = r.document AND d.row_label IS NULL
  JOIN store.entities n ON n.entity = d.entity
  WHERE r.row_label IS NOT NULL GROUP BY r.entity) origin ON origin.entity = e.entity`;

/** Drops the tables and views of an earlier build. */
export async function dropTables(connection: DuckDBConnection): Promise<void> {
  for (const view of ['documents', 'facts', 'cells'])
    await connection.run(`DROP VIEW IF EXISTS main.${view}`);
  const tables = await readRows(
    connection,
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main' AND table_type = 'BASE TABLE' AND table_catalog = current_database()",
  );
  for (const table of tables)
    await connection.run(`DROP TABLE main.${quoteIdentifier(table.text('table_name'))}`);
}

/** The views that stand beside the tables. A fact of no field goes by the label that the document gives it. */
export async function createViews(connection: DuckDBConnection): Promise<void> {
  await connection.run(`
    CREATE VIEW main.documents AS SELECT id, title, path, format, tokens FROM store.documents;
    CREATE VIEW main.facts AS
    SELECT d.id AS document, k.name AS kind, e.name AS entity,
      coalesce(f.label, concat_ws(' > ', nullif(r.section, ''), r.entity, r.label)) AS field,
      r.period, r.type, r.number, r.unit, r.bound, r.text, r.date, r.boolean, r.items,
      r.quote_start, r.quote_end, r.value_start, r.value_end, r.rule, r.ordinal AS reading
    FROM store.readings r JOIN store.documents d ON d.number = r.document
    LEFT JOIN store.facts s ON s.document = r.document AND s.ordinal = r.ordinal
    LEFT JOIN store.fields f ON f.field = s.field
    LEFT JOIN store.entities e ON e.entity = s.entity
    LEFT JOIN store.kinds k ON k.kind = f.kind;
    CREATE VIEW main.cells AS
    SELECT k.name AS kind, e.name AS entity, f.name AS field, f.label, c.period, c.latest, c.type, c.number, c.text,
      c.date, c.boolean, c.items, c.unit, d.id AS document, c.reading, c.agreeing, c.alternatives
    FROM store.cells c JOIN store.kinds k ON k.kind = c.kind JOIN store.entities e ON e.entity = c.entity
    JOIN store.fields f ON f.field = c.field JOIN store.documents d ON d.number = c.document`);
}
