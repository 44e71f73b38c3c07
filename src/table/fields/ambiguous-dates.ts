import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { fullYear, isDay, isoDate } from '../values/months.ts';
import { createTemporaryTable } from './fill-table.ts';
import { readRows } from './result-row.ts';
import { readWords } from './stated-words.ts';

/** The time of the day may follow. */
const numericDate = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?:,? \d{1,2}:\d{2}(?::\d{2})?)?$/;
const longestDate = 20;
/** So many dates of a label are looked at for the order they are in. */
const mostEvidence = 5000;

/** How many dates can be understood only with the day first, and how many only with the month first. */
interface Votes {
  dayFirst: number;
  monthFirst: number;
}

/**
 * Settles dates such as 10/06/2024, which a document's own words leave open, by others of the same column: where
 * some day is above 12, all are in the order of that one. The evidence is that of the label in the same file, else
 * of the file, else of the label anywhere; where both orders occur, nothing is settled. Changes `store.readings`,
 * where such a date was read as a text.
 */
export async function settleDates(connection: DuckDBConnection): Promise<void> {
  const open = await readRows(
    connection,
    `SELECT r.document, r.ordinal, lower(r.label) AS label, d.path, trim(r.text) AS text
     FROM store.readings r JOIN store.documents d ON d.number = r.document
     WHERE r.type = 'text' AND length(r.text) <= ${longestDate}
       AND regexp_matches(trim(r.text), '^[0-9]{1,2}[/-][0-9]{1,2}[/-]([0-9]{4}|[0-9]{2})(,? [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?$')`,
  );
  if (open.length === 0) return;
  const votes = await countVotes(connection);
  const settled = open.flatMap((row) => {
    const [path, label] = [row.text('path'), row.text('label')];
    const found = [`${path}\n${label}`, path, `\n${label}`]
      .map((key) => votes.get(key))
      .find((each) => each !== undefined && each.dayFirst + each.monthFirst > 0);
    const date = found === undefined ? null : settle(row.text('text'), found);
    return date === null ? [] : [{ document: row.number('document'), ordinal: row.number('ordinal'), date }];
  });
  if (settled.length === 0) return;
  await createTemporaryTable({
    connection,
    table: 'build_settled_dates',
    columns: [
      { name: 'document', type: INTEGER, values: settled.map(({ document }) => document) },
      { name: 'ordinal', type: INTEGER, values: settled.map(({ ordinal }) => ordinal) },
      { name: 'date', type: VARCHAR, values: settled.map(({ date }) => date) },
    ],
  });
  await connection.run(`
    UPDATE store.readings SET type = 'date', date = s.date, text = NULL FROM build_settled_dates s
    WHERE readings.document = s.document AND readings.ordinal = s.ordinal`);
}

/** Votes by file and label, by file, and by label (behind an empty line). */
async function countVotes(connection: DuckDBConnection): Promise<Map<string, Votes>> {
  const rows = await readRows(
    connection,
    `WITH open AS (
       SELECT DISTINCT lower(label) AS label FROM store.readings WHERE type = 'text'
         AND length(text) <= ${longestDate} AND regexp_matches(trim(text), '^[0-9]{1,2}[/-][0-9]{1,2}[/-]'))
     SELECT r.document, r.value_start, r.value_end, lower(r.label) AS label, d.path
     FROM store.readings r JOIN store.documents d ON d.number = r.document
     SEMI JOIN open o ON o.label = lower(r.label)
     WHERE r.type = 'date' AND r.value_end - r.value_start BETWEEN 6 AND ${longestDate}
     QUALIFY row_number() OVER (PARTITION BY lower(r.label), d.path ORDER BY r.document, r.ordinal) <= ${mostEvidence}
     ORDER BY r.document, r.ordinal`,
  );
  const words = await readWords(
    connection,
    rows.map((row) => ({
      document: row.number('document'),
      start: row.number('value_start'),
      end: row.number('value_end'),
    })),
  );
  const votes = new Map<string, Votes>();
  for (const [index, row] of rows.entries()) {
    const match = numericDate.exec((words[index] ?? '').trim());
    if (match === null) continue;
    const [dayFirst, monthFirst] = [Number(match[1]) > 12, Number(match[2]) > 12];
    const [path, label] = [row.text('path'), row.text('label')];
    for (const key of [`${path}\n${label}`, path, `\n${label}`]) {
      const known = votes.get(key) ?? { dayFirst: 0, monthFirst: 0 };
      if (dayFirst) known.dayFirst += 1;
      if (monthFirst) known.monthFirst += 1;
      votes.set(key, known);
    }
  }
  return votes;
}

function settle(text: string, { dayFirst, monthFirst }: Votes): string | null {
  const match = numericDate.exec(text);
  if (match === null || (dayFirst > 0 && monthFirst > 0)) return null;
  const [first, second] = [Number(match[1]), Number(match[2])];
  const [day, month] = dayFirst > 0 ? [first, second] : [second, first];
  const year = fullYear(match[3] ?? '');
  return isDay(day, month, year) ? isoDate(year, month, day) : null;
}
