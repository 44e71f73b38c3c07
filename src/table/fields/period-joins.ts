import type { DuckDBConnection } from '@duckdb/node-api';
import { createPairs, type FieldPair } from './field-agreement.ts';
import type { FieldGroup } from './field-identity.ts';
import { countShared, isSpoken, mergeGroups, sameType } from './field-joins.ts';
import { readRows } from './result-row.ts';

const fewestTogether = 10;
/** One document may have a typing error. */
const mostOfSamePeriod = 0.02;
const fewestDated = 0.9;
/** A thing's figure of another year is near this year's, while those of other things are far from it. */
const fewestCorrelation = 0.95;
const mostChange = 0.25;
const fewestSpread = 0.5;
const mostPairs = 500;

/**
 * Joins what sentences say of other periods in other words: "by the 2021 census it stood at 2,534" to "the population
 * was 2,429 in 1996". Two fields are one when documents that state both never do so of the same period, and the one
 * figure follows the other: what is large by the one is as large by the other.
 */
export async function joinPeriods(
  connection: DuckDBConnection,
  groups: readonly FieldGroup[],
): Promise<FieldGroup[]> {
  const pairs: FieldPair[] = [];
  for (const [index, a] of groups.entries()) {
    if (!isOfNumbers(a) || a.documents.length < fewestTogether) continue;
    for (const b of groups.slice(index + 1)) {
      if (!(isSpoken(a) || isSpoken(b)) || !isOfNumbers(b) || !sameType(a, b)) continue;
      if (countShared(a.documents, b.documents) >= fewestTogether) pairs.push([a, b]);
    }
  }
  if (pairs.length === 0 || pairs.length > mostPairs) return [...groups];
  const joined = new Map<FieldGroup, FieldGroup[]>();
  for (const [a, b] of await findSeries(connection, pairs)) {
    const all = [...new Set([...(joined.get(a) ?? [a]), ...(joined.get(b) ?? [b])])];
    for (const each of all) joined.set(each, all);
  }
  const done = new Set<FieldGroup>();
  return groups.flatMap((group) => {
    if (done.has(group)) return [];
    const [main, ...others] = (joined.get(group) ?? [group]).toSorted(
      (a, b) => b.documents.length - a.documents.length,
    );
    for (const each of [main, ...others]) if (each !== undefined) done.add(each);
    return main === undefined ? [] : [mergeGroups([main, ...others])];
  });
}

const isOfNumbers = ({ paths }: FieldGroup): boolean =>
  paths.some(({ types }) => types.number > types.text + types.list + types.date + types.percentage);

/** The pairs of which documents state figures of other periods that follow each other, the closest first. */
async function findSeries(connection: DuckDBConnection, pairs: readonly FieldPair[]): Promise<FieldPair[]> {
  await createPairs(connection, pairs);
  const rows = await readRows(
    connection,
    `WITH stated AS (
       SELECT p.pair, p.side, r.document, list(DISTINCT r.period) AS periods, bool_and(r.period IS NOT NULL) AS dated,
         median(CASE WHEN s.number > 0 THEN ln(s.number) END) AS size
       FROM build_pairs p JOIN build_readings r ON r.path = p.path
       JOIN store.readings s ON s.document = r.document AND s.ordinal = r.ordinal
       WHERE s.number IS NOT NULL GROUP BY ALL),
     compared AS (
       SELECT a.pair, a.dated AND b.dated AS dated, list_has_any(a.periods, b.periods) AS same, a.size AS first, b.size AS second
       FROM stated a JOIN stated b ON b.pair = a.pair AND b.document = a.document AND a.side = 0 AND b.side = 1)
     SELECT pair FROM compared GROUP BY pair
     HAVING count(*) >= ${fewestTogether} AND count(*) FILTER (same) <= count(*) * ${mostOfSamePeriod}
       AND count(*) FILTER (dated) >= count(*) * ${fewestDated}
       AND stddev(first) >= ${fewestSpread} AND corr(first, second) >= ${fewestCorrelation}
       AND median(abs(first - second)) <= ${mostChange}
     ORDER BY corr(first, second) DESC, pair`,
  );
  return rows.map((row) => pairs[row.number('pair')]).filter((pair) => pair !== undefined);
}
