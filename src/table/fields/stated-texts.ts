import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { appendRows } from './fill-table.ts';
import { readRows } from './result-row.ts';
import { readWords } from './stated-words.ts';

/**
 * Keeps the words of numbers, dates and the like that stand in a field of texts: a version "1.10" is not 1.1.
 * Fills `store.stated_texts (document, ordinal, text)` for the cells in `build_cells`.
 */
export async function writeStatedTexts(connection: DuckDBConnection): Promise<void> {
  const rows = await readRows(
    connection,
    `SELECT r.document, r.ordinal, r.value_start, r.value_end FROM build_cells c
     JOIN store.field_types t ON t.field = c.field AND t.type IN ('text', 'list')
     JOIN store.readings r ON r.document = c.document AND r.ordinal = c.reading
     WHERE c.form NOT IN ('text', 'letter', 'zero', 'list') ORDER BY r.document, r.ordinal`,
  );
  const places = rows.map((row) => ({
    document: row.number('document'),
    ordinal: row.number('ordinal'),
    start: row.number('value_start'),
    end: row.number('value_end'),
  }));
  const texts = await readWords(connection, places);
  await connection.run(
    'CREATE OR REPLACE TABLE store.stated_texts (document INTEGER, ordinal INTEGER, text VARCHAR)',
  );
  await appendRows({
    connection,
    table: 'stated_texts',
    schema: 'store',
    columns: [
      { name: 'document', type: INTEGER, values: places.map(({ document }) => document) },
      { name: 'ordinal', type: INTEGER, values: places.map(({ ordinal }) => ordinal) },
      { name: 'text', type: VARCHAR, values: texts },
    ],
  });
}
