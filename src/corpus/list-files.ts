import { createWriteStream, mkdtempSync, rmSync, type Dirent, type Stats } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readFailure } from './read-failure.ts';

/** What a listing finds: a file to read, or something it passes over and why. */
export type ListedEntry = ListedFile | PassedOver;

export interface ListedFile {
  readonly status: 'file';
  /** Relative to the corpus root, with forward slashes. */
  readonly path: string;
  readonly absolutePath: string;
  readonly sizeBytes: number;
  readonly modifiedMilliseconds: number;
}

export interface PassedOver {
  readonly status: 'skipped';
  readonly path: string;
  /** For a user's eyes: "a link out of the folder", "permission denied". */
  readonly reason: string;
}

/** The file, folder or glob that was named does not exist. */
export class CorpusNotFoundError extends Error {
  override readonly name = 'CorpusNotFoundError';
  readonly target: string;

  constructor(target: string, problem: string, options?: ErrorOptions) {
    super(`${target}: ${problem}`, options);
    this.target = target;
  }
}

const globCharacters = /[*?[\]{}]/;
const ignoredFolders = new Set(['node_modules']);

/**
 * Lists the files of a corpus, in the byte order of their relative paths.
 *
 * Inside a folder, hidden files and folders and `node_modules` are left out. A symbolic link is followed only
 * where it stays inside the folder and leads to something that the listing does not meet by itself (such as a
 * store under a hidden folder), so no file is read twice and no link loop is entered; other links are reported
 * as skipped. An empty folder yields nothing.
 *
 * @param target a file, a folder, a glob pattern (`**`, `*`, `?`, `[…]`, `{…}`), or `-` for standard input,
 *   which is copied to a temporary file (removed when the process exits) and listed as `stdin`.
 * @throws CorpusNotFoundError where the path does not exist, cannot be opened, or the glob matches no file.
 */
export async function* listFiles(
  target: string,
  options: { readonly standardInput?: AsyncIterable<Uint8Array> } = {},
): AsyncGenerator<ListedEntry> {
  if (target === '-') {
    yield await copyStandardInput(options.standardInput ?? process.stdin);
    return;
  }
  const absolute = path.resolve(target);
  const stats = await stat(absolute).catch((error: unknown) => error);
  if (stats instanceof Error) {
    if (globCharacters.test(target)) {
      yield* listGlob(target);
      return;
    }
    const missing = 'code' in stats && stats.code === 'ENOENT';
    const problem = missing ? 'there is no such file or folder; check the path' : readFailure(stats);
    throw new CorpusNotFoundError(target, problem, { cause: stats });
  }
  if (isStats(stats) && stats.isDirectory()) {
    yield* listFolder(absolute);
  } else if (isStats(stats)) {
    yield entryOf({ relative: path.basename(absolute), absolute, stats });
  }
}

function isStats(value: unknown): value is Stats {
  return typeof value === 'object' && value !== null && 'isDirectory' in value;
}

async function* listGlob(pattern: string): AsyncGenerator<ListedEntry> {
  const absolutePattern = path.resolve(pattern);
  const parts = absolutePattern.split(path.sep);
  const firstMagic = parts.findIndex((part) => globCharacters.test(part));
  const root = parts.slice(0, firstMagic).join(path.sep) || path.parse(absolutePattern).root;
  const relativePattern = parts.slice(firstMagic).join('/');
  const rootStats = await stat(root).catch(() => null);
  let matches = 0;
  if (rootStats?.isDirectory() === true) {
    for await (const entry of listFolder(root)) {
      if (!path.posix.matchesGlob(entry.path, relativePattern)) continue;
      matches += 1;
      yield entry;
    }
  }
  if (matches === 0) throw new CorpusNotFoundError(pattern, 'no file matches this pattern');
}

/** What is known of the folder that is walked. */
interface Walk {
  /** The real path of the corpus root. */
  readonly realRoot: string;
  /** Real paths of the folders that were entered through links. */
  readonly enteredThroughLinks: Set<string>;
}

async function* listFolder(root: string): AsyncGenerator<ListedEntry> {
  const walk: Walk = { realRoot: await realpath(root), enteredThroughLinks: new Set() };
  yield* walkFolder(walk, { relative: '', absolute: root });
}

