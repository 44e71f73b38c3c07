import { BOOLEAN, INTEGER, type DuckDBConnection } from '@duckdb/node-api';
import type { RankedDocument } from './document-order.ts';
import { foldName, withoutYear } from './entity-names.ts';
import { createTemporaryTable } from './fill-table.ts';

/** A kind whose entities are rows of tables within documents. */
export interface RowKind {
  readonly kind: number;
  /** Ranks of the documents that hold the table. */
  readonly documents: readonly number[];
}

/**
 * Whether the same row label in several documents is the same entity: when the documents are editions of one,
 * called the same but for the year and each of another period.
 */
export function areEditions(kind: RowKind, documents: readonly RankedDocument[]): boolean {
  const holders = kind.documents.map((rank) => documents[rank]).filter((document) => document !== undefined);
  const names = new Set(holders.map(({ title, path }) => foldName(withoutYear(title ?? path))));
  const periods = new Set(holders.map(({ period }) => period));
  return holders.length > 1 && names.size === 1 && periods.size === holders.length && !periods.has(null);
}

/**
 * Names the entities that rows of tables are, after their row labels; one that several documents have gets the
 * document's name behind it, unless they are editions of the same. Adds to `store.entities` and
 * `build_entity_documents`, numbered in the order of documents and rows. Expects `build_field_kinds`.
 */
export async function findRowEntities({
  connection,
  kinds,
  documents,
}: {
  connection: DuckDBConnection;
  kinds: readonly RowKind[];
  documents: readonly RankedDocument[];
}): Promise<void> {
  if (kinds.length === 0) return;
  await createTemporaryTable({
    connection,
    table: 'build_row_kinds',
    columns: [
      { name: 'kind', type: INTEGER, values: kinds.map(({ kind }) => kind) },
      { name: 'editions', type: BOOLEAN, values: kinds.map((kind) => areEditions(kind, documents)) },
    ],
  });
  await connection.run(rowsSql);
  await connection.run(entitiesSql);
}

const rowsSql = `
CREATE OR REPLACE TEMP TABLE build_rows AS
SELECT kind, editions, document, row_label, row_name, folded, ordinal,
  dense_rank() OVER (ORDER BY kind, first_rank, first_ordinal, CASE WHEN editions THEN 0 ELSE rank END, folded)
    + (SELECT count(*) FROM store.entities) - 1 AS entity,
  holders
FROM (
  SELECT *, min(rank) OVER same AS first_rank,
    arg_min(ordinal, rank::BIGINT * 33554432 + ordinal) OVER same AS first_ordinal,
    count(DISTINCT document) OVER (PARTITION BY kind, folded) AS holders
  FROM (
    SELECT k.kind, k.editions, f.document, d.rank, f.row_label, w.entity AS row_name, min(f.ordinal) AS ordinal,
      lower(trim(regexp_replace(w.entity, '\\s+', ' ', 'g'))) AS folded
    FROM build_facts f JOIN build_field_kinds fk ON fk.field = f.field
    JOIN build_row_kinds k ON k.kind = fk.kind JOIN build_documents d ON d.document = f.document
    JOIN build_row_labels w ON w.number = f.row_label GROUP BY ALL)
  WINDOW same AS (PARTITION BY kind, folded, CASE WHEN editions THEN 0 ELSE document END))`;

const entitiesSql = `
CREATE OR REPLACE TEMP TABLE build_row_names AS
SELECT entity, kind, CASE WHEN holders = 1 OR editions THEN row_name
    ELSE row_name || ' (' || coalesce(document_name, document::VARCHAR) || ')' END AS name
FROM (
  SELECT r.entity, r.kind, any_value(r.editions) AS editions, any_value(r.holders) AS holders,
    arg_min(trim(r.row_name), r.ordinal) AS row_name, min(n.name) AS document_name, min(r.document) AS document
  FROM build_rows r
  LEFT JOIN build_entity_documents e ON e.document = r.document AND e.row_label IS NULL
  LEFT JOIN store.entities n ON n.entity = e.entity
  GROUP BY r.entity, r.kind);
INSERT INTO store.entities
SELECT entity::INTEGER, kind, CASE WHEN same = 1 THEN name ELSE name || ' (' || same || ')' END FROM (
  SELECT *, row_number() OVER (PARTITION BY kind, lower(name) ORDER BY entity) AS same FROM build_row_names)
ORDER BY entity;
INSERT INTO build_entity_documents
SELECT r.document, r.row_label, r.entity::INTEGER, e.recency, e.document_period, e.horizon, r.editions, false
FROM build_rows r LEFT JOIN build_entity_documents e ON e.document = r.document AND e.row_label IS NULL;
DROP TABLE build_rows;
DROP TABLE build_row_names`;
