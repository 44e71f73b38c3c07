import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { createTemporaryTable } from './fill-table.ts';
import { joinParts, PartFolder, splitParts } from './label-part.ts';
import { isModelledSql } from './modelled-fields.ts';
import { readRows } from './result-row.ts';
import type { RowTable } from './row-tables.ts';

/** A section of a document with the labels that stand in it. */
interface Section {
  readonly document: number;
  readonly parts: readonly string[];
  readonly labels: readonly string[];
}

/** Sections beside each other that state the same attributes, each of a thing of its own. */
interface Listing {
  readonly document: number;
  /** The headings above. */
  readonly above: readonly string[];
  /** What most of them state. */
  readonly core: ReadonlySet<string>;
  readonly members: readonly Section[];
}

const fewestSections = 3;
/** In a corpus of hardly any documents a heading cannot recur, so more sections must be alike. */
const fewestInFewDocuments = 4;
const fewDocuments = 3;
/** A heading in at least this share of the documents is an attribute's, not an entity's. */
const recurringShare = 0.3;
const coreShare = 0.75;
const fewestCoreLabels = 2;
/** Of all that the sections state, at least this share must be of the core. */
const coreStatements = 0.5;
const sameCoreShare = 0.4;
const mostSections = 300_000;

/**
 * Finds documents that list things by section: beside each other stand sections whose headings differ from
 * document to document and that state the same attributes. Each such section is an entity, as a row of a table
 * is. Leaves in `build_row_sections (document, section, row_table, row_label, inner_section)` what entity each of
 * these sections, and those below it, is about.
 *
 * @param firstTable the number of the first table found.
 */
export async function findRowSections({
  connection,
  documentCount,
  firstTable,
}: {
  connection: DuckDBConnection;
  documentCount: number;
  firstTable: number;
}): Promise<RowTable[]> {
  const sections = await loadSections(connection, documentCount);
  const folder = new PartFolder();
  const listings = [...Map.groupBy(sections, ({ document }) => document).values()].flatMap((own) =>
    findListings(own, {
      folder,
      fewest: documentCount <= fewDocuments ? fewestInFewDocuments : fewestSections,
    }),
  );
  const tables = joinListings(listings);
  const entries = tables.flatMap((table, index) =>
    table.flatMap(({ above, members }) =>
      members.map(({ document, parts }) => ({
        document,
        section: joinParts(parts),
        table: firstTable + index,
        label: parts[above.length] ?? '',
        inner: joinParts(parts.slice(above.length + 1)),
      })),
    ),
  );
  await createTemporaryTable({
    connection,
    table: 'build_row_sections',
    columns: [
      { name: 'document', type: INTEGER, values: entries.map(({ document }) => document) },
      { name: 'section', type: VARCHAR, values: entries.map(({ section }) => section) },
      { name: 'row_table', type: INTEGER, values: entries.map(({ table }) => table) },
      { name: 'row_label', type: VARCHAR, values: entries.map(({ label }) => label) },
      { name: 'inner_section', type: VARCHAR, values: entries.map(({ inner }) => inner) },
    ],
  });
  return tables.map((table, index) => ({
    number: firstTable + index,
    captions: [...new Set(table.flatMap(({ above }) => above.slice(-1)))].slice(0, 2),
    documents: [...new Set(table.map(({ document }) => document))].sort((a, b) => a - b),
    sections: true,
  }));
}

/** Sections whose heading few documents have, in the order of documents and texts. */
async function loadSections(connection: DuckDBConnection, documentCount: number): Promise<Section[]> {
  const most = documentCount <= fewDocuments ? documentCount : Math.max(1, documentCount * recurringShare);
  const rows = await readRows(
    connection,
    `WITH rare AS (
       SELECT section FROM store.readings WHERE section <> '' GROUP BY section HAVING count(DISTINCT document) <= ${most})
     SELECT r.document, r.section, list(DISTINCT r.label ORDER BY r.label) AS labels
     FROM store.readings r SEMI JOIN rare ON rare.section = r.section
     JOIN build_documents d ON d.document = r.document
     WHERE r.entity IS NULL AND NOT starts_with(r.rule, 'sentence') AND NOT ${isModelledSql('r.rule')}
     GROUP BY r.document, d.rank, r.section ORDER BY d.rank, min(r.ordinal) LIMIT ${mostSections}`,
  );
  return rows.map((row) => ({
    document: row.number('document'),
    parts: splitParts(row.text('section')),
    labels: row.texts('labels'),
  }));
}

/** The listings of one document, the outermost where one lies in another. */
function findListings(
  sections: readonly Section[],
  { folder, fewest }: { folder: PartFolder; fewest: number },
): Listing[] {
  const listings: Listing[] = [];
  let open = [...sections];
  const deepest = Math.max(0, ...sections.map(({ parts }) => parts.length));
  for (let depth = 0; depth < deepest; depth += 1) {
    const beside = Map.groupBy(
      open.filter(({ parts }) => parts.length > depth),
      ({ parts }) => joinParts(parts.slice(0, depth)),
    );
    for (const members of beside.values()) {
      const listing = asListing(members, { depth, folder, fewest });
      if (listing === null) continue;
      listings.push(listing);
      open = open.filter((section) => !listing.members.includes(section));
    }
  }
  return listings;
}

function asListing(
  sections: readonly Section[],
  { depth, folder, fewest }: { depth: number; folder: PartFolder; fewest: number },
): Listing | null {
  const byHeading = Map.groupBy(sections, ({ parts }) => parts[depth] ?? '');
  if (byHeading.size < fewest) return null;
  const stated = new Map<string, Set<string>>();
  for (const [heading, own] of byHeading) {
    const labels = own.flatMap(({ parts, labels }) =>
      labels.map((label) =>
        [...parts.slice(depth + 1), ...splitParts(label)].map((part) => folder.fold(part).bare).join(' > '),
      ),
    );
    stated.set(heading, new Set(labels));
  }
  const counts = new Map<string, number>();
  for (const labels of stated.values())
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const core = new Set(
    [...counts].filter(([, count]) => count >= byHeading.size * coreShare).map(([label]) => label),
  );
  if (core.size < fewestCoreLabels) return null;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const ofCore = [...core].reduce((sum, label) => sum + (counts.get(label) ?? 0), 0);
  if (ofCore < all * coreStatements) return null;
  // A section beside the others that states none of it (an introduction, a summary) is no entity.
  const members = sections.filter(
    ({ parts }) => !core.isDisjointFrom(stated.get(parts[depth] ?? '') ?? new Set()),
  );
  const [first] = sections;
  return { document: first?.document ?? 0, above: first?.parts.slice(0, depth) ?? [], core, members };
}

/** Listings of the same attributes in several places or documents are one table. */
function joinListings(listings: readonly Listing[]): Listing[][] {
  const tables: Listing[][] = [];
  for (const listing of listings) {
    const same = tables.find(([other]) => {
      if (other === undefined) return false;
      const shared = listing.core.intersection(other.core).size;
      return shared >= listing.core.union(other.core).size * sameCoreShare;
    });
    if (same === undefined) tables.push([listing]);
    else same.push(listing);
  }
  return tables;
}
