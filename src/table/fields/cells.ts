import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldType } from '../catalog.ts';
import { createTemporaryTable } from './fill-table.ts';
import { splitItemsSql } from './text-lists.ts';
import { writeStatedTexts } from './stated-texts.ts';

/** What the cells need to know of a field. */
export interface CellField {
  readonly number: number;
  readonly type: FieldType;
  readonly unit: string | null;
  /** Between the items of a list that is stated as a text. */
  readonly separator: string | null;
}

/**
 * Decides the cells: one value an entity, field and period, by consensus of the readings. Within a document the
 * value that most readings state wins; equally many, those of labels and tables before those of sentences, then
 * the first. The latest document goes before all earlier ones. `latest` marks the cell that the table shows:
 * of labels before sentences, of the past before forecasts, of whole years before parts of years, without
 * period before with one, then of the latest period.
 *
 * Expects `build_facts`, `build_units`, `build_periods` and `build_entity_documents (document, row_label, entity, recency,
 * document_period, horizon)`; fills `store.cells`, and
 * counts in `build_used (field, facts)` the readings that give a value.
 */
export async function decideCells(connection: DuckDBConnection, fields: readonly CellField[]): Promise<void> {
  await writeFieldTypes(connection, fields);
  await connection.run(valuesSql);
  await connection.run(winnersSql);
  await connection.run(agreementSql);
  await writeStatedTexts(connection);
  await connection.run(cellsSql);
}

async function writeFieldTypes(connection: DuckDBConnection, fields: readonly CellField[]): Promise<void> {
  await createTemporaryTable({
    connection,
    table: 'build_field_types',
    columns: [
      { name: 'field', type: INTEGER, values: fields.map(({ number }) => number) },
      { name: 'field_type', type: VARCHAR, values: fields.map(({ type }) => type) },
      { name: 'field_unit', type: VARCHAR, values: fields.map(({ unit }) => unit) },
      { name: 'separator', type: VARCHAR, values: fields.map(({ separator }) => separator) },
    ],
  });
}

/**
 * The readings that give their field a value. `preference` puts the readings of a document in order: those of
 * labels and tables, then the order of the text.
 */
const valuesSql = `
CREATE OR REPLACE TEMP TABLE build_values AS
SELECT e.entity, f.field, coalesce(f.period, CASE WHEN e.editions THEN e.document_period END) AS period,
  f.document, f.ordinal, e.recency, e.horizon, f.sentence,
  CASE WHEN t.field_type IN ('number', 'percentage') THEN
    hash(CASE WHEN f.zero THEN 0 WHEN f.type = 'number' THEN f.number * u.factor ELSE f.number END)
    ELSE coalesce(f.content, hash(f.number)) END AS content
FROM build_facts f
JOIN build_entity_documents e ON e.document = f.document AND e.row_label IS NOT DISTINCT FROM f.row_label
JOIN build_field_types t ON t.field = f.field
LEFT JOIN build_units u ON u.field = f.field AND f.type = 'number' AND u.unit = coalesce(f.unit, '')
WHERE CASE t.field_type
  WHEN 'number' THEN (f.type = 'number' AND u.factor IS NOT NULL) OR f.zero OR (f.type = 'date' AND f.bare_year)
  WHEN 'percentage' THEN f.type = 'percentage' OR (f.type = 'number' AND f.unit IS NULL) OR f.zero
  WHEN 'date' THEN f.type = 'date' OR (f.type = 'number' AND f.unit IS NULL AND f.number BETWEEN 1000 AND 2100
    AND f.number = floor(f.number))
  WHEN 'boolean' THEN f.type = 'boolean'
  ELSE f.type <> 'missing' END`;

/** Up to 2^20 documents, 2^15 readings of a value and 2^25 readings of a document go into one number. */
const winnersSql = `
CREATE OR REPLACE TEMP TABLE build_stated AS
SELECT entity, field, period, document, content, any_value(recency) AS recency, any_value(horizon) AS horizon,
  count(*)::INTEGER AS readings, bool_and(sentence) AS sentence,
  min((sentence::BIGINT << 25) | ordinal) AS first_reading
FROM build_values GROUP BY entity, field, period, document, content;
CREATE OR REPLACE TEMP TABLE build_used AS SELECT field, count(*) AS facts FROM build_values GROUP BY field;
DROP TABLE build_values;
CREATE OR REPLACE TEMP TABLE build_winners AS
SELECT entity, field, period, winner.document AS document, winner.ordinal AS ordinal, winner.content AS content,
  winner.horizon AS horizon, winner.sentence AS sentence, winner.readings AS agreeing,
  alternatives, stated
FROM (
  SELECT entity, field, period,
    arg_min(
      {document: document, ordinal: (first_reading & 33554431)::INTEGER, content: content, horizon: horizon,
       sentence: sentence, readings: readings},
      ((1048575 - recency)::BIGINT << 42) | ((32767 - least(readings, 32767))::BIGINT << 27) | first_reading
    ) AS winner,
    (count(DISTINCT content) - 1)::INTEGER AS alternatives, count(*) AS stated
  FROM build_stated GROUP BY entity, field, period)`;

