import {
  BOOLEAN,
  DOUBLE,
  DuckDBInstance,
  INTEGER,
  LIST,
  VARCHAR,
  listValue,
  type DuckDBConnection,
} from '@duckdb/node-api';
import type { ReadValue, Reading } from '../../reading.ts';
import { storeSchema } from '../../store/schema.ts';
import { buildTables, type BuildResult, type TableSettings } from '../build-tables.ts';
import { appendRows } from '../fill-table.ts';

/** A document of a test with what was read from it. */
export interface TestDocument {
  readonly path: string;
  readonly title?: string | null;
  readonly text?: string;
  readonly format?: string;
  readonly fragment?: string;
  readonly readings: readonly TestReading[];
}

export interface TestReading extends Partial<Omit<Reading, 'section' | 'label' | 'value'>> {
  /** Headings above, joined by ` > `. */
  readonly section?: string;
  readonly label: string;
  readonly value: ReadValue;
}

/** A value as the shortest thing that stands for it; null is a stated absence. */
export type Shorthand = number | string | boolean | null | readonly string[] | ReadValue;

export function read(label: string, value: Shorthand, rest: Partial<TestReading> = {}): TestReading {
  return { label, value: toValue(value), ...rest };
}

export const quantity = (number: number, unit: string | null = null): ReadValue => ({
  type: 'number',
  number,
  unit,
  bound: null,
});

export const percent = (number: number): ReadValue => ({ type: 'percentage', number, bound: null });

export const date = (text: string): ReadValue => ({ type: 'date', date: text });

function toValue(value: Shorthand): ReadValue {
  if (value === null) return { type: 'missing' };
  if (typeof value === 'number') return quantity(value);
  if (typeof value === 'boolean') return { type: 'boolean', boolean: value };
  if (typeof value === 'string') return { type: 'text', text: value };
  return isItems(value) ? { type: 'list', items: value } : value;
}

function isItems(value: readonly string[] | ReadValue): value is readonly string[] {
  return Array.isArray(value);
}

/** Tables built from hand-made readings, in a database in memory. */
export class BuiltStore {
  readonly connection: DuckDBConnection;
  readonly result: BuildResult;

  private constructor(connection: DuckDBConnection, result: BuildResult) {
    this.connection = connection;
    this.result = result;
  }

  static async build(
    documents: readonly TestDocument[],
    { settings = {}, corpusName = '' }: { settings?: TableSettings; corpusName?: string } = {},
  ): Promise<BuiltStore> {
    const connection = await storeOf(documents);
    return new BuiltStore(connection, await buildTables({ connection, settings, corpusName }));
  }

  /** The rows of a query, each value as plain JSON. */
  async rows(sql: string): Promise<unknown[][]> {
    return (await (await this.connection.run(sql)).getRowsJson()) as unknown[][];
  }

  /** The column names of a table. */
  async columns(table: string): Promise<string[]> {
    return (await this.connection.run(`SELECT * FROM ${table} LIMIT 0`)).columnNames();
  }
}

/** A database in memory that holds the documents and readings, without tables. */
export async function storeOf(documents: readonly TestDocument[]): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(storeSchema);
  await appendDocuments(connection, documents);
  return connection;
}

export async function appendDocuments(
  connection: DuckDBConnection,
  documents: readonly TestDocument[],
): Promise<void> {
  const text = (values: readonly (string | null)[]) => ({ type: VARCHAR, values });
  const integer = (values: readonly number[]) => ({ type: INTEGER, values });
  await appendRows({
    connection,
    table: 'documents',
    schema: 'store',
    columns: [
      { name: 'number', ...integer(documents.map((_, index) => index)) },
      {
        name: 'id',
        ...text(
          documents.map(({ path, fragment }) => (fragment === undefined ? path : `${path}#${fragment}`)),
        ),
      },
      { name: 'path', ...text(documents.map(({ path }) => path)) },
      { name: 'fragment', ...text(documents.map(({ fragment }) => fragment ?? null)) },
      { name: 'title', ...text(documents.map(({ title }) => title ?? null)) },
      { name: 'format', ...text(documents.map(({ format }) => format ?? 'markdown')) },
      { name: 'hash', ...text(documents.map(() => '')) },
      { name: 'tokens', ...integer(documents.map(() => 1)) },
      { name: 'text', ...text(documents.map((document) => document.text ?? '')) },
      { name: 'source_map', ...text(documents.map(() => '{"segments":[]}')) },
    ],
  });
  const readings = documents.flatMap((document, index) =>
    document.readings.map((reading, ordinal) => ({ document: index, ordinal, reading })),
  );
  const of = <T>(value: (reading: TestReading) => T): T[] => readings.map(({ reading }) => value(reading));
  await appendRows({
    connection,
    table: 'readings',
    schema: 'store',
    columns: [
      { name: 'document', ...integer(readings.map(({ document }) => document)) },
      { name: 'ordinal', ...integer(readings.map(({ ordinal }) => ordinal)) },
      { name: 'section', ...text(of(({ section }) => section ?? '')) },
      { name: 'label', ...text(of(({ label }) => label)) },
      { name: 'entity', ...text(of(({ entity }) => entity ?? null)) },
      { name: 'quote_start', ...integer(of(({ start }) => start ?? 0)) },
      { name: 'quote_end', ...integer(of(({ end }) => end ?? 0)) },
      { name: 'value_start', ...integer(of(({ valueStart }) => valueStart ?? 0)) },
      { name: 'value_end', ...integer(of(({ valueEnd }) => valueEnd ?? 0)) },
      { name: 'type', ...text(of(({ value }) => value.type)) },
      { name: 'number', type: DOUBLE, values: of(({ value }) => ('number' in value ? value.number : null)) },
      { name: 'unit', ...text(of(({ value }) => ('unit' in value ? value.unit : null))) },
      { name: 'bound', ...text(of(() => null)) },
      { name: 'date', ...text(of(({ value }) => ('date' in value ? value.date : null))) },
      {
        name: 'boolean',
        type: BOOLEAN,
        values: of(({ value }) => ('boolean' in value ? value.boolean : null)),
      },
      { name: 'text', ...text(of(({ value }) => ('text' in value ? value.text : null))) },
      {
        name: 'items',
        type: LIST(VARCHAR),
        values: of(({ value }) => ('items' in value ? listValue(value.items) : null)),
      },
      { name: 'period', ...text(of(({ period }) => period ?? null)) },
      { name: 'rule', ...text(of(({ rule }) => rule ?? 'label')) },
    ],
  });
}
