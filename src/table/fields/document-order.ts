import type { DuckDBConnection } from '@duckdb/node-api';
import { INTEGER, VARCHAR } from '@duckdb/node-api';
import { readPeriod } from '../values/periods.ts';
import { createTemporaryTable } from './fill-table.ts';
import { isModelledSql } from './modelled-fields.ts';
import { numberedNames } from './numbered-names.ts';
import { periodBounds } from './periods.ts';
import { readRows } from './result-row.ts';
import { withSubtitles } from './subtitles.ts';
import { findWorkbookSubjects } from './workbook-subjects.ts';

/** A document as the table builder sees it. Its index in the list of all is its rank. */
export interface RankedDocument {
  /** `store.documents.number`. */
  readonly number: number;
  readonly path: string;
  readonly fragment: string | null;
  readonly title: string | null;
  readonly format: string;
  /** The year, quarter, month or day the document is of, where its path, title or first lines state it. */
  readonly period: string | null;
  /** How many different labels it states. */
  readonly labels: number;
  /** The rank of the main sheet where the document is a sheet of a workbook about one thing; else its own rank. */
  readonly subject: number;
}

const recordFormats: ReadonlySet<string> = new Set(['csv', 'jsonl']);
const datePattern =
  '(?:19|20)[0-9]{2}(?:[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12][0-9]|3[01]))?|[-_. ]?[QqHh][1-4])?';
const dateInName = new RegExp(`(?<![0-9])${datePattern}(?![0-9])`, 'g');
/** `2021-22`, `2021/2022`: a season or a financial year. */
const spanInName = /(?<![0-9])((?:19|20)[0-9]{2})[-/–_]((?:19|20)?[0-9]{2})(?![0-9]|[-_.][0-9])/g;
const dateLabel =
  /date|publi|edition|period|year|quarter|month|updated|as of|datum|stand|jahr|version|fecha|日期|年度/i;
const yearLabel =
  '^((fiscal|financial|calendar|reporting|academic|school) )?(year|season)$|^(jahr|année|año|年份|年度)$';
/** Rows of so many names come back in other years. */
const mostOnce = 0.6;
/** Fewer files of one row are tables that happen to be short. */
const fewestSingleFiles = 3;
const lastHeadLine = 5;
const longestHeadLine = 80;

/**
 * Ranks the documents by path, and rows of a file by their number, so that nothing built from them depends on
 * the order in which they were read; leaves the ranks in `build_documents (document, rank)`.
 */
