import type { Catalog, CatalogColumn } from '../catalog.ts';
import { foldLabel } from '../values/index.ts';
import type { DeclaredField } from './declared-field.ts';

/** The column that a field is, by name, label or alias; the first of several tables' that has one. */
export function columnOf(field: DeclaredField, { tables }: Catalog): CatalogColumn | null {
  const columns = tables.flatMap((table) => table.columns);
  const label = foldLabel(field.label);
  return (
    columns.find(({ name }) => name === field.name) ??
    columns.find((column) => [column.label, ...column.aliases].some((each) => foldLabel(each) === label)) ??
    null
  );
}

/**
 * Gives fields that the tables have already the label, and where none was declared the type, of their column, so that
 * what is read joins it.
 */
export function alignFields(fields: readonly DeclaredField[], catalog: Catalog): DeclaredField[] {
  return fields.map((field) => {
    const column = columnOf(field, catalog);
    return column === null ? field : { ...field, label: column.label, type: field.type ?? column.type };
  });
}
