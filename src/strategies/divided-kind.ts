import type { Catalog, CatalogTable } from '../table/catalog.ts';

/** A smaller share of the rows hardly changes what is said of all. */
const fewestRowsShare = 0.1;
const fewestSharedColumns = 2;
/** Fields of other names whose values are the same few: one may be of any kind of things, three tell of one kind. */
const fewestSharedVocabularies = 3;
const fewestValues = 2;
const sharedShare = 0.5;

/**
 * Tables that seem to hold things of the same kind as another: they are called alike and have columns in common, or
 * several of their categories have the same values, but most of their labels were not found to be the same, as when
 * authors have layouts of their own. An answer over one of them leaves the others out.
 */
export function otherTablesOfKind(catalog: Catalog, name: string): CatalogTable[] {
  const table = catalog.tables.find((each) => each.name === name);
  if (table === undefined) return [];
  return catalog.tables.filter(
    (other) =>
      other !== table &&
      other.rows >= table.rows * fewestRowsShare &&
      (isCalledAlike(table, other) || sharedVocabularies(table, other) >= fewestSharedVocabularies),
  );
}

function isCalledAlike(table: CatalogTable, other: CatalogTable): boolean {
  const columns = new Set(table.columns.map((column) => column.name));
  return (
    table.nouns[0] !== undefined &&
    other.nouns[0] === table.nouns[0] &&
    other.columns.filter((column) => columns.has(column.name)).length >= fewestSharedColumns
  );
}

/** How many categories of the table have values that are mostly those of a category of the other. */
function sharedVocabularies(table: CatalogTable, other: CatalogTable): number {
  const others = vocabulariesOf(other);
  return vocabulariesOf(table).filter((own) => others.some((each) => isMostlyAlike(own, each))).length;
}

const vocabulariesOf = ({ columns }: CatalogTable): ReadonlySet<string>[] =>
  columns
    .filter(({ type, values }) => type === 'category' && values.length >= fewestValues)
    .map(({ values }) => new Set(values.map(({ value }) => value.toLowerCase())));

function isMostlyAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter((value) => other.has(value)).length;
  return shared >= fewestValues && shared >= Math.max(one.size, other.size) * sharedShare;
}
