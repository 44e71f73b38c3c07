import type { DuckDBConnection } from '@duckdb/node-api';
import type { DocumentFormat } from '../../corpus/document.ts';
import { listFiles, type ListedFile, type PassedOver } from '../../corpus/list-files.ts';
import { loadTokenizer } from '../../corpus/tokenizer.ts';
import type { CorpusLocation } from './corpus-location.ts';
import { findFileChanges, removeFiles, type FileChanges } from './file-changes.ts';
import { openDatabase } from './open-database.ts';
import { readFiles, type ReadCounts } from './read-files.ts';
import { storeSchema } from './schema.ts';
import { StoreError } from './store-error.ts';
import { loadState, saveState, settingsHash, storeVersion, type StoreState } from './store-state.ts';
import { summarise, type StoreSummary } from './summary.ts';
import { tabulate } from './tabulate.ts';

/** How far reading has come. */
export interface ReadProgress extends ReadCounts {
  readonly phase: 'listing' | 'reading' | 'tabulating';
  readonly filesTotal: number;
}

export interface ReadReport extends StoreSummary {
  readonly files: {
    readonly total: number;
    /** Read in this run; the others had not changed. */
    readonly read: number;
    readonly unchanged: number;
    readonly removed: number;
  };
  readonly seconds: number;
  /** False when the store was up to date. */
  readonly changed: boolean;
}

export interface ReadOptions {
  readonly location: CorpusLocation;
  /** The field that names an entity, instead of the document's title. Kept for later runs. */
  readonly key?: string | undefined;
  /** `o200k` or a path to a Hugging Face `tokenizer.json`. Kept for later runs. */
  readonly tokenizer?: string | undefined;
  /**
   * Titles of documents by their paths, instead of those that they state, for whoever knows better. They count for
   * files that this run reads.
   */
  readonly titles?: ReadonlyMap<string, string> | undefined;
  /** Formats that texts were made out of, by their paths: their statements are read as those of the format. */
  readonly madeFrom?: ReadonlyMap<string, DocumentFormat> | undefined;
  /** Reads every file again. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
  /** Told once when another process holds the store. */
  readonly onWait?: ((holder: string) => void) | undefined;
}

/** More changed files than this are taken out together before they are read again, not one by one. */
const bulkRemoval = 50;

/**
 * Reads a corpus into its store, or brings the store up to date: only files that are new or changed since the
 * last run are read, those that are gone are taken out, and the tables are built again when anything changed.
 * What has been read is committed in steps of whole files, so a run that is killed at any moment is continued
 * by the next.
 *
 * @throws {StoreError} when the store cannot be opened or the corpus is empty.
 * @throws {CorpusNotFoundError} when there is nothing at the path.
 * @throws {TokenizerError} when the tokenizer cannot be loaded.
 */
export async function readCorpus(options: ReadOptions): Promise<ReadReport> {
  const started = performance.now();
  const { location, signal, onWait } = options;
  // Known before anything is read: with a wrong one, every file would be given up.
  if (options.tokenizer !== undefined) await loadTokenizer(options.tokenizer);
  options.onProgress?.({ phase: 'listing', filesDone: 0, filesTotal: 0, documents: 0, tokens: 0 });
  const listing = await list(location, signal);
  const report = (summary: StoreSummary, changes: FileChanges, changed: boolean): ReadReport => ({
    ...summary,
    skipped: [...listing.passedOver.map(({ path, reason }) => ({ path, reason })), ...summary.skipped],
    files: {
      total: listing.files.length,
      read: changes.toRead.length,
      unchanged: changes.unchanged,
      removed: changes.removed.length,
    },
    seconds: (performance.now() - started) / 1000,
    changed,
  });

  const current = await summariseIfCurrent(options, listing.files);
  if (current !== null) return report(current.summary, current.changes, false);
  if (listing.files.length === 0) throw emptyCorpus(location, listing.passedOver);

  const database = await openDatabase({ file: location.databaseFile, mode: 'write', signal, onWait });
  try {
    const changes = await refresh({ connection: database.connection, files: listing.files, options });
    return report(await summarise(database.connection), changes, true);
  } finally {
    database.close();
  }
}

