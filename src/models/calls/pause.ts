import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits.
 *
 * @throws the signal's reason when it is aborted.
 */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await delay(Math.ceil(milliseconds), undefined, { signal }).catch((error: unknown) => {
    throw signal.aborted ? signal.reason : error;
  });
}
