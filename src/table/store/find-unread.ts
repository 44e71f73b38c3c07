import type { DuckDBConnection } from '@duckdb/node-api';
import type { CatalogColumn, CatalogTable } from '../catalog.ts';
import { fillerWords, isGeneric } from '../fields/generic-words.ts';
import { quoteIdentifier } from '../fields/identifiers.ts';
import { foldLabel } from '../values/labels.ts';

/** Documents that speak of a field, though no value of it was read from them. */
export interface UnreadStatements {
  readonly documents: number;
  /** A few of them, with the words in question where these are known. */
  readonly examples: readonly UnreadStatement[];
}

export interface UnreadStatement {
  readonly document: string;
  readonly field: string;
  /** The sentence that speaks of the field; null where only the document's length says that more stands in it. */
  readonly sentence: string | null;
}

/** Fewer are chance; so many leave an answer over all documents in doubt. */
const fewestDocuments = 2;
const fewestShare = 0.03;
const mostScanned = 400;
const mostExamples = 3;
const longestSentence = 400;
/** Documents state this part of what others do by label, for their length, when most of them was not read. */
const sparseDensity = 0.5;
const fewestSparseShare = 0.1;
/** What sentences say of fewer of the things than this, they say of the others in words of another kind. */
const fewestSaid = 2 / 3;
const sentenceEnds = /(?<=[.!?。！？])\s+|\n\s*\n|\n(?=[-*•#|>])/u;
const figure =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred)\b/iu;
const negation = /\b(?:no|not|none|never|without|nor|n\/a|undisclosed|unknown)\b|n['’]t\b/iu;

/**
 * Looks whether the documents without a value for the columns state one all the same, in words that were not
 * understood: a sentence has the field's words and a figure, or one of the values that other documents give, or the
 * documents hold far less labelled facts for their length than the others, as prose does beside forms, or all of them
 * state another field of the same type that no other document has, or a category is told by sentences alone, and of many
 * things by none that was understood. An answer
 * over all documents would leave them out silently. Rows of files and of tables within documents are not looked at.
 */
export async function findUnread(
  connection: DuckDBConnection,
  { table, columns }: { table: CatalogTable; columns: readonly CatalogColumn[] },
): Promise<UnreadStatements> {
  const unread = new Map<number, UnreadStatement>();
  let members = 0;
  for (const column of columns) {
    if (column.coverage >= 1) continue;
    const place = await placeOf(connection, { table, column });
    if (place === null) continue;
    members = Math.max(members, place.members);
    const other = await complementOf(connection, { table, column });
    const isSparse =
      other !== null ||
      (await areSparse(connection, place)) ||
      (column.type === 'category' && column.coverage < fewestSaid && (await isSaid(connection, place)));
    for (const { number, id, text } of await lackingDocuments(connection, place)) {
      if (unread.has(number)) continue;
      const sentence = mentionOf(column, text);
      const stated = sentence ?? (other === null ? null : `… ${other.label} …`);
      if (sentence !== null || isSparse)
        unread.set(number, { document: id, field: column.label, sentence: stated });
    }
  }
  if (unread.size < Math.max(fewestDocuments, members * fewestShare)) return { documents: 0, examples: [] };
  const told = [...unread.values()].sort((a, b) => Number(a.sentence === null) - Number(b.sentence === null));
  return { documents: unread.size, examples: told.slice(0, mostExamples) };
}

interface Place {
  readonly kind: number;
  readonly field: number;
  /** Documents of the kind. */
  readonly members: number;
}

async function placeOf(
  connection: DuckDBConnection,
  { table, column }: { table: CatalogTable; column: CatalogColumn },
): Promise<Place | null> {
  const reader = await connection.runAndReadAll(
    `SELECT f.kind, f.field, k.documents, k.entities, k.document_column IS NOT NULL
     FROM store.fields f JOIN store.kinds k USING (kind) WHERE k.name = $table AND f.name = $column`,
    { table: table.name, column: column.name },
  );
  const [row] = reader.getRows();
  if (row === undefined || row[4] === true || Number(row[3]) > Number(row[2])) return null;
  return { kind: Number(row[0]), field: Number(row[1]), members: Number(row[2]) };
}

/** The documents of the kind, each with whether its entity has a fact of the field. */
const membersSql = ({ kind, field }: Place): string => `
  WITH members AS (
    SELECT DISTINCT f.document, f.entity FROM store.facts f JOIN store.entities e USING (entity) WHERE e.kind = ${kind}),
  having_it AS (SELECT DISTINCT entity FROM store.facts WHERE field = ${field}),
  judged AS (
    SELECT d.number, d.id, d.text, m.entity IN (SELECT entity FROM having_it) AS stated
    FROM members m JOIN store.documents d ON d.number = m.document WHERE d.fragment IS NULL)`;

async function lackingDocuments(
  connection: DuckDBConnection,
  place: Place,
): Promise<{ number: number; id: string; text: string }[]> {
  const reader = await connection.runAndReadAll(
    `${membersSql(place)} SELECT number, id, text FROM judged WHERE NOT stated ORDER BY number LIMIT ${mostScanned}`,
  );
  return reader
    .getRows()
    .map(([number, id, text]) => ({ number: Number(number), id: String(id), text: String(text) }));
}

/** Whether the documents without the field state by label far less than those with it, for their length. */
async function areSparse(connection: DuckDBConnection, place: Place): Promise<boolean> {
  const reader = await connection.runAndReadAll(
    `${membersSql(place)},
     labelled AS (
       SELECT f.document AS number, count(*) AS facts FROM store.facts f
       JOIN store.readings r ON r.document = f.document AND r.ordinal = f.ordinal
       WHERE NOT starts_with(r.rule, 'sentence') AND r.rule <> 'vocabulary' GROUP BY f.document)
     SELECT stated, count(*), median(coalesce(facts, 0) / greatest(length(text), 200))
     FROM judged LEFT JOIN labelled USING (number) GROUP BY stated`,
  );
  const groups = new Map(
    reader
      .getRows()
      .map(([stated, count, density]) => [stated, { count: Number(count), density: Number(density) }]),
  );
  const [lacking, having] = [groups.get(false), groups.get(true)];
  if (lacking === undefined || having === undefined) return false;
  return (
    lacking.count >= (lacking.count + having.count) * fewestSparseShare &&
    lacking.density < having.density * sparseDensity
  );
}

/** Whether sentences state the field, and labels do not: whether all say it in words that are understood is open. */
async function isSaid(connection: DuckDBConnection, { field }: Place): Promise<boolean> {
  const reader = await connection.runAndReadAll(
    `SELECT count(*) FILTER (starts_with(r.rule, 'sentence') OR r.rule = 'vocabulary') = count(*)
     FROM store.facts f JOIN store.readings r ON r.document = f.document AND r.ordinal = f.ordinal
     WHERE f.field = ${field}`,
  );
  return reader.getRows()[0]?.[0] === true;
}

const fewestComplemented = 0.8;
const mostOverlapping = 0.02;

/**
 * Another column of the same type and unit that (almost) all rows without this one have, and no row with it: likely
 * the same attribute, which another layout calls differently ("Judgment delivered", "Date").
 */
async function complementOf(
  connection: DuckDBConnection,
  { table, column }: { table: CatalogTable; column: CatalogColumn },
): Promise<CatalogColumn | null> {
  const alike = table.columns.filter(
    ({ name, type, unit, coverage }) =>
      name !== column.name &&
      type === column.type &&
      unit === column.unit &&
      coverage <= 1.02 - column.coverage,
  );
  if (alike.length === 0 || column.type === 'text') return null;
  const own = quoteIdentifier(column.name);
  const counts = alike.map(({ name }) => {
    const other = quoteIdentifier(name);
    return `count(*) FILTER (${own} IS NULL AND ${other} IS NOT NULL), count(*) FILTER (${own} IS NOT NULL AND ${other} IS NOT NULL)`;
  });
  const reader = await connection.runAndReadAll(
    `SELECT count(*) FILTER (${own} IS NULL), ${counts.join(', ')} FROM main.${quoteIdentifier(table.name)}`,
  );
  const [lacking = 0, ...pairs] = (reader.getRows()[0] ?? []).map(Number);
  const found = alike.findIndex((_, index) => {
    const [instead = 0, both = 0] = pairs.slice(2 * index, 2 * index + 2);
    return (
      instead >= fewestDocuments &&
      instead >= lacking * fewestComplemented &&
      both <= instead * mostOverlapping
    );
  });
  return alike[found] ?? null;
}

/** The sentence in which a text speaks of the field. */
function mentionOf(column: CatalogColumn, text: string): string | null {
  const isFigure = column.type === 'number' || column.type === 'percentage' || column.type === 'date';
  const label = stemsOf(column.label);
  // An alias that only leaves words of the label out may mean anything: "population" for "internet users > population".
  const aliases = column.aliases.map(stemsOf).filter((stems) => stems.some((stem) => !label.includes(stem)));
  const names = [label, ...aliases].filter((stems) => stems.length > 0);
  const values = column.values
    .map(({ value }) => value)
    .filter((value) => value.length > 3 && !/^(?:none|other|total|unknown)$/iu.test(value));
  const valuePattern =
    values.length === 0
      ? null
      : new RegExp(`(?<![\\p{L}\\p{N}])(?:${values.map(escape).join('|')})(?![\\p{L}\\p{N}])`, 'iu');
  for (const sentence of text.split(sentenceEnds)) {
    if (sentence.length > longestSentence) continue;
    const words = foldLabel(sentence).split(' ');
    const isNamed = names.some((stems) => stems.every((stem) => words.some((word) => word.startsWith(stem))));
    if (isFigure && isNamed && figure.test(sentence) && !negation.test(sentence)) return sentence.trim();
    if (column.type === 'boolean' && isNamed) return sentence.trim();
    if (column.type === 'list' && isNamed && !negation.test(sentence)) return sentence.trim();
    if (valuePattern?.test(sentence) === true) return sentence.trim();
  }
  return null;
}

/** The beginnings of a label's own words, as other forms of them have too. */
function stemsOf(label: string): string[] {
  const words = foldLabel(label)
    .split(' ')
    .filter((word) => !fillerWords.has(word) && !isGeneric(word));
  return words.filter((word) => word.length > 3).map((word) => word.slice(0, Math.max(4, word.length - 2)));
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
