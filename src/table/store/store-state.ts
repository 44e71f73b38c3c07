import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { sourceVersion } from '../../corpus/source-version.ts';

/**
 * A hash of the code that decides what a store holds. A store of other code is read again: what it holds would come out
 * differently now, or may.
 */
export const storeVersion = (): string => sourceVersion(['corpus', 'table']);

/** What a store was made with. */
export interface StoreState {
  readonly version: string;
  readonly tokenizer: string;
  /** The field that names an entity, or '' for the document's title. */
  readonly key: string;
  /** Hash of what the tables were built with; '' while readings have changed since. */
  readonly built: string;
}

export async function loadState(connection: DuckDBConnection): Promise<StoreState | null> {
  const reader = await connection.runAndReadAll('SELECT key, value FROM store.meta');
  const entries = new Map(reader.getRows().map(([key, value]) => [String(key), String(value)]));
  if (entries.size === 0) return null;
  const value = (key: string): string => entries.get(key) ?? '';
  return {
    version: value('version'),
    tokenizer: value('tokenizer'),
    key: value('key'),
    built: value('built'),
  };
}

/** Writes the state within the caller's transaction, if there is one. */
export async function saveState(connection: DuckDBConnection, state: StoreState): Promise<void> {
  await connection.run('DELETE FROM store.meta');
  for (const [key, value] of Object.entries(state)) {
    await connection.run('INSERT INTO store.meta VALUES ($1, $2)', [key, value]);
  }
}

/** Identifies what the tables depend on besides the readings: the key and the user's `fields.json`. */
export async function settingsHash({
  key,
  fieldsFile,
}: {
  key: string;
  fieldsFile: string;
}): Promise<string> {
  const fields = await readFile(fieldsFile, 'utf8').catch(() => '');
  return createHash('sha256').update(`${storeVersion()}\n${key}\n${fields}`).digest('hex');
}
