import { CsvError, parse } from 'csv-parse';
import { decodeStream, detectStreamEncoding } from '../decode-text.ts';
import { UnreadableFileError } from '../unreadable-file-error.ts';
import { sniffDialect } from './csv-dialect.ts';
import { findTableStart, withWordsOfHeaderApart } from './csv-header.ts';
import { csvPairs } from './csv-pairs.ts';
import type { ParsedDocument, StreamParserInput } from './format-parser.ts';
import { columnLabels, recordText } from './record-text.ts';
import { chooseTitleColumn, titleSampleRows } from './title-column.ts';

const sniffedCharacters = 65_536;

/** A row with the line of the file where it starts. */
interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a CSV, TSV or other delimited file: each row below the header is a document of `header: value` lines.
 * Delimiter, quotes, header and the column that names the rows are found from the start of the file. A small file
 * that states an attribute of one thing a row is one document.
 */
export async function* parseCsv(input: StreamParserInput): AsyncGenerator<ParsedDocument> {
  const rows = readRows(input);
  try {
    const sample: Row[] = [];
    for (let next = await rows.next(); next.done !== true; next = await rows.next()) {
      sample.push(next.value);
      if (sample.length === titleSampleRows) break;
    }
    const pairs = sample.length < titleSampleRows ? csvPairs(sample) : null;
    if (pairs !== null) {
      const segments = pairs.lines.map(({ start, line }) => ({ start, location: { line } }));
      yield { fragment: null, title: null, text: pairs.text, sourceMap: { segments } };
      return;
    }
    const { header, records } = tableOf(sample, input);
    const labels = columnLabels(
      header === null ? widest(records).map(() => '') : withWordsOfHeaderApart(header),
    );
    const titleColumn = chooseTitleColumn({ headers: header ?? [], rows: records.map(({ cells }) => cells) });
    let number = 0;
    const documentOf = ({ line, cells }: Row): ParsedDocument | null => {
      const text = recordText(labels, cells);
      if (text === '' || isRepeatedHeader(cells, header)) return null;
      number += 1;
      return {
        fragment: `row=${number}`,
        title: (titleColumn === null ? '' : (cells[titleColumn] ?? '')).trim() || null,
        text,
        sourceMap: { segments: [{ start: 0, location: { row: number, line } }] },
      };
    };
    for (const row of records) {
      const document = documentOf(row);
      if (document !== null) yield document;
    }
    for await (const row of rows) {
      const document = documentOf(row);
      if (document !== null) yield document;
    }
  } finally {
    await rows.return(undefined);
  }
}

function tableOf(
  sample: readonly Row[],
  input: StreamParserInput,
): { header: readonly string[] | null; records: readonly Row[] } {
  const { preambleRows, hasHeader } = findTableStart(sample.map(({ cells }) => cells));
  const header = hasHeader ? (sample[preambleRows] ?? null) : null;
  if (preambleRows > 0) {
    input.warn(`what stands above the header in line ${sample[preambleRows]?.line} is left out`);
  }
  const records = sample.slice(preambleRows + (hasHeader ? 1 : 0));
  if (sample.length > 0 && records.length === 0) {
    throw new UnreadableFileError(input.path, 'no rows below the header');
  }
  return { header: header?.cells ?? null, records };
}

function widest(rows: readonly Row[]): readonly string[] {
  return rows.reduce<readonly string[]>((most, { cells }) => (cells.length > most.length ? cells : most), []);
}

/** Files that were joined one after the other repeat their header. */
function isRepeatedHeader(cells: readonly string[], header: readonly string[] | null): boolean {
  return (
    header !== null && cells.length === header.length && cells.every((cell, index) => cell === header[index])
  );
}

/** Ends early, with a warning, where the file stops being a table. */
async function* readRows(input: StreamParserInput): AsyncGenerator<Row, undefined> {
  const encoding = await detectStreamEncoding(input.open());
  const chunks = decodeStream(input.open(), encoding);
  const { start, separator } = withoutSeparatorLine(await firstCharacters(chunks));
  const dialect = sniffDialect(start);
  const records: string[][] = [];
  const parser = parse({
    delimiter: separator ?? dialect.delimiter,
    quote: dialect.quote,
    escape: dialect.quote,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: '\n',
    max_record_size: input.maximumRecordBytes,
    on_record: (record: string[]) => {
      records.push(record);
      return null;
    },
  });
  // Errors are those that a step fails with; as an event they would end the process.
  parser.on('error', () => {}).resume();
  const firstLine = separator === null ? 1 : 2;
  const position = { line: firstLine };
  try {
    for await (const chunk of joined(start, chunks)) {
      await step((done) => parser.write(chunk, done));
      yield* takeRows(records, position);
    }
    await step((done) => parser.end(done));
    yield* takeRows(records, position);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield* takeRows(records, position);
    const problem = csvProblem(error, { line: position.line, input });
    if (position.line === firstLine) throw new UnreadableFileError(input.path, problem, { cause: error });
    input.warn(`${problem}; the rows from there on are not read`);
  } finally {
    parser.destroy();
  }
}

async function step(start: (done: (error?: Error | null) => void) => unknown): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    start((error) => (error === undefined || error === null ? resolve() : reject(error)));
  });
}

function* takeRows(records: string[][], position: { line: number }): Generator<Row, undefined> {
  for (const cells of records) {
    const { line } = position;
    position.line += 1 + lineBreaksIn(cells);
    if (cells.length > 1 || cells[0] !== '') yield { line, cells };
  }
  records.length = 0;
}

function csvProblem(error: CsvError, at: { line: number; input: StreamParserInput }): string {
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    const limit = Math.round(at.input.maximumRecordBytes / 2 ** 20);
    return `the row at line ${at.line} is longer than ${limit} MB`;
  }
  if (error.code === 'CSV_QUOTE_NOT_CLOSED')
    return `a quote opened at or below line ${at.line} is never closed`;
  return `not a table from line ${at.line} on (${error.code})`;
}

/** Line breaks within the cells of a row. */
function lineBreaksIn(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) breaks += 1;
  }
  return breaks;
}

async function firstCharacters(chunks: AsyncIterator<string>): Promise<string> {
  let text = '';
  while (text.length < sniffedCharacters) {
    const next = await chunks.next();
    if (next.done === true) break;
    text += next.value;
  }
  return text;
}

/** Excel may write `sep=;` as a first line. */
function withoutSeparatorLine(text: string): { start: string; separator: string | null } {
  const match = /^sep=(.)\n/i.exec(text);
  if (match === null) return { start: text, separator: null };
  return { start: text.slice(match[0].length), separator: match[1] ?? null };
}

async function* joined(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (first !== '') yield first;
  for await (const chunk of rest) if (chunk !== '') yield chunk;
}
