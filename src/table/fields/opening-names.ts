import type { DuckDBConnection } from '@duckdb/node-api';
import type { RankedDocument } from './document-order.ts';
import { readRows } from './result-row.ts';

const searchedCharacters = 3_000;
const documentsAtATime = 500;
/** "Iron Gate Bridge (structure no. 10-349-32) is a …": the name with which a line of prose begins. */
const opening =
  /^(?:The )?(\p{Lu}[\p{L}\p{N}'’.&-]*(?: (?:of|on|the|and|de|la|[\p{Lu}\p{N}][\p{L}\p{N}'’.&-]*)){1,6}),? (?:\(|is (?:an?|the|one) |was (?:an?|the|built|founded|established) )/mu;
/** Prose names what forms name when most of its names have a word in common with theirs. */
const fewestAlike = 0.8;

/**
 * Names from prose for documents whose form gives none: where some documents state their name by label, others begin
 * a paragraph with theirs. Taken only where the names are of the same sort, sharing words such as "Bridge".
 *
 * @param names one a document; null where it is to be found.
 * @returns the names with those found; as they are where what was found is of another sort.
 */
export async function nameByOpening(
  connection: DuckDBConnection,
  documents: readonly RankedDocument[],
  names: readonly (string | null)[],
): Promise<(string | null)[]> {
  const lacking = documents.filter((_, index) => names[index] === null);
  const found = new Map<number, string>();
  for (let first = 0; first < lacking.length; first += documentsAtATime) {
    const numbers = lacking.slice(first, first + documentsAtATime).map(({ number }) => number);
    const rows = await readRows(
      connection,
      `SELECT number, left(text, ${searchedCharacters}) AS text FROM store.documents
       WHERE number IN (${numbers.join(', ')})`,
    );
    for (const row of rows) {
      const name = opening.exec(row.text('text'))?.[1];
      if (name !== undefined) found.set(row.number('number'), name);
    }
  }
  const known = new Set(names.flatMap((name) => (name === null ? [] : wordsOf(name))));
  const alike = [...found.values()].filter((name) => wordsOf(name).some((word) => known.has(word)));
  if (found.size === 0 || alike.length < found.size * fewestAlike) return [...names];
  return names.map((name, index) => name ?? found.get(documents[index]?.number ?? -1) ?? null);
}

const wordsOf = (name: string): string[] => name.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
