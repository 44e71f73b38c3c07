import type { DuckDBConnection } from '@duckdb/node-api';
import { discoverFields } from './discover-fields.ts';
import { findDocumentKinds } from './document-kinds.ts';
import type { RankedDocument } from './document-order.ts';
import type { DiscoveredKind } from './field-edits.ts';
import { UniqueNames } from './identifiers.ts';
import { nameKinds, nameRowKind } from './kind-names.ts';
import { nounsOfNotes } from './row-nouns.ts';
import { joinTables } from './joined-tables.ts';
import type { LabelPath } from './label-paths.ts';
import type { PeriodicDocument } from './periodic-documents.ts';
import { discoverRowFields } from './row-fields.ts';
import { joinRowLayouts } from './row-layouts.ts';
import type { RowTable } from './row-tables.ts';
import { joinStyledKinds } from './styled-kinds.ts';

/** Finds the kinds of documents and of rows in them, with their fields. The largest kind of documents is first. */
export async function discoverKinds({
  connection,
  documents,
  paths,
  rowTables,
  corpusName,
  maximumFields,
  periodic,
  totals,
  sameLabels,
}: {
  connection: DuckDBConnection;
  documents: readonly RankedDocument[];
  paths: readonly LabelPath[];
  rowTables: readonly RowTable[];
  corpusName: string;
  maximumFields: number;
  periodic: ReadonlyMap<number, PeriodicDocument>;
  /** Ranks of documents that are rows which sum up others. */
  totals: ReadonlySet<number>;
  /** Labels of sentences that mean the same. */
  sameLabels: readonly (readonly string[])[];
}): Promise<DiscoveredKind[]> {
  const tables = new UniqueNames(['documents', 'facts', 'cells']);
  const documentKinds = await joinStyledKinds({
    connection,
    documents,
    paths,
    kinds: findDocumentKinds(documents, paths, { periodic, totals }),
  });
  const noted = await nounsOfNotes({ connection, kinds: documentKinds, documents });
  const names = nameKinds({ kinds: documentKinds, documents, corpusName, tables }).map((name, index) => ({
    ...name,
    nouns: [...new Set([...(noted[index] ?? []), ...name.nouns])],
  }));
  const kinds: DiscoveredKind[] = [];
  for (const [index, kind] of documentKinds.entries()) {
    const fields = await discoverFields({
      connection,
      paths,
      kind: kind.documents,
      documentCount: documents.length,
      maximumFields,
      sameLabels,
    });
    const name = names[index] ?? { name: tables.take('records'), nouns: [] };
    kinds.push({
      ...name,
      basis: 'documents',
      documents: kind.documents,
      entityDocuments: kind.documents,
      rowTables: [],
      fields,
    });
  }
  const rankOf = new Map(documents.map(({ number }, rank) => [number, rank]));
  for (const table of rowTables) {
    const holders = Int32Array.from(table.documents, (number) => rankOf.get(number) ?? 0).sort();
    const members = Array.from(holders, (rank) => documents[rank]).filter(
      (document) => document !== undefined,
    );
    const name = nameRowKind({ captions: table.captions, documents: members, corpusName, tables });
    const columns = discoverRowFields(table, paths);
    const joined = table.sections ? await joinRowLayouts(connection, columns) : columns;
    const fields = joined.slice(0, maximumFields);
    kinds.push({
      ...name,
      basis: 'rows',
      documents: holders,
      entityDocuments: new Int32Array(),
      rowTables: [table.number],
      fields,
    });
  }
  return joinTables({ connection, documents, kinds });
}
