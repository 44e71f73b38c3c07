import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { TrainingError } from './training-error.ts';

const lockFile = 'training.lock';

/**
 * Keeps others from training in a folder, as long as this process lives or until `release`: the lock is one that the
 * operating system takes from a process that is killed.
 *
 * @throws TrainingError Another process trains there.
 */
export function lockRun(folder: string): { readonly release: () => void } {
  const database = new DatabaseSync(join(folder, lockFile), { timeout: 0 });
  try {
    database.exec('CREATE TABLE IF NOT EXISTS holder (process INTEGER); BEGIN IMMEDIATE');
    // Committed, so that others can read it; who comes between this and the next line wins.
    database.exec(`DELETE FROM holder; INSERT INTO holder VALUES (${process.pid}); COMMIT`);
    database.exec('BEGIN IMMEDIATE');
  } catch (error) {
    const holder = holderOf(database);
    database.close();
    throw new TrainingError({
      message: `Another process${holder === null ? '' : ` (${holder})`} is training in ${folder}.`,
      remedy: 'Wait until it has ended, stop it, or choose another folder by --out.',
      cause: error,
    });
  }
  return { release: () => database.close() };
}

/** The process that holds the lock; null where it cannot be told. */
function holderOf(database: DatabaseSync): number | null {
  try {
    const process = database.prepare('SELECT process FROM holder').get()?.['process'];
    return typeof process === 'number' ? process : null;
  } catch {
    return null;
  }
}
