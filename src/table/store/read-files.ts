import { availableParallelism } from 'node:os';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { DocumentFormat } from '../../corpus/document.ts';
import { WorkerPool } from '../../corpus/worker-pool.ts';
import type { FileToRead } from './file-changes.ts';
import { FileWriter, type FileInReading } from './file-writer.ts';
import { Handoff } from './handoff.ts';
import type { Batch } from './batch.ts';
import type { ReadResult, ReadTask } from './read-task.ts';

/** What has been read so far in this run. */
export interface ReadCounts {
  readonly filesDone: number;
  readonly documents: number;
  readonly tokens: number;
}

/** A file that takes longer is given up with a reason. */
const fileTimeoutMilliseconds = 600_000;

/**
 * Reads files in worker threads and appends what they hold, in the order of the list, committing between
 * files. Workers are at most a few files ahead, and wait while their batches are not taken: memory stays bounded
 * however large the corpus or a file in it. When `signal` is aborted, the files done so far are kept.
 */
export async function readFiles({
  connection,
  files,
  tokenizer,
  titles,
  madeFrom,
  signal,
  onProgress,
}: {
  connection: DuckDBConnection;
  files: readonly FileToRead[];
  tokenizer: string;
  titles?: ReadonlyMap<string, string> | undefined;
  madeFrom?: ReadonlyMap<string, DocumentFormat> | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((counts: ReadCounts) => void) | undefined;
}): Promise<ReadCounts> {
  if (files.length === 0) return { filesDone: 0, documents: 0, tokens: 0 };
  const workers = workersFor(files);
  const pool = new WorkerPool<ReadTask, ReadResult, Batch>({
    module: new URL(
      import.meta.url.endsWith('.ts') ? './read-worker.ts' : './read-worker.js',
      import.meta.url,
    ),
    size: workers,
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
    timeoutMilliseconds: fileTimeoutMilliseconds,
  });
  const writer = await FileWriter.begin(connection);
  let failed = true;
  try {
    let counts: ReadCounts = { filesDone: 0, documents: 0, tokens: 0 };
    const jobs: FileInReading[] = [];
    for (let next = 0; counts.filesDone < files.length;) {
      for (let file = files[next]; file !== undefined && jobs.length < workers * 4; file = files[++next]) {
        const { path } = file.file;
        const known = { title: titles?.get(path), madeFrom: madeFrom?.get(path) };
        jobs.push(startJob({ pool, file, tokenizer, ...known, signal }));
      }
      const job = jobs.shift();
      if (job === undefined) break;
      const added = await writer.takeFile(job, signal);
      if (signal?.aborted) break;
      counts = {
        filesDone: counts.filesDone + 1,
        documents: counts.documents + added.documents,
        tokens: counts.tokens + added.tokens,
      };
      onProgress?.(counts);
    }
    failed = false;
    return counts;
  } finally {
    await pool.close();
    await (failed ? writer.abandon() : writer.end());
  }
}

/** Starting a worker takes as long as reading so much. */
const bytesWorthAWorker = 256 * 1024;

function workersFor(files: readonly FileToRead[]): number {
  const bytes = files.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  const worthwhile = Math.max(1, Math.ceil(bytes / bytesWorthAWorker));
  return Math.min(files.length, availableParallelism(), worthwhile);
}

function startJob({
  pool,
  file,
  tokenizer,
  title,
  madeFrom,
  signal,
}: {
  pool: WorkerPool<ReadTask, ReadResult, Batch>;
  file: FileToRead;
  tokenizer: string;
  title: string | undefined;
  madeFrom: DocumentFormat | undefined;
  signal?: AbortSignal | undefined;
}): FileInReading {
  const batches = new Handoff<Batch>();
  const { path, absolutePath } = file.file;
  const task: ReadTask = { path, absolutePath, tokenizer, title, madeFrom, knownHash: file.knownHash };
  const result = pool
    .run(task, { signal, onPart: (batch) => batches.put(batch) })
    .catch((error: unknown): ReadResult => {
      const reason = error instanceof Error ? error.message : String(error);
      return { status: 'skipped', hash: null, reason };
    })
    .finally(() => batches.close());
  return { source: file, batches, result };
}
