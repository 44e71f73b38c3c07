import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { foldLabel } from '../values/labels.ts';
import type { RankedDocument } from './document-order.ts';
import { forEachText } from './document-texts.ts';
import { createTemporaryTable } from './fill-table.ts';
import { fillerWords, isGeneric } from './generic-words.ts';
import { readRows } from './result-row.ts';
import { RoleNames } from './role-names.ts';
import type { TypedField, TypedKind } from './store-catalog.ts';
import { templateRule } from './templates/read-templates.ts';
import { Vocabulary, type VocabularyValue } from './vocabulary.ts';

/** The rule by which values are found that a document states without naming the field. */
export const vocabularyRule = 'vocabulary';

/** A field has a vocabulary when so many documents state it, in few words of which most come back. */
const fewestStating = 5;
const fewestStatingShare = 0.15;
const mostValues = 60;
const valuesPerDocument = 0.5;
const longestValue = 48;
/** Texts looked through at most, in characters: more than any corpus of a few million documents' forms. */
const mostCharacters = 200_000_000;
/** Documents that state the field by its label, on which it is tried whether its words mean nothing else. */
const sampleSize = 200;
/** The vocabulary is of no use when more of these speak of another value than their own. */
const mostConflicts = 0.1;
/**
 * Of the documents without the label at least so many have to speak of a value. Where fewer do, the label is left out
 * because there is nothing to state, and a word such as "same" stands there by chance.
 */
const fewestSpottedShare = 0.2;

/**
 * Finds values of fields in documents that state them without a label. Half of the documents say "Priority: Critical",
 * the others "logged as a critical-priority case": the values that the labels give are a vocabulary, and a document
 * that speaks of exactly one of them has that value. Tried first on the documents with labels: where they speak of
 * other values besides their own, the words mean other things as well, and nothing is taken.
 *
 * Adds readings of the rule `vocabulary` to `store.readings`, and facts of the fields to `build_facts`. The build
 * begins by taking those of an earlier one out ({@link forgetSpottedValues}).
 */
export async function spotValues({
  connection,
  kinds,
  documents,
}: {
  connection: DuckDBConnection;
  kinds: readonly TypedKind[];
  documents: readonly RankedDocument[];
}): Promise<void> {
  for (const kind of kinds) {
    if (kind.basis !== 'documents') continue;
    const members = [...kind.documents].flatMap((rank) => documents[rank] ?? []);
    const fields = kind.fields.filter(({ type, separator }) => type === 'text' && separator === null);
    const spotters = await findVocabularies(connection, fields, members);
    if (spotters.length > 0) await spotInKind({ connection, spotters, members });
  }
}

/** Takes out what an earlier build has found, so that what is derived from the readings is derived anew. */
export async function forgetSpottedValues(connection: DuckDBConnection): Promise<void> {
  await connection.run(`DELETE FROM store.readings WHERE rule = '${vocabularyRule}'`);
}

/** A field whose values are looked for. */
interface Spotter {
  readonly field: TypedField;
  readonly vocabulary: Finder;
  /** Documents that state it or its absence, with where a label does. */
  readonly stated: ReadonlyMap<number, readonly Span[]>;
}