export async function rankDocuments(connection: DuckDBConnection): Promise<RankedDocument[]> {
  const rows = await readRows(
    connection,
    `SELECT number, path, fragment, title, format,
       CASE WHEN fragment IS NULL AND regexp_matches(left(text, 400), '(19|20)[0-9]{2}') THEN left(text, 400) ELSE '' END AS head
     , CASE WHEN fragment IS NULL AND count(*) OVER (PARTITION BY title) > 1 THEN left(text, 400) ELSE '' END AS opening
     , coalesce(labels, 0) AS labels, p.period, y.year FROM store.documents d
     LEFT JOIN (SELECT document, min(period) AS period FROM store.readings
       WHERE type IN ('number', 'percentage') GROUP BY document HAVING count(DISTINCT period) = 1) p ON p.document = d.number
     LEFT JOIN (SELECT document, min(number)::INTEGER AS year FROM store.readings
       WHERE regexp_matches(lower(label), '${yearLabel}') AND number BETWEEN 1900 AND 2100 AND number = floor(number)
       GROUP BY document) y ON y.document = d.number
     LEFT JOIN (SELECT document, count(DISTINCT label) AS labels FROM store.readings
       WHERE NOT starts_with(rule, 'sentence') AND NOT ${isModelledSql('rule')} GROUP BY document) l ON l.document = d.number
     ORDER BY path, regexp_replace(fragment, '[0-9]+$', ''),
       try_cast(regexp_extract(fragment, '[0-9]+$') AS BIGINT), fragment, id`,
  );
  const years = rows.map((row) => row.numberOrNull('year'));
  const titles = withSubtitles(
    rows.map((row) => ({ title: row.textOrNull('title'), opening: row.text('opening') })),
  );
  const undated = rows.map((row, rank): RankedDocument => ({
    number: row.number('number'),
    path: row.text('path'),
    fragment: row.textOrNull('fragment'),
    title: titles[rank] ?? null,
    format: row.text('format'),
    period: null,
    labels: row.number('labels'),
    subject: rank,
  }));
  const nameOf = withoutNumbers(undated);
  const ranked = undated.map((document, rank): RankedDocument => {
    // A row is of the period that its sheet, its caption or a column of years gives all its figures.
    const own = recordFile(document) === null ? null : (rows[rank]?.textOrNull('period') ?? null);
    const head = rows[rank]?.text('head') ?? '';
    return { ...document, period: own ?? documentPeriod({ ...nameOf(document), head }) };
  });
  const dated = withYearsOfRows(ranked, years);
  const subjects = await findWorkbookSubjects(connection, dated);
  const single = filesOfOneRow(dated);
  const documents = dated.map((document, rank) => ({
    ...document,
    fragment: single.has(document.path) ? null : document.fragment,
    subject: subjects.get(rank) ?? rank,
  }));
  await createTemporaryTable({
    connection,
    table: 'build_documents',
    columns: [
      { name: 'document', type: INTEGER, values: documents.map(({ number }) => number) },
      { name: 'rank', type: INTEGER, values: documents.map((_, rank) => rank) },
      { name: 'period', type: VARCHAR, values: documents.map(({ period }) => period) },
    ],
  });
  return documents;
}

/** The paths and titles of documents without numbers that only look like years or dates. */
function withoutNumbers(
  documents: readonly RankedDocument[],
): (document: RankedDocument) => Pick<RankedDocument, 'path' | 'title'> {
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  const placeOf = (document: RankedDocument): string => recordFile(document) ?? folderOf(document.path);
  const stemOf = (path: string): string => path.slice(folderOf(path).length).replace(/\.[^.]*$/, '');
  const named = new Map(
    [...Map.groupBy(documents, placeOf)].map(([place, members]) => {
      const titles = members.flatMap(({ title }) => title ?? []);
      const codes = members.some((document) => recordFile(document) !== null);
      const stems = codes ? [] : members.map(({ path }) => stemOf(path));
      return [
        place,
        { titles: numberedNames(titles, { codes }), stems: numberedNames(stems, { codes: false }) },
      ];
    }),
  );
  return (document) => {
    const { path, title } = document;
    const known = named.get(placeOf(document));
    const stem = known?.stems.get(stemOf(path));
    return {
      path: stem === undefined ? path : folderOf(path) + stem,
      title: title === null ? null : (known?.titles.get(title) ?? title),
    };
  };
}

/**
 * Rows of a file that has one for each of several things in each of several years ("Library, Year, Loans") are of the year
 * that they state.
 */
function withYearsOfRows(
  documents: readonly RankedDocument[],
  years: readonly (number | null)[],
): readonly RankedDocument[] {
  const files = Map.groupBy(documents.keys(), (rank) => {
    const document = documents[rank];
    return document === undefined ? null : recordFile(document);
  });
  files.delete(null);
  const dated = new Map<number, string>();
  for (const ranks of files.values()) {
    const titles = new Set(ranks.map((rank) => documents[rank]?.title));
    const pairs = new Set(ranks.map((rank) => `${documents[rank]?.title}\n${years[rank]}`));
    const repeat = titles.size <= ranks.length * mostOnce && pairs.size === ranks.length && !titles.has(null);
    if (!repeat || ranks.some((rank) => (years[rank] ?? null) === null)) continue;
    for (const rank of ranks) dated.set(rank, String(years[rank]));
  }
  return documents.map((document, rank) => ({ ...document, period: dated.get(rank) ?? document.period }));
}

