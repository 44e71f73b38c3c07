import type { DuckDBConnection } from '@duckdb/node-api';
import { settleDates } from './ambiguous-dates.ts';
import { assignReadings, decideTypes } from './assign-readings.ts';
import { decideCells } from './cells.ts';
import { discoverKinds } from './discover-kinds.ts';
import { rankDocuments, type RankedDocument } from './document-order.ts';
import { findEntities } from './entities.ts';
import { applyEdits } from './field-edits.ts';
import { readFieldsFile, writeFieldsFile, type Edits, type FieldsFileTable } from './fields-file.ts';
import { quoteIdentifier } from './identifiers.ts';
import { loadLabelPaths, numberReadings } from './label-paths.ts';
import { settleLevelCodes } from './level-codes.ts';
import { writePeriods } from './periods.ts';
import {
  findPeriodicDocuments,
  forgetPeriodicReadings,
  readPeriodicTitles,
  withPeriodsOfSeries,
  type PeriodicDocument,
} from './periodic-documents.ts';
import { readRows } from './result-row.ts';
import { findRowEntities } from './row-entities.ts';
import { findRowSections } from './row-sections.ts';
import { findRowTables } from './row-tables.ts';
import { findTotalRows } from './total-rows.ts';
import { findThingEntities } from './things.ts';
import { forgetTemplateReadings, readTemplates } from './templates/read-templates.ts';
import { writeCatalog, type TypedKind } from './store-catalog.ts';
import { forgetSpottedValues, spotValues } from './spot-values.ts';
import { createViews, createWideTable, dropTables } from './wide-tables.ts';

/** What a user may decide about the tables. */
export interface TableSettings {
  /** The field that names entities, by label or column name; null for the documents' titles. */
  readonly key?: string | null;
  /** The path of `fields.json`, read and written anew; null for none. */
  readonly fieldsFile?: string | null;
  /** Fields beyond this number, the rarest, get no column; their readings stay as facts. */
  readonly maximumColumns?: number;
}

export interface BuildResult {
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly columns: number }[];
  /** What was decided and a user may want to know. */
  readonly notes: readonly string[];
}

const defaultMaximumColumns = 600;

/**
 * Makes tables of all readings in the store: finds the kinds of documents and their fields, decides the cells,
 * and writes a table a kind and the views `documents`, `facts` and `cells`. Everything happens in one
 * transaction of its own, so a failure leaves the earlier tables as they were; then `fields.json` is written.
 * The same readings give the same tables, order included.
 *
 * @param connection open for writing, without a transaction under way.
 * @param corpusName the folder's or file's name, from which a table takes its name where nothing better is known.
 * @throws {FieldsFileError} when `fields.json` cannot be used, or the key is no field.
 */
export async function buildTables({
  connection,
  settings,
  corpusName,
}: {
  connection: DuckDBConnection;
  settings: TableSettings;
  corpusName: string;
}): Promise<BuildResult> {
  const edits = await readFieldsFile(settings.fieldsFile ?? null);
  const [before] = await readRows(connection, "SELECT current_setting('preserve_insertion_order') AS kept");
  await connection.run('SET preserve_insertion_order = true');
  await connection.run('BEGIN TRANSACTION');
  try {
    const { result, file } = await build({ connection, settings, corpusName, edits });
    await connection.run('COMMIT');
    if (settings.fieldsFile !== null && settings.fieldsFile !== undefined) {
      await writeFieldsFile(settings.fieldsFile, file);
    }
    return result;
  } catch (error) {
    await connection.run('ROLLBACK');
    throw error;
  } finally {
    await dropTemporaryTables(connection);
    await connection.run(`SET preserve_insertion_order = ${before?.boolean('kept') ?? true}`);
  }
}

