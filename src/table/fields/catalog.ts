import type { DuckDBConnection } from '@duckdb/node-api';
import {
  fieldTypes,
  type Catalog,
  type CatalogColumn,
  type CatalogTable,
  type FieldType,
} from '../catalog.ts';
import { EntityIndex } from './entity-index.ts';
import { readRows, type ResultRow } from './result-row.ts';

/**
 * Loads the catalog of the tables that `buildTables` made; the one with the most values comes first.
 *
 * @param connection open for reading at least.
 */
export async function loadCatalog({ connection }: { connection: DuckDBConnection }): Promise<Catalog> {
  const kinds = await readRows(connection, 'SELECT * FROM store.kinds ORDER BY cells DESC, kind');
  const fields = await readRows(connection, 'SELECT * FROM store.fields ORDER BY position');
  const entities = await readRows(
    connection,
    'SELECT kind, list(name ORDER BY entity) AS names FROM store.entities GROUP BY kind',
  );
  const names = new Map(entities.map((row) => [row.number('kind'), row.texts('names')]));
  const columns = Map.groupBy(fields, (row) => row.number('kind'));
  return {
    tables: kinds.map((kind) => {
      const number = kind.number('kind');
      return toTable({ kind, columns: columns.get(number) ?? [], names: names.get(number) ?? [] });
    }),
  };
}

function toTable({
  kind,
  columns,
  names,
}: {
  kind: ResultRow;
  columns: readonly ResultRow[];
  names: readonly string[];
}): CatalogTable {
  const documentColumn = kind.textOrNull('document_column');
  // Most questions name no entity: the index is made for the first that does.
  let index: EntityIndex | null = null;
  return {
    name: kind.text('name'),
    nouns: kind.texts('nouns'),
    rows: kind.number('entities'),
    key: kind.text('key_column'),
    columns: [...(documentColumn === null ? [] : [originColumn(documentColumn)]), ...columns.map(toColumn)],
    findEntity: (name) => {
      index ??= new EntityIndex(names);
      return index.find(name);
    },
  };
}

/** The column that says which document a row comes from. */
function originColumn(name: string): CatalogColumn {
  return {
    name,
    label: name,
    aliases: [],
    type: 'text',
    unit: null,
    description: 'The document that the row comes from.',
    coverage: 1,
    periods: [],
    examples: [],
    values: [],
  };
}

function toColumn(row: ResultRow): CatalogColumn {
  const rows = row.numbers('category_rows');
  return {
    name: row.text('name'),
    label: row.text('label'),
    aliases: row.texts('aliases'),
    type: toFieldType(row.text('type')),
    unit: row.textOrNull('unit'),
    description: row.textOrNull('description'),
    coverage: row.number('coverage'),
    periods: row.texts('periods'),
    latestPeriod: row.textOrNull('latest_period'),
    examples: row.texts('examples'),
    values: row.texts('category_values').map((value, index) => ({ value, rows: rows[index] ?? 0 })),
  };
}

function toFieldType(text: string): FieldType {
  const type = fieldTypes.find((each) => each === text);
  if (type === undefined) throw new TypeError(`The store holds a field of the unknown type ${text}.`);
  return type;
}
