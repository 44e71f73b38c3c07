import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CommandError } from './command-error.ts';

const packageFile = z.object({
  version: z.string(),
  engines: z.object({ node: z.string().regex(/^>=\d+\.\d+$/) }),
});

/** What the package that this command belongs to says of itself. */
function readPackageFile(): z.infer<typeof packageFile> {
  // The same number of folders up from src/cli and from dist/cli.
  return packageFile.parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));
}

export function packageVersion(): string {
  return readPackageFile().version;
}

/** @throws {CommandError} when this Node is older than the package needs. */
export function checkNodeVersion(): void {
  const needed = readPackageFile().engines.node.slice(2);
  const [neededMajor = 0, neededMinor = 0] = needed.split('.').map(Number);
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  throw new CommandError({
    message: `Corpuscope needs Node ${needed} or later; this is Node ${process.versions.node}.`,
    remedy: 'In a checkout, `npm run -s corpuscope -- ARGUMENTS` brings the right one.',
  });
}
