import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { writePassage } from '../../models/prompts/index.ts';
import {
  openCorpus,
  passageTitle,
  readCorpus,
  type CorpusLocation,
  type OpenCorpus,
  type StoredDocument,
} from '../../table/index.ts';
import { BenchmarkError } from '../benchmark-error.ts';
import { inventName } from '../counterfactual/invent-name.ts';
import { findRanges, rewriteText, type StatedNumber } from '../counterfactual/rewrite-text.ts';
import { createRandom } from '../random.ts';
import type { DocumentOrigin } from './build-benchmark.ts';
import type { BuildProgress } from './build-settings.ts';
import { fold } from './labelled-text.ts';
import type { TruthEntity, TruthTable } from './truth-table.ts';

/** Copies are read like any document, and some drop out again. */
const spare = 1.04;
/** What stands before each document in a prompt. */
const headingTokens = 20;
const limits = { timeoutMilliseconds: 300_000, maximumRows: 20_000_000 };

/** A corpus of real documents and counterfactual copies. */
export interface CopiedCorpus {
  readonly corpus: OpenCorpus;
  readonly origins: ReadonlyMap<string, DocumentOrigin>;
}

/**
 * Makes a corpus as long as the longest set out of the documents of which all is certain and as many counterfactual
 * copies of them as it takes, reads it as any corpus is read, and removes it when `use` is done. Where the documents
 * suffice, the corpus itself is used.
 */
