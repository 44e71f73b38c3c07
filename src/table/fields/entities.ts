import { BOOLEAN, INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { recencyOf, recordFile, type RankedDocument } from './document-order.ts';
import { foldName, nameEntities, type NamedEntities, type NameField } from './entity-names.ts';
import { findFileIdentifiers } from './file-identifiers.ts';
import { nameThings, refineTitles, type NamingField } from './refine-names.ts';
import { nameFiled } from './filed-names.ts';
import { nameForms } from './form-names.ts';
import { isIdentifierLabel, isNamingLabel, isProperNameLabel } from './naming-labels.ts';
import { nameByTime } from './time-names.ts';
import { nameByOpening } from './opening-names.ts';
import { areNames } from './title-affixes.ts';
import { createTemporaryTable, appendRows } from './fill-table.ts';
import type { PeriodicDocument } from './periodic-documents.ts';
import { periodBounds } from './periods.ts';
import { readRows } from './result-row.ts';

/** A kind of documents whose entities are to be named. */
export interface NamedKind {
  readonly kind: number;
  /** Ranks, ascending. */
  readonly documents: Int32Array;
  /** The field the user chose as key, or null. */
  readonly keyField: number | null;
  readonly fields: readonly { readonly number: number; readonly label: string }[];
}

const mostCandidates = 8;
const timeWord = /year|edition|period|date|quarter|month|jahr|datum|fecha|année|年|日期/i;
const mostTelling = 6;
/** A document is of a period; readings of later ones are forecasts, unless most of its readings are. */
const mostForecasts = 0.3;

/**
 * Names the entities of the kinds of documents. Fills `store.entities (entity, kind, name)`, numbered in the
 * order of the documents, and `build_entity_documents` (see `decideCells`). Expects `build_facts` and
 * `build_periods`.
 *
 * @returns what was decided about the names, where it is worth saying, by kind.
 */
export async function findEntities({
  connection,
  documents,
  kinds,
  periodic = new Map(),
}: {
  connection: DuckDBConnection;
  documents: readonly RankedDocument[];
  kinds: readonly NamedKind[];
  /** Documents about one thing in one period, by rank: each is a row. */
  periodic?: ReadonlyMap<number, PeriodicDocument>;
}): Promise<Map<number, string>> {
  const notes = new Map<number, string>();
  const recency = recencyOf(documents);
  const horizons = await findHorizons(connection, documents);
  const entities: { kind: number; name: string }[] = [];
  const members: { rank: number; entity: number; editions: boolean; series: boolean }[] = [];
  for (const kind of kinds) {
    const ranks = [...kind.documents];
    const own = ranks.map((rank) => documents[rank]).filter((document) => document !== undefined);
    const series = kind.keyField === null ? seriesNames(ranks, periodic) : null;
    const { names, note } = series ?? (await nameSubjects(connection, kind, own));
    if (note !== null) notes.set(kind.kind, note);
    const groups = Map.groupBy(ranks.keys(), (index) => foldName(names[index] ?? ''));
    for (const group of groups.values()) {
      const latest = group.reduce((a, b) =>
        (recency[ranks[b] ?? 0] ?? 0) > (recency[ranks[a] ?? 0] ?? 0) ? b : a,
      );
      const periods = new Set(group.map((index) => own[index]?.period ?? null));
      for (const index of group) {
        members.push({
          rank: ranks[index] ?? 0,
          entity: entities.length,
          editions: periods.size > 1 && !periods.has(null),
          series: series !== null,
        });
      }
      entities.push({ kind: kind.kind, name: names[latest] ?? '' });
    }
  }
  await connection.run('CREATE OR REPLACE TABLE store.entities (entity INTEGER, kind INTEGER, name VARCHAR)');
  await appendRows({
    connection,
    table: 'entities',
    schema: 'store',
    columns: [
      { name: 'entity', type: INTEGER, values: entities.map((_, entity) => entity) },
      { name: 'kind', type: INTEGER, values: entities.map(({ kind }) => kind) },
      { name: 'name', type: VARCHAR, values: entities.map(({ name }) => name) },
    ],
  });
  const ofMember = <T>(values: (rank: number) => T): T[] => members.map(({ rank }) => values(rank));
  await createTemporaryTable({
    connection,
    table: 'build_entity_documents',
    columns: [
      { name: 'document', type: INTEGER, values: ofMember((rank) => documents[rank]?.number ?? 0) },
      { name: 'row_label', type: INTEGER, values: members.map(() => null) },
      { name: 'entity', type: INTEGER, values: members.map(({ entity }) => entity) },
      { name: 'recency', type: INTEGER, values: ofMember((rank) => recency[rank] ?? 0) },
      { name: 'document_period', type: VARCHAR, values: ofMember((rank) => documents[rank]?.period ?? null) },
      { name: 'horizon', type: INTEGER, values: ofMember((rank) => horizons.get(rank) ?? null) },
      { name: 'editions', type: BOOLEAN, values: members.map(({ editions }) => editions) },
      { name: 'series', type: BOOLEAN, values: members.map(({ series }) => series) },
    ],
  });
  return notes;
}

/** The names of documents that come by thing and period: "Oxbury (2021-22)". Null where the kind has others. */
function seriesNames(
  ranks: readonly number[],
  periodic: ReadonlyMap<number, PeriodicDocument>,
): { names: readonly string[]; note: string } | null {
  const own = ranks.flatMap((rank) => periodic.get(rank) ?? []);
  if (own.length < ranks.length || own.length === 0) return null;
  const note = own.every(({ subject }) => subject === null)
    ? 'A row is a document of one period; the column "period" tells it.'
    : 'A row is a document of one thing in one period; the columns "name" and "period" tell them apart.';
  return { names: own.map(({ name }) => name), note };
}

/** Names the documents; the sheets of a workbook about one thing by its main sheet. */
async function nameSubjects(
  connection: DuckDBConnection,
  kind: NamedKind,
  documents: readonly RankedDocument[],
): Promise<{ names: readonly string[]; note: string | null }> {
  const subjects = [...new Set(documents.map(({ subject }) => subject))];
  if (subjects.length === documents.length) return nameKind(connection, kind, documents);
  const byRank = new Map([...kind.documents].map((rank, index) => [rank, documents[index]]));
  const main = subjects.map((rank) => byRank.get(rank)).filter((document) => document !== undefined);
  const { names, note } = await nameKind(connection, kind, main);
  const nameOf = new Map(main.map(({ subject }, index) => [subject, names[index] ?? '']));
  return { names: documents.map(({ subject }) => nameOf.get(subject) ?? ''), note };
}

async function nameKind(
  connection: DuckDBConnection,
  kind: NamedKind,
  documents: readonly RankedDocument[],
): Promise<NamedEntities> {
  const read = async ({ number, label }: NamingField): Promise<NameField> => ({
    label,
    values: await readNames(connection, number, documents),
  });
  const named = await chooseNames(connection, kind, { documents, read });
  const isOfFiles = documents.every((document) => recordFile(document) === null);
  const isByTitle = kind.keyField === null && named.basis === 'title' && isOfFiles;
  return isByTitle ? { ...named, names: await refineTitles(named.names, kind.fields, read) } : named;
}

async function chooseNames(
  connection: DuckDBConnection,
  { keyField, fields }: NamedKind,
  {
    documents,
    read,
  }: { documents: readonly RankedDocument[]; read: (field: NamingField) => Promise<NameField> },
): Promise<NamedEntities> {
  const key = fields.find(({ number }) => number === keyField);
  if (key !== undefined) return nameEntities({ documents, chosen: await read(key), candidates: [] });
  const form = await nameForms(documents, fields, read);
  if (form !== null) return form;
  const identifier = await findIdentifier(documents, fields.slice(0, mostLeading), read);
  if (identifier !== null) return nameEntities({ documents, chosen: identifier, candidates: [] });
  const withoutCandidates = nameEntities({ documents, chosen: null, candidates: [] });
  const byTitle = withoutCandidates.note === null && withoutCandidates.basis === 'title';
  const filed = byTitle ? nameByTitleIdentifiers(documents) : null;
  if (filed !== null) return filed;
  if (byTitle && areNames(withoutCandidates.names)) return withoutCandidates;
  const identified = byTitle ? null : await nameThings(fields, read);
  if (identified !== null) return identified;
  const leading = byTitle ? [] : await Promise.all(fields.slice(0, mostTelling).map(read));
  const filedBy = byTitle ? null : nameFiled(documents, leading);
  if (filedBy !== null) return filedBy;
  const likely = fields
    .filter(({ label }) => isNamingLabel(label))
    .sort((a, b) => Number(isProperNameLabel(b.label)) - Number(isProperNameLabel(a.label)))
    .slice(0, mostCandidates);
  const candidates: NameField[] = [];
  for (const field of likely) {
    const candidate = await read(field);
    if (!areSentences(candidate.values)) candidates.push(candidate);
  }
  const others: NameField[] = [];
  if (candidates.length > 0 && documents.every((document) => recordFile(document) !== null)) {
    const telling = fields.toSorted(
      (a, b) => Number(timeWord.test(b.label)) - Number(timeWord.test(a.label)),
    );
    for (const field of telling.slice(0, mostTelling)) others.push(await read(field));
  }
  const named = byTitle ? withoutCandidates : nameEntities({ documents, chosen: null, candidates, others });
  if (named.basis === 'field') return named;
  if (documents.some((document) => recordFile(document) !== null)) {
    const [first] = leading;
    return (named.basis === 'file' && first !== undefined ? nameByTime(first) : null) ?? named;
  }
  const proper = candidates.find(({ label }) => isProperNameLabel(label));
  if (proper !== undefined) {
    const values = await nameByOpening(connection, documents, proper.values);
    const byOpening = nameEntities({
      documents,
      chosen: null,
      candidates: [{ label: proper.label, values }],
    });
    if (byOpening.basis === 'field') return byOpening;
  }
  const identifiers = await findFileIdentifiers(connection, documents);
  if (identifiers === null) return named;
  return {
    names: identifiers.map((identifier, index) => identifier ?? named.names[index] ?? ''),
    note: 'Rows are named by the identifiers that the files are named by and the documents state.',
    basis: 'field',
  };
}

const sentenceEnd = /[\p{Ll}\p{N}]{2}\.\s+\p{Lu}/gu;
const mostInSentences = 0.1;

/** Whether many values run on over several sentences, as what stands behind a label within prose does: no names. */
function areSentences(values: readonly (string | null)[]): boolean {
  const stated = values.filter((value) => value !== null);
  const runOn = stated.filter((value) => (value.match(sentenceEnd)?.length ?? 0) >= 2);
  return runOn.length > stated.length * mostInSentences;
}

/** `INC-313`; a year behind a word is no identifier. */
const filedAs = /^\p{L}{1,6}[-_ ]?(?!(?:19|20)\d{2}$)\d{2,}$/u;
const mostWithoutIdentifier = 0.9;

/**
 * Documents that are filed by identifiers which their titles repeat go by these, where the rest of the titles does not
 * tell them apart: `INC-313.eml` with the subject "Outage INC-313: mail degraded".
 */
function nameByTitleIdentifiers(documents: readonly RankedDocument[]): NamedEntities | null {
  if (documents.length < 3 || documents.some((document) => recordFile(document) !== null)) return null;
  const names = documents.map(({ path, title }) => {
    const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]{1,8}$/, '');
    const at = filedAs.test(stem) ? (title ?? '').toLowerCase().indexOf(stem.toLowerCase()) : -1;
    return at < 0 || title === null ? null : title.slice(at, at + stem.length);
  });
  if (names.includes(null) || new Set(names).size < names.length) return null;
  const rests = new Set(documents.map(({ title }, index) => title?.replace(names[index] ?? '', '')));
  if (rests.size > documents.length * mostWithoutIdentifier) return null;
  return {
    names: names.map((name) => name ?? ''),
    note: 'Rows are named by the identifiers that the files are named by and the titles state.',
    basis: 'field',
  };
}

