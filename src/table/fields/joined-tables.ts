import { rankUnion } from './rank-union.ts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { recordFile, type RankedDocument } from './document-order.ts';
import type { DiscoveredField } from './discover-fields.ts';
import { withoutYear } from './entity-names.ts';
import type { DiscoveredKind } from './field-edits.ts';
import { sameType } from './field-joins.ts';
import { UniqueNames, toIdentifier } from './identifiers.ts';
import { joinParts, PartFolder, splitParts } from './label-part.ts';
import { commonNouns, nounsOfNames, plural } from './kind-names.ts';
import { findRenamedFields } from './renamed-columns.ts';
import { readRows } from './result-row.ts';
import { mergeFields, writeFieldPaths, type TableField } from './table-fields.ts';
import { writeThings, type Thing } from './things.ts';

/** Of the smaller table, this share of the rows must be things that the other is about too. */
const sharedNames = 0.6;
const fewestShared = 3;
const fewestNames = 3;
/** Where one thing is told two things under one label this often, the rows of one name are several things. */
const mostConflicts = 0.1;
const fewestRepeated = 3;

interface Part {
  readonly index: number;
  readonly kind: DiscoveredKind;
  readonly names: ReadonlySet<string>;
}

/**
 * Joins tables that are about the same things: the traffic, the operations and the finances of the same airports, in one
 * document or in several, in one year or in several, as rows of CSV files, of workbooks or of tables within texts. They
 * become one kind, whose rows go by their names wherever they stand. Tables whose rows of one name state different values
 * under one label in one period (the departments of each of many shops) are left alone.
 */
export async function joinTables({
  connection,
  documents,
  kinds,
}: {
  connection: DuckDBConnection;
  documents: readonly RankedDocument[];
  kinds: readonly DiscoveredKind[];
}): Promise<DiscoveredKind[]> {
  const isTable = ({ basis, documents: own }: DiscoveredKind): boolean =>
    basis === 'rows' ||
    (basis === 'documents' &&
      own.every(
        (rank) => recordFile(documents[rank] ?? noDocument) !== null && documents[rank]?.title !== null,
      ));
  const tables = kinds.filter(isTable);
  if (tables.length === 0) return [...kinds];
  const things = await loadThings({ connection, documents, tables });
  await writeThings(connection, things);
  const named = tables.map((kind, index): Part => {
    const own = things.filter(({ table }) => table === index).map(({ name }) => name);
    return { index, kind, names: new Set(own) };
  });
  const { conflicts, repeated } = await countConflicts(connection, tables);
  const clusters: Part[][] = [];
  const eligible = named
    .filter(({ index, names }) => {
      const telling = [...names].filter((name) => /\p{L}{2}/u.test(name)).length;
      return telling >= Math.max(fewestNames, names.size / 2) && (conflicts[index] ?? 0) <= mostConflicts;
    })
    .sort((a, b) => b.names.size - a.names.size || a.index - b.index);
  for (const part of eligible) {
    const same = clusters.find((cluster) => cluster.some((other) => areAbout(part, other)));
    if (same === undefined) clusters.push([part]);
    else same.push(part);
  }
  const joined = new Map<DiscoveredKind, DiscoveredKind>();
  const gone = new Set<DiscoveredKind>();
  for (const cluster of clusters) {
    const [first] = cluster;
    // A table that stands alone needs no joining, unless its documents repeat its rows from year to year.
    const repeats = cluster.some(
      ({ index, kind }) =>
        kind.basis === 'rows' && kind.documents.length > 1 && (repeated[index] ?? 0) >= fewestRepeated,
    );
    if (first === undefined || (cluster.length === 1 && !repeats)) continue;
    const inOrder = cluster.toSorted((a, b) => a.index - b.index).map(({ kind }) => kind);
    const [main] = inOrder;
    if (main === undefined) continue;
    const names = new Set(cluster.flatMap((part) => [...part.names]));
    joined.set(main, await joinKinds({ connection, parts: inOrder, names, tables }));
    for (const kind of inOrder) gone.add(kind);
  }
  if (joined.size === 0) return [...kinds];
  // Names and nouns go to the things before the documents that tell of them.
  const names = new UniqueNames(['documents', 'facts', 'cells']);
  const together = new Map(
    [...joined].map(([main, kind]) => [main, { ...kind, name: names.take(kind.name) }]),
  );
  const taken = new Set(
    [...together.values()].flatMap(({ nouns }) => nouns.filter((noun) => !commonNouns.includes(noun))),
  );
  return kinds.flatMap((kind) => {
    const thing = together.get(kind);
    if (thing !== undefined) return [thing];
    if (gone.has(kind)) return [];
    return [{ ...kind, name: names.take(kind.name), nouns: kind.nouns.filter((noun) => !taken.has(noun)) }];
  });
}