async function build({
  connection,
  settings,
  corpusName,
  edits,
}: {
  connection: DuckDBConnection;
  settings: TableSettings;
  corpusName: string;
  edits: Edits;
}): Promise<{ result: BuildResult; file: FieldsFileTable[] }> {
  await dropTables(connection);
  await forgetSpottedValues(connection);
  await forgetPeriodicReadings(connection);
  await forgetTemplateReadings(connection);
  const ranked = await rankDocuments(connection);
  const periodic = findPeriodicDocuments(ranked);
  const documents = await withPeriodsOfSeries(connection, ranked, periodic);
  await readPeriodicTitles({ connection, documents, periodic });
  const sameLabels = await readTemplates({ connection, documents });
  await settleDates(connection);
  await settleLevelCodes(connection);
  await writePeriods(connection);
  const totals = await findTotalRows(connection, documents);
  const tables = await findRowTables(connection, documents.length);
  const firstTable = Math.max(-1, ...tables.map(({ number }) => number)) + 1;
  const listings = await findRowSections({ connection, documentCount: documents.length, firstTable });
  const rowTables = [...tables, ...listings];
  await numberReadings(connection, new Set(documents.map(({ path }) => path)).size);
  const paths = await loadLabelPaths({ connection, fewestDocuments: documents.length <= 3 ? 1 : 2 });
  const maximumFields = settings.maximumColumns ?? defaultMaximumColumns;
  const discovered = await discoverKinds({
    connection,
    documents,
    paths,
    rowTables,
    corpusName,
    maximumFields,
    periodic,
    totals,
    sameLabels,
  });
  const planned = applyEdits({ kinds: discovered, edits, key: settings.key ?? null });
  await assignReadings(connection, planned, documents);
  const typed = await decideTypes(connection, planned, documents);
  await spotValues({ connection, kinds: typed, documents });
  const notes = await nameAllEntities({ connection, documents, kinds: typed, periodic });
  await decideCells(connection);
  const { tables: wideTables, file } = await writeCatalog(connection, typed);
  await storeFacts(connection);
  await dropTemporaryTables(connection, ['build_entity_documents']);
  for (const table of wideTables) await createWideTable(connection, table);
  await createViews(connection);
  await storeNotes(connection, notes);
  return { result: { tables: await describeTables(connection), notes }, file };
}

/** @returns what was decided about names, where it is worth saying. */
async function nameAllEntities({
  connection,
  documents,
  kinds,
  periodic,
}: {
  connection: DuckDBConnection;
  documents: readonly RankedDocument[];
  kinds: readonly TypedKind[];
  periodic: ReadonlyMap<number, PeriodicDocument>;
}): Promise<string[]> {
  const ofDocuments = kinds.filter(({ basis }) => basis === 'documents');
  const notes = await findEntities({
    connection,
    documents,
    periodic,
    kinds: ofDocuments.map(({ number, ...kind }) => ({ ...kind, kind: number })),
  });
  const ofRows = kinds.filter(({ basis }) => basis === 'rows');
  await findRowEntities({
    connection,
    kinds: ofRows.map(({ number, documents: holders }) => ({ kind: number, documents: [...holders] })),
    documents,
  });
  const ofThings = kinds
    .filter(({ basis }) => basis === 'things')
    .map(({ number, ...kind }) => ({ ...kind, kind: number }));
  await findThingEntities({ connection, kinds: ofThings, documents });
  return kinds.flatMap(({ number, name }) => {
    const note = notes.get(number);
    return note === undefined ? [] : [`Table ${name}: ${note}`];
  });
}

/** Keeps which field and entity each reading is a fact of. */
async function storeFacts(connection: DuckDBConnection): Promise<void> {
  await connection.run(`
    CREATE OR REPLACE TABLE store.facts AS
    SELECT f.document, f.ordinal, f.field, e.entity FROM build_facts f
    JOIN build_entity_documents e ON e.document = f.document AND e.row_label IS NOT DISTINCT FROM f.row_label
    ORDER BY f.document, f.ordinal`);
}

async function storeNotes(connection: DuckDBConnection, notes: readonly string[]): Promise<void> {
  await connection.run('CREATE OR REPLACE TABLE store.notes (note VARCHAR)');
  for (const note of notes) await connection.run('INSERT INTO store.notes VALUES ($note)', { note });
}

async function describeTables(connection: DuckDBConnection): Promise<BuildResult['tables']> {
  const rows = await readRows(
    connection,
    `SELECT k.name, k.entities, (SELECT count(*) FROM store.fields f WHERE f.kind = k.kind) AS fields
     FROM store.kinds k ORDER BY k.cells DESC, k.kind`,
  );
  return rows.map((row) => ({
    name: row.text('name'),
    rows: row.number('entities'),
    columns: row.number('fields'),
  }));
}

async function dropTemporaryTables(
  connection: DuckDBConnection,
  except: readonly string[] = [],
): Promise<void> {
  const tables = await readRows(
    connection,
    "SELECT table_name FROM duckdb_tables() WHERE temporary AND starts_with(table_name, 'build_')",
  );
  for (const table of tables) {
    const name = table.text('table_name');
    if (!except.includes(name)) await connection.run(`DROP TABLE IF EXISTS temp.${quoteIdentifier(name)}`);
  }
}