const agreementSql = `
UPDATE build_winners w SET agreeing = s.readings FROM (
  SELECT entity, field, period, content, sum(readings)::INTEGER AS readings FROM build_stated GROUP BY ALL
  HAVING count(*) > 1) s
WHERE w.stated > 1 AND s.entity = w.entity AND s.field = w.field AND s.period IS NOT DISTINCT FROM w.period
  AND s.content = w.content;
DROP TABLE build_stated`;

const yearlySql = `
SELECT field, count(*) FILTER (p.part_of_year) * 2 < count(*) AS yearly
FROM build_winners w JOIN build_periods p ON p.period = w.period GROUP BY field`;

/** Latest first: see {@link decideCells}. Days are below 2^25. */
const preferenceSql = `
(w.sentence::BIGINT << 58) | ((coalesce(p.first_day > w.horizon, false))::BIGINT << 57)
| ((coalesce(y.yearly AND p.part_of_year, false))::BIGINT << 56) | ((p.period IS NOT NULL)::BIGINT << 55)
| ((33554431 - coalesce(p.last_day, 0))::BIGINT << 25) | coalesce(p.first_day, 0)`;

const cellsSql = `
CREATE OR REPLACE TABLE store.cells AS
WITH preferred AS (
  SELECT w.*, ${preferenceSql} AS preference
  FROM build_winners w LEFT JOIN build_periods p ON p.period = w.period
  LEFT JOIN (${yearlySql}) y ON y.field = w.field),
marked AS (
  SELECT p.*, preference = min(preference) OVER (PARTITION BY entity, field) AS latest FROM preferred p)
SELECT e.kind, w.entity, w.field, w.period, t.field_type AS type,
  CASE WHEN t.field_type NOT IN ('number', 'percentage') THEN NULL
    WHEN r.type = 'number' THEN CASE WHEN u.factor = 1 THEN r.number
      ELSE format('{:.12g}', r.number * u.factor)::DOUBLE END
    WHEN r.type = 'percentage' THEN r.number
    WHEN r.type = 'date' THEN try_cast(r.date AS DOUBLE) ELSE 0 END AS number,
  CASE WHEN t.field_type <> 'text' THEN NULL
    WHEN r.type = 'text' THEN r.text WHEN r.type = 'list' THEN array_to_string(r.items, '; ') ELSE s.text END AS text,
  CASE WHEN t.field_type <> 'date' THEN NULL
    WHEN r.type = 'date' THEN r.date ELSE r.number::INTEGER::VARCHAR END AS date,
  CASE WHEN t.field_type = 'boolean' THEN r.boolean END AS boolean,
  CASE WHEN t.field_type <> 'list' THEN NULL WHEN r.type = 'list' THEN r.items
    WHEN r.type = 'text' AND f.zero THEN [] WHEN r.type <> 'text' THEN [s.text]
    WHEN t.separator IS NULL THEN [r.text]
    ELSE ${splitItemsSql('r.text', 't.separator')} END AS items,
  CASE WHEN t.field_type = 'number' THEN t.field_unit END AS unit,
  w.document, w.ordinal AS reading, w.agreeing, w.alternatives, w.latest
FROM marked w
JOIN store.readings r ON r.document = w.document AND r.ordinal = w.ordinal
JOIN build_facts f ON f.document = w.document AND f.ordinal = w.ordinal
JOIN build_field_types t ON t.field = w.field
JOIN store.entities e ON e.entity = w.entity
LEFT JOIN build_units u ON u.field = w.field AND r.type = 'number' AND u.unit = coalesce(r.unit, '')
LEFT JOIN build_stated_texts s ON s.document = w.document AND s.ordinal = w.ordinal
ORDER BY w.field, w.entity, w.period NULLS FIRST`;
