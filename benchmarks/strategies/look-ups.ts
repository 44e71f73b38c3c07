/**
 * How often the passage that states a value is among the first that a look-up finds, by words (BM25), by meaning
 * (vectors) and by both, and how long that takes.
 *
 *   node benchmarks/strategies/look-ups.ts factbook|debian [--embeddings onnx:FOLDER] [--count 1000] [--seed 1]
 *     [--store FOLDER] [--columns]
 *
 * Each look-up asks for one cell of the corpus's truth.csv. A passage states the cell when it holds a fact of that
 * field in that document, as the pattern reader cites it, whose value is the one that the truth states. Cells without
 * such a fact cannot be looked up here, and their number is told. `--columns` shows the shares column by column.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EmbeddingClient, resolveEmbeddingModel } from '../../src/models/index.ts';
import { fuseRanks, type Ranked } from '../../src/strategies/retrieval/fuse-ranks.ts';
import { Retriever } from '../../src/strategies/retrieval/retriever.ts';
import { openCorpus, readCorpus, resolveCorpus, type OpenCorpus } from '../../src/table/index.ts';
import {
  developmentCorpora,
  isTrueValue,
  truthRows,
  type DevelopmentCorpus,
} from '../corpora/development-corpora.ts';
import { createRandom } from '../../src/benchmark/random.ts';
import { wordings, wordLookUp, type Wording } from './look-up-questions.ts';

/** A cell that documents state, with the places where they do. */
interface LookUp {
  readonly column: string;
  readonly entity: string;
  readonly places: readonly Place[];
}

interface Place {
  readonly document: string;
  readonly start: number;
  readonly end: number;
}

const depths = [1, 5, 10, 100];
const deepest = 100;
const rankings = ['words', 'meaning', 'both'] as const;
type Ranking = (typeof rankings)[number];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    embeddings: { type: 'string' },
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    store: { type: 'string' },
    columns: { type: 'boolean', default: false },
  },
});

const development = developmentCorpora[positionals[0] ?? ''];
if (development === undefined || !existsSync(development.truth)) {
  console.error(
    'Usage: node benchmarks/strategies/look-ups.ts factbook|debian [--embeddings ID] (needs ../shared/data)',
  );
  process.exitCode = 2;
} else {
  const temporary = values.store === undefined ? await mkdtemp(join(tmpdir(), 'corpuscope-look-ups-')) : null;
  try {
    await measure(development, values.store ?? temporary ?? '');
  } finally {
    if (temporary !== null) await rm(temporary, { recursive: true, force: true });
  }
}

async function measure(development: DevelopmentCorpus, store: string): Promise<void> {
  const location = await resolveCorpus({ input: development.folder, store });
  await readCorpus({ location });
  const corpus = await openCorpus({ location });
  const model =
    values.embeddings === undefined ? null : await resolveEmbeddingModel({ id: values.embeddings });
  try {
    const embeddings = model === null ? null : new EmbeddingClient({ model });
    const retriever = new Retriever({ corpus, embeddings });
    await prepare(retriever);
    const lookUps = choose(await findLookUps({ development, corpus }));
    for (const wording of wordings) await report({ development, retriever, lookUps, wording });
  } finally {
    await model?.close();
    corpus.close();
  }
}

async function prepare(retriever: Retriever): Promise<void> {
  const started = performance.now();
  await retriever.build();
  const built = performance.now();
  let last = 0;
  await retriever.embed({
    onProgress: ({ done, total }) => {
      if (performance.now() - last < 30_000) return;
      last = performance.now();
      process.stderr.write(`embedded ${done} of ${total} passages\n`);
    },
  });
  const { documents, passages, tokens } = retriever.totals();
  const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1);
  console.log(
    `${documents} documents, ${passages} passages, ${tokens} tokens; cut in ${seconds(started, built)} s, embedded in ` +
      `${seconds(built, performance.now())} s`,
  );
}

/** All cells of the truth that the documents state in a place that the reader cites. */
async function findLookUps({
  development,
  corpus,
}: {
  development: DevelopmentCorpus;
  corpus: OpenCorpus;
}): Promise<LookUp[]> {
  const rows = truthRows(development);
  const lookUps: LookUp[] = [];
  let missing = 0;
  for (const [column, label] of Object.entries(development.fields)) {
    // A year is no value of its own, and the name of the thing is in the question.
    if (column.endsWith('_year') || column === development.entity) continue;
    const facts = await factsOf(corpus, label);
    for (const row of rows) {
      const [truth = '', entity = ''] = [row[column], row[development.entity]];
      if (truth === '') continue;
      const places = (facts.get(row['doc_id'] ?? '') ?? []).filter(({ value }) => isTrueValue(value, truth));
      if (places.length === 0) missing += 1;
      else lookUps.push({ column, entity, places });
    }
  }
  console.log(`${lookUps.length} cells that documents state in a cited place; ${missing} without one`);
  return lookUps;
}

