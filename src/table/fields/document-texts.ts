import type { DuckDBConnection } from '@duckdb/node-api';
import type { RankedDocument } from './document-order.ts';
import { readRows } from './result-row.ts';

const documentsAtATime = 200;

/** Visits the texts of documents, a few hundred at a time, until so many characters are seen. */
export async function forEachText({
  connection,
  members,
  longest = null,
  mostCharacters = Infinity,
  visit,
}: {
  connection: DuckDBConnection;
  members: readonly RankedDocument[];
  /** Characters of each text, from its beginning; null for all. */
  longest?: number | null;
  mostCharacters?: number;
  visit: (document: number, text: string) => void;
}): Promise<void> {
  let characters = 0;
  for (let first = 0; first < members.length && characters < mostCharacters; first += documentsAtATime) {
    const numbers = members.slice(first, first + documentsAtATime).map(({ number }) => number);
    const rows = await readRows(
      connection,
      `SELECT number, ${longest === null ? 'text' : `left(text, ${longest})`} AS text
       FROM store.documents WHERE number IN (${numbers.join(', ')}) ORDER BY number`,
    );
    for (const row of rows) {
      const text = row.text('text');
      characters += text.length;
      visit(row.number('number'), text);
    }
  }
}
