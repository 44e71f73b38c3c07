import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ModelError } from '../model-error.ts';

const version = 1;

/** How long a statement waits for another process that is writing. */
const busyMilliseconds = 15_000;

/**
 * `calls`: answers, one a key. `failures`: calls that came to none, the last failure of each. `claims`: calls that a
 * process is making right now. `notes`: what was learnt of servers. Requests are compressed, since every prompt of
 * a large corpus passes through here.
 */
const schema = `
  CREATE TABLE calls (
    key TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    model TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    request BLOB NOT NULL,
    text TEXT NOT NULL,
    reasoning TEXT,
    finish_reason TEXT NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    usd REAL,
    sends INTEGER NOT NULL,
    seconds REAL NOT NULL,
    created_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX calls_by_time ON calls (created_at, key);
  CREATE TABLE failures (
    key TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    model TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    kind TEXT NOT NULL,
    message TEXT NOT NULL,
    sends INTEGER NOT NULL,
    usd REAL,
    created_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE claims (
    key TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    host TEXT NOT NULL,
    process INTEGER NOT NULL,
    renewed_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX claims_by_owner ON claims (owner);
  CREATE TABLE notes (
    model TEXT NOT NULL,
    topic TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (model, topic)
  ) WITHOUT ROWID;
  PRAGMA user_version = ${version};
`;

/**
 * Opens the ledger's file, making it where there is none. Null opens one in memory that ends with the process.
 *
 * @throws {ModelError} of kind `unavailable` when the file is no ledger or of another version.
 */
export function openLedgerDatabase(file: string | null): DatabaseSync {
  try {
    if (file !== null) mkdirSync(dirname(file), { recursive: true });
    const database = new DatabaseSync(file ?? ':memory:', { timeout: busyMilliseconds });
    // NORMAL keeps all that was committed when the process is killed; only a power cut can lose the last moments.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    database.exec('BEGIN IMMEDIATE');
    if (versionOf(database) === 0) database.exec(schema);
    database.exec('COMMIT');
    checkVersion(database, file ?? '');
    return database;
  } catch (error) {
    throw asModelError(error, file ?? '');
  }
}

/** Opens the ledger's file for reading, beside whoever writes it. */
export function openLedgerForReading(file: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: busyMilliseconds });
    checkVersion(database, file);
    return database;
  } catch (error) {
    throw asModelError(error, file);
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
}

function checkVersion(database: DatabaseSync, file: string): void {
  const found = versionOf(database);
  if (found === version) return;
  database.close();
  throw new ModelError({
    kind: 'unavailable',
    message: `The ledger ${file} is of version ${found}; this is version ${version}.`,
    remedy: 'Use the version of Corpuscope that wrote it, or move the file away to begin a new one.',
  });
}

function asModelError(error: unknown, file: string): ModelError {
  if (error instanceof ModelError) return error;
  const problem = error instanceof Error ? error.message : String(error);
  return new ModelError({
    kind: 'unavailable',
    message: `The ledger ${file} cannot be used: ${problem}.`,
    remedy:
      'Check that the folder can be written to. If the file is damaged, move it away to begin a new one.',
    cause: error,
  });
}
