import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { monthPattern } from '../values/months.ts';
import { readPeriod } from '../values/periods.ts';
import { recordFile, type RankedDocument } from './document-order.ts';
import { createTemporaryTable } from './fill-table.ts';
import { readRows } from './result-row.ts';
import { titleSubjects } from './title-subjects.ts';

/**
 * A document about one of several things in one of several periods (the log of a site for a month), or of a series with one
 * for each month or quarter.
 */
export interface PeriodicDocument {
  /** Null where all documents of the series are about the same. */
  readonly subject: string | null;
  /** Canonical; see `readPeriod`. */
  readonly period: string;
  /** Documents of one series have the same number. */
  readonly series: number;
  /** What the document's row is called. */
  readonly name: string;
}

/** By this rule the subject and the period are read from a document's title and first lines. */
export const periodicRule = 'title';
/** What the fields are called. */
const subjectLabel = 'Name';
const periodLabel = 'Period';
const fewestDocuments = 6;
const fewestSubjects = 2;
const fewestPeriods = 3;
/** With fewer documents a thing, later ones are new editions of the same rather than a series. */
const fewestOfSubject = 2.5;
const fewestNamed = 0.95;
/** Wordings of the titles of one series: "The labour market: May 2021", "Jobs report for June 2021". */
const mostWordings = 4;
const fewestOfWording = 3;
const searchedCharacters = 2000;
const documentsAtATime = 500;

/**
 * Finds the documents that come by thing and period, at least three periods of each of several things: reviews of clubs
 * by season, logs of sites by month. Each is a row of its own, so that one can group by either. So is each of a series
 * of which there is one a month or quarter, and is named by that.
 *
 * @returns by rank.
 */
export function findPeriodicDocuments(documents: readonly RankedDocument[]): Map<number, PeriodicDocument> {
  const found = new Map<number, PeriodicDocument>();
  const singles = [...documents.keys()].filter((rank) => {
    const document = documents[rank];
    return document !== undefined && document.fragment === null && recordFile(document) === null;
  });
  const folders = Map.groupBy(singles, (rank) => {
    const { path = '', format = '' } = documents[rank] ?? {};
    return `${format} ${path.slice(0, path.lastIndexOf('/') + 1)}`;
  });
  for (const [series, ranks] of [...folders.values()].entries()) {
    const dated = ranks.flatMap((rank) => {
      const { title = null, period = null } = documents[rank] ?? {};
      return period === null || title === null ? [] : [{ rank, title, ...periodOfTitle(title, period) }];
    });
    if (dated.length < Math.max(fewestDocuments, ranks.length * fewestNamed)) continue;
    const subjects = titleSubjects(dated.map(({ title }) => title));
    if (isOneSeries(dated, subjects)) {
      for (const { rank, period, stated } of dated)
        found.set(rank, { subject: null, period, series, name: stated ?? period });
      continue;
    }
    const members = dated.flatMap(({ rank, period }, index) => {
      const subject = subjects[index] ?? null;
      return subject === null
        ? []
        : [{ rank, subject, period, series, name: `${subject} (${period.replace(inFull, '$1-$2')})` }];
    });
    if (isSeries(members, ranks.length)) for (const { rank, ...own } of members) found.set(rank, own);
  }
  return found;
}

/** `2021/2022`, which rows are called `2021-22` by. */
const inFull = /^(\d{4})\/\d{2}(\d{2})$/;

/** The month or quarter that a title states, within the year that the document is of, and in which words. */
function periodOfTitle(title: string, period: string): { period: string; stated: string | null } {
  for (const [token] of [...title.matchAll(periodToken)].toReversed()) {
    const read = readPeriod(token);
    if (read === period || (isYear.test(period) && read?.startsWith(`${period}-`) === true))
      return { period: read, stated: token.trim() };
  }
  return { period, stated: null };
}

const isYear = /^\d{4}$/;
const isMonthOrQuarter = /^\d{4}-(?:\d{2}|Q[1-4])$/;

/** Whether titles in a few wordings state a month or quarter each, no two the same. */
function isOneSeries(
  dated: readonly { readonly period: string }[],
  subjects: readonly (string | null)[],
): boolean {
  const periods = new Set(dated.map(({ period }) => period));
  if (periods.size < dated.length || ![...periods].every((period) => isMonthOrQuarter.test(period)))
    return false;
  const wordings = Map.groupBy(subjects, (subject) => subject);
  return (
    wordings.size <= mostWordings && [...wordings.values()].every(({ length }) => length >= fewestOfWording)
  );
}

/** Gives the documents the months and quarters that their titles state. */
export async function withPeriodsOfSeries(
  connection: DuckDBConnection,
  documents: readonly RankedDocument[],
  periodic: ReadonlyMap<number, PeriodicDocument>,
): Promise<RankedDocument[]> {
  const refined = [...periodic].filter(([rank, { period }]) => documents[rank]?.period !== period);
  for (const [rank, { period }] of refined)
    await connection.run('UPDATE build_documents SET period = $period WHERE rank = $rank', { rank, period });
  return documents.map((document, rank) => ({
    ...document,
    period: periodic.get(rank)?.period ?? document.period,
  }));
}

