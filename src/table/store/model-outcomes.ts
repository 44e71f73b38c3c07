import { BOOLEAN, DOUBLE, INTEGER, LIST, VARCHAR, listValue } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { appendRows } from '../fields/fill-table.ts';
import { readRows } from '../fields/result-row.ts';
import type { DeclaredField } from '../model-reader/declared-field.ts';
import type { ModelOutcome } from '../model-reader/model-outcome.ts';
import type { CorpusLocation } from './corpus-location.ts';
import { openDatabase } from './open-database.ts';
import { storeSchema } from './schema.ts';
import { StoreError } from './store-error.ts';
import { loadState, saveState } from './store-state.ts';
import { tabulate } from './tabulate.ts';

/**
 * The ids of the documents in which a reader has not yet looked for a field under this definition, in the order of
 * their paths.
 */
export async function listUnread(
  connection: DuckDBConnection,
  { reader, definition }: { reader: string; definition: string },
): Promise<string[]> {
  // A store of an earlier version has no such table until something is kept in it.
  const [table] = await readRows(
    connection,
    "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'store' AND table_name = 'model_outcomes'",
  );
  const read =
    table === undefined
      ? ''
      : `WHERE NOT EXISTS (SELECT 1 FROM store.model_outcomes o
           WHERE o.document_hash = d.hash AND o.definition = $definition AND o.reader = $reader)`;
  const found = await connection.runAndReadAll(
    `SELECT d.id FROM store.documents d ${read} ORDER BY d.path, d.number`,
    table === undefined ? {} : { definition, reader },
  );
  return found.getRows().map(([id]) => String(id));
}

/**
 * Keeps what language models read in the store of a corpus, and builds its tables anew. The corpus must not be open
 * in this process.
 *
 * @throws {StoreError} when the corpus has not been read before.
 */
export async function saveModelOutcomes({
  location,
  fields,
  outcomes,
  signal,
  onWait,
}: {
  location: CorpusLocation;
  fields: readonly DeclaredField[];
  outcomes: readonly ModelOutcome[];
  signal?: AbortSignal | undefined;
  onWait?: ((holder: string) => void) | undefined;
}): Promise<void> {
  const { databaseFile } = location;
  const { connection, close } = await openDatabase({ file: databaseFile, mode: 'write', signal, onWait });
  try {
    await connection.run(storeSchema);
    const state = await loadState(connection);
    if (state === null) {
      throw new StoreError({
        message: `The corpus ${location.input} has not been read.`,
        remedy: 'Run `corpuscope read PATH` first.',
      });
    }
    await connection.run('BEGIN TRANSACTION');
    await saveState(connection, { ...state, built: '' });
    await declare(connection, fields);
    await append(connection, outcomes);
    await connection.run('COMMIT');
    await tabulate({ connection, location, state });
  } finally {
    close();
  }
}

/** The last definition of a field is the one that holds. */
async function declare(connection: DuckDBConnection, fields: readonly DeclaredField[]): Promise<void> {
  for (const field of fields) {
    const { name, label, type, description } = field;
    await connection.run('DELETE FROM store.declared_fields WHERE name = $name', { name });
    await connection.run(
      'INSERT INTO store.declared_fields VALUES ($name, $label, $definition, $type, $description)',
      { name, label, definition: field.definition, type, description },
    );
  }
}

async function append(connection: DuckDBConnection, outcomes: readonly ModelOutcome[]): Promise<void> {
  const [last] = await readRows(
    connection,
    'SELECT coalesce(max(run), 0)::INTEGER AS run FROM store.model_outcomes',
  );
  const run = (last?.number('run') ?? 0) + 1;
  const text = <T>(values: (outcome: ModelOutcome) => T): T[] => outcomes.map(values);
  await appendRows({
    connection,
    table: 'model_outcomes',
    schema: 'store',
    columns: [
      { name: 'document_hash', type: VARCHAR, values: text(({ documentHash }) => documentHash) },
      { name: 'field', type: VARCHAR, values: text(({ field }) => field) },
      { name: 'definition', type: VARCHAR, values: text(({ definition }) => definition) },
      { name: 'reader', type: VARCHAR, values: text(({ reader }) => reader) },
      { name: 'status', type: VARCHAR, values: text(({ status }) => status) },
      { name: 'run', type: INTEGER, values: text(() => run) },
    ],
  });
  const rows = outcomes.flatMap((outcome) =>
    outcome.readings.map((reading, place) => ({ outcome, reading, place, value: reading.value })),
  );
  const of = <T>(values: (row: (typeof rows)[number]) => T): T[] => rows.map(values);
  await appendRows({
    connection,
    table: 'model_readings',
    schema: 'store',
    columns: [
      { name: 'document_hash', type: VARCHAR, values: of(({ outcome }) => outcome.documentHash) },
      { name: 'definition', type: VARCHAR, values: of(({ outcome }) => outcome.definition) },
      { name: 'reader', type: VARCHAR, values: of(({ outcome }) => outcome.reader) },
      { name: 'place', type: INTEGER, values: of(({ place }) => place) },
      { name: 'quote_start', type: INTEGER, values: of(({ reading }) => reading.start) },
      { name: 'quote_end', type: INTEGER, values: of(({ reading }) => reading.end) },
      { name: 'value_start', type: INTEGER, values: of(({ reading }) => reading.valueStart) },
      { name: 'value_end', type: INTEGER, values: of(({ reading }) => reading.valueEnd) },
      { name: 'type', type: VARCHAR, values: of(({ value }) => value.type) },
      { name: 'number', type: DOUBLE, values: of(({ value }) => ('number' in value ? value.number : null)) },
      { name: 'unit', type: VARCHAR, values: of(({ value }) => ('unit' in value ? value.unit : null)) },
      { name: 'bound', type: VARCHAR, values: of(({ value }) => ('bound' in value ? value.bound : null)) },
      { name: 'date', type: VARCHAR, values: of(({ value }) => ('date' in value ? value.date : null)) },
      {
        name: 'boolean',
        type: BOOLEAN,
        values: of(({ value }) => ('boolean' in value ? value.boolean : null)),
      },
      { name: 'text', type: VARCHAR, values: of(({ value }) => ('text' in value ? value.text : null)) },
      {
        name: 'items',
        type: LIST(VARCHAR),
        values: of(({ value }) => ('items' in value ? listValue(value.items) : null)),
      },
    ],
  });
}