/** An identifier is stated first. */
const mostLeading = 2;
const identifierForm = /^(?=.*\p{L})(?=.*\d)\S{4,24}$/u;

/**
 * The identifier that documents which are forms begin with, each its own ("Registry number: NCT04283388"), when
 * their titles are that of the form, or the field that follows.
 */
async function findIdentifier(
  documents: readonly RankedDocument[],
  leading: readonly { number: number; label: string }[],
  read: (field: { number: number; label: string }) => Promise<NameField>,
): Promise<NameField | null> {
  if (documents.length < 3 || documents.some((document) => recordFile(document) !== null)) return null;
  const [first, second] = leading;
  if (first === undefined || second === undefined || !isIdentifierLabel(first.label)) return null;
  const [identifier, following] = [await read(first), await read(second)];
  const identifies =
    identifier.values.every((value) => value !== null && identifierForm.test(value)) &&
    new Set(identifier.values).size === documents.length;
  const titles = Map.groupBy(documents.keys(), (index) => foldName(documents[index]?.title ?? ''));
  const isTitle = [...titles].every(
    ([title, indexes]) =>
      title === '' || indexes.length > 1 || title === foldName(following.values[indexes[0] ?? 0] ?? ''),
  );
  return identifies && isTitle ? identifier : null;
}

