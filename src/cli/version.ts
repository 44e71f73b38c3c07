import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The version of the package that this command belongs to. */
export function packageVersion(): string {
  // The same number of folders up from src/cli and from dist/cli.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
