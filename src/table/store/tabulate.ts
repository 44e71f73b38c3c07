import type { DuckDBConnection } from '@duckdb/node-api';
import { buildTables } from '../fields/build-tables.ts';
import type { CorpusLocation } from './corpus-location.ts';
import { placeModelReadings } from './place-model-readings.ts';
import { saveState, settingsHash, type StoreState } from './store-state.ts';

/**
 * Builds the tables from all readings, those of language models among them, and then says in the store that they are
 * up to date.
 *
 * @param connection open for writing, without a transaction under way.
 */
export async function tabulate({
  connection,
  location,
  state,
}: {
  connection: DuckDBConnection;
  location: CorpusLocation;
  state: StoreState;
}): Promise<void> {
  await placeModelReadings(connection);
  const settings = { fieldsFile: location.fieldsFile, key: state.key === '' ? null : state.key };
  await buildTables({ connection, settings, corpusName: location.name });
  const built = await settingsHash({ key: state.key, fieldsFile: location.fieldsFile });
  await saveState(connection, { ...state, built });
  await connection.run('CHECKPOINT');
}
