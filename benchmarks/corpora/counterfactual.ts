// Makes counterfactual copies of a folder of Markdown or text documents, for measuring at lengths for which there
// is no real text: in each copy the entity is renamed and every number that the pattern reader recognises is
// redrawn by seed within the range of its field, written in the notation of the original. Plain repetition would
// not do: copies would collapse into one entity or tie everywhere.
//
//   node benchmarks/corpora/counterfactual.ts FOLDER --out FOLDER --tokens 10000000 [--seed 1]
//
// Writes the originals and as many copies as the length needs, `manifest.json` (what is real, what is not) and
// `truth.jsonl` (every number as it now stands).
import { mkdirSync, writeFileSync, createWriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CorpusDocument } from '../../src/corpus/document.ts';
import { listFiles } from '../../src/corpus/list-files.ts';
import { parseFile } from '../../src/corpus/parse-file.ts';
import { loadTokenizer } from '../../src/corpus/tokenizer.ts';
import { readDocument } from '../../src/table/reader/pattern-reader.ts';
import type { Reading } from '../../src/table/reading.ts';
import { createRandom, type Random } from './random.ts';

interface NumberReading {
  readonly label: string;
  readonly number: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

const syllables = 'ba dor el fin gra hal ist ka lo mer nia os pra quen ri sel tav ul vor zan'.split(' ');

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    tokens: { type: 'string', default: '10000000' },
    seed: { type: 'string', default: '1' },
  },
});
const [folder] = positionals;
const { out } = values;
if (folder === undefined || out === undefined) {
  console.error(
    'usage: node benchmarks/corpora/counterfactual.ts FOLDER --out FOLDER [--tokens N] [--seed N]',
  );
  process.exit(2);
}
await makeCopies({ folder, out, tokens: Number(values.tokens), seed: Number(values.seed) });

async function makeCopies(options: {
  folder: string;
  out: string;
  tokens: number;
  seed: number;
}): Promise<void> {
  const tokenizer = await loadTokenizer('o200k');
  const documents: CorpusDocument[] = [];
  for await (const entry of listFiles(options.folder)) {
    if (entry.status !== 'file') continue;
    for await (const document of parseFile({ ...entry, tokenizer })) documents.push(document);
  }
  const ranges = findRanges(documents);
  const truth = createWriteStream(join(ensureFolder(options.out), 'truth.jsonl'));
  const names = new Set(documents.map(({ title }) => title));
  const manifest: { path: string; copyOf: string | null; entity: string | null }[] = [];
  let tokens = 0;
  for (let copy = 0; tokens < options.tokens; copy += 1) {
    for (const document of documents) {
      if (tokens >= options.tokens) break;
      const path = copy === 0 ? document.path : document.path.replace(/(\.\w+)?$/, `-copy${copy}$1`);
      const random = createRandom(`${options.seed}/${path}`);
      const entity = copy === 0 ? document.title : inventName(random, names);
      const made =
        copy === 0 ? { text: document.text, numbers: [] } : rewrite({ document, entity, ranges, random });
      const target = join(options.out, 'docs', path);
      ensureFolder(dirname(target));
      writeFileSync(target, made.text);
      for (const number of made.numbers) truth.write(`${JSON.stringify({ path, ...number })}\n`);
      manifest.push({ path, copyOf: copy === 0 ? null : document.path, entity });
      tokens += document.tokens;
    }
  }
  truth.end();
  writeFileSync(
    join(options.out, 'manifest.json'),
    JSON.stringify({
      source: options.folder,
      seed: options.seed,
      tokenizer: tokenizer.id,
      tokens,
      documents: manifest,
    }),
  );
  console.log(`${manifest.length} documents, ${tokens} tokens (before rewriting) in ${options.out}`);
}

function ensureFolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

function numbersOf(document: CorpusDocument): NumberReading[] {
  const found = readDocument(document)
    .filter(isQuantity)
    .map((reading) => ({
      label: [...reading.section.slice(-1), ...reading.label].join(' > '),
      number: reading.value.number,
      valueStart: reading.valueStart,
      valueEnd: reading.valueEnd,
    }))
    .sort((left, right) => left.valueStart - right.valueStart);
  return found.filter(({ valueStart }, index) => valueStart >= (found[index - 1]?.valueEnd ?? 0));
}

function isQuantity(
  reading: Reading,
): reading is Reading & { value: { type: 'number' | 'percentage'; number: number } } {
  return reading.value.type === 'number' || reading.value.type === 'percentage';
}

function findRanges(documents: readonly CorpusDocument[]): Map<string, { low: number; high: number }> {
  const ranges = new Map<string, { low: number; high: number }>();
  for (const document of documents) {
    for (const { label, number } of numbersOf(document)) {
      const { low, high } = ranges.get(label) ?? { low: number, high: number };
      ranges.set(label, { low: Math.min(low, number), high: Math.max(high, number) });
    }
  }
  return ranges;
}

function rewrite({
  document,
  entity,
  ranges,
  random,
}: {
  document: CorpusDocument;
  entity: string | null;
  ranges: ReadonlyMap<string, { low: number; high: number }>;
  random: Random;
}): { text: string; numbers: { label: string; value: number }[] } {
  const parts: string[] = [];
  const numbers: { label: string; value: number }[] = [];
  let done = 0;
  for (const { label, number, valueStart, valueEnd } of numbersOf(document)) {
    const written = document.text.slice(valueStart, valueEnd);
    const redrawn = redraw({ written, number, range: ranges.get(label), random });
    if (redrawn === null) continue;
    parts.push(document.text.slice(done, valueStart), redrawn.written);
    numbers.push({ label, value: redrawn.number });
    done = valueEnd;
  }
  parts.push(document.text.slice(done));
  const text = parts.join('');
  const renamed = document.title === null || entity === null ? text : text.replaceAll(document.title, entity);
  return { text: renamed, numbers };
}

/** A new number in the notation of the old one: the same decimals, separators, scale word and unit. */
function redraw({
  written,
  number,
  range,
  random,
}: {
  written: string;
  number: number;
  range: { low: number; high: number } | undefined;
  random: Random;
}): { written: string; number: number } | null {
  const digits = /\d[\d,]*(?:\.\d+)?/.exec(written);
  if (digits === null || range === undefined || number === 0) return null;
  const shown = Number(digits[0].replaceAll(',', ''));
  const scale = Math.abs(number) / shown;
  if (!Number.isFinite(scale) || scale === 0) return null;
  const decimals = /\.(\d+)$/.exec(digits[0])?.[1]?.length ?? 0;
  const low = Math.max(Math.abs(number) / 3, number > 0 ? range.low : -range.high);
  const high = Math.min(Math.abs(number) * 3, number > 0 ? range.high : -range.low);
  const drawn = (low * (high / low) ** random()) / scale;
  if (!Number.isFinite(drawn) || drawn <= 0) return null;
  const rounded = Number(drawn.toFixed(decimals));
  const grouped = digits[0].includes(',') || shown < 1000;
  const text = rounded.toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: grouped,
  });
  return {
    written: written.slice(0, digits.index) + text + written.slice(digits.index + digits[0].length),
    number: Math.sign(number) * rounded * scale,
  };
}

function inventName(random: Random, taken: Set<string | null>): string {
  for (;;) {
    const count = 3 + Math.floor(random() * 2);
    const name = Array.from({ length: count }, () => syllables[Math.floor(random() * syllables.length)]).join(
      '',
    );
    const capitalised = name.charAt(0).toUpperCase() + name.slice(1);
    if (taken.has(capitalised)) continue;
    taken.add(capitalised);
    return capitalised;
  }
}
