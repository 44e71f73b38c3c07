import type { DuckDBConnection } from '@duckdb/node-api';
import type { DocumentKind } from './document-kinds.ts';
import { recordFile, type RankedDocument } from './document-order.ts';
import { readRows } from './result-row.ts';
import { foldLabel } from '../values/labels.ts';

/** A file of rows seldom has more notes beside it; among more documents no few of them are notes. */
const mostNotes = 20;
const longestNote = 20_000;
const statement =
  /\b(?:each|every|one|a) (?:line|row|record|entry)\b(?: (?:of|in) (?:the |this )?(\S+(?: file| table| sheet)?))? (?:is|are|describes|represents|stands for|gives|holds|reports|covers|corresponds to) (?:exactly )?(?:one|a|an|a single|the) ((?:[\p{L}-]+ ){0,4}?[\p{L}-]+)(?= (?:of|off|on|in|at|for|from|with|by|to|near|along|over|under|between|during|that|which|who|as|and|per)\b|\s*[.,;:(\n]|$)/giu;
const shortestPart = 4;

/**
 * What the notes beside a file of rows call its rows: "Each line of sightings.csv is one reported sighting" calls them
 * sightings; and where the notes speak of sightings, the rows of `whalesightings.csv` are some as well.
 *
 * @returns one list of nouns a kind, in the order of the kinds.
 */
export async function nounsOfNotes({
  connection,
  kinds,
  documents,
}: {
  connection: DuckDBConnection;
  kinds: readonly DocumentKind[];
  documents: readonly RankedDocument[];
}): Promise<string[][]> {
  const notes = documents.filter((document) => recordFile(document) === null);
  const tables = kinds.filter(({ records }) => records);
  if (notes.length === 0 || notes.length > mostNotes || tables.length === 0) return kinds.map(() => []);
  const rows = await readRows(
    connection,
    `SELECT left(text, ${longestNote}) AS text FROM store.documents
     WHERE number IN (${notes.map(({ number }) => number).join(', ')}) ORDER BY number`,
  );
  const text = rows.map((row) => row.text('text')).join('\n\n');
  return kinds.map((kind) => {
    if (!kind.records) return [];
    const stems = [...new Set(Array.from(kind.documents, (rank) => stemOf(documents[rank]?.path ?? '')))];
    return [...new Set([...statedNouns(text, stems, tables.length === 1), ...partsOfStems(text, stems)])];
  });
}

/** @param isOnly whether a statement that names no file can only be of this one. */
function statedNouns(text: string, stems: readonly string[], isOnly: boolean): string[] {
  return [...text.matchAll(statement)].flatMap(([, file, phrase = '']) => {
    const named = file !== undefined && stems.includes(stemOf(file));
    if (!named && !isOnly) return [];
    const words = foldLabel(phrase);
    return [words.split(' ').at(-1) ?? '', words].filter((noun) => noun.length > 2);
  });
}

/** The last part of a compound, where the notes use it as a word of its own. */
function partsOfStems(text: string, stems: readonly string[]): string[] {
  const words = new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
  return stems.flatMap((stem) => {
    const last =
      stem
        .toLowerCase()
        .split(/[^\p{L}]+/u)
        .findLast((part) => part !== '') ?? '';
    for (let at = 3; at <= last.length - shortestPart; at += 1)
      if (words.has(last.slice(at))) return [foldLabel(last.slice(at))];
    return [];
  });
}

const stemOf = (path: string): string =>
  (path.split('/').at(-1) ?? '').replace(/(?<=.)\.\p{L}{1,8}$/u, '').toLowerCase();
