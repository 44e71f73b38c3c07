import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';
import { BenchmarkError } from '../benchmark-error.ts';

/** A record of a file, not yet checked. Numbers count from 1. */
export interface DatasetRecord {
  readonly number: number;
  readonly value: unknown;
}

/**
 * Reads the records of a file one after the other, however long it is: `.jsonl`, `.json` (an array of objects, or JSON
 * lines), `.parquet`, `.csv` or `.tsv`.
 *
 * @throws {BenchmarkError} when the file cannot be read, or a record is broken (with its number).
 */
export async function* readRecords(path: string): AsyncGenerator<DatasetRecord> {
  const kind = extname(path).toLowerCase();
  const table = tableReaders.get(kind);
  const values = table === undefined ? readJson(path) : readTable(path, table);
  let number = 0;
  try {
    for await (const value of values) {
      number += 1;
      yield { number, value };
    }
  } catch (error) {
    if (error instanceof BenchmarkError) throw error;
    throw new BenchmarkError({
      message: `${path} cannot be read after record ${number}: ${error instanceof Error ? error.message : String(error)}.`,
      remedy: 'Give a .jsonl, .json, .parquet, .csv or .tsv file as the data set publishes it.',
      cause: error,
    });
  }
}

const tableReaders = new Map([
  ['.parquet', (file: string) => `read_parquet(${file})`],
  ['.csv', (file: string) => `read_csv(${file}, header = true, all_varchar = true, strict_mode = false)`],
  [
    '.tsv',
    (file: string) =>
      `read_csv(${file}, delim = '\t', quote = '"', header = true, all_varchar = true, strict_mode = false)`,
  ],
]);

async function* readTable(path: string, reader: (file: string) => string): AsyncGenerator<unknown> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const result = await connection.stream(`SELECT * FROM ${reader(`'${path.replaceAll("'", "''")}'`)}`);
    for await (const rows of result.yieldRowObjectJson()) yield* rows;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function* readJson(path: string): AsyncGenerator<unknown> {
  if (await beginsWithBracket(path)) {
    yield* readArray(createReadStream(path, 'utf8'));
    return;
  }
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (line.trim() !== '') yield JSON.parse(line.replace(/^\ufeff/u, ''));
  }
}

async function beginsWithBracket(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return /^[\ufeff\s]*\[/u.test(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await file.close();
  }
}

/** The objects of a JSON array, each parsed when its closing brace has come. */
async function* readArray(chunks: AsyncIterable<string>): AsyncGenerator<unknown> {
  let [depth, isInString, isEscaped] = [0, false, false];
  let parts: string[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let index = 0; index < chunk.length; index++) {
      const char = chunk.charCodeAt(index);
      if (isEscaped) isEscaped = false;
      else if (isInString) {
        if (char === backslash) isEscaped = true;
        else if (char === quote) isInString = false;
      } else if (char === quote) isInString = true;
      else if (char === openBrace) {
        if (depth === 0) start = index;
        depth += 1;
      } else if (char === closeBrace) {
        depth -= 1;
        if (depth > 0) continue;
        yield JSON.parse(parts.join('') + chunk.slice(start, index + 1));
        parts = [];
      }
    }
    if (depth > 0) parts.push(chunk.slice(start));
  }
  if (depth > 0) throw new SyntaxError('the last record is cut');
}

const [backslash, quote, openBrace, closeBrace] = [0x5c, 0x22, 0x7b, 0x7d];
