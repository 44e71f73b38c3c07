import type { DuckDBConnection } from '@duckdb/node-api';
import type { DocumentFormat, SourceMap } from '../../corpus/document.ts';
import { toSqlCell } from './sql-value.ts';

/** A document of the corpus with its text. */
export interface StoredDocument {
  /** The path relative to the corpus, with its fragment (`prices.csv#row=3`) where it has one. */
  readonly id: string;
  readonly path: string;
  /** The title that the document states, else null. */
  readonly title: string | null;
  readonly format: DocumentFormat;
  readonly hash: string;
  readonly tokens: number;
  readonly text: string;
  readonly sourceMap: SourceMap;
}

/** A document's id with the hash of its title and text, which tells whether it has changed. */
export type DocumentVersion = Pick<StoredDocument, 'id' | 'hash'>;

/** Runs work on a connection at a time when nobody writes. */
type Read = <Result>(work: (connection: DuckDBConnection) => Promise<Result>) => Promise<Result>;

/** Texts held at a time while all documents are gone through. */
const documentsAtATime = 64;

/** Lists the documents without their texts, in the order of their paths and places in them. */
export async function listDocumentVersions(connection: DuckDBConnection): Promise<DocumentVersion[]> {
  const listed = await connection.runAndReadAll('SELECT id, hash FROM store.documents ORDER BY path, number');
  return listed.getRows().map(([id, hash]) => ({ id: String(id), hash: String(hash) }));
}

/**
 * Goes through the documents in the order of their paths and places in them, a few at a time: a corpus need not
 * fit into memory.
 */
export async function* listDocuments(
  read: Read,
  { ids, signal }: { ids?: readonly string[] | undefined; signal?: AbortSignal | undefined } = {},
): AsyncGenerator<StoredDocument> {
  const wanted = ids === undefined ? null : new Set(ids);
  const numbers: number[] = [];
  const listed = await read((connection) =>
    connection.runAndReadAll('SELECT number, id FROM store.documents ORDER BY path, number'),
  );
  for (const [number, id] of listed.getRows()) {
    if (wanted === null || wanted.has(String(id))) numbers.push(Number(number));
  }
  for (let first = 0; first < numbers.length; first += documentsAtATime) {
    signal?.throwIfAborted();
    const batch = numbers.slice(first, first + documentsAtATime);
    const reader = await read((connection) =>
      connection.runAndReadAll(
        `SELECT id, path, title, hash, tokens, text, source_map, format FROM store.documents
         WHERE number IN (${batch.join(', ')}) ORDER BY path, number`,
      ),
    );
    for (const row of reader.getRows()) {
      const [id, path, title, hash, tokens, text, sourceMap, format] = row.map(toSqlCell);
      yield {
        id: String(id),
        path: String(path),
        title: title === null || title === undefined ? null : String(title),
        // The store itself wrote it.
        format: String(format) as DocumentFormat,
        hash: String(hash),
        tokens: Number(tokens),
        text: String(text),
        // The store itself wrote the map, as JSON of a SourceMap.
        sourceMap: JSON.parse(String(sourceMap)) as SourceMap,
      };
    }
  }
}
