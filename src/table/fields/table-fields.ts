import { INTEGER, type DuckDBConnection } from '@duckdb/node-api';
import type { DiscoveredField } from './discover-fields.ts';
import { mergeGroups } from './field-joins.ts';
import { createTemporaryTable } from './fill-table.ts';

/** A field of one of the tables that are joined. */
export interface TableField {
  readonly field: DiscoveredField;
  /** The tables it is of, by their place among all. */
  readonly tables: readonly number[];
}

/** Leaves the paths of the fields in `build_field_paths (tbl, field, path)`; a field goes by its place among them. */
export async function writeFieldPaths(
  connection: DuckDBConnection,
  fields: readonly TableField[],
): Promise<void> {
  const paths = fields.flatMap(({ field, tables }, number) =>
    tables.flatMap((table) => field.group.paths.map(({ path }) => ({ table, number, path }))),
  );
  await createTemporaryTable({
    connection,
    table: 'build_field_paths',
    columns: [
      { name: 'tbl', type: INTEGER, values: paths.map(({ table }) => table) },
      { name: 'field', type: INTEGER, values: paths.map(({ number }) => number) },
      { name: 'path', type: INTEGER, values: paths.map(({ path }) => path) },
    ],
  });
}

/** One field of several; what the others were called are other names of it. */
export function mergeFields(first: TableField, others: readonly TableField[]): TableField {
  const { field } = first;
  const aliases = new Set([
    ...field.aliases,
    ...others.flatMap(({ field: { label, aliases: more } }) => [label, ...more]),
  ]);
  aliases.delete(field.label);
  return {
    tables: [...new Set([first, ...others].flatMap(({ tables }) => tables))],
    field: {
      ...field,
      aliases: [...aliases].slice(0, 12),
      group: mergeGroups([field.group, ...others.map(({ field: { group } }) => group)]),
    },
  };
}
