import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Tokenizer } from '../../corpus/index.ts';
import { BenchmarkError } from '../benchmark-error.ts';
import {
  benchmarkFiles,
  benchmarkFormat,
  benchmarkVersion,
  type BenchmarkManifest,
  type BenchmarkQuestion,
  type BenchmarkSet,
} from '../benchmark-format.ts';
import { DocumentRanking } from './bm25.ts';
import type { BuildProgress, BuildReport, BuildSettings, SetReport } from './build-settings.ts';
import { chooseSets, type ChosenSets } from './choose-sets.ts';
import { promptTokens, type DocumentSource } from './document-source.ts';
import { evidenceOf } from './evidence.ts';
import { generateQuestions } from './generate-questions.ts';
import { surfaceOf } from './languages.ts';
import type { MadeQuestion } from './question-maker.ts';
import { withReadableNoun } from './readable-noun.ts';
import { SetTable } from './set-table.ts';
import type { TruthEntity, TruthTable } from './truth-table.ts';
import { DocumentsWriter } from './write-documents.ts';
import { writePublished } from './write-published.ts';

/** Beyond so many documents the manifest has a digest of them. */
const mostListed = 2000;

/**
 * Builds a benchmark out of documents and what is certain about them: sets of documents by length, and for each of them
 * questions whose answers are computed over exactly its documents. The folder appears when it is whole; the same corpus,
 * settings and seed give the same files, byte for byte.
 *
 * @throws {BenchmarkError} when the folder holds something else, or the corpus has too few documents or fields.
 */
export async function buildBenchmark({
  source,
  tokenizer,
  truth: known,
  settings,
  signal,
  onProgress,
}: {
  source: DocumentSource;
  tokenizer: Tokenizer;
  truth: TruthTable;
  settings: BuildSettings;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: BuildProgress) => void) | undefined;
}): Promise<BuildReport> {
  const surfaces = settings.languages.map(surfaceOf);
  requireFields(known);
  const truth = withReadableNoun({ truth: known, surfaces, wanted: settings.noun });
  const documents = await source.list(new Set(truth.entities.flatMap((entity) => entity.documents)));
  const chosen = chooseSets({
    entities: truth.entities,
    documents,
    lengths: settings.lengths,
    seed: settings.seed,
  });
  const out = resolve(settings.out);
  await requireFree(out);
  const partial = partialFolder(out);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  const written = await writeTexts({
    source,
    chosen,
    tokenizer,
    folder: partial,
    signal,
    onProgress,
  });
  const setReports: SetReport[] = [];
  const lines: string[] = [];
  for (const set of written.sets) {
    const { questions, report } = await makeSet({
      truth,
      chosen,
      set,
      settings,
      surfaces,
      ranking: written.ranking,
      signal,
      onProgress,
    });
    lines.push(...questions.map((question) => JSON.stringify(question)));
    setReports.push(report);
  }
  await writeFile(join(partial, benchmarkFiles.questions), `${lines.join('\n')}\n`);
  const manifest: BenchmarkManifest = {
    format: benchmarkFormat,
    version: benchmarkVersion,
    name: settings.name ?? truth.table.name,
    seed: settings.seed,
    tokenizer: tokenizer.id,
    template: 'corpusqa',
    corpuscope: settings.version,
    sources: written.sources,
    truth: { kind: truth.kind, rule: truth.rule },
    sets: written.sets,
  };
  await writeFile(join(partial, benchmarkFiles.manifest), `${JSON.stringify(manifest, null, 2)}\n`);
  if (settings.published) await writePublished({ folder: partial, signal, onProgress });
  await replace(out, partial);
  return { folder: out, sets: setReports, notes: truth.notes, counterfactual: written.counterfactual };
}

/** Where a benchmark grows until it is whole; what is left there by a run that was killed is thrown away. */
export function partialFolder(out: string): string {
  return join(dirname(out), `.${basename(out)}.partial`);
}

/** @throws {BenchmarkError} when the folder holds something that is no benchmark. */
export async function requireFree(out: string): Promise<void> {
  const found = await readdir(out).catch((): string[] => []);
  if (found.length === 0 || found.includes(benchmarkFiles.manifest)) return;
  throw new BenchmarkError({
    message: `${out} is not empty and holds no benchmark.`,
    remedy: 'Give a new folder with --out.',
  });
}

/** An earlier benchmark in the folder gives way when the new one is whole. */
async function replace(out: string, partial: string): Promise<void> {
  await rm(join(partial, 'documents.duckdb'), { force: true });
  await rm(out, { recursive: true, force: true });
  await rename(partial, out);
}

function requireFields({ fields, entities, table }: TruthTable): void {
  const numbers = fields.filter(
    ({ column, period }) => period === null && /number|percentage/.test(column.type),
  );
  if (numbers.length > 1 && entities.length > 0) return;
  throw new BenchmarkError({
    message: `Table ${table.name} has too few fields that nearly all documents state with certainty: ${numbers.length} numbers.`,
    remedy:
      '`corpuscope fields PATH` shows what was read; choose another --table, give the truth with --truth FILE.csv, or read with models (`corpuscope read --reader`).',
  });
}

