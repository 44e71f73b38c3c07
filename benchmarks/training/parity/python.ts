import { spawn } from 'node:child_process';
import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Runs a script of `reference/`. @throws Error It failed; its last words are in the message. */
export type RunPython = (script: string, ...args: readonly string[]) => Promise<void>;

const environmentFolder = fileURLToPath(new URL('../../../.cache/parity', import.meta.url));
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

/**
 * Finds or makes a Python environment with the reference implementations.
 *
 * @param given A Python that has them already.
 */
export async function makePython(given: string | undefined): Promise<RunPython> {
  const python = given ?? (await ownEnvironment());
  return async (script, ...args) => {
    const file = fileURLToPath(new URL(`reference/${script}`, import.meta.url));
    await run(python, [file, ...args]);
  };
}

async function ownEnvironment(): Promise<string> {
  const python = join(environmentFolder, 'bin', 'python');
  const complete = join(environmentFolder, 'complete');
  const isComplete = await access(complete).then(
    () => true,
    () => false,
  );
  if (isComplete) return python;
  console.log(`Making a Python environment in ${environmentFolder} (once; some 6 GB and a few minutes) …`);
  await rm(environmentFolder, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', environmentFolder]);
  await run(python, ['-m', 'pip', 'install', '-r', requirements], { isShown: true });
  await writeFile(complete, '');
  return python;
}

/** @param options.isShown Whether what it says goes to the terminal. */
async function run(
  command: string,
  args: readonly string[],
  { isShown = false }: { readonly isShown?: boolean } = {},
): Promise<void> {
  const environment = {
    ...process.env,
    HF_HUB_OFFLINE: '1',
    TOKENIZERS_PARALLELISM: 'false',
    TRANSFORMERS_VERBOSITY: 'error',
  };
  const child = spawn(command, args, {
    env: environment,
    stdio: ['ignore', isShown ? 'inherit' : 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (words = (words + chunk).slice(-4000)));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (error) =>
      reject(
        new Error(`${command} cannot be run: parity needs Python 3.10 or later with its venv module.`, {
          cause: error,
        }),
      ),
    );
    child.on('close', resolve);
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${words}`);
}
