import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { StoreError } from './store-error.ts';

/** An open database. Close it in a `finally`; closing twice is harmless. */
export interface OpenDatabase {
  /** The connection of statements that are run to their end one after the other. */
  readonly connection: DuckDBConnection;
  /** A further connection, under the same settings, for whoever closes it. */
  connect(): Promise<DuckDBConnection>;
  readonly close: () => void;
}

const waitMilliseconds = 200;

/**
 * Opens the store's database. Any number of processes may read at once; a writer is alone. Where another
 * process stands in the way this waits for it, says so once through `onWait`, and goes on when it is done.
 *
 * @throws {StoreError} when the folder cannot be written or the file is no database.
 */
export async function openDatabase({
  file,
  mode,
  signal,
  onWait,
}: {
  file: string;
  mode: 'read' | 'write';
  signal?: AbortSignal | undefined;
  onWait?: ((holder: string) => void) | undefined;
}): Promise<OpenDatabase> {
  if (mode === 'write') await makeFolder(dirname(file));
  for (let said = false; ; said = true) {
    signal?.throwIfAborted();
    try {
      return await open(file, mode);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const holder = lockHolder(message);
      if (holder === null) throw translate({ message, file, mode, cause: error });
      if (!said) onWait?.(holder);
      await delay(waitMilliseconds, undefined, { signal });
    }
  }
}

async function open(file: string, mode: 'read' | 'write'): Promise<OpenDatabase> {
  const instance = await DuckDBInstance.create(file, mode === 'read' ? { access_mode: 'READ_ONLY' } : {});
  const connection = await instance.connect();
  await connection.run(mode === 'read' ? readSettings : writeSettings(file));
  let open = true;
  return {
    connection,
    connect: () => instance.connect(),
    close: () => {
      if (!open) return;
      open = false;
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function writeSettings(file: string): string {
  return `
    SET memory_limit = '600MB';
    SET threads = 2;
    SET temp_directory = '${`${file}.tmp`.replaceAll("'", "''")}';
    -- Row order comes from ORDER BY alone; without the promise to keep it, bulk statements need less memory.
    SET preserve_insertion_order = false;
    SET enable_external_access = false;`;
}

/**
 * A person's or a model's SQL runs under these: it can neither write nor reach outside nor fill the disk, and
 * cannot change that. The lock comes last.
 */
const readSettings = `
  SET autoinstall_known_extensions = false;
  SET autoload_known_extensions = false;
  SET allow_community_extensions = false;
  SET memory_limit = '600MB';
  SET threads = 2;
  SET temp_directory = '';
  SET enable_external_access = false;
  SET lock_configuration = true;`;

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new StoreError({
      message: `The store folder ${folder} cannot be made.`,
      remedy: 'Choose a folder that can be written with --store FOLDER.',
      cause: error,
    });
  }
}

/** The process that holds the lock, as DuckDB names it, or null when the failure is another one. */
function lockHolder(message: string): string | null {
  if (!/could not set lock|conflicting lock|being used by another process/i.test(message)) return null;
  return /PID (\d+)/.exec(message)?.[0].replace('PID', 'process') ?? 'another process';
}

function translate({
  message,
  file,
  mode,
  cause,
}: {
  message: string;
  file: string;
  mode: 'read' | 'write';
  cause: unknown;
}): StoreError {
  if (/does not exist|cannot open database/i.test(message) && mode === 'read') {
    return new StoreError({
      message: `There is no store at ${file}.`,
      remedy: 'Run `corpuscope read PATH` first.',
      cause,
    });
  }
  if (/permission denied|read-only file system|not permitted/i.test(message)) {
    return new StoreError({
      message: `The store ${file} cannot be opened for writing.`,
      remedy: 'Choose a folder that can be written with --store FOLDER.',
      cause,
    });
  }
  return new StoreError({
    message: `The store ${file} cannot be opened: ${message.split('\n')[0]}`,
    remedy:
      'Delete the .corpuscope folder and read the corpus again; the documents themselves are untouched.',
    cause,
  });
}