/** Writes the documents of all sets, indexes their words, and counts exactly. */
async function writeTexts({
  source,
  chosen,
  tokenizer,
  folder,
  signal,
  onProgress,
}: {
  source: DocumentSource;
  chosen: ChosenSets;
  tokenizer: Tokenizer;
  folder: string;
  signal: AbortSignal | undefined;
  onProgress: ((progress: BuildProgress) => void) | undefined;
}): Promise<{
  ranking: DocumentRanking;
  sets: BenchmarkSet[];
  sources: BenchmarkManifest['sources'];
  counterfactual: number;
}> {
  const { order } = chosen;
  const positions = new Map(order.map((id, position) => [id, position]));
  const ranking = new DocumentRanking();
  const tokens = order.map(() => 0);
  const sources: { path: string; sha256: string; tokens: number; counterfactual: boolean }[] = [];
  const writer = await DocumentsWriter.open(folder);
  let done = 0;
  try {
    for await (const document of source.documents({ ids: order, signal })) {
      const position = positions.get(document.id);
      if (position === undefined) continue;
      const { hash, ...written } = document;
      const { id, title, text, counterfactual } = written;
      await writer.add({ position, ...written });
      ranking.add(position, `${title}\n${text}`);
      tokens[position] = promptTokens({ ...written, number: position + 1, tokenizer });
      sources[position] = { path: id, sha256: hash, tokens: written.tokens, counterfactual };
      done += 1;
      onProgress?.({ phase: 'writing', done, total: order.length });
    }
    await writer.finish();
  } finally {
    writer.close();
  }
  const sets = chosen.sets.map(({ name, length, documents }) => ({
    name,
    length,
    tokens: tokens.slice(0, documents).reduce((sum, each) => sum + each, 0),
    documents,
  }));
  const counterfactual = sources.filter((each) => each.counterfactual).length;
  return { ranking, sets, sources: sources.length > mostListed ? digest(sources) : sources, counterfactual };
}

function digest(
  sources: readonly { sha256: string; tokens: number; counterfactual: boolean }[],
): BenchmarkManifest['sources'] {
  const hash = createHash('sha256');
  for (const { sha256 } of sources) hash.update(`${sha256}\n`);
  return {
    documents: sources.length,
    counterfactual: sources.filter(({ counterfactual }) => counterfactual).length,
    tokens: sources.reduce((sum, { tokens }) => sum + tokens, 0),
    sha256: hash.digest('hex'),
  };
}

async function makeSet({
  truth,
  chosen,
  set,
  settings,
  surfaces,
  ranking,
  signal,
  onProgress,
}: {
  truth: TruthTable;
  chosen: ChosenSets;
  set: BenchmarkSet;
  settings: BuildSettings;
  surfaces: readonly ReturnType<typeof surfaceOf>[];
  ranking: DocumentRanking;
  signal: AbortSignal | undefined;
  onProgress: ((progress: BuildProgress) => void) | undefined;
}): Promise<{ questions: BenchmarkQuestion[]; report: SetReport }> {
  const documents = chosen.order.slice(0, set.documents);
  const held = new Set(documents);
  const entities = truth.entities.filter((entity) => entity.documents.every((id) => held.has(id)));
  const table = await SetTable.create({ truth, rows: entities.map(({ row }) => row) });
  try {
    const made = await generateQuestions({
      source: { table, entities, ranking, documents },
      count: settings.questions,
      surfaces,
      paraphrase: settings.paraphrase,
      seed: `${settings.seed}/${set.name}`,
      signal,
      onProgress: (done) => onProgress?.({ phase: 'asking', set: set.name, done, total: settings.questions }),
    });
    const byKey = new Map(entities.map((entity) => [entity.key, entity]));
    const questions: BenchmarkQuestion[] = [];
    for (const [index, each] of made.questions.entries()) {
      questions.push(await toQuestion({ made: each, index, set, settings, truth, table, entities: byKey }));
    }
    const { missing, dropped, paraphrases } = made;
    return {
      questions,
      report: {
        ...set,
        questions: questions.map(({ difficulty, family, look_up: isLookUp, dispersion, language }) => ({
          difficulty,
          family,
          isLookUp,
          dispersion,
          language,
        })),
        missing,
        paraphrases: Object.fromEntries(paraphrases),
        dropped: Object.fromEntries(dropped),
      },
    };
  } finally {
    table.close();
  }
}

async function toQuestion({
  made,
  index,
  set,
  settings,
  truth,
  table,
  entities,
}: {
  made: MadeQuestion;
  index: number;
  set: BenchmarkSet;
  settings: BuildSettings;
  truth: TruthTable;
  table: SetTable;
  entities: ReadonlyMap<string, TruthEntity>;
}): Promise<BenchmarkQuestion> {
  const { answer, plan, query, language, question, paraphraseOf, family, difficulty, isLookUp, dispersion } =
    made;
  const domain = settings.domain ?? truth.table.name;
  return {
    id: `${domain}_${language}_${set.name}_${String(index + 1).padStart(3, '0')}`,
    set: set.name,
    question,
    ...(paraphraseOf !== undefined && { paraphrase_of: paraphraseOf }),
    language,
    answer: answer.value,
    answer_type: answer.type,
    ...(answer.unit === null ? {} : { unit: answer.unit }),
    family,
    difficulty,
    look_up: isLookUp,
    domain,
    plan,
    sql: query.sql,
    dispersion,
    evidence: await evidenceOf({ query, table, entities }),
  };
}
