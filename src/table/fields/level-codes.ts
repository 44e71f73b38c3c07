import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { createTemporaryTable } from './fill-table.ts';
import { readRows } from './result-row.ts';
import { readWords } from './stated-words.ts';

const levelCode = /^\d{1,2}[A-Z]$/;
const longestCode = 3;
/** Of what a label states, this share must be such codes. */
const fewestShare = 0.6;
const fewestReadings = 3;

/** How the reader understands a code: by its letter as a unit (`2A`) or a scale (`2B`), or not at all (`2C`). */
type Understanding = 'unit' | 'scale' | 'text';

/**
 * Settles codes such as 1A, 1B and 2C, which are a current, a billion and nothing where each stands alone: where one label
 * states several sorts of them, they are codes. Changes `store.readings`, where such a code was read as a number.
 */
export async function settleLevelCodes(connection: DuckDBConnection): Promise<void> {
  const short = await readRows(
    connection,
    `WITH short AS (
       SELECT document, ordinal, lower(label) AS label, type, number, unit, value_start, value_end FROM store.readings
       WHERE value_end - value_start BETWEEN 2 AND ${longestCode} AND type IN ('number', 'text')),
     labels AS (SELECT lower(label) AS label, count(*) AS readings FROM store.readings GROUP BY ALL),
     likely AS (
       SELECT label FROM short JOIN labels USING (label) GROUP BY label, readings
       HAVING count(*) >= greatest(readings * ${fewestShare}, ${fewestReadings})
         AND bool_or(type = 'number' AND (number >= 1000 OR length(unit) = 1)))
     SELECT short.*, labels.readings FROM short JOIN labels USING (label) JOIN likely USING (label)
     ORDER BY document, ordinal`,
  );
  if (short.length === 0) return;
  const words = await readWords(
    connection,
    short.map((row) => ({
      document: row.number('document'),
      start: row.number('value_start'),
      end: row.number('value_end'),
    })),
  );
  const codes = short.flatMap((row, index) => {
    const code = (words[index] ?? '').trim();
    if (!levelCode.test(code)) return [];
    const understood: Understanding =
      row.text('type') === 'text' ? 'text' : row.textOrNull('unit') === null ? 'scale' : 'unit';
    return [{ row, code, understood }];
  });
  const settled = [...Map.groupBy(codes, ({ row }) => row.text('label')).values()].flatMap((same) => {
    const readings = same[0]?.row.number('readings') ?? 0;
    const isMixed = new Set(same.map(({ understood }) => understood)).size > 1;
    return isMixed && same.length >= readings * fewestShare ? same : [];
  });
  const changed = settled.filter(({ understood }) => understood !== 'text');
  if (changed.length === 0) return;
  await createTemporaryTable({
    connection,
    table: 'build_level_codes',
    columns: [
      { name: 'document', type: INTEGER, values: changed.map(({ row }) => row.number('document')) },
      { name: 'ordinal', type: INTEGER, values: changed.map(({ row }) => row.number('ordinal')) },
      { name: 'code', type: VARCHAR, values: changed.map(({ code }) => code) },
    ],
  });
  await connection.run(`
    UPDATE store.readings SET type = 'text', text = c.code, number = NULL, unit = NULL FROM build_level_codes c
    WHERE readings.document = c.document AND readings.ordinal = c.ordinal`);
}
