import type { Catalog, CatalogTable } from '../table/catalog.ts';

/** A smaller share of the rows hardly changes what is said of all. */
const fewestRowsShare = 0.1;
const fewestSharedColumns = 2;

/**
 * Tables that seem to hold things of the same kind as another: they are called alike and have columns in common, but
 * most of their labels were not found to be the same, as when authors have layouts of their own. An answer over one
 * of them leaves the others out.
 */
export function otherTablesOfKind(catalog: Catalog, name: string): CatalogTable[] {
  const table = catalog.tables.find((each) => each.name === name);
  const [noun] = table?.nouns ?? [];
  if (table === undefined || noun === undefined) return [];
  const columns = new Set(table.columns.map((column) => column.name));
  return catalog.tables.filter(
    (other) =>
      other !== table &&
      other.nouns[0] === noun &&
      other.rows >= table.rows * fewestRowsShare &&
      other.columns.filter((column) => columns.has(column.name)).length >= fewestSharedColumns,
  );
}
