import type { DuckDBConnection } from '@duckdb/node-api';
import type { ListedFile } from '../../corpus/list-files.ts';

/** A file to be read. */
export interface FileToRead {
  readonly file: ListedFile;
  /** Whether the store holds something of it. */
  readonly known: boolean;
  /** The hash it had when it was last read, where that still counts. */
  readonly knownHash: string | null;
}

/** How the listing differs from what the store has seen. */
export interface FileChanges {
  readonly toRead: readonly FileToRead[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/**
 * Compares a listing with the files in the store. A file of the same size and modification time counts as
 * unchanged; whether one that differs in these has truly changed, its hash will tell.
 */
export async function findFileChanges({
  connection,
  files,
  force,
}: {
  connection: DuckDBConnection;
  files: readonly ListedFile[];
  force: boolean;
}): Promise<FileChanges> {
  const reader = await connection.runAndReadAll(
    'SELECT path, size::DOUBLE, modified_milliseconds, hash FROM store.files',
  );
  const known = new Map(
    reader.getRows().map(([path, size, modified, hash]) => [String(path), { size, modified, hash }]),
  );
  const toRead: FileToRead[] = [];
  for (const file of files) {
    const before = known.get(file.path);
    known.delete(file.path);
    const same = before?.size === file.sizeBytes && before.modified === file.modifiedMilliseconds;
    if (!same || force) {
      const hash = before?.hash;
      const knownHash = force || typeof hash !== 'string' ? null : hash;
      toRead.push({ file, known: before !== undefined, knownHash });
    }
  }
  return { toRead, removed: [...known.keys()], unchanged: files.length - toRead.length };
}

/** Takes files with their documents and readings out of the store. */
export async function removeFiles(connection: DuckDBConnection, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  await connection.run('CREATE OR REPLACE TEMP TABLE gone (path VARCHAR)');
  const appender = await connection.createAppender('gone');
  for (const path of paths) {
    appender.appendVarchar(path);
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(`
    DELETE FROM store.readings WHERE document IN (
      SELECT number FROM store.documents WHERE path IN (SELECT path FROM gone));
    DELETE FROM store.documents WHERE path IN (SELECT path FROM gone);
    DELETE FROM store.files WHERE path IN (SELECT path FROM gone);
    DROP TABLE gone;`);
}
