import type { DuckDBConnection } from '@duckdb/node-api';
import { createPairs, type FieldPair } from './field-agreement.ts';
import type { FieldGroup } from './field-identity.ts';
import { countShared, mainUnit, isSpoken, mergeGroups } from './field-joins.ts';
import { readRows } from './result-row.ts';
import { convertUnit } from '../values/units.ts';

/** Two fields agree by accident in a few documents, and in many of few different values, but not in so many. */
const fewestTogether = 8;
const fewestDifferent = 5;
const fewestAgreeing = 0.98;
/** Words that agree although the most frequent of them is left out of account, in so many documents, are no accident either. */
const fewestOfOthers = 5;
/** What sentences say is held against what their documents mostly state as well. */
const fewestShared = 0.5;
const mostPairs = 500;

/**
 * Joins what sentences say to the field that states the same in the same documents under another name: "it was launched
 * in July 2017" beside "Release date: July 27, 2017". Other words prove nothing against it where the values of many
 * documents, and different ones, all agree.
 */
export async function joinRestated(
  connection: DuckDBConnection,
  groups: readonly FieldGroup[],
): Promise<FieldGroup[]> {
  const pairs = pairsOf(groups);
  if (pairs.length === 0) return [...groups];
  const restated = await findRestated(connection, pairs);
  const main = new Map<FieldGroup, FieldGroup>();
  for (const [field, spoken] of restated) if (!main.has(spoken) && !main.has(field)) main.set(spoken, field);
  const others = Map.groupBy(main.keys(), (spoken) => main.get(spoken));
  return groups
    .filter((group) => !main.has(group))
    .map((group) => mergeGroups([group, ...(others.get(group) ?? [])]));
}

/** A field and what sentences say, which may be the same; those that share most documents come first. */
function pairsOf(groups: readonly FieldGroup[]): FieldPair[] {
  const pairs: { pair: FieldPair; shared: number }[] = [];
  for (const spoken of groups.filter(isSpoken)) {
    if (spoken.documents.length < fewestTogether) continue;
    for (const field of groups) {
      const isMain =
        !isSpoken(field) ||
        field.documents.length > spoken.documents.length ||
        (field.documents.length === spoken.documents.length &&
          groups.indexOf(field) < groups.indexOf(spoken));
      if (field === spoken || !isMain || !areAlike(field, spoken)) continue;
      const shared = countShared(field.documents, spoken.documents);
      if (shared >= Math.max(fewestTogether, spoken.documents.length * fewestShared))
        pairs.push({ pair: [field, spoken], shared });
    }
  }
  return pairs
    .toSorted((a, b) => b.shared - a.shared)
    .slice(0, mostPairs)
    .map(({ pair }) => pair);
}

/** Figures agree with figures, years with dates, and words with words. */
function areAlike(a: FieldGroup, b: FieldGroup): boolean {
  const inWords = [a, b].map(({ paths }) => {
    const texts = paths.reduce((sum, { types }) => sum + types.text + types.list, 0);
    const others = paths.reduce((sum, { types }) => sum + types.number + types.percentage + types.date, 0);
    return texts > others;
  });
  const [unitA, unitB] = [mainUnit(a), mainUnit(b)];
  const sameUnit =
    unitA === null || unitB === null || convertUnit({ number: 1, from: unitA, to: unitB }) === 1;
  return inWords[0] === inWords[1] && sameUnit;
}

/**
 * The pairs that agree. A month agrees with a day in it, and a text with the one that it begins: sentences shorten both.
 */
async function findRestated(connection: DuckDBConnection, pairs: readonly FieldPair[]): Promise<FieldPair[]> {
  await createPairs(connection, pairs);
  const rows = await readRows(
    connection,
    `WITH stated AS (
       SELECT DISTINCT p.pair, p.side, r.document, lower(trim(coalesce(s.date, s.text, array_to_string(s.items, ', '),
         CASE WHEN s.number = floor(s.number) AND abs(s.number) < 1e15 THEN s.number::BIGINT::VARCHAR ELSE s.number::VARCHAR END))) AS value
       FROM build_pairs p JOIN build_readings r ON r.path = p.path
       JOIN store.readings s ON s.document = r.document AND s.ordinal = r.ordinal WHERE r.form <> 'missing'),
     compared AS (
       SELECT a.pair, a.document, any_value(b.value) AS value, bool_or(a.value = b.value
         OR (starts_with(a.value, b.value) AND regexp_matches(a.value[length(b.value) + 1], '[^\\p{L}\\p{N}]')
           AND regexp_matches(b.value, '^\\d{4}(-\\d{2})?$|\\p{L}{2}'))) AS agrees
       FROM stated a JOIN stated b ON b.pair = a.pair AND b.document = a.document AND a.side = 0 AND b.side = 1
       GROUP BY a.pair, a.document)
     SELECT pair FROM compared GROUP BY pair
     HAVING count(*) >= ${fewestTogether} AND count(*) FILTER (agrees) >= count(*) * ${fewestAgreeing}
       AND (count(DISTINCT value) FILTER (agrees) >= ${fewestDifferent} OR (bool_and(regexp_matches(value, '\\p{L}{2}'))
         AND count(*) FILTER (agrees) - list_max(map_values(histogram(value) FILTER (agrees))) >= ${fewestOfOthers}))
     ORDER BY pair`,
  );
  return rows.map((row) => pairs[row.number('pair')]).filter((pair) => pair !== undefined);
}
