import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger } from '../../models/index.ts';
import {
  openCorpus,
  readCorpus,
  resolveCorpus,
  StoreError,
  type OpenCorpus,
  type ReadProgress,
} from '../../table/index.ts';
import { documentTitles, writeDocumentFiles } from './document-files.ts';
import { SharedWork } from './shared-work.ts';
import type { PromptDocument } from './split-documents.ts';

export interface PromptStoreOptions {
  /** Where the corpora of prompts are kept; a folder of the user's own under the system's temporary one by default. */
  readonly folder?: string | undefined;
  /** What they take on disk at most, apart from those in use; 2 GiB by default. */
  readonly maximumBytes?: number | undefined;
  /** How long one is kept that is not used again; a day by default. */
  readonly maximumAgeMilliseconds?: number | undefined;
}

export interface OpenPromptOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ReadProgress) => void) | undefined;
}

/** Names the way in which documents are hashed and laid down; other versions do not share entries. */
const layoutVersion = 'prompt-1';

const finishedFile = 'finished.json';
/** An entry that is not finished is being read by some process, or was given up. */
const givenUpAfterMilliseconds = 3_600_000;

/**
 * Corpora made of the documents of prompts. The same documents are read once, however often and by however many
 * requests they are sent; what has not been used for long, or is too much, is removed.
 */
export class PromptStore {
  /** Where everything lies; only the user can look into it. */
  readonly folder: string;
  readonly #maximumBytes: number;
  readonly #maximumAgeMilliseconds: number;
  readonly #ledgers = new Set<Ledger>();
  readonly #inUse = new Map<string, number>();
  readonly #readings = new SharedWork<ReadProgress>();

  constructor({
    folder = join(tmpdir(), `corpuscope-prompts-${process.getuid?.() ?? 'user'}`),
    maximumBytes = 2 * 2 ** 30,
    maximumAgeMilliseconds = 24 * 3_600_000,
  }: PromptStoreOptions = {}) {
    this.folder = folder;
    this.#maximumBytes = maximumBytes;
    this.#maximumAgeMilliseconds = maximumAgeMilliseconds;
  }

