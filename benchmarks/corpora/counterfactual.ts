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
import { inventName } from '../../src/benchmark/counterfactual/invent-name.ts';
import { CopiedText, findRanges, type StatedNumber } from '../../src/benchmark/counterfactual/copied-text.ts';
import { createRandom } from '../../src/benchmark/random.ts';

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
  const ranges = findRanges(documents.flatMap(numbersOf));
  const truth = createWriteStream(join(ensureFolder(options.out), 'truth.jsonl'));
  const names = new Set(documents.flatMap(({ title }) => title ?? []));
  const manifest: { path: string; copyOf: string | null; entity: string | null }[] = [];
  let tokens = 0;
  for (let copy = 0; tokens < options.tokens; copy += 1) {
    for (const document of documents) {
      if (tokens >= options.tokens) break;
      const path = copy === 0 ? document.path : document.path.replace(/(\.\w+)?$/, `-copy${copy}$1`);
      const random = createRandom(`${options.seed}/${path}`);
      const entity = copy === 0 ? document.title : inventName(random, names);
      const made =
        copy === 0
          ? { text: document.text, numbers: [] }
          : new CopiedText({
              text: document.text,
              numbers: numbersOf(document),
              ranges,
              names: document.title === null ? [] : [document.title],
            }).copy({ newName: entity ?? '', seed: `${options.seed}/${path}` });
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

function numbersOf(document: CorpusDocument): StatedNumber[] {
  return readDocument(document)
    .filter(isQuantity)
    .map((reading) => ({
      label: [...reading.section.slice(-1), ...reading.label].join(' > '),
      number: reading.value.number,
      start: reading.valueStart,
      end: reading.valueEnd,
    }));
}

function isQuantity(
  reading: Reading,
): reading is Reading & { value: { type: 'number' | 'percentage'; number: number } } {
  return reading.value.type === 'number' || reading.value.type === 'percentage';
}
