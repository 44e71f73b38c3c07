import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { createTemporaryTable } from './fill-table.ts';
import { ResultRow } from './result-row.ts';

/**
 * Cuts the words out of the documents for numbers, dates and the like that stand in a field of texts: a version
 * "1.10" is not 1.1. Offsets are UTF-16 code units, which SQL does not count in, so it is done here. Fills
 * `build_stated_texts (document, ordinal, text)` from `build_winners`.
 */
export async function writeStatedTexts(connection: DuckDBConnection): Promise<void> {
  const documents: number[] = [];
  const ordinals: number[] = [];
  const texts: string[] = [];
  const result = await connection.stream(`
    SELECT d.number, d.text, n.ordinals, n.starts, n.ends FROM (
      SELECT r.document, list(r.ordinal ORDER BY r.ordinal) AS ordinals,
        list(r.value_start ORDER BY r.ordinal) AS starts, list(r.value_end ORDER BY r.ordinal) AS ends
      FROM build_winners w
      JOIN build_field_types t ON t.field = w.field AND t.field_type IN ('text', 'list')
      JOIN store.readings r ON r.document = w.document AND r.ordinal = w.ordinal
      WHERE r.type NOT IN ('text', 'list') GROUP BY r.document) n
    JOIN store.documents d ON d.number = n.document`);
  for await (const batch of result.yieldRowObjectJs()) {
    for (const values of batch) {
      const row = new ResultRow(values);
      const text = row.text('text');
      const [starts, ends] = [row.numbers('starts'), row.numbers('ends')];
      for (const [index, ordinal] of row.numbers('ordinals').entries()) {
        documents.push(row.number('number'));
        ordinals.push(ordinal);
        texts.push(text.slice(starts[index], ends[index]));
      }
    }
  }
  await createTemporaryTable({
    connection,
    table: 'build_stated_texts',
    columns: [
      { name: 'document', type: INTEGER, values: documents },
      { name: 'ordinal', type: INTEGER, values: ordinals },
      { name: 'text', type: VARCHAR, values: texts },
    ],
  });
}
