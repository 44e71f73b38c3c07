import { INTEGER, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldGroup } from './field-identity.ts';
import { mainUnit } from './field-joins.ts';
import { createTemporaryTable } from './fill-table.ts';
import { hanWords } from './han-label-words.ts';
import { mostFrequentSql } from './most-frequent.ts';
import { readRows } from './result-row.ts';
import { convertUnit } from '../values/units.ts';

/** What the values of a field are like. */
export interface FieldValues {
  /** Middle and spread of its numbers (as logarithms) or dates in years; null for texts. */
  readonly middle: number | null;
  readonly spread: number;
  readonly words: ReadonlySet<string>;
  /** The different texts, where they come back again and again; empty for names and the like. */
  readonly texts: ReadonlySet<string>;
  /** The different numbers, where few come back again and again, as sizes of a range do. */
  readonly figures: ReadonlySet<number>;
  /** Whether it is yes or no, which says nothing about what is asked. */
  readonly boolean: boolean;
  readonly date: boolean;
  /** Whether its numbers may all be years. */
  readonly years: boolean;
  /** Whether its texts look like names of persons. */
  readonly names: boolean;
  /** The most frequent pattern of letters and digits, such as `A00` of an identifier. */
  readonly shape: string;
  readonly prose: boolean;
  /** How many labels stand before it in its documents, on average; null where only sentences state it. */
  readonly place: number | null;
}

/** A field with what its values are like. */
export interface ValuedField {
  readonly group: FieldGroup;
  readonly values: FieldValues;
}

/** Longer texts are prose, whose words say nothing about the attribute. */
const longestText = 60;
/** Layouts may follow one another in time, so dates of other years speak against nothing. */
const alikeDates = 0.6;
const fewestFigures = 4;
const sharedFigures = 0.75;
const fewestSharedWords = 5;
const sameVocabulary = 0.9;
const mostVocabulary = 60;
const fewestSharedTexts = 3;
const sharedTexts = 0.6;

/** What the values of two fields together are like, the first stated by `countA` documents. */
export function mergeValues(
  { values: a, count: countA }: { readonly values: FieldValues; readonly count: number },
  { values: b, count: countB }: { readonly values: FieldValues; readonly count: number },
): FieldValues {
  const average = (first: number, second: number): number =>
    (first * countA + second * countB) / Math.max(1, countA + countB);
  return {
    ...a,
    middle: a.middle === null || b.middle === null ? null : average(a.middle, b.middle),
    spread: Math.max(a.spread, b.spread),
    words: a.words.union(b.words),
    texts: a.texts.union(b.texts),
    figures: a.figures.union(b.figures),
    place: a.place === null || b.place === null ? (a.place ?? b.place) : average(a.place, b.place),
  };
}

/** Whether two fields take their texts from the same few. */
export function sharesTexts(a: FieldValues, b: FieldValues): boolean {
  const fewer = Math.min(a.texts.size, b.texts.size);
  const shared = a.texts.intersection(b.texts).size;
  return (
    shared >= fewestSharedTexts &&
    shared >= fewer * sharedTexts &&
    Math.max(a.texts.size, b.texts.size) <= mostVocabulary
  );
}

/** A name of a person, as DuckDB's regular expressions have it. */
const personName = '^\\p{Lu}[\\p{L}.-]*(?: (?:\\p{Lu}[\\p{L}.-]*|de|da|del|van|von|der|la|le|bin|al)){1,3}$';
const personShare = 0.8;

/** Numbers of a range of sizes ("24, 30, 60, 90, 120") that both take their values from; small counts are of any. */
export function sharesFigures(a: FieldValues, b: FieldValues): boolean {
  const fewer = Math.min(a.figures.size, b.figures.size);
  if (fewer < fewestFigures) return false;
  if (a.figures.intersection(b.figures).size < fewer * sharedFigures) return false;
  const all = [...a.figures.union(b.figures)];
  return Math.max(...all) - Math.min(...all) > all.length * 3;
}

export function isSameVocabulary(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const fewer = Math.min(a.size, b.size);
  return (
    fewer >= fewestSharedWords &&
    a.intersection(b).size >= Math.max(a.size, b.size) * sameVocabulary &&
    Math.max(a.size, b.size) <= mostVocabulary
  );
}

/** What numbers of the second field are multiplied by to be in the unit of the first. */
export function factorBetween(a: FieldGroup, b: FieldGroup): number {
  const [unitA, unitB] = [mainUnit(a), mainUnit(b)];
  if (unitA === null || unitB === null || unitA === unitB) return 1;
  return convertUnit({ number: 1, from: unitB, to: unitA }) ?? 1;
}

/** The middle, as a logarithm, of numbers that are multiplied by a factor. */
function inUnit(middle: number, factor: number): number {
  return factor === 1 ? middle : Math.sign(middle) * Math.log1p(Math.expm1(Math.abs(middle)) * factor);
}

