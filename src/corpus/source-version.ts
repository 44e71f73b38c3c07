import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const isCode = /(?<!\.test|\.d)\.[jt]s$/;
const isForTests = /(?:^|[\\/])testing[\\/]/;

const versions = new Map<string, string>();

/**
 * A hash of the code in folders and files of `src` (`table/reader`; `table/reading` without its extension), in the
 * checkout as in the published package: what that code once gave counts as long as the code is the same, and no number
 * need be raised by hand.
 */
export function sourceVersion(parts: readonly string[]): string {
  const key = parts.join('\n');
  const known = versions.get(key);
  if (known !== undefined) return known;
  const version = hashOfSources({ root: fileURLToPath(new URL('..', import.meta.url)), parts });
  versions.set(key, version);
  return version;
}

/** The hash of the code in parts of a folder that is laid out like `src`. */
export function hashOfSources({ root, parts }: { root: string; parts: readonly string[] }): string {
  const hash = createHash('sha256');
  for (const { name, file } of sourceFiles({ root, parts })) {
    const code = readFileSync(file);
    hash.update(`${name} ${code.length}\n`).update(code);
  }
  return hash.digest('hex').slice(0, 12);
}

function sourceFiles({ root, parts }: { root: string; parts: readonly string[] }): SourceFile[] {
  const files = parts.flatMap((part) => filesOf({ root, part }));
  // A bundler has put all code into one file: this one.
  return files.length > 0 ? files : [{ name: 'bundle', file: fileURLToPath(import.meta.url) }];
}

interface SourceFile {
  readonly name: string;
  readonly file: string;
}

function filesOf({ root, part }: { root: string; part: string }): SourceFile[] {
  const folder = join(root, part);
  if (!(statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false)) {
    return ['.ts', '.js']
      .map((extension) => ({ name: part, file: folder + extension }))
      .filter(({ file }) => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false);
  }
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => isCode.test(name) && !isForTests.test(name))
    .sort()
    .map((name) => ({ name: `${part}/${name}`, file: join(folder, name) }));
}
