import type { DuckDBConnection } from '@duckdb/node-api';
import { harmonizeTexts } from './harmonize-texts.ts';
import { writeStatedTexts } from './stated-texts.ts';
import { splitItemsSql } from './text-lists.ts';

/**
 * Decides the cells: one reading an entity, field and period, by consensus. Within a document the value that most
 * readings state wins; among equally many, those of labels and tables go before those of language models, these
 * before those of sentences, then the first. The latest document goes before all earlier ones. `latest` marks the
 * cell that the table shows: of labels before models before sentences, of the past before forecasts, of whole years
 * before parts of years, without period before with one, then of the latest period.
 *
 * Expects `build_facts`, `build_accepted`, `build_periods`, `store.field_types`, `store.units` and
 * `build_entity_documents (document, row_label, entity, recency, document_period, horizon, editions,
 * series)`; a document of a series is of one period, which its cells need not tell. Leaves the
 * decision in `build_cells` and `store.cell_sources`, from which the view `store.cells` takes the values.
 */
export async function decideCells(connection: DuckDBConnection): Promise<void> {
  await connection.run(valuesSql);
  await connection.run(aloneSql);
  await connection.run(contestedSql);
  await connection.run(winnersSql);
  await connection.run(latestSql);
  await writeStatedTexts(connection);
  await harmonizeTexts(connection);
  await connection.run(storeSql);
}

/** The readings that give their field a value. */
const valuesSql = `
CREATE OR REPLACE TEMP VIEW build_values AS
SELECT e.entity, f.field, CASE WHEN NOT e.series THEN coalesce(f.period, CASE WHEN e.editions THEN p.number END)
    WHEN f.period IS DISTINCT FROM p.number THEN f.period END AS period,
  f.document, f.ordinal, f.form, f.standing, f.content, e.recency, e.horizon
FROM build_facts f
JOIN build_accepted a ON a.field = f.field AND a.form = f.form::VARCHAR AND a.unit = f.unit
JOIN build_entity_documents e ON e.document = f.document AND e.row_label IS NOT DISTINCT FROM f.row_label
LEFT JOIN build_periods p ON (e.editions OR e.series) AND p.period = e.document_period`;

/** Most cells have one reading only, and nothing to be decided. */
const aloneSql = `
CREATE OR REPLACE TEMP TABLE build_cells AS
SELECT entity, field, any_value(period) AS period, any_value(document) AS document, any_value(ordinal) AS reading,
  any_value(form) AS form, any_value(content) AS content, count(*)::INTEGER AS agreeing, 0 AS alternatives,
  true AS latest
FROM build_values GROUP BY entity, field`;

const contestedSql = `
CREATE OR REPLACE TEMP TABLE build_contested AS
SELECT v.* FROM build_values v
JOIN build_cells c ON c.entity = v.entity AND c.field = v.field AND c.agreeing > 1;
CREATE OR REPLACE TEMP TABLE build_used AS SELECT field, sum(agreeing)::BIGINT AS facts FROM build_cells GROUP BY field;
DELETE FROM build_cells WHERE agreeing > 1;
DROP VIEW build_values`;

/** Up to 2^20 documents, 2^15 readings of a value and 2^25 readings of a document go into one number. */
const winnersSql = `
CREATE OR REPLACE TEMP TABLE build_stated AS
SELECT entity, field, period, document, content, any_value(recency) AS recency, any_value(horizon) AS horizon,
  count(*) AS readings, min((standing::BIGINT << 25) | ordinal) AS first_reading, arg_min(form, ordinal) AS form
FROM build_contested GROUP BY entity, field, period, document, content;
DROP TABLE build_contested;
CREATE OR REPLACE TEMP TABLE build_winners AS
WITH winners AS (
  SELECT entity, field, period, count(DISTINCT content) - 1 AS alternatives, unnest(arg_min(
    {document: document, content: content, horizon: horizon, form: form, first_reading: first_reading},
    ((1048575 - recency)::BIGINT << 42) | ((32767 - least(readings, 32767))::BIGINT << 27) | first_reading))
  FROM build_stated GROUP BY entity, field, period)
SELECT w.*, s.agreeing FROM winners w JOIN (
  SELECT entity, field, period, content, sum(readings) AS agreeing FROM build_stated GROUP BY ALL) s
ON s.entity = w.entity AND s.field = w.field AND s.period IS NOT DISTINCT FROM w.period AND s.content = w.content;
DROP TABLE build_stated`;

