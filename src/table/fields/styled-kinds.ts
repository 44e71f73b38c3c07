import { rankUnion } from './rank-union.ts';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RankedDocument } from './document-order.ts';
import type { DocumentKind } from './document-kinds.ts';
import { identifyFields } from './field-identity.ts';
import { joinFields } from './field-joins.ts';
import { loadValues } from './field-values.ts';
import type { LabelPath } from './label-paths.ts';
import { matchStyles, type StyledField } from './style-matches.ts';

const fewestDocuments = 4;
const mostDocuments = 5000;
const mostKinds = 8;
/** Most documents of a style state a field that counts. */
const usualCoverage = 0.5;
const fewestFields = 4;
/** Of the usual fields of either style, this share must be the other's too. */
const fewestMatched = 0.6;
/** Documents about the same things, as orders and the invoices for them, are of two kinds. */
const mostSameTitles = 0.1;

/**
 * Joins kinds of documents that are one kind in two house styles: documents side by side whose labels are all others, but
 * whose fields match one to one by what values they have.
 */
export async function joinStyledKinds({
  connection,
  documents,
  paths,
  kinds,
}: {
  connection: DuckDBConnection;
  documents: readonly RankedDocument[];
  paths: readonly LabelPath[];
  kinds: readonly DocumentKind[];
}): Promise<DocumentKind[]> {
  const joined = [...kinds];
  const isCandidate = (kind: DocumentKind): boolean =>
    !kind.records && kind.documents.length >= fewestDocuments && kind.documents.length <= mostDocuments;
  if (kinds.filter(isCandidate).length > mostKinds) return joined;
  for (let index = 0; index < joined.length; index += 1) {
    for (let next = index + 1; next < joined.length; next += 1) {
      const [kind, other] = [joined[index], joined[next]];
      if (kind === undefined || other === undefined || !isCandidate(kind) || !isCandidate(other)) continue;
      if (!areSideBySide(kind, other, documents)) continue;
      if (!(await areStyles({ connection, documents, paths, kinds: [kind, other] }))) continue;
      joined[index] = { documents: rankUnion([kind.documents, other.documents]), records: false };
      joined.splice(next, 1);
      next = index;
    }
  }
  return joined.toSorted((a, b) => b.documents.length - a.documents.length);
}

/** Whether documents are in the same folder, and about other things. */
function areSideBySide(
  kind: DocumentKind,
  other: DocumentKind,
  documents: readonly RankedDocument[],
): boolean {
  const placesOf = ({ documents: ranks }: DocumentKind): Set<string> =>
    new Set(
      Array.from(ranks, (rank) => {
        const { path = '' } = documents[rank] ?? {};
        return path.slice(0, path.lastIndexOf('/') + 1);
      }),
    );
  const titlesOf = ({ documents: ranks }: DocumentKind): Set<string> =>
    new Set(Array.from(ranks, (rank) => documents[rank]?.title ?? `${rank}`));
  const [titles, otherTitles] = [titlesOf(kind), titlesOf(other)];
  return (
    !placesOf(kind).isDisjointFrom(placesOf(other)) &&
    titles.intersection(otherTitles).size <= Math.min(titles.size, otherTitles.size) * mostSameTitles
  );
}

async function areStyles({
  connection,
  documents,
  paths,
  kinds: [kind, other],
}: {
  connection: DuckDBConnection;
  documents: readonly RankedDocument[];
  paths: readonly LabelPath[];
  kinds: readonly [DocumentKind, DocumentKind];
}): Promise<boolean> {
  const members = new Set([...kind.documents, ...other.documents]);
  const labels = paths
    .filter(({ sentence, modelled, rowTable }) => !sentence && !modelled && rowTable === null)
    .map((path) => ({ ...path, documents: path.documents.filter((rank) => members.has(rank)) }))
    .filter((path) => path.documents.length > 0);
  const groups = joinFields(identifyFields(labels, documents.length), members.size);
  const values = await loadValues(connection, groups);
  const all = groups.flatMap((group, index) => {
    const own = values[index];
    return own === undefined || own.prose ? [] : [{ group, values: own }];
  });
  const { matches, common, unmatched } = matchStyles(all, [kind, other]);
  const isUsual = ({ coverage }: StyledField): boolean => coverage >= usualCoverage;
  const matched = common + matches.filter((pair) => pair.some(isUsual)).length;
  const left = Math.max(...unmatched.map((fields) => fields.filter(isUsual).length));
  return matched >= fewestFields && matched >= (matched + left) * fewestMatched;
}
