import type { DuckDBConnection } from '@duckdb/node-api';
import { foldName } from './entity-names.ts';
import { periodBounds } from './periods.ts';
import { readRows, type ResultRow } from './result-row.ts';
import { readWords } from './stated-words.ts';

/** What the cells of a field show. */
export interface FieldSummary {
  /** Entities with a value. */
  readonly rows: number;
  readonly facts: number;
  readonly documents: number;
  /** Facts that give no value: of another type, or in a unit that does not convert. */
  readonly excluded: number;
  /** Texts of few different values that come back. */
  readonly category: boolean;
  /** The values of a category, or the items of lists that have few different ones; the most frequent first. */
  readonly values: readonly { readonly value: string; readonly rows: number }[];
  /** Its values are the names of the rows. */
  readonly namesEntity: boolean;
  /** A few values as the documents state them. */
  readonly examples: readonly string[];
  /** Earlier periods that enough rows have a value of, newest first. */
  readonly periods: readonly { readonly period: string; readonly rows: number }[];
  /** The period most of the shown values are of. */
  readonly latestPeriod: string | null;
}

export const emptySummary: FieldSummary = {
  rows: 0,
  facts: 0,
  documents: 0,
  excluded: 0,
  category: false,
  values: [],
  namesEntity: false,
  examples: [],
  periods: [],
  latestPeriod: null,
};

const longestCategory = 40;
const mostCategories = 200;
const fewestOfCategory = 4;
const longestExample = 80;
const examplesShown = 3;
const examplesTried = 6;
const mostPeriods = 12;
/** An earlier period gets a column when this share of the rows, and at least three, have a value of it. */
const periodShare = 0.05;
const fewestOfPeriod = 3;
const sameAsNameShare = 0.95;

/** Summarises all fields. Expects `build_facts`, `build_used`, `build_cells` and `store.cells`. */
export async function summariseFields(connection: DuckDBConnection): Promise<Map<number, FieldSummary>> {
  const counts = await readRows(
    connection,
    `SELECT f.field, f.facts, f.documents, coalesce(c.rows, 0) AS rows, f.facts - coalesce(u.facts, 0) AS excluded,
       coalesce(c.different, 0) AS different, coalesce(c.names, 0) AS names, t.type
     FROM (SELECT field, count(*) FILTER (form <> 'missing') AS facts, count(DISTINCT document) AS documents
       FROM build_facts GROUP BY field) f
     JOIN store.field_types t ON t.field = f.field
     LEFT JOIN build_used u ON u.field = f.field
     LEFT JOIN (
       SELECT c.field, count(*) AS rows, count(DISTINCT c.content) AS different,
         count(*) FILTER (c.content = hash(lower(trim(e.name)))) AS names
       FROM build_cells c JOIN store.entities e ON e.entity = c.entity WHERE c.latest GROUP BY c.field) c
       ON c.field = f.field`,
  );
  const categories = await readCategories(
    connection,
    counts.filter(mayBeCategory).map((row) => row.number('field')),
  );
  const items = await readItems(
    connection,
    counts.filter((row) => row.text('type') === 'list').map((row) => row.number('field')),
  );
  const examples = await readExamples(connection);
  const periods = await readPeriods(connection);
  return new Map(
    counts.map((row) => {
      const field = row.number('field');
      const rows = row.number('rows');
      const values = categories.get(field);
      return [
        field,
        {
          rows,
          facts: row.number('facts'),
          documents: row.number('documents'),
          excluded: row.number('excluded'),
          category: values !== undefined,
          values: values ?? items.get(field) ?? [],
          namesEntity: row.number('names') > 0 && row.number('names') >= rows * sameAsNameShare,
          examples: examples.get(field) ?? [],
          ...choosePeriods(periods.get(field) ?? [], rows),
        },
      ];
    }),
  );
}

function mayBeCategory(row: ResultRow): boolean {
  const rows = row.number('rows');
  const most = Math.min(mostCategories, rows / 2);
  return row.text('type') === 'text' && rows >= fewestOfCategory && row.number('different') <= most;
}

/** The values of those of the fields whose texts are short. */
async function readCategories(
  connection: DuckDBConnection,
  fields: readonly number[],
): Promise<Map<number, CountedValue[]>> {
  return await countValues({ connection, fields, values: 'text', present: 'text IS NOT NULL' });
}

/** The items of those lists that have few different ones. */
async function readItems(
  connection: DuckDBConnection,
  fields: readonly number[],
): Promise<Map<number, CountedValue[]>> {
  const items = await countValues({
    connection,
    fields,
    values: 'unnest(list_distinct(items))',
    present: 'items IS NOT NULL',
  });
  return new Map([...items].filter(([, counted]) => counted.length <= mostCategories));
}

interface CountedValue {
  readonly value: string;
  readonly rows: number;
}