/** Days are below 2^25; the smallest preference is the latest. */
const latestSql = `
INSERT INTO build_cells
WITH yearly AS (
  SELECT field, count(*) FILTER (p.part_of_year) * 2 < count(*) AS yearly
  FROM build_winners w JOIN build_periods p ON p.number = w.period GROUP BY field),
preferred AS (
  SELECT w.*, ((first_reading >> 25) << 58) | (coalesce(p.first_day > w.horizon, false)::BIGINT << 57)
    | (coalesce(y.yearly AND p.part_of_year, false)::BIGINT << 56) | ((w.period IS NOT NULL)::BIGINT << 55)
    | ((33554431 - coalesce(p.last_day, 0))::BIGINT << 25) | coalesce(p.first_day, 0) AS preference
  FROM build_winners w LEFT JOIN build_periods p ON p.number = w.period LEFT JOIN yearly y ON y.field = w.field)
SELECT entity, field, period, document, (first_reading & 33554431)::INTEGER, form, content, agreeing::INTEGER,
  alternatives::INTEGER, row_number() OVER (PARTITION BY entity, field ORDER BY preference, period) = 1
FROM preferred;
DROP TABLE build_winners`;

const storeSql = `
CREATE OR REPLACE TABLE store.cell_sources AS
SELECT c.entity, c.field, p.period, c.document, c.reading, c.agreeing, c.alternatives, c.latest
FROM build_cells c LEFT JOIN build_periods p ON p.number = c.period;
CREATE OR REPLACE VIEW store.cells AS
SELECT t.kind, c.entity, c.field, c.period, t.type, ${numberSql()} AS number, ${textSql()} AS text,
  ${dateSql()} AS date, CASE WHEN t.type = 'boolean' THEN coalesce(r.boolean, upper(r.text) = 'Y', false) END AS boolean, ${itemsSql()} AS items,
  CASE WHEN t.type = 'number' THEN t.unit END AS unit, c.document, c.reading, c.agreeing, c.alternatives, c.latest
FROM store.cell_sources c
JOIN store.field_types t ON t.field = c.field
JOIN store.readings r ON r.document = c.document AND r.ordinal = c.reading
LEFT JOIN store.units u ON u.field = c.field AND u.unit = r.unit
LEFT JOIN store.stated_texts s ON s.document = c.document AND s.ordinal = c.reading`;

/** Where numbers are expected, a year is a number, and a text that was accepted states zero. */
function numberSql(): string {
  return `CASE WHEN t.type NOT IN ('number', 'percentage') THEN NULL WHEN r.number IS NULL
    THEN coalesce(try_cast(r.date AS DOUBLE), 0)
    WHEN u.factor IS NULL THEN r.number ELSE format('{:.12g}', r.number * u.factor)::DOUBLE END`;
}

function textSql(): string {
  return `CASE WHEN t.type <> 'text' THEN NULL ELSE coalesce(s.text, r.text, array_to_string(r.items, '; ')) END`;
}

function dateSql(): string {
  return `CASE WHEN t.type <> 'date' THEN NULL ELSE coalesce(r.date, r.number::INTEGER::VARCHAR) END`;
}

function itemsSql(): string {
  return `CASE WHEN t.type <> 'list' THEN NULL WHEN r.items IS NOT NULL THEN r.items
    WHEN t.separator IS NULL OR r.text IS NULL THEN [coalesce(s.text, r.text)]
    ELSE ${splitItemsSql('r.text', 't.separator')} END`;
}
