import type { DuckDBConnection } from '@duckdb/node-api';
import { sameType } from './field-joins.ts';
import { fillerWords, isGeneric } from './generic-words.ts';
import { areSynonyms, standardWords } from './label-words.ts';
import { foldLabel } from '../values/labels.ts';
import { readRows } from './result-row.ts';
import { mergeFields, writeFieldPaths, type TableField } from './table-fields.ts';

/** Of the things that the one is stated of, this share must have the other, in other periods. */
const sharedThings = 0.5;
/** Common logarithms of the values of two columns for one thing differ by less, on the average. */
const mostApart = 0.5;
const alikeCorrelation = 0.85;
const fewestCorrelated = 8;
const fewestEvidence = 0.8;

interface Pair {
  readonly field: number;
  readonly other: number;
  readonly things: number;
  /** The correlation of the logarithms of their numbers over the things, 0 where unknown. */
  readonly correlation: number;
  /** How far the logarithms lie apart on the average, null for texts. */
  readonly apart: number | null;
  /** The share of the things of which texts are the same. */
  readonly equal: number;
}

/**
 * Joins columns of joined tables that were renamed from one year to the next ("Pupils", "Enrolment"): they are stated of
 * the same things and never of the same period, type and unit agree, and words and values speak for it. The best pair is
 * joined first.
 */
export async function findRenamedFields(
  connection: DuckDBConnection,
  fields: readonly TableField[],
): Promise<TableField[]> {
  const pairs = await comparePairs(connection, fields);
  const ranked = pairs
    .map((pair) => ({ ...pair, evidence: evidenceOf(pair, fields) }))
    .filter(({ evidence }) => evidence >= fewestEvidence)
    .sort((a, b) => b.evidence - a.evidence || a.field - b.field || a.other - b.other);
  const exclusive = new Set(pairs.map(({ field, other }) => `${field} ${other}`));
  const groups = fields.map((_, index) => [index]);
  for (const { field, other } of ranked) {
    const [own, others] = [groups[field] ?? [], groups[other] ?? []];
    if (own === others) continue;
    const fits = own.every((a) => others.every((b) => exclusive.has(a < b ? `${a} ${b}` : `${b} ${a}`)));
    if (!fits) continue;
    const joined = [...own, ...others].sort((a, b) => a - b);
    for (const member of joined) groups[member] = joined;
  }
  return [...new Set(groups)].flatMap((group) => {
    const [first, ...others] = group.flatMap((index) => fields[index] ?? []);
    return first === undefined ? [] : [mergeFields(first, others)];
  });
}

function evidenceOf(pair: Pair, fields: readonly TableField[]): number {
  const [a, b] = [fields[pair.field], fields[pair.other]];
  if (a === undefined || b === undefined || !sameType(a.field.group, b.field.group)) return 0;
  const words = sharedWords(a.field.label, b.field.label);
  const isNumber = pair.apart !== null;
  if (isNumber && pair.apart !== null && pair.apart > mostApart) return 0;
  const values = isNumber
    ? pair.things >= fewestCorrelated && pair.correlation >= alikeCorrelation
      ? pair.correlation
      : 0.3
    : pair.equal >= 0.8
      ? 1
      : 0;
  return words + values;
}

/** The share of the words of the shorter label that the other has, or has a synonym or a relative for. */
function sharedWords(a: string, b: string): number {
  const [wordsA, wordsB] = [tellingWords(a), tellingWords(b)];
  const [fewer, more] = wordsA.length <= wordsB.length ? [wordsA, wordsB] : [wordsB, wordsA];
  if (fewer.length === 0) return 0;
  const shared = fewer.filter((word) => more.some((other) => areAlike(word, other))).length;
  return shared / fewer.length;
}

function tellingWords(label: string): string[] {
  const words = standardWords(foldLabel(label)).filter((word) => !fillerWords.has(word));
  const telling = words.filter((word) => !isGeneric(word));
  return telling.length === 0 ? words : telling;
}

function areAlike(a: string, b: string): boolean {
  if (a === b || areSynonyms(a, b)) return true;
  let common = 0;
  while (common < a.length && a[common] === b[common]) common += 1;
  return common >= 5 && common >= Math.min(a.length, b.length) * 0.7;
}

/** The pairs of columns that are stated of the same things and never of one period. */
async function comparePairs(connection: DuckDBConnection, fields: readonly TableField[]): Promise<Pair[]> {
  await writeFieldPaths(connection, fields);
  const rows = await readRows(
    connection,
    `WITH told AS (
       SELECT p.field, t.name, coalesce(r.period, d.period_number) AS period, any_value(s.number) AS number,
         any_value(r.content) AS content
       FROM build_field_paths p JOIN build_readings r ON r.path = p.path
       JOIN build_document_periods d ON d.document = r.document
       JOIN build_things t ON t.tbl = p.tbl AND t.document = r.document AND t.row_label IS NOT DISTINCT FROM r.row_label
       JOIN store.readings s ON s.document = r.document AND s.ordinal = r.ordinal
       WHERE r.form <> 'missing' GROUP BY ALL),
     periods AS (SELECT field, list(DISTINCT period) AS periods, count(DISTINCT name) AS things,
       bool_or(period IS NULL) AS timeless FROM told GROUP BY field),
     means AS (SELECT field, name, avg(CASE WHEN number > 0 THEN ln(number) END) AS logarithm, any_value(content) AS content
       FROM told GROUP BY field, name)
     SELECT a.field, b.field AS other, count(*) AS things,
       coalesce(corr(m.logarithm, n.logarithm), 0)::DOUBLE AS correlation,
       (avg(abs(m.logarithm - n.logarithm)) / ln(10))::DOUBLE AS apart,
       (count(*) FILTER (m.content = n.content) / count(*))::DOUBLE AS equal
     FROM periods a JOIN periods b ON a.field < b.field AND NOT list_has_any(a.periods, b.periods)
       AND NOT a.timeless AND NOT b.timeless
     JOIN means m ON m.field = a.field JOIN means n ON n.field = b.field AND n.name = m.name
     GROUP BY a.field, b.field, a.things, b.things HAVING count(*) >= least(a.things, b.things) * ${sharedThings}
     ORDER BY a.field, b.field`,
  );
  return rows.map((row) => ({
    field: row.number('field'),
    other: row.number('other'),
    things: row.number('things'),
    correlation: finite(row.number('correlation')),
    apart: row.numberOrNull('apart'),
    equal: row.number('equal'),
  }));
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);
