import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isStorageName } from '../fields/kind-names.ts';
import { StoreError } from './store-error.ts';

/** Where a corpus lies and where its store is kept. */
export interface CorpusLocation {
  /** What the user named: a folder, a file, a glob, or `-` for standard input. */
  readonly input: string;
  /** The folder's or file's name (with the folder above, where it says nothing), from which a table takes its name where nothing better is known. */
  readonly name: string;
  readonly storeFolder: string;
  readonly databaseFile: string;
  /** The user's names, types and joins of fields. */
  readonly fieldsFile: string;
}

/**
 * Finds the corpus and its store. The store of a folder lies in the folder, in `.corpuscope/`; that of a file
 * or glob beside it in `.corpuscope/NAME/`; `store` puts it elsewhere.
 *
 * @throws {StoreError} when the path does not exist, or standard input is read without a store folder.
 */
export async function resolveCorpus({
  input,
  store,
}: {
  input: string;
  store?: string | undefined;
}): Promise<CorpusLocation> {
  const { name, defaultStore } = await placeOf(input);
  if (store === undefined && defaultStore === null) {
    throw new StoreError({
      message: 'Standard input has no folder to keep its store in.',
      remedy: 'Name one with --store FOLDER.',
    });
  }
  const storeFolder = resolve(store ?? defaultStore ?? '');
  return {
    input,
    name,
    storeFolder,
    databaseFile: join(storeFolder, 'corpus.duckdb'),
    fieldsFile: join(storeFolder, 'fields.json'),
  };
}

/** The folder's name, with that of the folder above where it says nothing: `reviews/docs`. */
function folderName(path: string): string {
  const name = basename(path);
  return isStorageName(name) ? `${basename(dirname(path))}/${name}` : name;
}

async function placeOf(input: string): Promise<{ name: string; defaultStore: string | null }> {
  if (input === '-') return { name: 'stdin', defaultStore: null };
  const path = resolve(input);
  const stats = await stat(path).catch(() => null);
  if (stats?.isDirectory()) return { name: folderName(path), defaultStore: join(path, '.corpuscope') };
  if (stats !== null)
    return { name: basename(path), defaultStore: join(dirname(path), '.corpuscope', basename(path)) };
  if (!/[*?[{]/.test(input)) {
    throw new StoreError({
      message: `There is no file or folder ${input}.`,
      remedy: 'Check the path; a glob such as "reports/**/*.md" must be quoted.',
    });
  }
  const literal = resolve(input.slice(0, input.search(/[*?[{]/)) + 'x');
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 12);
  return {
    name: basename(dirname(literal)),
    defaultStore: join(dirname(literal), '.corpuscope', `glob-${hash}`),
  };
}