export async function withCopies<Result>(
  {
    corpus,
    location,
    truth,
    request: { out, lengths, seed },
    signal,
    onProgress,
  }: {
    corpus: OpenCorpus;
    location: CorpusLocation;
    truth: TruthTable;
    request: { readonly out: string; readonly lengths: readonly number[]; readonly seed: string };
    signal?: AbortSignal | undefined;
    onProgress?: ((progress: BuildProgress) => void) | undefined;
  },
  use: (copied: CopiedCorpus) => Promise<Result>,
): Promise<Result> {
  const sizes = await entitySizes(corpus, truth);
  const real = [...sizes.values()].reduce((sum, each) => sum + each, 0);
  const longest = Math.max(...lengths);
  if (real >= longest) return await use({ corpus, origins: new Map() });
  const folder = join(dirname(out), `.${basename(out)}.copies`);
  await rm(folder, { recursive: true, force: true });
  try {
    const copies = planCopies({ truth, sizes, tokens: longest * spare - real, seed });
    const origins = await writeCopies({
      corpus,
      truth,
      copies,
      folder: join(folder, 'documents'),
      seed,
      signal,
      onProgress,
    });
    const copied = await locate({ location, folder });
    const key = await corpus.sql("SELECT value FROM store.meta WHERE key = 'key'");
    await readCorpus({
      location: copied,
      key: key.rows[0]?.[0] ? String(key.rows[0][0]) : undefined,
      tokenizer: corpus.tokenizer,
      signal,
      onProgress: ({ filesDone: done, filesTotal: total }) => onProgress?.({ phase: 'reading', done, total }),
    }).catch((error: unknown) => {
      throw explained(error);
    });
    const opened = await openCorpus({ location: copied, signal });
    try {
      return await use({ corpus: opened, origins });
    } finally {
      opened.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Tables are built within a bound on memory, which many documents of many fields can exceed. */
function explained(error: unknown): unknown {
  if (!(error instanceof Error) || !/out of memory/i.test(error.message)) return error;
  return new BenchmarkError({
    message: 'The tables of documents and copies do not fit into the memory there is for building them.',
    remedy: 'Give a shorter --length, or fewer editions of the same documents.',
    cause: error,
  });
}

/** The copies have a store of their own, with what the user decided about fields. */
async function locate({
  location,
  folder,
}: {
  location: CorpusLocation;
  folder: string;
}): Promise<CorpusLocation> {
  const storeFolder = join(folder, 'store');
  await mkdir(storeFolder, { recursive: true });
  const fieldsFile = join(storeFolder, 'fields.json');
  await copyFile(location.fieldsFile, fieldsFile).catch(() => undefined);
  const databaseFile = join(storeFolder, 'corpus.duckdb');
  return { input: join(folder, 'documents'), name: location.name, storeFolder, databaseFile, fieldsFile };
}

async function entitySizes(
  corpus: OpenCorpus,
  { entities }: TruthTable,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await corpus.sql('SELECT id, tokens FROM documents', { limits });
  const tokens = new Map(rows.map(([id, count]) => [String(id), Number(count) + headingTokens]));
  return new Map(
    entities.map(({ key, documents }) => [
      key,
      documents.reduce((sum, id) => sum + (tokens.get(id) ?? 0), 0),
    ]),
  );
}

/** A copy of an entity, by its new name. */
interface Copy {
  readonly entity: TruthEntity;
  readonly name: string;
  readonly seed: string;
}

/** Copies all entities in turn, the last time around only some, in an order drawn by seed. */
function planCopies({
  truth,
  sizes,
  tokens,
  seed,
}: {
  truth: TruthTable;
  sizes: ReadonlyMap<string, number>;
  tokens: number;
  seed: string;
}): readonly Copy[] {
  const random = createRandom(`${seed}/copies`);
  const taken = new Set(truth.entities.map(({ key }) => key));
  const copies: Copy[] = [];
  for (let round = 1, left = tokens; left > 0 && truth.entities.length > 0; round += 1) {
    const order = truth.entities
      .map((entity) => ({ entity, place: random() }))
      .toSorted((one, other) => one.place - other.place);
    for (const { entity } of order) {
      if (left <= 0) break;
      left -= Math.max(1, sizes.get(entity.key) ?? 0);
      copies.push({ entity, name: inventName(random, taken), seed: `${seed}/${entity.key}/${round}` });
    }
  }
  return copies;
}

async function writeCopies({
  corpus,
  truth,
  copies,
  folder,
  seed,
  signal,
  onProgress,
}: {
  corpus: OpenCorpus;
  truth: TruthTable;
  copies: readonly Copy[];
  folder: string;
  seed: string;
  signal: AbortSignal | undefined;
  onProgress: ((progress: BuildProgress) => void) | undefined;
}): Promise<ReadonlyMap<string, DocumentOrigin>> {
  const numbers = await statedNumbers(corpus);
  const ranges = findRanges([...numbers.values()].flat());
  const ofDocument = Map.groupBy(
    copies.flatMap((copy) => copy.entity.documents.map((id) => ({ id, copy }))),
    ({ id }) => id,
  );
  const ids = [...new Set(truth.entities.flatMap(({ documents }) => documents))];
  const origins = new Map<string, DocumentOrigin>();
  let done = 0;
  for await (const document of corpus.documents({ ids, signal })) {
    const path = writtenPath(document);
    await write(join(folder, path), written(document, document.text, document.title));
    origins.set(path, { source: document.path, counterfactual: false });
    for (const { copy } of ofDocument.get(document.id) ?? []) {
      const names = namesOf(document, copy.entity);
      const { text } = rewriteText({
        text: document.text,
        numbers: numbers.get(document.id) ?? [],
        ranges,
        names,
        newName: copy.name,
        seed: `${seed}/${copy.seed}`,
      });
      const target = copyPath(path, names, copy.name);
      await write(join(folder, target), written(document, text, document.title === null ? null : copy.name));
      origins.set(target, { source: document.path, counterfactual: true });
    }
    done += 1;
    onProgress?.({ phase: 'copying', done, total: ids.length });
  }
  return origins;
}

/** All exact numbers by document, in the order of the text. */
async function statedNumbers(corpus: OpenCorpus): Promise<ReadonlyMap<string, readonly StatedNumber[]>> {
  const { rows } = await corpus.sql(
    `SELECT document, field, number, value_start, value_end FROM facts
     WHERE type IN ('number', 'percentage') AND coalesce(bound, 'approximate') = 'approximate'
     ORDER BY document, value_start, value_end`,
    { limits },
  );
  const numbers = new Map<string, StatedNumber[]>();
  for (const [document, label, number, start, end] of rows) {
    const stated = { label: String(label), number: Number(number), start: Number(start), end: Number(end) };
    const known = numbers.get(String(document));
    if (known === undefined) numbers.set(String(document), [stated]);
    else known.push(stated);
  }
  return numbers;
}

/** What a document calls the thing it is about, longest first. */
function namesOf(document: StoredDocument, entity: TruthEntity): readonly string[] {
  const names = new Set([entity.key, passageTitle(document), stemOf(document.path)]);
  return [...names].toSorted((one, other) => other.length - one.length);
}

const stemOf = (path: string): string => basename(path, extname(path));

/** Markdown and plain text keep their names; whatever else a document comes from, its text is Markdown. */
function writtenPath({ id, path }: StoredDocument): string {
  if (/\.(?:md|markdown|txt)$/i.test(path) && id === path) return path;
  return `${id.replaceAll(/[^\p{L}\p{N}/._-]+/gu, '-')}.md`;
}

function written(document: StoredDocument, text: string, title: string | null): string {
  return title === null || /\.txt$/i.test(writtenPath(document)) ? text : writePassage({ title, text });
}

/** Beside the original, under the new name: a file called after the thing is called after the new one. */
function copyPath(path: string, names: readonly string[], newName: string): string {
  const stem = stemOf(path);
  const isName = names.some((name) => fold(name) === fold(stem));
  return join(dirname(path), `${isName ? newName : `${stem}-${newName}`}${extname(path)}`);
}

async function write(file: string, content: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
