import type { DuckDBConnection } from '@duckdb/node-api';
import { isModelledSql } from '../fields/modelled-fields.ts';
import { modelRule } from '../reading.ts';

/**
 * Puts what language models read among the readings: of the documents that are there now, by their content, and under
 * the definitions of the fields that hold now. What the latest reader said comes first. A value that the pattern
 * reader found at the same place has its period.
 */
export async function placeModelReadings(connection: DuckDBConnection): Promise<void> {
  await connection.run(`
    DELETE FROM store.readings WHERE ${isModelledSql('rule')};
    INSERT INTO store.readings
    WITH placed AS (
      SELECT d.number AS document, f.label, o.run, m.*
      FROM store.model_readings m
      JOIN store.declared_fields f ON f.definition = m.definition
      JOIN store.model_outcomes o
        ON o.document_hash = m.document_hash AND o.definition = m.definition AND o.reader = m.reader
      JOIN store.documents d ON d.hash = m.document_hash
      QUALIFY row_number() OVER (
        PARTITION BY d.number, m.definition, m.reader, m.place ORDER BY o.run DESC) = 1),
    last_readings AS (
      SELECT document, max(ordinal) AS ordinal FROM store.readings
      WHERE document IN (SELECT document FROM placed) GROUP BY document),
    periods AS (
      SELECT p.document, p.definition, p.reader, p.place, min(r.period) AS period
      FROM placed p JOIN store.readings r ON r.document = p.document AND r.period IS NOT NULL
        AND r.value_start < p.value_end AND p.value_start < r.value_end AND r.type = p.type
      GROUP BY ALL HAVING count(DISTINCT r.period) = 1)
    SELECT p.document,
      (coalesce(l.ordinal, -1) + row_number() OVER (
        PARTITION BY p.document ORDER BY p.run DESC, p.reader, p.label, p.place))::INTEGER,
      '', p.label, NULL, p.quote_start, p.quote_end, p.value_start, p.value_end,
      p.type, p.number, p.unit, p.bound, p.date, p.boolean, p.text, p.items, s.period,
      '${modelRule}' || p.reader
    FROM placed p LEFT JOIN last_readings l ON l.document = p.document
    LEFT JOIN periods s ON s.document = p.document AND s.definition = p.definition AND s.reader = p.reader
      AND s.place = p.place`);
}
