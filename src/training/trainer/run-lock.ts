import { join } from 'node:path';
import { LockedError, lockProcess, type ProcessLock } from '../../corpus/process-lock.ts';
import { TrainingError } from './training-error.ts';

const lockFile = 'training.lock';

/**
 * Keeps others from training in a folder, as long as this process lives or until `release`.
 *
 * @throws TrainingError Another process trains there.
 */
export function lockRun(folder: string): ProcessLock {
  try {
    return lockProcess(join(folder, lockFile));
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    throw new TrainingError({
      message: `Another process${error.holder === null ? '' : ` (${error.holder})`} is training in ${folder}.`,
      remedy: 'Wait until it has ended, stop it, or choose another folder by --out.',
      cause: error,
    });
  }
}
