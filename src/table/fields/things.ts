import { BOOLEAN, INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { recencyOf, type RankedDocument } from './document-order.ts';
import { appendRows, createTemporaryTable } from './fill-table.ts';
import { readRows } from './result-row.ts';

/** What a row of a table, or a document that is a row, is about. */
export interface Thing {
  /** The place of its table among those that are compared. */
  readonly table: number;
  /** `store.documents.number`. */
  readonly document: number;
  /** `build_row_labels.number`; null for a document that is a row itself. */
  readonly rowLabel: number | null;
  /** Folded. */
  readonly name: string;
}

/** Leaves the things in `build_things`, and in `build_document_periods` which period each document is of. */
export async function writeThings(connection: DuckDBConnection, things: readonly Thing[]): Promise<void> {
  await createTemporaryTable({
    connection,
    table: 'build_things',
    columns: [
      { name: 'tbl', type: INTEGER, values: things.map(({ table }) => table) },
      { name: 'document', type: INTEGER, values: things.map(({ document }) => document) },
      { name: 'row_label', type: INTEGER, values: things.map(({ rowLabel }) => rowLabel) },
      { name: 'name', type: VARCHAR, values: things.map(({ name }) => name) },
    ],
  });
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE build_document_periods AS
    SELECT d.document, p.number AS period_number FROM build_documents d LEFT JOIN build_periods p ON p.period = d.period`);
}

/** A kind whose entities are things that several tables are about. */
export interface ThingKind {
  readonly kind: number;
  readonly rowTables: readonly number[];
  /** Ranks of the documents that are rows of it. */
  readonly entityDocuments: Int32Array;
}

/**
 * Names the things of joined tables as their first table does, and adds them to `store.entities` and
 * `build_entity_documents`. What a document states of them is of its period, where it states no other. Expects
 * `build_things`, `build_facts` and `build_field_kinds`.
 */
export async function findThingEntities({
  connection,
  documents,
  kinds,
}: {
  connection: DuckDBConnection;
  documents: readonly RankedDocument[];
  kinds: readonly ThingKind[];
}): Promise<void> {
  if (kinds.length === 0) return;
  const [count] = await readRows(connection, 'SELECT count(*) AS entities FROM store.entities');
  const recency = recencyOf(documents);
  const rankOf = new Map(documents.map(({ number }, rank) => [number, rank]));
  const rows = await readRows(
    connection,
    `SELECT k.kind, f.document, f.row_label, t.name AS folded, min(trim(w.entity)) AS row_name, min(f.ordinal) AS ordinal
     FROM build_facts f JOIN build_field_kinds k ON k.field = f.field
     JOIN build_documents d ON d.document = f.document
     JOIN (SELECT DISTINCT document, row_label, name FROM build_things) t
       ON t.document = f.document AND t.row_label IS NOT DISTINCT FROM f.row_label
     LEFT JOIN build_row_labels w ON w.number = f.row_label
     WHERE k.kind IN (${kinds.map(({ kind }) => kind).join(', ')})
     GROUP BY k.kind, d.rank, f.document, f.row_label, t.name ORDER BY k.kind, d.rank, min(f.ordinal)`,
  );
  const entities = new Map<
    string,
    { readonly number: number; readonly kind: number; readonly name: string }
  >();
  const first = count?.number('entities') ?? 0;
  const members = rows.map((row) => {
    const kind = row.number('kind');
    const document = row.number('document');
    const rank = rankOf.get(document) ?? 0;
    const key = `${kind}\n${row.text('folded')}`;
    const name = row.textOrNull('row_name') ?? documents[rank]?.title ?? row.text('folded');
    const entity = entities.get(key) ?? { number: first + entities.size, kind, name };
    entities.set(key, entity);
    return { document, rank, rowLabel: row.numberOrNull('row_label'), entity: entity.number };
  });
  const found = [...entities.values()];
  await appendRows({
    connection,
    table: 'entities',
    schema: 'store',
    columns: [
      { name: 'entity', type: INTEGER, values: found.map(({ number }) => number) },
      { name: 'kind', type: INTEGER, values: found.map(({ kind }) => kind) },
      { name: 'name', type: VARCHAR, values: found.map(({ name }) => name) },
    ],
  });
  const periods = members.map(({ rank }) => documents[rank]?.period ?? null);
  await appendRows({
    connection,
    table: 'build_entity_documents',
    schema: 'main',
    catalog: 'temp',
    columns: [
      { name: 'document', type: INTEGER, values: members.map(({ document }) => document) },
      { name: 'row_label', type: INTEGER, values: members.map(({ rowLabel }) => rowLabel) },
      { name: 'entity', type: INTEGER, values: members.map(({ entity }) => entity) },
      { name: 'recency', type: INTEGER, values: members.map(({ rank }) => recency[rank] ?? 0) },
      { name: 'document_period', type: VARCHAR, values: periods },
      { name: 'horizon', type: INTEGER, values: members.map(() => null) },
      { name: 'editions', type: BOOLEAN, values: periods.map((period) => period !== null) },
      { name: 'series', type: BOOLEAN, values: members.map(() => false) },
    ],
  });
}
