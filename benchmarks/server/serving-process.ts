import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { processorSecondsOf, residentPeakMebibytes } from '../measured-process.ts';

/** A server in a process of its own. */
export interface ServingProcess {
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  /** The most memory it has taken so far. */
  peakMebibytes(): number;
  /** The processor time it has taken so far. */
  processorSeconds(): number;
  stop(): Promise<void>;
}

const commandFile = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const upstreamFile = fileURLToPath(new URL('./upstream.ts', import.meta.url));

/** Starts `corpuscope serve` on a free port. */
export function startServe(
  options: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ServingProcess> {
  return startProcess([commandFile, 'serve', '--port', '0', ...options], environment);
}

/** Starts a model server that answers at once. */
export function startUpstream(): Promise<ServingProcess> {
  return startProcess([upstreamFile], {});
}

async function startProcess(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ServingProcess> {
  const child = spawn(process.execPath, commandLine, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors = `${errors}${String(chunk)}`.slice(-2_000)));
  const baseUrl = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const url = /http:\/\/[^\s"/]+:\d+/.exec(String(chunk))?.[0];
      if (url !== undefined) resolve(`${url}/v1`);
    });
    void exited.then(() => reject(new Error(`It ended before it served: ${errors}`)));
  });
  return {
    baseUrl,
    peakMebibytes: () => residentPeakMebibytes(child.pid),
    processorSeconds: () => processorSecondsOf(child.pid),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
