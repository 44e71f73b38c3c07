import { exitStatus } from './exit-status.ts';

/** How long a command may take to stop by itself. Ending it at any moment loses nothing that was stored. */
let graceMilliseconds = 5000;

/** For commands that wait for something worth more than a quick end: answers that are paid for. */
export function prolongGrace(milliseconds: number): void {
  graceMilliseconds = Math.max(graceMilliseconds, milliseconds);
}

/** One Ctrl-C may arrive twice: from the terminal, and passed on by npm. */
const echoMilliseconds = 250;

const statusOfSignal = { SIGINT: exitStatus.interrupted, SIGTERM: exitStatus.terminated } as const;

export interface Interruption {
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** The exit status when the user has interrupted the command, else null. */
  readonly status: () => number | null;
}

/**
 * Listens for Ctrl-C (SIGINT) and SIGTERM. The first asks the command to stop, a second ends the process at once.
 */
export function watchForInterruption(): Interruption {
  const controller = new AbortController();
  let status: number | null = null;
  let stoppedAt = 0;
  const stop = (name: keyof typeof statusOfSignal): void => {
    const requested = statusOfSignal[name];
    if (status !== null) {
      if (performance.now() - stoppedAt > echoMilliseconds) process.exit(requested);
      return;
    }
    status = requested;
    stoppedAt = performance.now();
    process.stderr.write(
      `${process.stderr.isTTY ? '\r\u001b[2K' : ''}Stopping: what is done so far is kept, and the same command ` +
        `goes on from there.${name === 'SIGINT' ? ' Ctrl-C again ends at once.' : ''}\n`,
    );
    setTimeout(() => process.exit(requested), graceMilliseconds).unref();
    controller.abort();
  };
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  return { signal: controller.signal, status: () => status };
}
