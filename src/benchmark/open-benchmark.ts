import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import { documentFormats, readLines } from '../corpus/index.ts';
import { BenchmarkError } from './benchmark-error.ts';
import {
  benchmarkFiles,
  benchmarkManifestSchema,
  benchmarkQuestionSchema,
  type BenchmarkDocument,
  type BenchmarkManifest,
  type BenchmarkQuestion,
  type BenchmarkSet,
} from './benchmark-format.ts';

/** A benchmark folder that has been opened; nothing needs to be closed. */
export interface Benchmark {
  readonly folder: string;
  readonly manifest: BenchmarkManifest;
  /** @throws {BenchmarkError} when there is no such set. */
  set(name: string): BenchmarkSet;
  /** The documents of a set in their order, a few at a time: a set need not fit into memory. */
  documents(request: {
    set: string;
    signal?: AbortSignal | undefined;
  }): AsyncGenerator<BenchmarkDocument, void, undefined>;
  /** The questions of a set, or of all sets where none is named, in the order of the file. */
  questions(request?: { set?: string | undefined }): AsyncGenerator<BenchmarkQuestion, void, undefined>;
}

/**
 * Opens a folder that `bench build` made.
 *
 * @throws {BenchmarkError} when it is none, or was made by a version that is not understood.
 */
export async function openBenchmark({ folder }: { folder: string }): Promise<Benchmark> {
  const manifest = await readManifest(folder);
  const set = (name: string): BenchmarkSet => {
    const found = manifest.sets.find((each) => each.name === name);
    if (found !== undefined) return found;
    throw new BenchmarkError({
      message: `The benchmark ${folder} has no set ${name}.`,
      remedy: `It has ${manifest.sets.map((each) => each.name).join(', ')}.`,
    });
  };
  return {
    folder,
    manifest,
    set,
    documents: ({ set: name, signal }) => readDocuments({ folder, count: set(name).documents, signal }),
    questions: ({ set: name } = {}) => {
      if (name !== undefined) set(name);
      return readQuestions(folder, name);
    },
  };
}

async function readManifest(folder: string): Promise<BenchmarkManifest> {
  const file = join(folder, benchmarkFiles.manifest);
  const remedy = 'Give a folder that `corpuscope bench build` made.';
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const message = `${folder} is no benchmark: ${file} cannot be read.`;
    throw new BenchmarkError({ message, remedy, cause: error });
  }
  const parsed = benchmarkManifestSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new BenchmarkError({
    message: `${file} is not what this version reads:\n${z.prettifyError(parsed.error)}`,
    remedy: 'Build the benchmark again, or use the version that built it.',
    cause: parsed.error,
  });
}

async function* readDocuments({
  folder,
  count,
  signal,
}: {
  folder: string;
  count: number;
  signal: AbortSignal | undefined;
}): AsyncGenerator<BenchmarkDocument, void, undefined> {
  const file = join(folder, benchmarkFiles.documents);
  // Rows come in the order of the file, which is that of their positions.
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '400MB', threads: '1' });
  const connection = await instance.connect();
  try {
    const result = await connection.stream(
      `SELECT * FROM read_parquet('${file.replaceAll("'", "''")}') WHERE position < ${count}`,
    );
    for await (const rows of result.yieldRowObjectJson()) {
      for (const row of rows) {
        signal?.throwIfAborted();
        yield documentSchema.parse(row);
      }
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof BenchmarkError) throw error;
    throw new BenchmarkError({
      message: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      remedy: 'Build the benchmark again.',
      cause: error,
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const documentSchema = z.object({
  position: z.number(),
  id: z.string(),
  title: z.string(),
  source: z.string(),
  text: z.string(),
  // Folders of earlier versions have none.
  format: z.enum(documentFormats).nullable().default(null),
  tokens: z.number(),
  counterfactual: z.boolean(),
});

async function* readQuestions(
  folder: string,
  set: string | undefined,
): AsyncGenerator<BenchmarkQuestion, void, undefined> {
  const file = join(folder, benchmarkFiles.questions);
  let number = 0;
  for await (const line of readLines(createReadStream(file))) {
    number += 1;
    if (line.trim() === '') continue;
    const question = parseQuestionLine(line, `${file}:${number}`);
    if (set === undefined || question.set === set) yield question;
  }
}

function parseQuestionLine(line: string, place: string): BenchmarkQuestion {
  try {
    return benchmarkQuestionSchema.parse(JSON.parse(line));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : 'it is no JSON';
    throw new BenchmarkError({
      message: `${place} is no question of a benchmark: ${why}`,
      remedy: 'Mend the line, or build the benchmark again.',
      cause: error,
    });
  }
}
