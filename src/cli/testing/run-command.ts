import { spawn, type ChildProcess } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** What `corpuscope` runs. */
export const commandFile = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the real command as a process of its own, with pipes instead of a terminal. */
export function startCommand(
  commandArguments: readonly string[],
  { input, folder }: { input?: string; folder?: string } = {},
): { child: ChildProcess; finished: Promise<Finished> } {
  const { NO_COLOR: _, FORCE_COLOR: __, ...environment } = process.env;
  const child = spawn(process.execPath, [commandFile, ...commandArguments], {
    cwd: folder,
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input ?? '');
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  const finished = Promise.all([exited, text(child.stdout), text(child.stderr)]).then(
    ([status, stdout, stderr]): Finished => ({ status, stdout, stderr }),
  );
  return { child, finished };
}

export function runCommand(
  commandArguments: readonly string[],
  options?: { input?: string; folder?: string },
): Promise<Finished> {
  return startCommand(commandArguments, options).finished;
}