/** The facts of a field by the document's file name without extension. */
async function factsOf(
  corpus: OpenCorpus,
  label: string,
): Promise<Map<string, (Place & { readonly value: string | null })[]>> {
  const { rows } = await corpus.sql(
    `SELECT document, value_start, value_end,
       coalesce(text, date, boolean::VARCHAR, array_to_string(items, ', '), number::VARCHAR)
     FROM facts WHERE field = '${label.replaceAll("'", "''")}'`,
  );
  const facts = rows.map(([document, start, end, value]) => ({
    document: String(document),
    start: Number(start),
    end: Number(end),
    value: value === null ? null : String(value),
  }));
  return Map.groupBy(facts, ({ document }) => document.replace(/\.[a-z]+$/, ''));
}

/** Draws a column first, so that none counts more for being stated more often; no cell comes twice. */
function choose(lookUps: readonly LookUp[]): LookUp[] {
  const random = createRandom(values.seed);
  const columns = [...Map.groupBy(lookUps, ({ column }) => column).values()];
  const chosen = new Set<LookUp>();
  const count = Math.min(Number(values.count), lookUps.length);
  while (chosen.size < count) {
    const column = columns[Math.floor(random() * columns.length)] ?? [];
    const lookUp = column[Math.floor(random() * column.length)];
    if (lookUp !== undefined) chosen.add(lookUp);
  }
  return [...chosen];
}

async function report({
  development,
  retriever,
  lookUps,
  wording,
}: {
  development: DevelopmentCorpus;
  retriever: Retriever;
  lookUps: readonly LookUp[];
  wording: Wording;
}): Promise<void> {
  const found: Record<Ranking, (number | null)[]> = { words: [], meaning: [], both: [] };
  const times: Record<Ranking | 'embedding', number[]> = { words: [], meaning: [], both: [], embedding: [] };
  for (const { column, entity, places } of lookUps) {
    const question = wordLookUp({ corpus: development, column, entity, wording });
    const started = performance.now();
    const words = retriever.rankByWords(question, deepest);
    const between = performance.now();
    await retriever.rankByMeaning(question, deepest);
    const embedded = performance.now();
    // Now its vector is known, so that only the search is timed.
    const meaning = await retriever.rankByMeaning(question, deepest);
    const searched = performance.now();
    const both = fuseRanks({ words, meaning }).slice(0, deepest);
    times.words.push(between - started);
    times.meaning.push(searched - embedded);
    times.embedding.push(Math.max(0, embedded - between - (searched - embedded)));
    times.both.push(between - started + (searched - embedded) + (performance.now() - searched));
    const rank = (ranking: readonly Ranked[]): number | null => rankOf({ retriever, ranking, places });
    found.words.push(rank(words));
    found.meaning.push(rank(meaning));
    found.both.push(rank(both));
  }
  const example = lookUps[0];
  const asked = example === undefined ? '' : wordLookUp({ corpus: development, ...example, wording });
  console.log(`\n${lookUps.length} look-ups, wording "${wording}": ${asked}`);
  for (const ranking of rankings) {
    if (ranking !== 'words' && found.meaning.every((rank) => rank === null)) continue;
    const shares = depths.map((depth) => `first ${depth}: ${share(found[ranking], depth)}`);
    console.log(
      `  ${ranking.padEnd(8)} ${shares.join('  ')}  median ${median(times[ranking]).toFixed(1)} ms`,
    );
  }
  if (times.embedding.some((time) => time > 0)) {
    console.log(`  the question's own vector: median ${median(times.embedding).toFixed(1)} ms`);
  }
  if (values.columns) showColumns(lookUps, found);
}

/** The place of the first passage that states the cell, from 1; null where none does. */
function rankOf({
  retriever,
  ranking,
  places,
}: {
  retriever: Retriever;
  ranking: readonly Ranked[];
  places: readonly Place[];
}): number | null {
  const passages = retriever.passages(ranking.map(({ passage }) => passage));
  const index = passages.findIndex(({ document, start, end }) =>
    places.some((place) => place.document === document && start <= place.start && place.end <= end),
  );
  return index === -1 ? null : index + 1;
}

function share(ranks: readonly (number | null)[], depth: number): string {
  const within = ranks.filter((rank) => rank !== null && rank <= depth).length;
  return `${((100 * within) / Math.max(1, ranks.length)).toFixed(1).padStart(5)} %`;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((left, right) => left - right)[numbers.length >> 1] ?? 0;
}

function showColumns(lookUps: readonly LookUp[], found: Record<Ranking, (number | null)[]>): void {
  const indexes = Map.groupBy(lookUps.keys(), (index) => lookUps[index]?.column ?? '');
  for (const [column, own] of indexes) {
    const shares = rankings.map(
      (ranking) =>
        `${ranking} ${share(
          own.map((index) => found[ranking][index] ?? null),
          10,
        )}`,
    );
    console.log(`    ${column.padEnd(30)} first 10: ${shares.join('  ')}`);
  }
}
