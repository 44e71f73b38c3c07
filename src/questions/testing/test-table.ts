import type { DuckDBConnection } from '@duckdb/node-api';
import type { Catalog, CatalogColumn, CatalogTable, FieldType } from '../../table/catalog.ts';
import type { Row, Value } from '../evaluate/values.ts';

/** A column of a table made for a test. */
export interface TestColumn {
  readonly name: string;
  readonly type: FieldType;
  readonly label?: string;
  readonly unit?: string | null;
  readonly aliases?: readonly string[];
  readonly periods?: readonly string[];
  /** The period of the column itself; the rows then hold it as `name@period` too where there are earlier ones. */
  readonly latestPeriod?: string;
}

/** A table made for a test: its rows, and the catalog that describes them. */
export interface TestTable {
  readonly catalog: Catalog;
  readonly table: CatalogTable;
  readonly rows: readonly Row[];
}

export function testTable({
  name,
  key,
  nouns,
  columns,
  rows,
}: {
  name: string;
  key: string;
  nouns: readonly string[];
  columns: readonly TestColumn[];
  rows: readonly Row[];
}): TestTable {
  const keys = new Map(rows.map((row) => [foldName(String(row[key])), String(row[key])]));
  const table: CatalogTable = {
    name,
    nouns,
    rows: rows.length,
    key,
    columns: columns.map((column) => catalogColumn(column, rows)),
    findEntity: (entity) => keys.get(foldName(entity)) ?? null,
  };
  return { catalog: { tables: [table] }, table, rows };
}

function foldName(text: string): string {
  return text.trim().toLowerCase();
}

function catalogColumn(column: TestColumn, rows: readonly Row[]): CatalogColumn {
  const values = rows.map((row) => row[column.name] ?? null).filter((value) => value !== null);
  const counts = new Map<string, number>();
  for (const value of values.flatMap((each) => (Array.isArray(each) ? [...new Set(each)] : [each])))
    counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return {
    name: column.name,
    label: column.label ?? column.name.replaceAll('_', ' '),
    aliases: column.aliases ?? [],
    type: column.type,
    unit: column.unit ?? null,
    description: null,
    coverage: rows.length === 0 ? 0 : values.length / rows.length,
    periods: column.periods ?? [],
    latestPeriod: column.latestPeriod ?? null,
    examples: [...counts.keys()].slice(0, 3),
    values:
      column.type === 'category' || column.type === 'list'
        ? [...counts]
            .map(([value, count]) => ({ value, rows: count }))
            .toSorted((one, other) => other.rows - one.rows)
        : [],
  };
}

const sqlTypes: Readonly<Record<FieldType, string>> = {
  number: 'DOUBLE',
  percentage: 'DOUBLE',
  date: 'DATE',
  text: 'VARCHAR',
  category: 'VARCHAR',
  list: 'VARCHAR[]',
  boolean: 'BOOLEAN',
};

/** Makes the table in DuckDB, in place of an earlier one of the same name. */
export async function loadTable(connection: DuckDBConnection, { table, rows }: TestTable): Promise<void> {
  const columns = [
    { name: table.key, type: 'VARCHAR' },
    ...table.columns.flatMap(({ name, type, periods, latestPeriod }) =>
      [name, ...statedPeriods(periods, latestPeriod).map((period) => `${name}@${period}`)].map((column) => ({
        name: column,
        type: sqlTypes[type],
      })),
    ),
  ];
  const definitions = columns.map((column) => `"${column.name}" ${column.type}`);
  await connection.run(`CREATE OR REPLACE TABLE "${table.name}" (${definitions.join(', ')})`);
  if (rows.length === 0) return;
  const values = rows.map((row) => `(${columns.map(({ name }) => sqlValue(row[name] ?? null)).join(', ')})`);
  await connection.run(`INSERT INTO "${table.name}" VALUES ${values.join(', ')}`);
}

const statedPeriods = (earlier: readonly string[], latest: string | null | undefined): readonly string[] =>
  latest == null || earlier.length === 0 ? earlier : [latest, ...earlier];

function sqlValue(value: Value): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return `[${value.map(sqlValue).join(', ')}]`;
}
