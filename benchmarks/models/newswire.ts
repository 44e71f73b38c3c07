/**
 * How well a language model reads fields that news reports state in prose, beside the pattern reader and beside the
 * most frequent value. Some reports are demonstrations and are not scored.
 *
 *   node benchmarks/models/newswire.ts FOLDER --model ID [--fields country,incident_type,incident_date]
 *     [--documents 60] [--examples 6] [--window TOKENS] [--output-limit TOKENS] [--concurrency CALLS] [--work FOLDER]
 *
 * FOLDER holds `docs/*.txt` and `truth.csv` with the column doc_id and one a field. `--work` keeps the corpus and the
 * ledger there: killed and started again, a run goes on where it was.
 */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { modelProviders } from '../../src/cli/model-providers.ts';
import { openModelSession } from '../../src/models/index.ts';
import {
  openCorpus,
  readCorpus,
  readFieldsByModels,
  resolveCorpus,
  toDeclaredField,
  type DeclaredField,
  type ModelOutcome,
  type OpenCorpus,
} from '../../src/table/index.ts';
import { foldLabel } from '../../src/table/values/index.ts';
import { EvaluatedTokens } from './evaluated-tokens.ts';

type Truth = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** So many values of the first field are shown, the most frequent ones. */
const valuesShown = 3;
/** A field of more values is no choice. */
const mostChoices = 12;

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string' },
    fields: { type: 'string', default: 'country,incident_type,incident_date' },
    documents: { type: 'string', default: '60' },
    examples: { type: 'string', default: '6' },
    window: { type: 'string' },
    'output-limit': { type: 'string' },
    concurrency: { type: 'string' },
    work: { type: 'string' },
  },
});
const [folder] = positionals;
if (folder === undefined || options.model === undefined) {
  console.error(
    'Usage: node benchmarks/models/newswire.ts FOLDER --model ID; FOLDER holds docs/ and truth.csv.',
  );
  process.exitCode = 2;
} else {
  const work = options.work ?? (await mkdtemp(join(tmpdir(), 'corpuscope-newswire-')));
  try {
    await measure({ folder, id: options.model, work });
  } finally {
    if (options.work === undefined) await rm(work, { recursive: true, force: true });
  }
}

async function measure({ folder, id, work }: { folder: string; id: string; work: string }): Promise<void> {
  const truth = await readTruth(join(folder, 'truth.csv'));
  const names = (await readdir(join(folder, 'docs'))).filter((name) => truth.has(idOf(name))).sort();
  // Spread over the folder, which is ordered by source and day.
  const wanted = Math.min(Number(options.documents) + Number(options.examples), names.length);
  const chosen = names.filter((_, index) => (index * wanted) % names.length < wanted);
  const fieldNames = options.fields.split(',');
  const demonstrated = await demonstrationsOf({
    docs: join(folder, 'docs'),
    names: chosen,
    truth,
    fields: fieldNames,
  });
  const scored = chosen.filter((name) => !demonstrated.has(name));
  const texts = join(work, 'docs');
  await mkdir(texts, { recursive: true });
  for (const name of scored) await copyFile(join(folder, 'docs', name), join(texts, name));
  const location = await resolveCorpus({ input: texts, store: join(work, 'store') });
  await readCorpus({ location });
  const corpus = await openCorpus({ location });
  const evaluation = new EvaluatedTokens();
  const session = openModelSession({
    ledgerFile: join(location.storeFolder, 'ledger.sqlite'),
    providers: modelProviders.map((provider) => evaluation.countedFor(provider)),
    ...(options.concurrency !== undefined && { concurrency: Number(options.concurrency) }),
  });
  const declaration = {
    ...(options.window !== undefined && { windowTokens: Number(options.window) }),
    ...(options['output-limit'] !== undefined && { maximumOutputTokens: Number(options['output-limit']) }),
  };
  try {
    const model = await session.client(id, declaration);
    const fields = fieldNames.map((name) => fieldOf({ name, truth, demonstrated }));
    const outcomes: ModelOutcome[] = [];
    const started = performance.now();
    const report = await readFieldsByModels({
      corpus,
      models: [model],
      attempts: 1,
      fields,
      onOutcome: (outcome) => outcomes.push(outcome),
    });
    const seconds = (performance.now() - started) / 1000;
    console.log(`${scored.length} reports scored, ${demonstrated.size} shown`);
    for (const { name, label } of fields) {
      const read = await valuesByDocument(
        corpus,
        outcomes.filter(({ field }) => field === name),
      );
      console.log(`${name}: ${JSON.stringify(report.fields[name])}`);
      console.log(`  most frequent value  ${mostFrequent(scored, truth, name)}`);
      console.log(`  patterns             ${tally(scored, truth, name, await patternValues(corpus, label))}`);
      console.log(`  ${id.padEnd(19)}  ${tally(scored, truth, name, read)}`);
    }
    const { calls, inputTokens, outputTokens } = report.cost;
    console.log(
      `${calls} calls made now, ${inputTokens} tokens in, ${outputTokens} out, ${seconds.toFixed(0)} s; ` +
        evaluation.summary(),
    );
    for (const { cause, documents } of report.failures) console.log(`${documents} reports failed: ${cause}`);
  } finally {
    await session.close();
    corpus.close();
  }
}

