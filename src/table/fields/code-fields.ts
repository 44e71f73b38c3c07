import type { DuckDBConnection } from '@duckdb/node-api';
import { readRows } from './result-row.ts';

/** "S1", "X10", "12A", "N-4": what things are called that have a number and a letter. */
const code = String.raw`^([A-Z]{1,3}[- ]?\d{1,5}[A-Z]?|\d{1,5}[- ]?[A-Z]{1,2})$`;
/** Of so many texts beside whole numbers nearly all have to be codes; fewer are remarks. */
const codesAmongTexts = 0.9;
const fewestCodes = 2;
const codesAmongAll = 0.03;

/**
 * Of fields whose values are mostly numbers, those whose numbers are names like the codes beside them: the lines 1, 2,
 * S1 and X10. They count nothing, and are texts. Expects `build_facts`.
 */
export async function findCodeFields(
  connection: DuckDBConnection,
  numberFields: readonly number[],
): Promise<ReadonlySet<number>> {
  if (numberFields.length === 0) return new Set();
  const rows = await readRows(
    connection,
    `WITH forms AS (
       SELECT field, count(*) FILTER (form IN ('number', 'year') AND unit = 0) AS plain,
         count(*) FILTER (form = 'text') AS texts, count(*) AS readings
       FROM build_facts WHERE form <> 'missing' AND field IN (${numberFields.join(', ')}) GROUP BY field),
     mixed AS (
       SELECT field, texts FROM forms
       WHERE texts >= greatest(${fewestCodes}, readings * ${codesAmongAll}) AND plain + texts = readings)
     SELECT f.field FROM build_facts f JOIN mixed m ON m.field = f.field
     JOIN store.readings r ON r.document = f.document AND r.ordinal = f.ordinal
     WHERE f.form = 'text'
     GROUP BY f.field HAVING count(*) FILTER (regexp_matches(r.text, '${code}')) >= any_value(m.texts) * ${codesAmongTexts}`,
  );
  return new Set(rows.map((row) => row.number('field')));
}