const noDocument: RankedDocument = {
  number: -1,
  path: '',
  fragment: null,
  title: null,
  format: '',
  period: null,
  labels: 0,
  subject: -1,
};

function areAbout(a: Part, b: Part): boolean {
  const shared = a.names.intersection(b.names).size;
  return shared >= Math.max(fewestShared, Math.min(a.names.size, b.names.size) * sharedNames);
}

/** The things that rows of the tables are about, by their folded names. */
async function loadThings({
  connection,
  documents,
  tables,
}: {
  connection: DuckDBConnection;
  documents: readonly RankedDocument[];
  tables: readonly DiscoveredKind[];
}): Promise<Thing[]> {
  const tableOf = new Map(
    tables.flatMap(({ rowTables }, index) => rowTables.map((rowTable) => [rowTable, index] as const)),
  );
  const rows = await readRows(
    connection,
    `SELECT DISTINCT l.row_table, r.document, r.row_label, w.entity FROM build_readings r JOIN build_labels l USING (path)
     JOIN build_row_labels w ON w.number = r.row_label WHERE l.row_table IS NOT NULL
     ORDER BY l.row_table, r.document, r.row_label`,
  );
  const ofRows = rows.flatMap((row): Thing[] => {
    const table = tableOf.get(row.number('row_table'));
    const name = foldThing(row.text('entity'));
    return table === undefined
      ? []
      : [{ table, document: row.number('document'), rowLabel: row.number('row_label'), name }];
  });
  const ofRecords = tables.flatMap(({ basis, documents: own }, table) =>
    basis === 'rows'
      ? []
      : [...own].flatMap((rank): Thing[] => {
          const { number, title } = documents[rank] ?? noDocument;
          return title === null ? [] : [{ table, document: number, rowLabel: null, name: foldThing(title) }];
        }),
  );
  return [...ofRows, ...ofRecords];
}

const footnote = /\s*(?:[*†‡§¹²³⁴⁵⁶⁷⁸⁹]+|\[\^?\w{1,3}\]|\^\w{1,3}\^?|<sup>.*<\/sup>)$/u;