/** The different values of those of the fields where they are short, most frequent first. */
async function countValues({
  connection,
  fields,
  values,
  present,
}: {
  connection: DuckDBConnection;
  fields: readonly number[];
  /** SQL for what a cell holds. */
  values: string;
  /** SQL for whether it holds any. */
  present: string;
}): Promise<Map<number, CountedValue[]>> {
  if (fields.length === 0) return new Map();
  const rows = await readRows(
    connection,
    `SELECT field, arg_max(value, {rows: rows, value: value}) AS value, sum(rows)::BIGINT AS rows FROM (
       SELECT field, value, count(*) AS rows FROM (
         SELECT field, ${values} AS value FROM store.cells
         WHERE latest AND ${present} AND field IN (${fields.join(', ')}))
       GROUP BY field, value)
     GROUP BY field, lower(trim(value)) ORDER BY field, rows DESC, value`,
  );
  const byField = Map.groupBy(rows, (row) => row.number('field'));
  const counted = [...byField].map(
    ([field, group]) =>
      [field, group.map((row) => ({ value: row.text('value'), rows: row.number('rows') }))] as const,
  );
  return new Map(counted.filter(([, own]) => averageLength(own) <= longestCategory));
}

function averageLength(values: readonly { readonly value: string; readonly rows: number }[]): number {
  const rows = values.reduce((sum, each) => sum + each.rows, 0);
  return values.reduce((sum, each) => sum + each.value.length * each.rows, 0) / Math.max(1, rows);
}

/** The first different values of each field in the words of the documents. */
async function readExamples(connection: DuckDBConnection): Promise<Map<number, string[]>> {
  const rows = await readRows(
    connection,
    `WITH first_cells AS (
       SELECT field, unnest(arg_min({document: document, reading: reading, entity: entity}, entity, ${examplesTried})) AS cell
       FROM build_cells WHERE latest GROUP BY field)
     SELECT f.field, r.document, r.value_start, r.value_end FROM first_cells f
     JOIN store.readings r ON r.document = f.cell.document AND r.ordinal = f.cell.reading
     ORDER BY f.field, f.cell.entity`,
  );
  const words = await readWords(
    connection,
    rows.map((row) => ({
      document: row.number('document'),
      start: row.number('value_start'),
      end: row.number('value_end'),
    })),
  );
  const byField = Map.groupBy(rows.keys(), (index) => rows[index]?.number('field') ?? 0);
  return new Map(
    [...byField].map(([field, indexes]) => [
      field,
      distinct(indexes.map((index) => shorten(words[index] ?? ''))).slice(0, examplesShown),
    ]),
  );
}

function shorten(words: string): string {
  const text = words.replaceAll(/\s+/g, ' ').trim();
  return text.length <= longestExample ? text : `${text.slice(0, longestExample - 1).trimEnd()}…`;
}

function distinct(texts: readonly string[]): string[] {
  const seen = new Map(texts.map((text) => [foldName(text), text]));
  return [...seen.values()].filter((text) => text !== '');
}

interface PeriodCount {
  readonly period: string;
  /** Cells that the table does not show because there is a later one. */
  readonly earlier: number;
  readonly shown: number;
}

async function readPeriods(connection: DuckDBConnection): Promise<Map<number, PeriodCount[]>> {
  const rows = await readRows(
    connection,
    `SELECT c.field, p.period, count(*) FILTER (NOT c.latest) AS earlier, count(*) FILTER (c.latest) AS shown
     FROM build_cells c JOIN build_periods p ON p.number = c.period GROUP BY c.field, p.period ORDER BY c.field, p.period`,
  );
  const byField = Map.groupBy(rows, (row) => row.number('field'));
  return new Map(
    [...byField].map(([field, group]) => [
      field,
      group.map((row) => ({
        period: row.text('period'),
        earlier: row.number('earlier'),
        shown: row.number('shown'),
      })),
    ]),
  );
}

function choosePeriods(
  counts: readonly PeriodCount[],
  rows: number,
): Pick<FieldSummary, 'periods' | 'latestPeriod'> {
  const day = (period: string): number => periodBounds(period)?.lastDay ?? 0;
  const newestFirst = counts.toSorted(
    (a, b) => day(b.period) - day(a.period) || (a.period < b.period ? 1 : -1),
  );
  const mostShown = newestFirst.toSorted((a, b) => b.shown - a.shown)[0];
  const latestPeriod = mostShown === undefined || mostShown.shown === 0 ? null : mostShown.period;
  const fewest = Math.max(Math.min(fewestOfPeriod, rows), Math.ceil(rows * periodShare));
  const periods = newestFirst
    .filter(({ period, earlier }) => earlier >= fewest && period !== latestPeriod)
    .filter(({ period }) => latestPeriod === null || day(period) <= day(latestPeriod))
    .map(({ period, earlier, shown }) => ({ period, rows: earlier + shown }))
    .slice(0, mostPeriods);
  return { periods, latestPeriod };
}
