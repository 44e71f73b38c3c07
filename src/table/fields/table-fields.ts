import type { DiscoveredField } from './discover-fields.ts';
import { mergeGroups } from './field-joins.ts';

/** A field of one of the tables that are joined. */
export interface TableField {
  readonly field: DiscoveredField;
  /** The tables it is of, by their place among all. */
  readonly tables: readonly number[];
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
