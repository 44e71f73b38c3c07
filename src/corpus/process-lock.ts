import { rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Another process holds a lock. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
  /** The number of that process; null where it cannot be told. */
  readonly holder: number | null;

  constructor(file: string, holder: number | null, options?: ErrorOptions) {
    super(`${file} is held by another process${holder === null ? '' : ` (${holder})`}.`, options);
    this.holder = holder;
  }
}

export interface ProcessLock {
  readonly release: () => void;
}

/**
 * Takes a lock for as long as this process lives, or until it is released: it is one that the operating system takes from
 * a process that is killed.
 *
 * @param file stands for the lock; made where it is not there.
 * @param options.removed whether the file goes when the lock is released.
 * @throws {LockedError} when another holds it.
 */
export function lockProcess(file: string, { removed = false }: { removed?: boolean } = {}): ProcessLock {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('CREATE TABLE IF NOT EXISTS holder (process INTEGER); BEGIN IMMEDIATE');
    const opened = fileNumber(file);
    // Committed, so that others can read it; who comes between this and the next line wins.
    database.exec(`DELETE FROM holder; INSERT INTO holder VALUES (${process.pid}); COMMIT`);
    database.exec('BEGIN IMMEDIATE');
    // A holder may have removed the file between the opening and the lock: others would lock a new one.
    if (fileNumber(file) !== opened) throw new LockedError(file, null);
  } catch (error) {
    const holder = holderOf(database);
    database.close();
    throw isBusy(error) ? new LockedError(file, holder, { cause: error }) : error;
  }
  return {
    release: () => {
      if (removed) rmSync(file, { force: true });
      database.close();
    },
  };
}

/** SQLITE_BUSY, in its low byte; the others say more. */
function isBusy(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return false;
  return typeof error.errcode === 'number' && (error.errcode & 0xff) === 5;
}

function fileNumber(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}

/** The process that holds the lock; null where it cannot be told. */
function holderOf(database: DatabaseSync): number | null {
  try {
    const holder = database.prepare('SELECT process FROM holder').get()?.['process'];
    return typeof holder === 'number' ? holder : null;
  } catch {
    return null;
  }
}