async function list(
  location: CorpusLocation,
  signal: AbortSignal | undefined,
): Promise<{ files: ListedFile[]; passedOver: PassedOver[] }> {
  const files: ListedFile[] = [];
  const passedOver: PassedOver[] = [];
  for await (const entry of listFiles(location.input)) {
    signal?.throwIfAborted();
    if (entry.status === 'file') files.push(entry);
    else passedOver.push(entry);
  }
  return { files, passedOver };
}

/** The summary of a store that is up to date in every respect, or null when there is something to do. */
async function summariseIfCurrent(
  options: ReadOptions,
  files: readonly ListedFile[],
): Promise<{ summary: StoreSummary; changes: FileChanges } | null> {
  if (options.force === true) return null;
  const { databaseFile } = options.location;
  const database = await openDatabase({ ...options, file: databaseFile, mode: 'read' }).catch(
    (error: unknown) => {
      if (error instanceof StoreError) return null;
      throw error;
    },
  );
  if (database === null) return null;
  try {
    const { connection } = database;
    const before = await loadState(connection).catch(() => null);
    if (before === null) return null;
    const state = await wantedState(before, options);
    if (before.version !== state.version || before.tokenizer !== state.tokenizer) return null;
    if (before.built !== state.built) return null;
    const changes = await findFileChanges({ connection, files, force: false });
    if (changes.toRead.length > 0 || changes.removed.length > 0) return null;
    return { summary: await summarise(connection), changes };
  } finally {
    database.close();
  }
}

async function wantedState(before: StoreState | null, options: ReadOptions): Promise<StoreState> {
  const key = options.key ?? before?.key ?? '';
  return {
    version: storeVersion(),
    tokenizer: options.tokenizer ?? before?.tokenizer ?? 'o200k',
    key,
    built: await settingsHash({ key, fieldsFile: options.location.fieldsFile }),
  };
}

async function refresh({
  connection,
  files,
  options,
}: {
  connection: DuckDBConnection;
  files: readonly ListedFile[];
  options: ReadOptions;
}): Promise<FileChanges> {
  const { location, signal, onProgress } = options;
  await connection.run(storeSchema);
  const before = await loadState(connection);
  const state = await wantedState(before, options);
  const sameReader = before?.version === state.version && before.tokenizer === state.tokenizer;
  const force = options.force === true || (before !== null && !sameReader);
  const changes = await findFileChanges({ connection, files, force });

  // From here until the tables are built, the store says that its tables are out of date.
  const changed = changes.toRead.filter(({ known }) => known);
  const bulk = changed.length > bulkRemoval || force;
  await connection.run('BEGIN TRANSACTION');
  // A new key is kept once tables have been built with it, or a wrong one would stand in the way of every run.
  await saveState(connection, { ...state, key: before?.key ?? '', built: '' });
  await removeFiles(connection, [...changes.removed, ...(bulk ? changed.map(({ file }) => file.path) : [])]);
  await connection.run('COMMIT');

  const toRead = bulk
    ? changes.toRead.map(({ file }) => ({ file, known: false, knownHash: null }))
    : changes.toRead;
  const filesTotal = toRead.length;
  const counts = await readFiles({
    connection,
    files: toRead,
    tokenizer: state.tokenizer,
    titles: options.titles,
    madeFrom: options.madeFrom,
    signal,
    onProgress: (progress) => onProgress?.({ phase: 'reading', filesTotal, ...progress }),
  });
  signal?.throwIfAborted();
  onProgress?.({ phase: 'tabulating', filesTotal, ...counts });
  await tabulate({ connection, location, state });
  return changes;
}

function emptyCorpus(location: CorpusLocation, passedOver: readonly PassedOver[]): StoreError {
  const seen = passedOver.slice(0, 5).map(({ path, reason }) => `${path}: ${reason}`);
  return new StoreError({
    message: ['There are no files to read in ' + location.input + '.', ...seen].join('\n  '),
    remedy: 'Name a folder with documents (Markdown, text, HTML, PDF, DOCX, XLSX, CSV, JSON, e-mail).',
  });
}
