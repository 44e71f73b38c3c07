import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** What a finished command took and said. */
export interface MeasuredRun {
  readonly status: number | null;
  readonly seconds: number;
  /** Time on processors, of all threads (Linux, sampled every 50 ms): less noisy than `seconds` on a busy machine. */
  readonly processorSeconds: number;
  /** Peak resident memory of the process, in MiB (Linux: VmHWM, sampled every 50 ms). */
  readonly peakMebibytes: number;
  readonly stdout: string;
  readonly stderr: string;
}

const commandFile = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

/** Runs the command line as a process of its own and measures it from outside. */
export function runCorpuscope(
  args: readonly string[],
  { killAfterMilliseconds }: { killAfterMilliseconds?: number } = {},
): Promise<MeasuredRun> {
  return measureProcess(
    () => spawn(process.execPath, [commandFile, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }),
    { killAfterMilliseconds },
  );
}

/** Starts any process and measures it from outside. */
export function measureProcess(
  start: () => ChildProcessByStdio<null, Readable, Readable>,
  { killAfterMilliseconds }: { killAfterMilliseconds?: number | undefined } = {},
): Promise<MeasuredRun> {
  const started = performance.now();
  const child = start();
  let peakMebibytes = 0;
  let processorSeconds = 0;
  const sample = setInterval(() => {
    peakMebibytes = Math.max(peakMebibytes, residentPeakMebibytes(child.pid));
    processorSeconds = Math.max(processorSeconds, processorSecondsOf(child.pid));
  }, 50);
  const killer =
    killAfterMilliseconds === undefined
      ? undefined
      : setTimeout(() => child.kill('SIGKILL'), killAfterMilliseconds);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(sample);
      clearTimeout(killer);
      const seconds = (performance.now() - started) / 1000;
      resolve({ status, seconds, processorSeconds, peakMebibytes, stdout, stderr });
    });
  });
}

/** The most memory that a running process has had resident, in MiB (Linux: VmHWM); 0 where it is not known. */
export function residentPeakMebibytes(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** User and system time so far, in seconds: fields 14 and 15 of /proc/PID/stat, in hundredths. */
export function processorSecondsOf(pid: number | undefined): number {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    const fields = afterName.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
