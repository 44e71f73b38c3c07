import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { recordFile, type RankedDocument } from './document-order.ts';
import { createTemporaryTable } from './fill-table.ts';
import { isTotalRowSql } from './generic-words.ts';
import { readRows } from './result-row.ts';

/** Fewer rows than this have sums that come about by chance. */
const fewestRows = 4;
/** Sums of rounded numbers are off by as much. */
const tolerance = 0.001;
/** A row whose name says nothing must be the sum of the others in so many columns. */
const fewestSums = 2;
const sumShare = 0.7;

/** A name that may sum up the others: "All airports", "Network", "National average". */
const wholeName =
  '\\b(all|total|totals|sum|overall|whole|combined|together|network|system|country|national|nation|group|grand|average|mean|median)\\b|合计|总计|全部|全市|全省|全国|平均';
/** One that says so itself, whatever its numbers. */
const averageName =
  '^((national|overall|group|network|weighted|simple|unweighted|arithmetic) )?(average|mean|median)( (of|for|over|across) .{0,40})?$';

/**
 * Finds the rows that sum up the other rows of their table, which are no things of their own: by their name ("Total",
 * "合计"), or since each of their numbers is the sum of those above. Leaves them in `build_total_rows (document,
 * section, entity)`; rows that are documents have neither section nor entity.
 *
 * @returns ranks of the documents that are such rows.
 */
export async function findTotalRows(
  connection: DuckDBConnection,
  documents: readonly RankedDocument[],
): Promise<ReadonlySet<number>> {
  const records = documents.flatMap((document, rank) => {
    const file = recordFile(document);
    return file === null ? [] : [{ rank, file, number: document.number, name: document.title ?? '' }];
  });
  const files = Map.groupBy(records, ({ file }) => file);
  const inFiles = [...files.values()].flatMap((rows, file) =>
    rows.length < fewestRows ? [] : rows.map((row) => ({ ...row, file })),
  );
  await createTemporaryTable({
    connection,
    table: 'build_records',
    columns: [
      { name: 'document', type: INTEGER, values: inFiles.map(({ number }) => number) },
      { name: 'file', type: INTEGER, values: inFiles.map(({ file }) => file) },
      { name: 'name', type: VARCHAR, values: inFiles.map(({ name }) => name) },
    ],
  });
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE build_total_rows AS
    WITH cells AS (
      SELECT 'rows of ' || r.document || ' ' || r.section AS place, r.document, r.section, r.entity, r.entity AS name,
        r.label, r.period, r.number
      FROM store.readings r WHERE r.entity IS NOT NULL AND r.type = 'number'
      UNION ALL
      SELECT 'file ' || b.file, r.document, '', '', b.name, r.label, r.period, r.number
      FROM build_records b JOIN store.readings r ON r.document = b.document AND r.entity IS NULL AND r.type = 'number'),
    named AS (SELECT *, ${isTotalRowSql('name')} OR regexp_matches(lower(trim(name)), '${averageName}') AS is_total,
      regexp_matches(lower(name), '${wholeName}') AS hint FROM cells),
    sums AS (
      SELECT place, label, period, sum(number) AS total, count(*) AS rows FROM named WHERE NOT is_total GROUP BY ALL),
    checked AS (
      SELECT document, section, entity, is_total, hint, s.rows >= ${fewestRows} AND number <> 0 AS telling,
        abs(2 * number - s.total) <= abs(number) * ${tolerance} AS is_sum
      FROM named LEFT JOIN sums s USING (place, label) WHERE s.period IS NOT DISTINCT FROM named.period)
    SELECT document, section, entity FROM (
      SELECT document, section, entity, bool_or(is_total) AS is_total, bool_or(hint) AS hint,
        count(*) FILTER (telling) AS numbers, count(*) FILTER (telling AND is_sum) AS sums
      FROM checked GROUP BY ALL)
    WHERE is_total OR (sums >= numbers * ${sumShare} AND sums >= ${fewestSums}) OR (hint AND sums > 0)`);
  const totals = await readRows(
    connection,
    "SELECT DISTINCT document FROM build_total_rows WHERE entity = ''",
  );
  const ranks = new Map(records.map(({ number, rank }) => [number, rank]));
  return new Set(totals.flatMap((row) => ranks.get(row.number('document')) ?? []));
}
