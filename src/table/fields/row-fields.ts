import { rankUnion } from './rank-union.ts';
import type { DiscoveredField } from './discover-fields.ts';
import { UniqueNames, toIdentifier } from './identifiers.ts';
import { joinParts, withoutQualifiers } from './label-part.ts';
import type { LabelPath } from './label-paths.ts';
import type { RowTable } from './row-tables.ts';

/** A column that so small a share of the readings of the fullest one have is an accident. */
const fewestShare = 0.02;

/** The fields of a table of rows: its columns, in their order. */
export function discoverRowFields(table: RowTable, paths: readonly LabelPath[]): DiscoveredField[] {
  const columns = new UniqueNames();
  const own = paths.filter(({ rowTable, sentence }) => rowTable === table.number && !sentence);
  const byLabel = Map.groupBy(own, ({ parts }) => joinParts(parts));
  const columnsByLabel = [...byLabel.values()].map((same) => ({ same, readings: countReadings(same) }));
  const fullest = Math.max(0, ...columnsByLabel.map(({ readings }) => readings));
  const kept = columnsByLabel
    .filter(({ readings }) => readings >= fullest * fewestShare)
    .sort((a, b) => place(a.same) - place(b.same) || (a.same[0]?.path ?? 0) - (b.same[0]?.path ?? 0));
  return kept.map(({ same }) => {
    const sorted = same.toSorted((a, b) => b.documents.length - a.documents.length || a.path - b.path);
    const raw = sorted[0]?.raw ?? [];
    const label = joinParts(raw.map((part) => withoutQualifiers(part) || part));
    const others = new Set(sorted.map((path) => joinParts(path.raw)));
    others.delete(label);
    return {
      group: {
        paths: sorted,
        depth: raw.length,
        documents: rankUnion(sorted.map(({ documents }) => documents)),
      },
      label,
      name: columns.take(toIdentifier(label) || 'field'),
      aliases: [...others].slice(0, 12),
    };
  });
}

/** Where the column first stands, on the average of its paths. */
function place(paths: readonly LabelPath[]): number {
  return Math.min(...paths.map((path) => path.place));
}

function countReadings(paths: readonly LabelPath[]): number {
  return paths.reduce(
    (sum, { types }) => sum + Object.values(types).reduce((total, count) => total + count, 0),
    0,
  );
}