interface Place {
  readonly relative: string;
  readonly absolute: string;
}

async function* walkFolder(walk: Walk, folder: Place): AsyncGenerator<ListedEntry> {
  let children: Dirent<Buffer>[];
  try {
    children = await readdir(folder.absolute, { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    yield { status: 'skipped', path: folder.relative || '.', reason: readFailure(error) };
    return;
  }
  for (const child of children.sort(byteOrder)) {
    const name = child.name.toString('utf8');
    if (name.startsWith('.') || ignoredFolders.has(name)) continue;
    const relative = folder.relative === '' ? name : `${folder.relative}/${name}`;
    if (!Buffer.from(name, 'utf8').equals(child.name)) {
      yield { status: 'skipped', path: relative, reason: 'the name is not valid UTF-8; rename the file' };
      continue;
    }
    const place: Place = { relative, absolute: path.join(folder.absolute, name) };
    if (child.isDirectory()) yield* walkFolder(walk, place);
    else if (child.isSymbolicLink()) yield* followLink(walk, place);
    else yield await statEntry(place);
  }
}

/** Folders sort as if their names ended in a slash, which makes the order that of whole paths. */
function byteOrder(left: Dirent<Buffer>, right: Dirent<Buffer>): number {
  return Buffer.compare(sortKey(left), sortKey(right));
}

function sortKey(entry: Dirent<Buffer>): Buffer {
  return entry.isDirectory() ? Buffer.concat([entry.name, Buffer.from('/')]) : entry.name;
}

async function* followLink(walk: Walk, link: Place): AsyncGenerator<ListedEntry> {
  let real: string;
  let stats: Stats;
  try {
    real = await realpath(link.absolute);
    stats = await stat(real);
  } catch (error) {
    yield { status: 'skipped', path: link.relative, reason: linkFailure(error) };
    return;
  }
  const inside = path.relative(walk.realRoot, real);
  const steps = inside.split(path.sep);
  if (steps[0] === '..' || path.isAbsolute(inside)) {
    yield { status: 'skipped', path: link.relative, reason: 'a link out of the folder' };
  } else if (!steps.some((step) => step.startsWith('.') || ignoredFolders.has(step))) {
    const target = inside === '' ? 'the folder itself' : `${steps.join('/')}, which is listed itself`;
    yield { status: 'skipped', path: link.relative, reason: `a link to ${target}` };
  } else if (!stats.isDirectory()) {
    yield entryOf({ ...link, stats });
  } else if (walk.enteredThroughLinks.has(real)) {
    yield { status: 'skipped', path: link.relative, reason: 'a link to a folder that was entered already' };
  } else {
    walk.enteredThroughLinks.add(real);
    yield* walkFolder(walk, link);
  }
}

function linkFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return 'a broken link';
  if (code === 'ELOOP') return 'a link loop';
  return readFailure(error);
}

async function statEntry(place: Place): Promise<ListedEntry> {
  try {
    return entryOf({ ...place, stats: await lstat(place.absolute) });
  } catch (error) {
    return { status: 'skipped', path: place.relative, reason: readFailure(error) };
  }
}

function entryOf(found: { relative: string; absolute: string; stats: Stats }): ListedEntry {
  if (!found.stats.isFile()) {
    return { status: 'skipped', path: found.relative, reason: `not a file but ${kindName(found.stats)}` };
  }
  return {
    status: 'file',
    path: found.relative,
    absolutePath: found.absolute,
    sizeBytes: found.stats.size,
    modifiedMilliseconds: found.stats.mtimeMs,
  };
}

/** Names what a path is that is not a regular file. */
export function kindName(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  if (stats.isSymbolicLink()) return 'a link';
  return 'a device';
}

async function copyStandardInput(input: AsyncIterable<Uint8Array>): Promise<ListedEntry> {
  const folder = mkdtempSync(path.join(tmpdir(), 'corpuscope-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const absolute = path.join(folder, 'stdin');
  await pipeline(Readable.from(input), createWriteStream(absolute, { mode: 0o600 }));
  return entryOf({ relative: 'stdin', absolute, stats: await stat(absolute) });
}
