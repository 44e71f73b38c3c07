import { readFile, readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { CorpusDocument, DocumentFormat } from '../../src/corpus/document.ts';
import { formatReaders } from '../../src/corpus/formats/index.ts';
import type { ParsedDocument } from '../../src/corpus/formats/format-parser.ts';
import type { Reading } from '../../src/table/reading.ts';
import { readDocument } from '../../src/table/reader/pattern-reader.ts';

const help = `Compares what is read from renderings of documents with what is read from their Markdown.

  node benchmarks/formats/compare.ts [--in FOLDER] [--format html …] [--show 0] [--json]

--in      what render.ts wrote          (default as there)
--format  html, docx, xlsx or pdf        (default all)
--show    how many differences are shown (default 0)

Alike is a reading with the same section, label, entity, period and value; the second share leaves the section
out. Speed is of parsing alone, one thread, in MB of file and of text and in tokens (4 characters each).`;

const formats = { html: 'html', docx: 'docx', xlsx: 'xlsx', pdf: 'pdf' } as const;
const targets = { html: 0.98, docx: 0.98, xlsx: 0.98, pdf: 0.95 } as const;
type RenderedFormat = keyof typeof formats;

interface Comparison {
  readonly format: RenderedFormat;
  readonly readings: number;
  readonly alike: number;
  readonly alikeWithoutSection: number;
  readonly added: number;
  readonly fileMegabytesPerSecond: number;
  readonly textMegabytesPerSecond: number;
  readonly tokensPerSecond: number;
}

async function compareFormat(folder: string, format: RenderedFormat, show: number): Promise<Comparison> {
  let [readings, alike, alikeWithoutSection, added] = [0, 0, 0, 0];
  let [bytes, characters, milliseconds, shown] = [0, 0, 0, 0];
  for (const file of await readdir(path.join(folder, 'markdown'))) {
    const name = path.basename(file, '.md');
    const expected = readingsOf(await parse(path.join(folder, 'markdown', file), 'markdown'));
    const rendered = await parse(path.join(folder, format, `${name}.${format}`), formats[format]);
    const found = readingsOf(rendered);
    bytes += rendered.bytes;
    characters += rendered.documents.reduce((sum, document) => sum + document.text.length, 0);
    milliseconds += rendered.milliseconds;
    readings += expected.length;
    const strict = match(expected, found, (each) => [each.section, each.label, each.statement]);
    alike += strict.matched;
    added += found.length - strict.matched;
    alikeWithoutSection += match(expected, found, (each) => [each.label, each.statement]).matched;
    for (const missing of strict.missing.slice(0, Math.max(0, show - shown))) {
      console.log(`${format} ${name}: not alike: ${missing}`);
      shown += 1;
    }
  }
  const seconds = milliseconds / 1000;
  return {
    format,
    readings,
    alike: alike / readings,
    alikeWithoutSection: alikeWithoutSection / readings,
    added: added / readings,
    fileMegabytesPerSecond: bytes / 1e6 / seconds,
    textMegabytesPerSecond: characters / 1e6 / seconds,
    tokensPerSecond: characters / 4 / seconds,
  };
}

interface Parsed {
  readonly documents: readonly ParsedDocument[];
  readonly format: DocumentFormat;
  readonly bytes: number;
  readonly milliseconds: number;
}

async function parse(file: string, format: DocumentFormat): Promise<Parsed> {
  const bytes = await readFile(file);
  const reader = formatReaders[format];
  if (reader.reads !== 'whole') throw new Error(`${format} is read as a stream`);
  const parser = await reader.load();
  const started = performance.now();
  const documents = await Array.fromAsync(parser({ bytes, path: path.basename(file), absolutePath: file }));
  return { documents, format, bytes: bytes.length, milliseconds: performance.now() - started };
}

interface ComparedReading {
  readonly section: readonly string[];
  readonly label: readonly string[];
  readonly statement: readonly unknown[];
}

/** The readings of a file. What a record of a table states, it states of the entity that it is named by. */
function readingsOf(parsed: Parsed): ComparedReading[] {
  return parsed.documents.flatMap((document) => {
    const { fragment, title, text, sourceMap } = document;
    const { format } = parsed;
    const whole: CorpusDocument = {
      id: '',
      path: '',
      fragment,
      title,
      format,
      text,
      sourceMap,
      hash: '',
      tokens: 0,
    };
    const isRecord = fragment?.includes('!') === true;
    return readDocument(whole).map((reading) => ({
      section: reading.section,
      label: reading.label,
      statement: [reading.entity ?? (isRecord ? title : null), reading.period, comparedValue(reading)],
    }));
  });
}

/** Line breaks and spaces within a text are no difference. */
function comparedValue(reading: Reading): unknown {
  const { value } = reading;
  if (value.type === 'text') return { ...value, text: value.text.replaceAll(/\s+/gu, ' ') };
  return value;
}

function match(
  expected: readonly ComparedReading[],
  found: readonly ComparedReading[],
  key: (reading: ComparedReading) => unknown,
): { readonly matched: number; readonly missing: readonly string[] } {
  const counts = new Map<string, number>();
  for (const reading of found) {
    const text = JSON.stringify(key(reading));
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const missing: string[] = [];
  for (const reading of expected) {
    const text = JSON.stringify(key(reading));
    const count = counts.get(text) ?? 0;
    if (count > 0) counts.set(text, count - 1);
    else missing.push(text);
  }
  return { matched: expected.length - missing.length, missing };
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

function isRenderedFormat(name: string): name is RenderedFormat {
  return Object.hasOwn(formats, name);
}

const { values } = parseArgs({
  options: {
    in: { type: 'string', default: path.join(os.tmpdir(), 'corpuscope-formats') },
    format: { type: 'string', multiple: true, default: Object.keys(formats) },
    show: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(help);
} else {
  for (const format of values.format.filter(isRenderedFormat)) {
    const result = await compareFormat(values.in, format, Number(values.show));
    if (values.json) console.log(JSON.stringify(result));
    else {
      const speed = `${result.textMegabytesPerSecond.toFixed(2)} MB text/s, ${result.fileMegabytesPerSecond.toFixed(2)} MB file/s, ${Math.round(result.tokensPerSecond).toLocaleString('en-US')} tokens/s`;
      const verdict = result.alikeWithoutSection >= targets[format] ? 'reaches' : 'MISSES';
      console.log(
        `${format.padEnd(5)} ${result.readings} readings, ${percent(result.alike)} alike, ${percent(result.alikeWithoutSection)} without section (${verdict} ${percent(targets[format])}), ${percent(result.added)} others; ${speed}`,
      );
    }
  }
}
