// Makes a benchmark of questions by people: those that were written without the question grammar, over documents and
// truth of ../shared/data. The two corpora stand side by side in every set; beyond their length, records of packages are
// copied with their name and sizes drawn anew, and the truth with them. No answer comes from the pattern reader: each is
// the question's own SQL over the truth of the documents in the set.
//
//   node benchmarks/benchmark/held-out.ts --out FOLDER [--length 128K,1M,4M,10M] [--questions 60] [--seed 1]
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import type { BenchmarkManifest, BenchmarkQuestion } from '../../src/benchmark/index.ts';
import { writeBenchmark } from '../../src/benchmark/testing/write-benchmark.ts';
import { packageVersion } from '../../src/cli/version.ts';
import { loadTokenizer, type Tokenizer } from '../../src/corpus/index.ts';
import { createRandom, type Random } from '../../src/benchmark/random.ts';
import { answerFromTruth, type PeoplesQuestion } from './truth-answers.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    length: { type: 'string', default: '128K,1M,4M,10M' },
    questions: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.out === undefined) {
  console.error(
    'usage: node benchmarks/benchmark/held-out.ts --out FOLDER [--length LENGTHS] [--questions N] [--seed N]',
  );
  process.exit(2);
}

/** A document with what is true of it: the row of its corpus's truth. */
interface TrueDocument {
  readonly domain: Domain;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly tokens: number;
  readonly counterfactual: boolean;
  readonly row: Readonly<Record<string, string>>;
}

type Domain = 'factbook' | 'debian';

const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const heldOut = fileURLToPath(new URL('../questions/held-out/', import.meta.url));

/** The table that the SQL of each corpus's questions asks. */
const tables: Readonly<Record<Domain, { table: string; key: string }>> = {
  factbook: { table: 'profiles', key: 'name' },
  debian: { table: 'packages', key: 'package' },
};

/** What question and answer rules take of a prompt beside the documents. */
const promptTokens = 400;

await make({ out: values.out, lengths: values.length.split(','), random: createRandom(values.seed) });

async function make({
  out,
  lengths,
  random,
}: {
  out: string;
  lengths: readonly string[];
  random: Random;
}): Promise<void> {
  const tokenizer = await loadTokenizer('o200k');
  const sizes = lengths.map((name) => ({ name, length: tokensOf(name) }));
  const longest = Math.max(...sizes.map(({ length }) => length)) - promptTokens;
  const documents = fill({ longest, random, tokenizer });
  const sets = sizes.map(({ name, length }) => {
    let tokens = 0;
    let count = 0;
    for (const document of documents) {
      if (tokens + document.tokens > length - promptTokens) break;
      tokens += document.tokens;
      count += 1;
    }
    return { name, length, tokens, documents: count };
  });
  const questions = sets.flatMap((set) => questionsOf(set, documents.slice(0, set.documents)));
  await writeBenchmark({
    folder: out,
    manifest: {
      name: 'held-out',
      seed: values.seed,
      corpuscope: packageVersion(),
      sources: sourcesOf(documents),
      truth: { kind: 'file', rule: "The questions' SQL over truth.csv; copies have their sizes drawn anew." },
      sets,
    },
    documents: documents.map(({ id, title, text, tokens, counterfactual }, position) => ({
      position,
      id,
      title,
      source: id,
      text,
      format: null,
      tokens,
      counterfactual,
    })),
    questions,
  });
  for (const { name, tokens, documents: count } of sets) {
    const asked = questions.filter(({ set }) => set === name).length;
    console.log(`${name}: ${count} documents, ${tokens} tokens, ${asked} questions`);
  }
}

function tokensOf(name: string): number {
  const [, digits = '', unit = ''] = /^(\d+)([KM])$/.exec(name) ?? [];
  if (digits === '') throw new Error(`${name} is no length; write 128K or 10M.`);
  return Number(digits) * (unit === 'K' ? 1_000 : 1_000_000);
}

/** Documents of both corpora by turns, so that each has half of the tokens as long as both last; then copies. */
function fill({
  longest,
  random,
  tokenizer,
}: {
  longest: number;
  random: Random;
  tokenizer: Tokenizer;
}): TrueDocument[] {
  const queues = {
    factbook: shuffled(read('factbook', tokenizer), random),
    debian: shuffled(read('debian', tokenizer), random),
  };
  const originals = queues.debian.slice();
  const taken = new Set(originals.map(({ row }) => row['package'] ?? ''));
  const held = { factbook: 0, debian: 0 };
  const documents: TrueDocument[] = [];
  let copied = 0;
  while (held.factbook + held.debian < longest) {
    const domain = held.factbook <= held.debian && queues.factbook.length > 0 ? 'factbook' : 'debian';
    let document = queues[domain].shift();
    if (document === undefined) {
      const original = originals[copied % originals.length];
      copied += 1;
      if (original === undefined) break;
      document = copyOf({ original, random, tokenizer, taken });
    }
    held[domain] += document.tokens;
    documents.push(document);
  }
  return documents;
}