function isSeries(members: readonly PeriodicDocument[], documents: number): boolean {
  const subjects = new Set(members.map(({ subject }) => subject));
  const periods = new Set(members.map(({ period }) => period));
  const pairs = new Set(members.map(({ subject, period }) => `${subject}\n${period}`));
  if (subjects.size < fewestSubjects || periods.size < fewestPeriods) return false;
  if (pairs.size < documents * fewestNamed) return false;
  // Days tell when something was written; a series goes by month, quarter or year.
  if ([...periods].some((period) => /^\d{4}-\d{2}-\d{2}$/.test(period))) return false;
  return members.length >= subjects.size * fewestOfSubject;
}

/** Takes out what an earlier build has read, so that it is read anew. */
export async function forgetPeriodicReadings(connection: DuckDBConnection): Promise<void> {
  await connection.run(`DELETE FROM store.readings WHERE rule = '${periodicRule}'`);
}

interface TitleReading {
  readonly document: number;
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly type: 'text' | 'date';
  readonly text: string | null;
  readonly date: string | null;
}

/** Adds what the documents are about, and of when they are, to `store.readings`, where their first lines state it. */
export async function readPeriodicTitles({
  connection,
  documents,
  periodic,
}: {
  connection: DuckDBConnection;
  documents: readonly RankedDocument[];
  periodic: ReadonlyMap<number, PeriodicDocument>;
}): Promise<void> {
  const members = [...periodic].map(([rank, own]) => ({ number: documents[rank]?.number ?? -1, ...own }));
  const readings: TitleReading[] = [];
  for (let first = 0; first < members.length; first += documentsAtATime) {
    const batch = members.slice(first, first + documentsAtATime);
    const rows = await readRows(
      connection,
      `SELECT number, left(text, ${searchedCharacters}) AS head FROM store.documents
       WHERE number IN (${batch.map(({ number }) => number).join(', ')})`,
    );
    const heads = new Map(rows.map((row) => [row.number('number'), row.text('head')]));
    for (const { number, subject, period } of batch) {
      const head = heads.get(number) ?? '';
      const start = subject === null ? -1 : head.indexOf(subject);
      if (subject !== null && start >= 0) {
        const at = { document: number, start, end: start + subject.length };
        readings.push({ ...at, label: subjectLabel, type: 'text', text: subject, date: null });
      }
      const stated = statedPeriod(head, period);
      if (stated !== null) readings.push({ document: number, label: periodLabel, ...stated });
    }
  }
  if (readings.length > 0) await store(connection, readings);
}

const periodToken = new RegExp(
  String.raw`(?<![\p{L}\d])(?:(?:${monthPattern}|[QH][1-4]|\d{1,2}/)[\s,-]{0,2})?(?:19|20)\d{2}(?:[/–-]\d{1,4}|[\s-]?[QH][1-4])?(?![\p{L}\d])`,
  'giu',
);

/** Where a text first states a period, and as what. */
export function statedPeriod(text: string, period: string): Omit<TitleReading, 'document' | 'label'> | null {
  for (const match of text.matchAll(periodToken)) {
    const [token] = match;
    if (readPeriod(token) !== period) continue;
    const span = { start: match.index, end: match.index + token.length };
    return /^\d{4}(?:-\d{2})?$/.test(period)
      ? { ...span, type: 'date', text: null, date: period }
      : { ...span, type: 'text', text: token, date: null };
  }
  return null;
}

async function store(connection: DuckDBConnection, readings: readonly TitleReading[]): Promise<void> {
  await createTemporaryTable({
    connection,
    table: 'build_titles',
    columns: [
      { name: 'document', type: INTEGER, values: readings.map(({ document }) => document) },
      { name: 'label', type: VARCHAR, values: readings.map(({ label }) => label) },
      { name: 'value_start', type: INTEGER, values: readings.map(({ start }) => start) },
      { name: 'value_end', type: INTEGER, values: readings.map(({ end }) => end) },
      { name: 'type', type: VARCHAR, values: readings.map(({ type }) => type) },
      { name: 'text', type: VARCHAR, values: readings.map(({ text }) => text) },
      { name: 'date', type: VARCHAR, values: readings.map(({ date }) => date) },
    ],
  });
  await connection.run(`
    INSERT INTO store.readings (document, ordinal, section, label, quote_start, quote_end, value_start, value_end,
      type, text, date, rule)
    SELECT t.document, coalesce(m.last, -1) + row_number() OVER (PARTITION BY t.document ORDER BY t.label), '', label,
      value_start, value_end, value_start, value_end, type, text, date, '${periodicRule}'
    FROM build_titles t LEFT JOIN (
      SELECT document, max(ordinal) AS last FROM store.readings GROUP BY document) m ON m.document = t.document;
    DROP TABLE build_titles`);
}
