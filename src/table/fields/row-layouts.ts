import { rankUnion } from './rank-union.ts';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { DiscoveredField } from './discover-fields.ts';
import { findHouseStyles } from './house-styles.ts';
import { joinLayouts } from './layout-joins.ts';
import { readRows } from './result-row.ts';

const mostAliases = 12;

/**
 * Joins the fields of sections that come in several layouts, as those of documents are joined: entries of a bulletin
 * that say "Kind of entity" and others that say "Entity type", never both, are of one field.
 *
 * @param fields of one listing of sections, in their order. Expects `build_readings`.
 */
export async function joinRowLayouts(
  connection: DuckDBConnection,
  fields: readonly DiscoveredField[],
): Promise<DiscoveredField[]> {
  const numbers = fields.flatMap(({ group }) => group.paths.map(({ path }) => path));
  if (fields.length < 2 || numbers.length === 0) return [...fields];
  const rows = await readRows(
    connection,
    `SELECT DISTINCT path, dense_rank() OVER (ORDER BY document, row_label)::INTEGER AS entry
     FROM build_readings WHERE path IN (${numbers.join(', ')}) AND row_label IS NOT NULL`,
  );
  const entries = Map.groupBy(rows, (row) => row.number('path'));
  const entriesOf = ({ group }: DiscoveredField): Int32Array =>
    Int32Array.from(
      new Set(group.paths.flatMap(({ path }) => (entries.get(path) ?? []).map((row) => row.number('entry')))),
    ).sort();
  const count = new Set(rows.map((row) => row.number('entry'))).size;
  // Among the entries each is what a document is among documents.
  const groups = fields.map((field) => ({ ...field.group, documents: entriesOf(field) }));
  const joined = await joinLayouts({
    connection,
    groups,
    styles: findHouseStyles(groups, count),
    documentCount: count,
  });
  const holderOf = new Map(fields.flatMap((field) => field.group.paths.map(({ path }) => [path, field])));
  const merged = joined.map(({ paths }) => [
    ...new Set(paths.flatMap(({ path }) => holderOf.get(path) ?? [])),
  ]);
  return fields.flatMap((field): DiscoveredField[] => {
    const own = merged.find((each) => each.includes(field)) ?? [field];
    const [first = field, ...others] = own;
    if (first !== field) return [];
    if (others.length === 0) return [field];
    return [
      {
        ...field,
        group: {
          ...field.group,
          paths: own.flatMap(({ group }) => group.paths),
          documents: rankUnion(own.map(({ group }) => group.documents)),
        },
        aliases: [
          ...new Set([...field.aliases, ...others.flatMap(({ label, aliases }) => [label, ...aliases])]),
        ].slice(0, mostAliases),
      },
    ];
  });
}