/** Where most record files of a folder hold one thing each, those are documents of their own rather than tables. */
function filesOfOneRow(documents: readonly RankedDocument[]): Set<string> {
  const rows = new Map<string, number>();
  for (const { path, format } of documents) {
    if (recordFormats.has(format)) rows.set(path, (rows.get(path) ?? 0) + 1);
  }
  const folders = Map.groupBy(rows, ([path]) => path.slice(0, path.lastIndexOf('/') + 1));
  const single = [...folders.values()].flatMap((files) => {
    const ofOne = files.filter(([, count]) => count === 1);
    return ofOne.length >= fewestSingleFiles && ofOne.length * 2 > files.length ? ofOne : [];
  });
  return new Set(single.map(([path]) => path));
}

const isSheetRow = /!\d+$/;

/** The file, and the sheet of it, whose rows are documents; null for a document of its own. */
export function recordFile({ path, fragment, format }: RankedDocument): string | null {
  const isRow = recordFormats.has(format) || (format === 'xlsx' && isSheetRow.test(fragment ?? ''));
  if (fragment === null || !isRow) return null;
  return `${path}\n${fragment.replace(/(?:!|row=)?\d+$/, '')}`;
}

/**
 * What a document is of: the last date in its file name, else in its folders', else in its title, else a year
 * that one of its first short lines states.
 */
export function documentPeriod({
  path,
  title,
  head,
}: {
  path: string;
  title: string | null;
  head: string;
}): string | null {
  const slash = path.lastIndexOf('/');
  const named =
    lastDate(path.slice(slash + 1)) ?? lastDate(path.slice(0, Math.max(slash, 0))) ?? lastDate(title ?? '');
  if (named !== null) return named;
  const lines = head.split('\n').map((line) => line.trim());
  for (const line of lines.filter((line) => line !== '').slice(0, lastHeadLine)) {
    if (line.startsWith('##') || line.length > longestHeadLine) continue;
    // "Founded: 1987" says what the document is about, not of when it is.
    const [label = '', value] = line.split(/[:：]\s/);
    if (value !== undefined && !dateLabel.test(label)) continue;
    const dates = line.match(dateInName);
    if (dates?.length === 1) return lastDate(line);
  }
  return null;
}

function lastDate(text: string): string | null {
  const span = [...text.matchAll(spanInName)].map(([, first = '', last = '']) => spanOf(first, last)).at(-1);
  if (span !== undefined && span !== null) return span;
  const found = text.match(dateInName)?.at(-1);
  if (found === undefined) return null;
  const digits = found.replaceAll(/[-_. ]/g, '');
  const quarter = /^(\d{4})([QqHh][1-4])$/.exec(digits);
  if (quarter?.[1] !== undefined && quarter[2] !== undefined)
    return `${quarter[1]}-${quarter[2].toUpperCase()}`;
  const canonical = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)]
    .filter((part) => part !== '')
    .join('-');
  return readPeriod(canonical);
}

/** Two years that follow one another; null where the second may be a month. */
function spanOf(first: string, last: string): string | null {
  const next = String(Number(first) + 1);
  if (last === next) return `${first}/${next}`;
  return last === next.slice(2) && Number(last) > 12 ? `${first}/${next}` : null;
}

/** The order of the documents from the earliest to the latest, by rank: by period, then by path. */
export function recencyOf(documents: readonly RankedDocument[]): Int32Array {
  const lastDays = documents.map(({ period }) =>
    period === null ? 0 : (periodBounds(period)?.lastDay ?? 0),
  );
  const order = [...documents.keys()].sort((a, b) => (lastDays[a] ?? 0) - (lastDays[b] ?? 0) || a - b);
  const recency = new Int32Array(documents.length);
  for (const [place, rank] of order.entries()) recency[rank] = place;
  return recency;
}
