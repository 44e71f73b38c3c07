import { INTEGER, LIST, listValue, type DuckDBConnection } from '@duckdb/node-api';
import { readRows } from './result-row.ts';

/** A stretch of a document's stored text, in UTF-16 code units. */
export interface Place {
  /** `store.documents.number`. */
  readonly document: number;
  readonly start: number;
  readonly end: number;
}

/** So many documents are held at once. */
const documentsAtOnce = 128;

/**
 * Cuts places out of the documents' texts, a few documents at a time. SQL does not count in UTF-16 code units, so
 * it is done here.
 *
 * @returns the words in the order of the places.
 */
export async function readWords(connection: DuckDBConnection, places: readonly Place[]): Promise<string[]> {
  const words = places.map(() => '');
  const byDocument = Map.groupBy(places.keys(), (index) => places[index]?.document ?? 0);
  const documents = [...byDocument.keys()].sort((a, b) => a - b);
  for (let first = 0; first < documents.length; first += documentsAtOnce) {
    const numbers = documents.slice(first, first + documentsAtOnce);
    const rows = await readRows(
      connection,
      `SELECT number, text FROM store.documents
       WHERE number BETWEEN ${numbers[0] ?? 0} AND ${numbers.at(-1) ?? 0} AND number IN (SELECT unnest($numbers))`,
      { numbers: listValue(numbers) },
      { numbers: LIST(INTEGER) },
    );
    for (const row of rows) {
      const text = row.text('text');
      for (const index of byDocument.get(row.number('number')) ?? []) {
        const place = places[index];
        // A copy: a slice would keep the whole text in memory.
        if (place !== undefined) words[index] = Buffer.from(text.slice(place.start, place.end)).toString();
      }
    }
  }
  return words;
}
