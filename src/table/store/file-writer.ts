import type { DuckDBConnection } from '@duckdb/node-api';
import { BatchAppender } from './append-batch.ts';
import type { Batch } from './batch.ts';
import { removeFiles, type FileToRead } from './file-changes.ts';
import type { ReadResult } from './read-task.ts';

/** One file on its way: the batches a worker makes of it, and what becomes of it in the end. */
export interface FileInReading {
  readonly source: FileToRead;
  readonly batches: AsyncIterable<Batch>;
  readonly result: Promise<ReadResult>;
}

/** Work is committed when so much text has been appended, so that a killed run loses little. */
const commitCharacters = 16_000_000;

/** Appends files to the store within transactions of bounded size, each of which holds whole files only. */
export class FileWriter {
  readonly #connection: DuckDBConnection;
  #appender: BatchAppender;
  #nextNumber: number;
  #uncommittedCharacters = 0;

  private constructor(connection: DuckDBConnection, appender: BatchAppender, nextNumber: number) {
    this.#connection = connection;
    this.#appender = appender;
    this.#nextNumber = nextNumber;
  }

  static async begin(connection: DuckDBConnection): Promise<FileWriter> {
    const reader = await connection.runAndReadAll(
      'SELECT coalesce(max(number) + 1, 0)::INTEGER FROM store.documents',
    );
    await connection.run('BEGIN TRANSACTION');
    return new FileWriter(connection, await BatchAppender.open(connection), Number(reader.getRows()[0]?.[0]));
  }

  /**
   * Appends a file as its batches arrive and records what became of it. When `signal` is aborted meanwhile, the
   * file is taken out again, as if it had not been begun.
   */
  async takeFile(
    { source, batches, result: pending }: FileInReading,
    signal?: AbortSignal,
  ): Promise<{ documents: number; tokens: number }> {
    const path = source.file.path;
    let begun = false;
    for await (const batch of batches) {
      if (!begun && source.known) await removeFiles(this.#connection, [path]);
      begun = true;
      const firstNumber = this.#nextNumber;
      this.#nextNumber = this.#appender.append({ batch, path, firstNumber });
      for (const { text } of batch.documents) this.#uncommittedCharacters += text.length;
    }
    const result = await pending;
    if (signal?.aborted) {
      if (begun) await this.#takeOut(path);
      return { documents: 0, tokens: 0 };
    }
    const leftovers = result.status === 'skipped' ? begun || source.known : !begun && source.known;
    if (leftovers && result.status !== 'unchanged') await this.#takeOut(path);
    await this.#record(source, result);
    if (this.#uncommittedCharacters >= commitCharacters) {
      this.#uncommittedCharacters = 0;
      await this.end();
      await this.#connection.run('BEGIN TRANSACTION');
      this.#appender = await BatchAppender.open(this.#connection);
    }
    return result.status === 'read' ? result : { documents: 0, tokens: 0 };
  }

  /** Commits the files taken so far. */
  async end(): Promise<void> {
    this.#appender.close();
    await this.#connection.run('COMMIT');
  }

  /** Gives up the files taken since the last commit, after an error. */
  async abandon(): Promise<void> {
    await this.#connection.run('ROLLBACK');
  }

  async #takeOut(path: string): Promise<void> {
    this.#appender.flush();
    await removeFiles(this.#connection, [path]);
  }

  async #record({ file }: FileToRead, result: ReadResult): Promise<void> {
    const { path, sizeBytes, modifiedMilliseconds } = file;
    if (result.status === 'unchanged') {
      await this.#connection.run(
        'UPDATE store.files SET size = $1, modified_milliseconds = $2 WHERE path = $3',
        [sizeBytes, modifiedMilliseconds, path],
      );
      return;
    }
    const reason = result.status === 'skipped' ? result.reason : result.warnings.join('\n') || null;
    const documents = result.status === 'read' ? result.documents : 0;
    const { hash, status } = result;
    this.#appender.appendFile({ path, sizeBytes, modifiedMilliseconds, hash, status, reason, documents });
  }
}
