import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from './identifiers.ts';
import { readRows } from './result-row.ts';

/** `EUX-1748`, `10-349-32`, `HD24104`: what registers number their documents by. */
const identifier =
  /(?<![\p{L}\p{N}])(?:(?:\p{L}{1,6}[-_ ]?)?\d+(?:[-_/]\d+)+|\p{L}{1,6}[-_ ]?\d{3,})(?![\p{L}\p{N}])/giu;
const separators = /[-_/ ]+/g;
const fewestDocuments = 3;
const fewestStating = 0.95;
/** An identifier that names the document stands near its start. */
const searchedCharacters = 6_000;
const documentsAtATime = 500;

/**
 * The identifiers by which documents are filed, where each file is named by its own and the document states it:
 * `trial_eux-1748.html` is about "EUX-1748".
 *
 * Where words that differ stand before the identifiers, `lumen-tx-300.md`, and each document states the whole, that
 * names it: "Lumen TX-300".
 *
 * @returns one a document, as the document writes it; null where they are not filed so.
 */
export async function findFileIdentifiers(
  connection: DuckDBConnection,
  documents: readonly { readonly number: number; readonly path: string }[],
): Promise<(string | null)[] | null> {
  if (documents.length < fewestDocuments) return null;
  const filed = documents.map(({ path }) => identifierOf(path));
  const known = filed.filter((each) => each !== null);
  if (known.length < documents.length * fewestStating || new Set(known).size < known.length) return null;
  const stems = documents.map(({ path }) => wordedStemOf(path));
  const whole: (string | null)[] = [];
  const stated: (string | null)[] = [];
  for (let first = 0; first < documents.length; first += documentsAtATime) {
    const batch = documents.slice(first, first + documentsAtATime);
    const texts = await beginningsOf(connection, batch);
    for (const [index, { number }] of batch.entries()) {
      const text = texts.get(number) ?? '';
      stated.push(spelling(text, filed[first + index] ?? null));
      whole.push(wholeSpelling(text, stems[first + index] ?? null));
    }
    const missing = stated.filter((each) => each === null).length;
    if (missing > documents.length * (1 - fewestStating)) return null;
  }
  // What stands before the number is the form's name where all have the same, else a part of the thing's.
  const isNamed = !whole.includes(null) && new Set(stems.map((stem) => stem?.[0])).size > 1;
  return isNamed ? whole : stated;
}

/** The parts of a file's name that begins with a word: `["lumen", "tx", "300"]`; null for any other. */
function wordedStemOf(path: string): string[] | null {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]{1,8}$/, '');
  const parts = stem.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];
  return /^\p{L}{3,}$/u.test(parts[0] ?? '') ? parts : null;
}

/** How a text writes the whole of a file's name: "Lumen TX-300". */
function wholeSpelling(text: string, parts: readonly string[] | null): string | null {
  if (parts === null) return null;
  const pattern = `(?<![\\p{L}\\p{N}])${parts.join('[-_/ ]{0,3}')}(?![\\p{L}\\p{N}])`;
  return new RegExp(pattern, 'iu').exec(text)?.[0] ?? null;
}

/** The last identifier in a file's name, in lower case. */
function identifierOf(path: string): string | null {
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]{1,8}$/, '');
  return (
    stem.replaceAll('_', ' ').match(identifier)?.at(-1)?.toLowerCase().replaceAll(separators, '-') ?? null
  );
}

function spelling(text: string, wanted: string | null): string | null {
  if (wanted === null) return null;
  return (
    text.match(identifier)?.find((each) => each.toLowerCase().replaceAll(separators, '-') === wanted) ?? null
  );
}

async function beginningsOf(
  connection: DuckDBConnection,
  documents: readonly { readonly number: number }[],
): Promise<Map<number, string>> {
  const numbers = documents.map(({ number }) => number).join(', ');
  const rows = await readRows(
    connection,
    `SELECT number, coalesce(title, '') || ${quoteText('\n')} || left(text, ${searchedCharacters}) AS text
     FROM store.documents WHERE number IN (${numbers})`,
  );
  return new Map(rows.map((row) => [row.number('number'), row.text('text')]));
}