/** A name as it is compared: without the signs of footnotes, and without a year that tells editions apart. */
function foldThing(name: string): string {
  return withoutYear(name.replace(footnote, ''))
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/**
 * By table: the share of the things that are told several values for one label and period, of those told several times,
 * and how many these are.
 */
async function countConflicts(
  connection: DuckDBConnection,
  tables: readonly DiscoveredKind[],
): Promise<{ conflicts: number[]; repeated: number[] }> {
  await writeFieldPaths(
    connection,
    tables.flatMap(({ fields }, table) => fields.map((field) => ({ field, tables: [table] }))),
  );
  const rows = await readRows(
    connection,
    `WITH told AS (
       SELECT p.tbl, t.name, p.field, coalesce(r.period, d.period_number) AS period, count(DISTINCT r.content) AS contents,
         count(*) AS readings
       FROM build_field_paths p JOIN build_readings r ON r.path = p.path JOIN build_document_periods d USING (document)
       JOIN build_things t ON t.tbl = p.tbl AND t.document = r.document AND t.row_label IS NOT DISTINCT FROM r.row_label
       WHERE r.form IN ('number', 'percentage', 'year') GROUP BY ALL)
     SELECT tbl, count(*) FILTER (readings > 1) AS repeated, count(*) FILTER (contents > 1) AS conflicts FROM told GROUP BY tbl`,
  );
  const found = new Map(rows.map((row) => [row.number('tbl'), row]));
  const things = await readRows(
    connection,
    'SELECT tbl, count(*) - count(DISTINCT name) AS repeated FROM build_things GROUP BY tbl',
  );
  const repeats = new Map(things.map((row) => [row.number('tbl'), row.number('repeated')]));
  return {
    conflicts: tables.map((_, index) => {
      const row = found.get(index);
      const repeated = row?.number('repeated') ?? 0;
      return repeated === 0 ? 0 : (row?.number('conflicts') ?? 0) / repeated;
    }),
    repeated: tables.map((_, index) => repeats.get(index) ?? 0),
  };
}

async function joinKinds({
  connection,
  parts,
  names,
  tables,
}: {
  connection: DuckDBConnection;
  parts: readonly DiscoveredKind[];
  names: ReadonlySet<string>;
  tables: readonly DiscoveredKind[];
}): Promise<DiscoveredKind> {
  const fields = parts.flatMap((kind) =>
    kind.fields.map((field): TableField => ({ field, tables: [tables.indexOf(kind)] })),
  );
  const same = await joinSameLabels(connection, fields, tables);
  const renamed = await findRenamedFields(connection, same);
  const columns = new UniqueNames();
  const named = renamed.map(({ field }) => ({
    ...field,
    name: columns.take(toIdentifier(field.label) || 'field'),
  }));
  // One table alone keeps the name of its caption.
  const called = parts.length === 1 ? [] : nounsOfNames([...names]);
  const nouns = [...new Set([...called, ...parts.flatMap((part) => part.nouns)])];
  const common = nouns.filter((noun) => commonNouns.includes(noun));
  return {
    name: (called[0] === undefined ? '' : toIdentifier(plural(called[0]))) || (parts[0]?.name ?? 'rows'),
    nouns: [...nouns.filter((noun) => !common.includes(noun)), ...common],
    basis: 'things',
    documents: rankUnion(parts.map(({ documents }) => documents)),
    entityDocuments: rankUnion(
      parts.flatMap(({ basis, documents }) => (basis === 'rows' ? [] : [documents])),
    ),
    rowTables: parts.flatMap(({ rowTables }) => rowTables),
    fields: named,
  };
}

/** Columns of the same label are one, unless the tables say different things under it. */
async function joinSameLabels(
  connection: DuckDBConnection,
  fields: readonly TableField[],
  tables: readonly DiscoveredKind[],
): Promise<TableField[]> {
  const folder = new PartFolder();
  const keyOf = ({ label }: DiscoveredField): string =>
    joinParts(splitParts(label).map((part) => folder.fold(part).bare));
  await writeFieldPaths(connection, fields);
  const disagreements = await readRows(
    connection,
    `WITH told AS (
       SELECT p.field, t.name, coalesce(r.period, d.period_number) AS period, any_value(r.content) AS content
       FROM build_field_paths p JOIN build_readings r ON r.path = p.path JOIN build_document_periods d USING (document)
       JOIN build_things t ON t.tbl = p.tbl AND t.document = r.document AND t.row_label IS NOT DISTINCT FROM r.row_label
       WHERE r.form <> 'missing' GROUP BY ALL)
     SELECT a.field AS field, b.field AS other, count(*) AS both, count(*) FILTER (a.content <> b.content) AS unlike
     FROM told a JOIN told b ON a.name = b.name AND a.period IS NOT DISTINCT FROM b.period AND a.field < b.field
     GROUP BY ALL`,
  );
  const unlike = new Set(
    disagreements
      .filter((row) => row.number('unlike') > row.number('both') * mostConflicts)
      .map((row) => `${row.number('field')} ${row.number('other')}`),
  );
  // Fields come in the order of their numbers: members stand before those that join them.
  const joined: { key: string; members: { number: number; field: TableField }[] }[] = [];
  for (const [number, field] of fields.entries()) {
    const key = keyOf(field.field);
    const same = joined.find(
      (each) =>
        each.key === key &&
        each.members.every(
          (other) =>
            sameType(other.field.field.group, field.field.group) && !unlike.has(`${other.number} ${number}`),
        ),
    );
    if (same === undefined) joined.push({ key, members: [{ number, field }] });
    else same.members.push({ number, field });
  }
  const byKey = Map.groupBy(joined, ({ key }) => key);
  return joined.flatMap(({ key, members }): TableField[] => {
    const [first, ...others] = members.map(({ field }) => field);
    if (first === undefined) return [];
    const merged = mergeFields(first, others);
    if ((byKey.get(key)?.length ?? 0) < 2) return [merged];
    // Two columns of one label are told apart by what their tables are called.
    const caption = (tables[first.tables[0] ?? 0]?.name ?? '').replaceAll('_', ' ').trim();
    return [{ ...merged, field: { ...merged.field, label: joinParts([caption, first.field.label]) } }];
  });
}