function read(domain: Domain, tokenizer: Tokenizer): TrueDocument[] {
  const rows: Record<string, string>[] = parse(readFileSync(`${data}${domain}/truth.csv`, 'utf8'), {
    columns: true,
  });
  const folder = domain === 'factbook' ? `${data}factbook/2022` : `${data}debian/docs`;
  const byId = new Map(
    rows
      .filter(({ edition }) => edition === undefined || edition === '2022')
      .map((row) => [row['doc_id'] ?? '', row]),
  );
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const row = byId.get(file.replace(/\.\w+$/, ''));
      if (row === undefined) return [];
      const text = readFileSync(join(folder, file), 'utf8');
      const title = /^# (.+)$/m.exec(text)?.[1] ?? '';
      const tokens = tokenizer.count(text) + tokenizer.count(`# Document 1000:\n${title}\n`);
      return [{ domain, id: `${domain}/${file}`, title, text, tokens, counterfactual: false, row }];
    });
}

/** A record of a package that there is not: another name, sizes drawn anew within a factor of three. */
function copyOf({
  original,
  random,
  tokenizer,
  taken,
}: {
  original: TrueDocument;
  random: Random;
  tokenizer: Tokenizer;
  taken: Set<string>;
}): TrueDocument {
  const stem = original.row['package'] ?? '';
  let name = stem;
  while (taken.has(name)) name = `${stem}-${randomWord(random)}`;
  taken.add(name);
  const row: Record<string, string> = { ...original.row, package: name, doc_id: name };
  let text = replaceLine(original.text, 'Package', name);
  for (const [key, column] of [
    ['Installed-Size', 'installed_size_kib'],
    ['Size', 'deb_size_bytes'],
  ] as const) {
    const value = Number(row[column]);
    if (row[column] === '' || !Number.isFinite(value) || value === 0) continue;
    const drawn = Math.max(1, Math.round(value * 3 ** (2 * random() - 1)));
    const replaced = replaceLine(text, key, String(drawn));
    if (replaced === text) continue;
    text = replaced;
    row[column] = String(drawn);
  }
  const tokens = tokenizer.count(text) + tokenizer.count('# Document 10000:\n\n');
  return { ...original, id: `debian/${name}.txt`, text, tokens, counterfactual: true, row };
}

function replaceLine(text: string, key: string, value: string): string {
  return text.replace(new RegExp(`^${key}: .*$`, 'm'), () => `${key}: ${value}`);
}

function randomWord(random: Random): string {
  return Array.from({ length: 5 }, () => 'abcdefghiklmnoprstuvz'[Math.floor(random() * 21)]).join('');
}

function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item);
}

function sourcesOf(documents: readonly TrueDocument[]): BenchmarkManifest['sources'] {
  const hash = createHash('sha256');
  for (const { text } of documents) hash.update(text);
  return {
    documents: documents.length,
    counterfactual: documents.filter(({ counterfactual }) => counterfactual).length,
    tokens: documents.reduce((sum, { tokens }) => sum + tokens, 0),
    sha256: hash.digest('hex'),
  };
}

/** The first of the questions in a drawn order, the same for every set as far as its documents determine the answers. */
function questionsOf(
  set: BenchmarkManifest['sets'][number],
  documents: readonly TrueDocument[],
): BenchmarkQuestion[] {
  const place = (id: string): number => createRandom(`${values.seed}/${id.split('_').at(-1)}`)();
  return answerable(set, documents)
    .sort((left, right) => place(left.id) - place(right.id))
    .slice(0, Number(values.questions));
}

/** The questions whose answer the set's documents determine, with what it then is. */
function answerable(
  { name: set, documents: count }: BenchmarkManifest['sets'][number],
  documents: readonly TrueDocument[],
): BenchmarkQuestion[] {
  return (['factbook', 'debian'] as const).flatMap((domain) => {
    const rows = documents.filter((document) => document.domain === domain).map(({ row }) => row);
    const files = [`${heldOut}${domain}.jsonl`, `${data}${domain}/questions.jsonl`];
    const asked: PeoplesQuestion[] = files.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line): PeoplesQuestion => JSON.parse(line)),
    );
    return answerFromTruth({ ...tables[domain], rows, questions: asked }).map(
      ({ question, answer, read: holding }) => {
        const isRanked = question.answer_type === 'ranked_list';
        const isPercentage = question.answer_type === 'number' && /percent/i.test(question.question);
        return {
          id: `${domain}_${set}_${question.id}`,
          set,
          question: question.question,
          language: 'en' as const,
          answer,
          answer_type: Array.isArray(answer?.[0 as never])
            ? ('rows' as const)
            : isRanked || question.answer_type === 'list'
              ? ('list' as const)
              : isPercentage
                ? ('percentage' as const)
                : question.answer_type === 'string'
                  ? ('string' as const)
                  : ('number' as const),
          ...(isRanked && { ordered: true }),
          family: 'other' as const,
          difficulty: question.difficulty ?? ('medium' as const),
          look_up: /\b(?:name|package)='/.test(question.sql),
          domain,
          plan: null,
          sql: question.sql,
          dispersion: { read: holding / count, decisive: 0 },
          evidence: [],
        };
      },
    );
  });
}
