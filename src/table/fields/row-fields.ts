import type { DiscoveredField } from './discover-fields.ts';
import { UniqueNames, toIdentifier } from './identifiers.ts';
import { joinParts, withoutQualifiers } from './label-part.ts';
import type { LabelPath } from './label-paths.ts';
import type { RowTable } from './row-tables.ts';

/** The fields of a table of rows: its columns, in the order in which they are first stated. */
export function discoverRowFields(table: RowTable, paths: readonly LabelPath[]): DiscoveredField[] {
  const columns = new UniqueNames();
  const own = paths.filter(({ rowTable }) => rowTable === table.number);
  const byLabel = Map.groupBy(own, ({ parts }) => joinParts(parts));
  return [...byLabel.values()].map((same) => {
    const sorted = same.toSorted((a, b) => b.documents.length - a.documents.length || a.path - b.path);
    const raw = sorted[0]?.raw ?? [];
    const label = joinParts(raw.map((part) => withoutQualifiers(part) || part));
    const others = new Set(sorted.map((path) => joinParts(path.raw)));
    others.delete(label);
    return {
      group: {
        paths: sorted,
        depth: raw.length,
        documents: Int32Array.from(new Set(sorted.flatMap(({ documents }) => [...documents]))).sort(),
      },
      label,
      name: columns.take(toIdentifier(label) || 'field'),
      aliases: [...others].slice(0, 12),
    };
  });
}