/** What finds the value of a field in a text, once it has been tried on documents that state it by a label. */
interface Finder {
  learn(text: string, stated: readonly Span[]): void;
  conflicts(): number;
  find(text: string): VocabularyValue | null;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

async function findVocabularies(
  connection: DuckDBConnection,
  fields: readonly TypedField[],
  members: readonly RankedDocument[],
): Promise<Spotter[]> {
  if (fields.length === 0 || members.length < fewestStating) return [];
  const rows = await readRows(
    connection,
    `WITH texts AS (
       SELECT f.field, f.document, trim(r.text) AS text, r.quote_start, r.quote_end
       FROM build_facts f JOIN store.readings r ON r.document = f.document AND r.ordinal = f.ordinal
       WHERE f.field IN (${fields.map(({ number }) => number).join(', ')}) AND f.form = 'text' AND (f.standing = 0 OR r.rule = '${templateRule}')),
     eligible AS (
       SELECT field FROM texts GROUP BY field
       HAVING count(DISTINCT document) BETWEEN ${Math.max(fewestStating, members.length * fewestStatingShare)} AND ${members.length - 1}
         AND count(DISTINCT lower(text)) >= 2
         AND max(length(text)) <= ${longestValue})
     SELECT * FROM texts SEMI JOIN eligible USING (field) ORDER BY field, document, quote_start`,
  );
  const known = await readRows(
    connection,
    `SELECT DISTINCT field, document FROM build_facts
     WHERE field IN (${fields.map(({ number }) => number).join(', ')})`,
  );
  const knownDocuments = Map.groupBy(known, (row) => row.number('field'));
  return [...Map.groupBy(rows, (row) => row.number('field'))].flatMap(([number, own]): Spotter[] => {
    const field = fields.find((each) => each.number === number);
    if (field === undefined) return [];
    const stated = new Map<number, Span[]>(
      (knownDocuments.get(number) ?? []).map((row) => [row.number('document'), []]),
    );
    for (const row of own) {
      const span = {
        start: row.number('quote_start'),
        end: row.number('quote_end'),
        value: row.text('text'),
      };
      const document = row.number('document');
      stated.set(document, [...(stated.get(document) ?? []), span]);
    }
    const texts = own.map((row) => row.text('text'));
    const different = new Set(texts.map((text) => text.toLowerCase())).size;
    const isVocabulary =
      different <=
      Math.min(mostValues, new Set(own.map((row) => row.number('document'))).size * valuesPerDocument);
    const vocabulary =
      (isVocabulary ? Vocabulary.of({ texts, labelWords: labelWords(field) }) : null) ??
      RoleNames.of({ texts, labels: [field.label, ...field.aliases] });
    return vocabulary === null ? [] : [{ field, vocabulary, stated }];
  });
}

function labelWords({ label, aliases }: TypedField): string[] {
  const words = [label, ...aliases].flatMap((each) => foldLabel(each).split(' '));
  return [...new Set(words)].filter((word) => word.length > 3 && !fillerWords.has(word) && !isGeneric(word));
}

interface Spotted extends VocabularyValue {
  readonly field: TypedField;
  readonly document: number;
}

async function spotInKind({
  connection,
  spotters,
  members,
}: {
  connection: DuckDBConnection;
  spotters: readonly Spotter[];
  members: readonly RankedDocument[];
}): Promise<void> {
  const sample = members.filter((_, index) => index % Math.ceil(members.length / sampleSize) === 0);
  await forEachText({
    connection,
    members: sample,
    mostCharacters,
    visit: (document, text) => {
      for (const { vocabulary, stated } of spotters) vocabulary.learn(text, stated.get(document) ?? []);
    },
  });
  const trusted = spotters.filter(({ vocabulary }) => vocabulary.conflicts() <= mostConflicts);
  if (trusted.length === 0) return;
  const found: Spotted[] = [];
  const lacking = members.filter(({ number }) => trusted.some(({ stated }) => !stated.has(number)));
  await forEachText({
    connection,
    members: lacking,
    mostCharacters,
    visit: (document, text) => {
      for (const { field, vocabulary, stated } of trusted) {
        if (stated.has(document)) continue;
        const value = vocabulary.find(text);
        if (value !== null) found.push({ ...value, field, document });
      }
    },
  });
  const spotted = trusted.flatMap(({ field, stated }) => {
    const values = found.filter((each) => each.field === field);
    const without = lacking.filter(({ number }) => !stated.has(number)).length;
    return values.length >= without * fewestSpottedShare ? values : [];
  });
  if (spotted.length > 0) await store(connection, spotted);
}

async function store(connection: DuckDBConnection, found: readonly Spotted[]): Promise<void> {
  await createTemporaryTable({
    connection,
    table: 'build_spotted',
    columns: [
      { name: 'field', type: INTEGER, values: found.map(({ field }) => field.number) },
      { name: 'document', type: INTEGER, values: found.map(({ document }) => document) },
      { name: 'label', type: VARCHAR, values: found.map(({ field }) => field.label) },
      { name: 'value_start', type: INTEGER, values: found.map(({ start }) => start) },
      { name: 'value_end', type: INTEGER, values: found.map(({ end }) => end) },
      { name: 'text', type: VARCHAR, values: found.map(({ value }) => value) },
    ],
  });
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE build_spotted_readings AS
    SELECT s.*, coalesce(m.last, -1) + row_number() OVER (PARTITION BY s.document ORDER BY s.field) AS ordinal
    FROM build_spotted s LEFT JOIN (
      SELECT document, max(ordinal) AS last FROM store.readings GROUP BY document) m ON m.document = s.document;
    INSERT INTO store.readings (document, ordinal, section, label, quote_start, quote_end, value_start, value_end,
      type, text, rule)
    SELECT document, ordinal, '', label, value_start, value_end, value_start, value_end, 'text', text, '${vocabularyRule}'
    FROM build_spotted_readings;
    INSERT INTO build_facts BY NAME
    SELECT field, document, ordinal, 2 AS standing, 'text' AS form, 0 AS unit, hash(lower(trim(text))) AS content
    FROM build_spotted_readings;
    DROP TABLE build_spotted; DROP TABLE build_spotted_readings`);
}
