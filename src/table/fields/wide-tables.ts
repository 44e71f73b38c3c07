import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldType } from '../catalog.ts';
import { createTemporaryTable } from './fill-table.ts';
import { quoteIdentifier } from './identifiers.ts';
import { readerSql } from './modelled-fields.ts';
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
  { types: ['number', 'percentage'], column: 'DOUBLE', value: 'c.number' },
  { types: ['text', 'category'], column: 'VARCHAR', value: 'c.text' },
  // A date stated to the month or year only stands as its first day.
  {
    types: ['date'],
    column: 'DATE',
    value: "try_cast(rpad(c.date, 10, CASE length(c.date) WHEN 4 THEN '-01-01' ELSE '-01' END) AS DATE)",
  },
  { types: ['list'], column: 'VARCHAR[]', value: 'c.items' },
  { types: ['boolean'], column: 'BOOLEAN', value: 'c.boolean' },
] as const;

type Storage = (typeof storage)[number];

/** Cells that are turned into rows at once: what bounds the memory. */
const cellsAtOnce = 200_000;

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
  const columns = [
    { name: table.key, column: 'VARCHAR' },
    ...(table.documentColumn === null ? [] : [{ name: table.documentColumn, column: 'VARCHAR' }]),
    ...table.columns.map(({ name, type }) => ({ name, column: storageOf(type).column })),
  ];
  const definitions = columns.map(({ name, column }) => `${quoteIdentifier(name)} ${column}`);
  await connection.run(`CREATE TABLE main.${quoteIdentifier(table.name)} (${definitions.join(', ')})`);
  const [extent] = await readRows(
    connection,
    `SELECT min(e.entity) AS first, max(e.entity) AS last, count(*) AS entities,
       (SELECT count(*) FROM store.cell_sources c JOIN store.field_types t ON t.field = c.field AND t.kind = ${table.kind}) AS cells
     FROM store.entities e WHERE e.kind = ${table.kind}`,
  );
  if (extent === undefined || extent.number('entities') === 0) return;
  const batches = Math.ceil(extent.number('cells') / cellsAtOnce);
  const entitiesAtOnce = Math.ceil(extent.number('entities') / Math.max(1, batches));
  for (let first = extent.number('first'); first <= extent.number('last'); first += entitiesAtOnce) {
    await insertRows({ connection, table, range: { first, last: first + entitiesAtOnce - 1 } });
  }
}

const storageOf = (type: FieldType): Storage =>
  storage.find(({ types }) => types.some((each) => each === type)) ?? storage[1];

/** Inserts the rows of a range of entities: for each way of storing values a pivot, joined by entity. */
async function insertRows({
  connection,
  table,
  range,
}: {
  connection: DuckDBConnection;
  table: WideTable;
  range: { readonly first: number; readonly last: number };
}): Promise<void> {
  const within = (column: string): string => `${column} BETWEEN ${range.first} AND ${range.last}`;
  const pivots = storage.flatMap(({ types, value }) => {
    const slots = table.columns.flatMap(({ type }, slot) =>
      types.some((each) => each === type) ? [slot] : [],
    );
    if (slots.length === 0) return [];
    return [
      `LEFT JOIN (PIVOT (
        SELECT c.entity, s.slot, ${value} AS value FROM store.cells c
        JOIN build_slots s ON s.field = c.field
          AND CASE WHEN s.period IS NULL THEN c.latest ELSE c.period = s.period END
        WHERE ${within('c.entity')})
      ON slot IN (${slots.map((slot) => `${slot} AS "${slot}"`).join(', ')}) USING first(value) GROUP BY entity
      ) ${types[0]}_values ON ${types[0]}_values.entity = e.entity`,
    ];
  });
  const columns = table.columns.map(({ type }, slot) => `${storageOf(type).types[0]}_values."${slot}"`);
  const origin = table.documentColumn === null ? [] : ['origin.document'];
  await connection.run(`
    INSERT INTO main.${quoteIdentifier(table.name)}
    SELECT ${['e.name', ...origin, ...columns].join(', ')}
    FROM store.entities e
    ${pivots.join('\n')}
    ${table.documentColumn === null ? '' : originSql}
    WHERE e.kind = ${table.kind} AND ${within('e.entity')} ORDER BY e.entity`);
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
      r.quote_start, r.quote_end, r.value_start, r.value_end, ${readerSql('r.rule')} AS reader, r.rule,
      r.ordinal AS reading
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