/** A field as its true values tell: a date, a choice of few values, or any text. */
function fieldOf({
  name,
  truth,
  demonstrated,
}: {
  name: string;
  truth: Truth;
  demonstrated: ReadonlyMap<string, string>;
}): DeclaredField {
  const stated = [...truth.values()].flatMap((row) => row[name] || []);
  const values = [...new Set(stated)].sort();
  const isDate = values.every((value) => /^\d{4}-\d{2}-\d{2}$/.test(value));
  return toDeclaredField({
    name,
    ...(isDate && { type: 'date' as const }),
    ...(values.length <= mostChoices && { values }),
    examples: [...demonstrated].map(([document, text]) => ({
      text,
      value: truth.get(idOf(document))?.[name] ?? '',
    })),
  });
}

function idOf(file: string): string {
  return file.replace(/\.txt$/, '');
}

async function readTruth(file: string): Promise<Truth> {
  const rows: Record<string, string>[] = parse(await readFile(file, 'utf8'), { columns: true });
  return new Map(rows.map((row) => [row['doc_id'] ?? '', row]));
}

/**
 * Short reports that state all fields, of the most frequent values of the first field in turn, the most frequent last: a
 * small model goes by what it saw last, and an answer that it gives for all is then the likeliest one.
 */
async function demonstrationsOf({
  docs,
  names,
  truth,
  fields,
}: {
  docs: string;
  names: readonly string[];
  truth: Truth;
  fields: readonly string[];
}): Promise<ReadonlyMap<string, string>> {
  const valueOf = (name: string, field: string): string => truth.get(idOf(name))?.[field] ?? '';
  const whole = names.filter((name) => fields.every((field) => valueOf(name, field) !== ''));
  const read = await Promise.all(
    whole.map(async (name) => ({ name, text: await readFile(join(docs, name), 'utf8') })),
  );
  const shortest = read.sort((left, right) => left.text.length - right.text.length);
  const groups = [...Map.groupBy(shortest, ({ name }) => valueOf(name, fields[0] ?? '')).values()]
    .sort((left, right) => right.length - left.length)
    .slice(0, valuesShown);
  const rounds = Math.ceil(Number(options.examples) / valuesShown);
  const chosen = Array.from({ length: rounds }, (_, round) => groups.flatMap((group) => group[round] ?? []));
  const shown = chosen.flat().slice(0, Number(options.examples)).reverse();
  return new Map(shown.map(({ name, text }) => [name, text]));
}

async function valuesByDocument(
  corpus: OpenCorpus,
  outcomes: readonly ModelOutcome[],
): Promise<ReadonlyMap<string, string>> {
  const nameOf = new Map<string, string>();
  for await (const { hash, path } of corpus.documents()) nameOf.set(hash, path);
  return new Map(
    outcomes.flatMap(({ documentHash, readings: [first] }) => {
      const name = nameOf.get(documentHash);
      if (name === undefined || first === undefined) return [];
      const { value } = first;
      return [[name, value.type === 'text' ? value.text : value.type === 'date' ? value.date : '']];
    }),
  );
}

/** What the pattern reader found for the field of that name, where it has one. */
async function patternValues(corpus: OpenCorpus, label: string): Promise<ReadonlyMap<string, string>> {
  const { facts } = await corpus.facts({ field: label, limit: 100_000 });
  return new Map(facts.toReversed().map(({ document, value }) => [document, String(value)]));
}

function tally(
  documents: readonly string[],
  truth: Truth,
  field: string,
  read: ReadonlyMap<string, string>,
): string {
  const stated = documents.filter((name) => (truth.get(idOf(name))?.[field] ?? '') !== '');
  const found = stated.filter((name) => read.has(name));
  const right = found.filter(
    (name) => foldLabel(read.get(name) ?? '') === foldLabel(truth.get(idOf(name))?.[field] ?? ''),
  );
  return (
    `${right.length} of ${stated.length} cells right (${percent(right.length, stated.length)}), ` +
    `${found.length - right.length} wrong, ${stated.length - found.length} missing`
  );
}

function mostFrequent(documents: readonly string[], truth: Truth, field: string): string {
  const stated = documents.flatMap((name) => truth.get(idOf(name))?.[field] || []);
  const [value, same] = [...Map.groupBy(stated, (each) => each)].sort(
    ([, left], [, right]) => right.length - left.length,
  )[0] ?? ['', []];
  return `${value}: ${percent(same.length, stated.length)}`;
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}