/** The first value of a field in each document, as text. */
async function readNames(
  connection: DuckDBConnection,
  field: number,
  documents: readonly RankedDocument[],
): Promise<(string | null)[]> {
  const rows = await readRows(
    connection,
    `SELECT f.document, arg_min(coalesce(r.text, r.date, CASE WHEN r.number = floor(r.number)
       THEN format('{:.0f}', r.number) ELSE r.number::VARCHAR END), f.ordinal) AS name
     FROM build_facts f JOIN store.readings r ON r.document = f.document AND r.ordinal = f.ordinal
     WHERE f.field = ${field} AND f.form <> 'missing' GROUP BY f.document`,
  );
  const names = new Map(rows.map((row) => [row.number('document'), row.textOrNull('name')]));
  return documents.map(({ number }) => names.get(number)?.split('\n')[0]?.trim().slice(0, 200) || null);
}

/** The last day of each document's own period, by rank, where most of what it states lies not after it. */
async function findHorizons(
  connection: DuckDBConnection,
  documents: readonly RankedDocument[],
): Promise<Map<number, number>> {
  const rows = await readRows(
    connection,
    `SELECT d.rank FROM build_facts f JOIN build_documents d ON d.document = f.document
     JOIN build_periods own ON own.period = d.period JOIN build_periods p ON p.number = f.period
     GROUP BY d.rank HAVING count(*) FILTER (p.first_day > own.last_day) > count(*) * ${mostForecasts}`,
  );
  const implausible = new Set(rows.map((row) => row.number('rank')));
  const horizons = new Map<number, number>();
  for (const [rank, { period }] of documents.entries()) {
    const bounds = period === null || implausible.has(rank) ? null : periodBounds(period);
    if (bounds !== null) horizons.set(rank, bounds.lastDay);
  }
  return horizons;
}
