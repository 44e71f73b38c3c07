import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocumentFormat } from '../../corpus/index.ts';
import { documentFileName } from '../../strategies/index.ts';
import {
  openCorpus,
  readCorpus,
  resolveCorpus,
  StoreError,
  type OpenCorpus,
  type ReadProgress,
} from '../../table/index.ts';
import { benchmarkFiles, type BenchmarkDocument } from '../benchmark-format.ts';
import type { Benchmark } from '../open-benchmark.ts';
import type { CitedPlace, CorpusOfQuestions } from './question-group.ts';
import { writerName } from './writer-name.ts';

/** Names the way in which documents are laid down; other versions do not share what was read. */
const layoutVersion = 'set-2';

/** Documents written at a time. */
const filesAtOnce = 32;

/**
 * The documents of a set as a corpus. They are laid down and read once, under a hash of what they are; every later run
 * over the same documents finds them, with the indexes that strategies have laid beside them.
 *
 * @param options.folder where sets are kept.
 * @param options.writer who adds to what was read, in a copy of their own; null where nobody does.
 * @param options.places what the benchmark cites, for the words that stand there.
 */
export async function openSetCorpus({
  benchmark,
  set,
  folder,
  places,
  writer,
  signal,
  onProgress,
}: {
  benchmark: Benchmark;
  set: string;
  folder: string;
  places: readonly CitedPlace[];
  writer: string | null;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: ReadProgress) => void) | undefined;
}): Promise<CorpusOfQuestions> {
  const hash = createHash('sha256').update(`${layoutVersion}\0${benchmark.set(set).documents}\0`);
  for await (const chunk of createReadStream(join(benchmark.folder, benchmarkFiles.documents))) {
    hash.update(chunk);
  }
  const entry = join(folder, hash.digest('hex').slice(0, 32));
  await layDown({ benchmark, set, entry, signal });
  const location = await resolveCorpus({ input: join(entry, 'documents'), store: join(entry, 'store') });
  const ids: string[] = [];
  const titles = new Map<string, string>();
  const madeFrom = new Map<string, DocumentFormat>();
  const quotes = new Quotes(places);
  for await (const document of benchmark.documents({ set, signal })) {
    ids.push(document.id);
    const title = document.title.trim();
    if (title !== '') titles.set(pathOf(document), title);
    if (document.format !== null) madeFrom.set(pathOf(document), document.format);
    quotes.take(document);
  }
  const read = await openCorpus({ location, signal }).catch(async (error: unknown) => {
    if (!(error instanceof StoreError)) throw error;
    await readCorpus({ location, titles, madeFrom, signal, onProgress });
    return await openCorpus({ location, signal });
  });
  const corpus = writer === null ? read : await openCopy({ read, entry, writer, signal });
  return {
    corpus,
    quote: (place) => quotes.of(place),
    documentId: (path) => ids[Number(path.split('/', 1)[0])] ?? path,
    close: () => corpus.close(),
  };
}

/** What was read, in a store that belongs to one writer. */
async function openCopy({
  read,
  entry,
  writer,
  signal,
}: {
  read: OpenCorpus;
  entry: string;
  writer: string;
  signal: AbortSignal | undefined;
}): Promise<OpenCorpus> {
  const { input, storeFolder } = read.location;
  read.close();
  const store = join(entry, `store-${writerName(writer)}`);
  if (!(await exists(store))) {
    const copying = join(entry, `.copying-${randomUUID()}`);
    await cp(storeFolder, copying, { recursive: true });
    await rename(copying, store);
  }
  return await openCorpus({ location: await resolveCorpus({ input, store }), signal });
}

/** The words at places of documents that go by one after the other. */
class Quotes {
  readonly #wanted = new Map<string, CitedPlace[]>();
  readonly #found = new Map<string, string>();

  constructor(places: readonly CitedPlace[]) {
    for (const place of places) {
      this.#wanted.set(place.document, [...(this.#wanted.get(place.document) ?? []), place]);
    }
  }

  take({ id, text }: BenchmarkDocument): void {
    for (const place of this.#wanted.get(id) ?? []) {
      this.#found.set(keyOf(place), text.slice(place.start, place.end));
    }
  }

  of(place: CitedPlace): string | undefined {
    return this.#found.get(keyOf(place));
  }
}

function keyOf({ document, start, end }: CitedPlace): string {
  return JSON.stringify([document, start, end]);
}

/** Paths keep the order of the documents, since strategies go through a corpus in the order of its paths. */
function pathOf({ position, id, text }: Pick<BenchmarkDocument, 'position' | 'id' | 'text'>): string {
  const name = id.split(/[/#]/).findLast((part) => part !== '') ?? 'document';
  return `${String(position).padStart(7, '0')}/${documentFileName(name, text)}`;
}

/** The documents appear at once or not at all, so that no one reads half of them. */
async function layDown({
  benchmark,
  set,
  entry,
  signal,
}: {
  benchmark: Benchmark;
  set: string;
  entry: string;
  signal: AbortSignal | undefined;
}): Promise<void> {
  const target = join(entry, 'documents');
  if (await exists(target)) return;
  const writing = join(entry, `.writing-${randomUUID()}`);
  try {
    let batch: Promise<void>[] = [];
    for await (const document of benchmark.documents({ set, signal })) {
      batch.push(writeDocument(writing, document));
      if (batch.length < filesAtOnce) continue;
      await Promise.all(batch);
      batch = [];
    }
    await Promise.all(batch);
    await rename(writing, target);
  } catch (error) {
    await rm(writing, { recursive: true, force: true });
    // Another process was faster: what it wrote is the same.
    if (!(await exists(target))) throw error;
  }
}

async function writeDocument(folder: string, document: BenchmarkDocument): Promise<void> {
  const file = join(folder, pathOf(document));
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, document.text);
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