  /**
   * The documents as a corpus, read if they have not been yet. Whoever opens it closes it.
   *
   * @throws {StoreError} when the folder cannot be written or belongs to someone else.
   */
  async open(documents: readonly PromptDocument[], options: OpenPromptOptions = {}): Promise<OpenCorpus> {
    const { signal, onProgress } = options;
    const hash = hashDocuments(documents);
    const entry = join(this.folder, hash);
    this.#inUse.set(hash, (this.#inUse.get(hash) ?? 0) + 1);
    try {
      const corpus =
        (await openFinished(entry)) ??
        (await this.#readings.run({
          key: hash,
          signal,
          onProgress,
          work: (report, workSignal) => this.#read({ documents, entry, signal: workSignal, report }),
          result: () => openEntry(entry),
        }));
      return {
        ...corpus,
        get catalog() {
          return corpus.catalog;
        },
        close: this.#releasing(hash, corpus),
      };
    } catch (error) {
      this.#release(hash);
      throw error;
    }
  }

  /**
   * Makes the folder, for whoever lays something into it.
   *
   * @throws {StoreError} when it cannot be made or belongs to someone else.
   */
  async prepare(): Promise<void> {
    await makePrivateFolder(this.folder);
  }

  /**
   * The record of the calls that are made to answer from these documents. Like them, a call is forgotten when it is old.
   *
   * @param file where it is kept; null in memory; beside the documents by default.
   * @throws {ModelError} of kind `unavailable`.
   */
  async openLedger(file: string | null = join(this.folder, 'ledger.sqlite')): Promise<Ledger> {
    await this.prepare();
    const ledger = new Ledger({ file });
    this.forgetOldCallsOf(ledger);
    return ledger;
  }

  /** Drops calls from a ledger that are as old as the documents that are removed, now and whenever these are. */
  forgetOldCallsOf(ledger: Ledger): void {
    this.#ledgers.add(ledger);
    ledger.forgetBefore(new Date(Date.now() - this.#maximumAgeMilliseconds));
  }

  async #read({
    documents,
    entry,
    signal,
    report,
  }: {
    documents: readonly PromptDocument[];
    entry: string;
    signal: AbortSignal;
    report: (progress: ReadProgress) => void;
  }): Promise<void> {
    await this.prepare();
    await mkdir(entry, { recursive: true, mode: 0o700 });
    await layDown({ documents, entry, signal });
    await readCorpus({
      location: await locate(entry),
      titles: documentTitles(documents),
      signal,
      onProgress: report,
    });
    const documentBytes = await sizeOf(join(entry, 'documents'));
    await writeFile(join(entry, finishedFile), JSON.stringify({ documentBytes }), { mode: 0o600 });
    await this.clean();
  }

  #releasing(hash: string, corpus: OpenCorpus): () => void {
    let open = true;
    return () => {
      if (!open) return;
      open = false;
      corpus.close();
      this.#release(hash);
    };
  }

  #release(hash: string): void {
    const users = (this.#inUse.get(hash) ?? 1) - 1;
    if (users > 0) this.#inUse.set(hash, users);
    else this.#inUse.delete(hash);
  }

  /**
   * Removes what is too old, then what was used longest ago until the rest fits. This happens whenever documents are
   * read; a process that runs for long does it now and then.
   *
   * @throws {StoreError} when the folder cannot be made or belongs to someone else.
   */
  async clean(): Promise<void> {
    await this.prepare();
    for (const ledger of this.#ledgers) this.forgetOldCallsOf(ledger);
    await removeLeftovers(this.folder);
    const entries = await listEntries(this.folder);
    const removable = entries
      .filter(({ hash }) => !this.#inUse.has(hash))
      .sort((left, right) => left.usedMilliseconds - right.usedMilliseconds);
    let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { hash, bytes, finished, usedMilliseconds } of removable) {
      const age = Date.now() - usedMilliseconds;
      const tooOld = age > (finished ? this.#maximumAgeMilliseconds : givenUpAfterMilliseconds);
      if (!tooOld && (!finished || total <= this.#maximumBytes)) continue;
      total -= bytes;
      await removeEntry(join(this.folder, hash));
    }
  }
}

function hashDocuments(documents: readonly PromptDocument[]): string {
  const hash = createHash('sha256').update(layoutVersion);
  for (const { name, text } of documents) {
    hash.update(`\0${name === null ? '' : `n${name}`}\0${text.length}\0`).update(text);
  }
  return hash.digest('hex');
}

/** Only the user may look into the folder, and none may have laid it there for them. */
async function makePrivateFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StoreError({
      message: `The folder ${folder} for the documents of prompts cannot be made.`,
      remedy: 'Choose one that can be written.',
      cause: error,
    });
  }
  const { uid } = await stat(folder);
  if (process.getuid !== undefined && uid !== process.getuid()) {
    throw new StoreError({
      message: `The folder ${folder} for the documents of prompts belongs to another user.`,
      remedy: 'Choose a folder of your own.',
    });
  }
}

const locate = (entry: string) =>
  resolveCorpus({ input: join(entry, 'documents'), store: join(entry, 'store') });

async function openEntry(entry: string): Promise<OpenCorpus> {
  return await openCorpus({ location: await locate(entry) });
}

/** The corpus of an entry that was read before, or null where there is none or it is of another version. */
async function openFinished(entry: string): Promise<OpenCorpus | null> {
  try {
    const now = new Date();
    await utimes(join(entry, finishedFile), now, now);
    return await openEntry(entry);
  } catch {
    return null;
  }
}

/** The documents appear at once or not at all, so that no one reads half of them. */
async function layDown({
  documents,
  entry,
  signal,
}: {
  documents: readonly PromptDocument[];
  entry: string;
  signal: AbortSignal;
}): Promise<void> {
  const target = join(entry, 'documents');
  if ((await stat(target).catch(() => null)) !== null) return;
  const folder = join(entry, `.writing-${randomUUID()}`);
  try {
    await writeDocumentFiles({ documents, folder, signal });
    await rename(folder, target);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    // Another process was faster: what it wrote is the same.
    if ((await stat(target).catch(() => null)) === null) throw error;
  }
}

interface Entry {
  readonly hash: string;
  readonly bytes: number;
  readonly finished: boolean;
  readonly usedMilliseconds: number;
}

async function listEntries(folder: string): Promise<Entry[]> {
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  const entries = await Promise.all(names.map((hash) => describeEntry(folder, hash)));
  return entries.filter((entry) => entry !== null);
}

/** Null where the entry has been removed meanwhile. */
async function describeEntry(folder: string, hash: string): Promise<Entry | null> {
  const file = join(folder, hash, finishedFile);
  try {
    const { documentBytes }: { documentBytes: number } = JSON.parse(await readFile(file, 'utf8'));
    // The store grows when strategies lay their indexes there; the documents stay what they are, and are many.
    const bytes = documentBytes + (await sizeOf(join(folder, hash, 'store')));
    return { hash, bytes, finished: true, usedMilliseconds: (await stat(file)).mtimeMs };
  } catch {
    const stats = await stat(join(folder, hash)).catch(() => null);
    return stats === null ? null : { hash, bytes: 0, finished: false, usedMilliseconds: stats.mtimeMs };
  }
}

/** Renamed first, so that no one opens what is half removed. Whoever has it open keeps what they have. */
async function removeEntry(entry: string): Promise<void> {
  const doomed = `${entry}.removed-${randomUUID()}`;
  try {
    await rename(entry, doomed);
    await rm(doomed, { recursive: true, force: true });
  } catch {
    // In use on a system that does not remove open files, or removed by another process: the next cleaning sees.
  }
}

/** What a process that was ended meanwhile had begun to remove. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.includes('.removed-')) await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(({ parentPath, name }) => stat(join(parentPath, name))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