export function alikeValues(
  a: FieldValues,
  b: FieldValues,
  { leeway, factor }: { readonly leeway: number; readonly factor: number },
): number {
  if (a.middle !== null && b.middle !== null) {
    const tolerance = Math.max(a.spread, b.spread, 0.02) * leeway;
    if (a.date && b.date) return Math.max(alikeDates, 1 - Math.abs(a.middle - b.middle) / tolerance);
    return Math.max(0, 1 - Math.abs(a.middle - inUnit(b.middle, factor)) / tolerance);
  }
  if (a.middle !== null || b.middle !== null) return 0;
  if (a.shape === b.shape && /\d/.test(a.shape)) return 1;
  const fewer = Math.min(a.words.size, b.words.size);
  return fewer === 0 ? 0 : a.words.intersection(b.words).size / fewer;
}

/** Chinese sets no spaces between words; what is longer than a term is several. */
const longestHanTerm = 4;

function wordsOf(texts: string): Set<string> {
  const runs = texts.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return new Set(runs.flatMap((run) => (run.length > longestHanTerm ? hanWords(run) : [run])));
}

/** Looks at the values of fields, in the order of the groups. */
export async function loadValues(
  connection: DuckDBConnection,
  groups: readonly FieldGroup[],
): Promise<readonly FieldValues[]> {
  const members = groups.flatMap(({ paths }, group) => paths.map(({ path }) => ({ group, path })));
  await createTemporaryTable({
    connection,
    table: 'build_layout_fields',
    columns: [
      { name: 'field', type: INTEGER, values: members.map(({ group }) => group) },
      { name: 'path', type: INTEGER, values: members.map(({ path }) => path) },
    ],
  });
  const rows = await readRows(
    connection,
    `WITH places AS (
       SELECT document, path, row_number() OVER (PARTITION BY document ORDER BY min(ordinal)) AS place
       FROM build_readings WHERE standing = 0 GROUP BY document, path),
     field_places AS (
       SELECT f.field, avg(p.place) AS place FROM build_layout_fields f JOIN places p USING (path) GROUP BY f.field),
     stated AS (
       SELECT f.field, s.type, s.number, s.unit, coalesce(s.text, array_to_string(s.items, ', '), s.boolean::VARCHAR) AS text,
         CASE WHEN s.number IS NOT NULL THEN sign(s.number) * ln(1 + abs(s.number))
           WHEN s.date IS NOT NULL THEN try_cast(left(s.date, 4) AS DOUBLE) END AS middle
       FROM build_layout_fields f JOIN build_readings r ON r.path = f.path
       JOIN store.readings s ON s.document = r.document AND s.ordinal = r.ordinal WHERE r.form <> 'missing')
     SELECT field, median(middle) AS middle,
       quantile_cont(middle, 0.75) - quantile_cont(middle, 0.25) AS spread,
       count(*) FILTER (type IN ('text', 'list', 'boolean')) > count(*) / 2 AS textual,
       coalesce(avg(length(text)), 0) > ${longestText} AS prose,
       coalesce(${mostFrequentSql("regexp_replace(regexp_replace(text, '\\d+', '0', 'g'), '[^\\d\\W]+', 'A', 'g')")}, '') AS shape,
       coalesce(string_agg(DISTINCT lower(left(text, ${longestText})), ' '), '') AS words,
       count(*) FILTER (type = 'boolean') > count(*) / 2 AS yes_or_no,
       count(*) FILTER (type = 'date') > count(*) / 2 AS dated,
       coalesce(bool_and(unit IS NULL AND number BETWEEN 1000 AND 2100 AND number = floor(number)) FILTER (number IS NOT NULL), false) AS years,
       count(*) FILTER (regexp_matches(text, '${personName}')) > count(*) * ${personShare} AS persons,
       CASE WHEN count(DISTINCT lower(text)) * 1.25 <= count(text)
         THEN list(DISTINCT lower(text)) FILTER (length(text) <= ${longestText}) END AS texts,
       CASE WHEN count(DISTINCT number) * 1.5 <= count(number) THEN list(DISTINCT number) FILTER (number IS NOT NULL) END AS figures,
       any_value(place) AS place
     FROM stated LEFT JOIN field_places USING (field) GROUP BY field`,
  );
  const found = new Map(rows.map((row) => [row.number('field'), row]));
  return groups.map((_, index) => {
    const row = found.get(index);
    const textual = row === undefined || row.boolean('textual');
    return {
      middle: textual ? null : row.numberOrNull('middle'),
      spread: row?.numberOrNull('spread') ?? 0,
      words: wordsOf(row?.text('words') ?? ''),
      figures: new Set(row?.numbers('figures')),
      texts: new Set(row?.texts('texts')),
      boolean: row?.boolean('yes_or_no') ?? false,
      date: row?.boolean('dated') ?? false,
      years: row?.boolean('years') ?? false,
      names: row?.boolean('persons') ?? false,
      shape: row?.text('shape') ?? '',
      prose: row?.boolean('prose') ?? true,
      place: row?.numberOrNull('place') ?? null,
    };
  });
}
