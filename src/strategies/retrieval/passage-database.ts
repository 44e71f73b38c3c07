import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../../table/index.ts';
import { defaultPassageTokens } from './cut-passages.ts';

/** Raised whenever passages would come out differently: those of another version are cut anew. */
const version = 1;

/** A writer's turn is a batch and takes less than a second; who waits longer waits for something that hangs. */
const waitMilliseconds = 60_000;

/** Words are letters, digits and the marks that many scripts write vowels with; case and accents do not count. */
export const tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'";

/**
 * The index beside the corpus store. Texts stay in the corpus; the full-text table holds words only.
 *
 * `passages.context` is what a passage stands under in its document. A vector belongs to a model and the hash of what
 * it was made from, whatever document that stood in, and outlives the documents: it may have been paid for. A passage
 * has several vectors where a model takes less than a passage at once.
 */
const schema = `
CREATE TABLE IF NOT EXISTS documents (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, title TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS passages (
  number INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  tokens INTEGER NOT NULL, context TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_by_document ON passages (document);
CREATE VIRTUAL TABLE IF NOT EXISTS passage_words USING fts5 (
  title, context, text, content = '', contentless_delete = 1,
  tokenize = "${tokenize}"
);
CREATE TABLE IF NOT EXISTS models (number INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS vectors (
  number INTEGER PRIMARY KEY, model INTEGER NOT NULL, hash BLOB NOT NULL, vector BLOB NOT NULL, UNIQUE (model, hash)
);
CREATE TABLE IF NOT EXISTS passage_vectors (
  model INTEGER NOT NULL, passage INTEGER NOT NULL, vector INTEGER NOT NULL, PRIMARY KEY (model, passage, vector)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS passage_vectors_by_passage ON passage_vectors (passage);
PRAGMA user_version = ${version};
`;

/** Vectors stay: they belong to texts, not to the way of cutting. */
const dropPassages = `
DROP TABLE IF EXISTS documents;
DROP TABLE IF EXISTS passages;
DROP TABLE IF EXISTS passage_words;
DROP TABLE IF EXISTS passage_vectors;
`;

/**
 * Opens the passage index of a store for reading and writing; it is made where there is none. Passages of each length
 * have a file of their own.
 *
 * @throws {StoreError} when the file cannot be written or is no database.
 */
export function openPassageDatabase({
  storeFolder,
  passageTokens,
}: {
  storeFolder: string;
  passageTokens: number;
}): DatabaseSync {
  const name = passageTokens === defaultPassageTokens ? 'passages' : `passages-${passageTokens}`;
  const file = join(storeFolder, `${name}.sqlite`);
  try {
    const database = new DatabaseSync(file, { timeout: waitMilliseconds });
    try {
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      withTransaction(database, () => {
        const stored = database.prepare('PRAGMA user_version').get()?.['user_version'];
        if (stored !== version) database.exec(dropPassages);
        database.exec(schema);
      });
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new StoreError({
      message: `The passage index ${file} cannot be opened: ${problem}.`,
      remedy:
        'Delete it (it is made again from the corpus), or choose a folder that can be written with --store FOLDER.',
      cause: error,
    });
  }
}

/** Does all of the work or, where it fails or the process ends, none of it. Other writers wait. */
export function withTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
