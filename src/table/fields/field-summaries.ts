import type { DuckDBConnection } from '@duckdb/node-api';
import { foldName } from './entity-names.ts';
import { periodBounds } from './periods.ts';
import { readRows, ResultRow } from './result-row.ts';

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
  /** The values of a category, the most frequent first. */
  readonly values: readonly { readonly value: string; readonly rows: number }[];
  /** Its values are the names of the rows. */
  readonly namesEntity: boolean;
  /** A few values as the documents state them. */
  readonly examples: readonly string[];
  /** Earlier periods that get a column, newest first. */
  readonly periods: readonly string[];
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

/** Summarises all fields. Expects `build_facts`, `build_used`, `store.cells` and `store.entities`. */
export async function summariseFields(connection: DuckDBConnection): Promise<Map<number, FieldSummary>> {
  const counts = await readRows(
    connection,
    `SELECT f.field, f.facts, f.documents, coalesce(c.rows, 0) AS rows, f.facts - coalesce(u.facts, 0) AS excluded,
       coalesce(t.values, 0) AS different, coalesce(t.texts, 0) AS texts, t.length, coalesce(t.names, 0) AS names
     FROM (SELECT field, count(*) FILTER (type <> 'missing') AS facts, count(DISTINCT document) AS documents
       FROM build_facts GROUP BY field) f
     LEFT JOIN build_used u ON u.field = f.field
     LEFT JOIN (SELECT field, count(*) FILTER (latest) AS rows FROM store.cells GROUP BY field) c ON c.field = f.field
     LEFT JOIN (SELECT c.field, count(*) AS texts, count(DISTINCT lower(c.text)) AS values, avg(length(c.text)) AS length,
         count(*) FILTER (lower(trim(c.text)) = lower(e.name)) AS names
       FROM store.cells c JOIN store.entities e ON e.entity = c.entity
       WHERE c.latest AND c.text IS NOT NULL GROUP BY c.field) t ON t.field = f.field`,
  );
  const categories = counts.filter(isCategory).map((row) => row.number('field'));
  const values = await readCategories(connection, categories);
  const examples = await readExamples(connection);
  const periods = await readPeriods(connection);
  return new Map(
    counts.map((row) => {
      const field = row.number('field');
      const own = periods.get(field) ?? [];
      const rows = row.number('rows');
      return [
        field,
        {
          rows,
          facts: row.number('facts'),
          documents: row.number('documents'),
          excluded: row.number('excluded'),
          category: values.has(field),
          values: values.get(field) ?? [],
          namesEntity: row.number('names') > 0 && row.number('names') >= rows * sameAsNameShare,
          examples: examples.get(field) ?? [],
          ...choosePeriods(own, rows),
        },
      ];
    }),
  );
}

function isCategory(row: ResultRow): boolean {
  const texts = row.number('texts');
  const different = row.number('different');
  return (
    texts >= fewestOfCategory &&
    different <= Math.min(mostCategories, texts / 2) &&
    (row.numberOrNull('length') ?? Infinity) <= longestCategory
  );
}

async function readCategories(
  connection: DuckDBConnection,
  fields: readonly number[],
): Promise<Map<number, { value: string; rows: number }[]>> {
  if (fields.length === 0) return new Map();
  const rows = await readRows(
    connection,
    `SELECT field, mode(text) AS value, count(*) AS rows FROM store.cells
     WHERE latest AND text IS NOT NULL AND field IN (${fields.join(', ')})
     GROUP BY field, lower(text) ORDER BY field, rows DESC, value`,
  );
  const byField = Map.groupBy(rows, (row) => row.number('field'));
  return new Map(
    [...byField].map(([field, group]) => [
      field,
      group.map((row) => ({ value: row.text('value'), rows: row.number('rows') })),
    ]),
  );
}

/** The first different values of each field in the words of the documents, cut out of their texts. */
async function readExamples(connection: DuckDBConnection): Promise<Map<number, string[]>> {
  const result = await connection.stream(`
    WITH first_cells AS (
      SELECT field, unnest(arg_min({document: document, reading: reading, entity: entity}, entity, ${examplesTried})) AS cell
      FROM store.cells WHERE latest GROUP BY field),
    places AS (
      SELECT f.field, f.cell.entity AS entity, r.document, r.value_start, r.value_end
      FROM first_cells f JOIN store.readings r ON r.document = f.cell.document AND r.ordinal = f.cell.reading)
    SELECT d.text, p.fields, p.entities, p.starts, p.ends FROM (
      SELECT document, list(field ORDER BY field, value_start) AS fields, list(entity ORDER BY field, value_start) AS entities,
        list(value_start ORDER BY field, value_start) AS starts, list(value_end ORDER BY field, value_start) AS ends
      FROM places GROUP BY document) p
    JOIN store.documents d ON d.number = p.document`);
  const found: { field: number; entity: number; text: string }[] = [];
  for await (const batch of result.yieldRowObjectJs()) {
    for (const values of batch) {
      const row = new ResultRow(values);
      const text = row.text('text');
      const [entities, starts, ends] = [row.numbers('entities'), row.numbers('starts'), row.numbers('ends')];
      for (const [index, field] of row.numbers('fields').entries()) {
        const stated = text.slice(starts[index], ends[index]).replaceAll(/\s+/g, ' ').trim();
        found.push({ field, entity: entities[index] ?? 0, text: shorten(stated) });
      }
    }
  }
  const byField = Map.groupBy(
    found.sort((a, b) => a.field - b.field || a.entity - b.entity),
    ({ field }) => field,
  );
  return new Map(
    [...byField].map(([field, all]) => [
      field,
      distinct(all.map(({ text }) => text)).slice(0, examplesShown),
    ]),
  );
}

function shorten(text: string): string {
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
    `SELECT field, period, count(*) FILTER (NOT latest) AS earlier, count(*) FILTER (latest) AS shown
     FROM store.cells WHERE period IS NOT NULL GROUP BY field, period ORDER BY field, period`,
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
    .map(({ period }) => period)
    .slice(0, mostPeriods);
  return { periods, latestPeriod };
}
