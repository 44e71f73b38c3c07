import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folders of `src` whose code decides what the embedded model answers. */
export const decidingFolders = ['corpus', 'embedded', 'models/prompts', 'questions', 'table'] as const;

const isCode = /(?<!\.test|\.d)\.[jt]s$/;
const isForTests = /(?:^|[\\/])testing[\\/]/;

let version: string | null = null;

/**
 * A hash of the code that the embedded model consists of, in the checkout as in the published package: an answer that
 * was kept counts as long as the code that gave it is the same, and no number need be raised by hand.
 */
export function sourceVersion(): string {
  version ??= hashOfSources(fileURLToPath(new URL('..', import.meta.url)));
  return version;
}

/** The hash of the code in a folder that is laid out like `src`. */
export function hashOfSources(root: string): string {
  const hash = createHash('sha256');
  for (const { name, file } of sourceFiles(root)) {
    const code = readFileSync(file);
    hash.update(`${name} ${code.length}\n`).update(code);
  }
  return hash.digest('hex').slice(0, 12);
}

function sourceFiles(root: string): { name: string; file: string }[] {
  try {
    return decidingFolders.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => isCode.test(name) && !isForTests.test(name))
        .sort()
        .map((name) => ({ name: `${folder}/${name}`, file: join(root, folder, name) })),
    );
  } catch {
    // A bundler has put all code into one file: this one.
    return [{ name: 'bundle', file: fileURLToPath(import.meta.url) }];
  }
}
