import type { DuckDBConnection } from '@duckdb/node-api';
import { measureAgreement, type FieldPair } from './field-agreement.ts';
import { identifyFields, Topics, type FieldGroup } from './field-identity.ts';
import { countShared, eventOf, happeningOf, joinFields, mergeGroups, sameType } from './field-joins.ts';
import { nameFields, shortKey, type FieldName } from './field-names.ts';
import { foldLabel } from '../values/labels.ts';
import { findHouseStyles } from './house-styles.ts';
import { UniqueNames } from './identifiers.ts';
import { joinPeriods } from './period-joins.ts';
import { joinRestated } from './restated-fields.ts';
import { joinLayouts } from './layout-joins.ts';
import type { LabelPath } from './label-paths.ts';
import { addModelledFields, isModelled } from './modelled-fields.ts';

/** A field as discovery finds it, before a user's edits. */
export interface DiscoveredField extends FieldName {
  readonly group: FieldGroup;
}

/** The share of a kind's documents that must state a label for it to be a field. */
const fewestShare = 0.005;
const manyDocuments = 100;
/** The same for labels that only sentences give. */
const fewestSentenceShare = 0.02;
/** And for what open statements say, which is an attribute only where documents are written to one pattern. */
const fewestOpenShare = 0.08;
const fewestAgreeing = 3;
/** The same label under two headings is one field when nearly all documents with both state the same value. */
const duplicateShare = 0.9;
/** Sentences tell a labelled field's value when they mostly say the same where both are there. */
const sentenceShare = 0.6;

/**
 * Finds the fields of a kind of documents: which label paths are one attribute, and what it is called. The
 * `maximumFields` most frequent are kept, in the order in which documents state them.
 *
 * @param paths of the whole corpus.
 * @param kind ranks of the kind's documents, ascending.
 */
export async function discoverFields({
  connection,
  paths,
  kind,
  documentCount,
  maximumFields,
  sameLabels = [],
}: {
  connection: DuckDBConnection;
  paths: readonly LabelPath[];
  kind: Int32Array;
  documentCount: number;
  maximumFields: number;
  /** Labels of sentences that mean the same. */
  sameLabels?: readonly (readonly string[])[];
}): Promise<DiscoveredField[]> {
  const all = restrictToKind(paths, kind, documentCount);
  const own = all.filter(({ modelled }) => !modelled);
  const labels = own.filter(({ sentence }) => !sentence);
  const topics = new Topics(labels, documentCount);
  const distinct = await mergeDuplicates(connection, identifyFields(labels, documentCount), topics);
  const spelt = joinFields(distinct, kind.length);
  const layouts = { styles: findHouseStyles(spelt, kind.length), documentCount: kind.length };
  const joined = await joinLayouts({ connection, groups: spelt, ...layouts });
  const spoken = joinSameLabels(
    identifyFields(
      own.filter(({ sentence }) => sentence),
      documentCount,
    ),
    sameLabels,
  );
  const told = await addSentences({ connection, fields: joined, spoken, documents: kind.length, topics });
  const settled = await joinPeriods(connection, await joinRestated(connection, told));
  const joinedAgain = await joinLayouts({ connection, groups: settled, ...layouts });
  const complete = addModelledFields({
    fields: joinedAgain,
    paths: all.filter(({ modelled }) => modelled),
    keyOf: (group) => shortKey(group, topics),
  });
  const fewest = fewestDocuments(kind.length);
  const groups = complete
    .filter((group) => group.documents.length >= fewest || isModelled(group))
    .sort(
      (a, b) =>
        Number(isModelled(b)) - Number(isModelled(a)) ||
        b.documents.length - a.documents.length ||
        firstPath(a) - firstPath(b),
    )
    .slice(0, maximumFields);
  const names = nameFields({ groups, topics, columns: new UniqueNames() });
  const fields = groups.map((group, index) => ({
    group,
    ...(names[index] ?? { label: '', name: '', aliases: [] }),
  }));
  return fields.sort((a, b) => place(a.group) - place(b.group) || firstPath(a.group) - firstPath(b.group));
}

/** Joins what sentences say in several words of the same meaning. */
function joinSameLabels(
  spoken: readonly FieldGroup[],
  sameLabels: readonly (readonly string[])[],
): FieldGroup[] {
  const meaning = new Map(sameLabels.flatMap((labels) => labels.map((label) => [foldLabel(label), labels])));
  const groups = Map.groupBy(spoken, (group) => meaning.get(group.paths[0]?.parts.at(-1) ?? '') ?? group);
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [mergeGroups([first, ...others])],
  );
}

/** How many documents must state a label: one of a few, two of some, three of many at least. */
function fewestDocuments(documents: number): number {
  if (documents < manyDocuments) return documents <= 3 ? 1 : 2;
  return Math.max(3, Math.ceil(documents * fewestShare));
}

const firstPath = (group: FieldGroup): number => group.paths[0]?.path ?? 0;
const place = (group: FieldGroup): number => group.paths[0]?.place ?? 0;

function restrictToKind(paths: readonly LabelPath[], kind: Int32Array, documentCount: number): LabelPath[] {
  const about = paths.filter(({ rowTable }) => rowTable === null);
  if (kind.length === documentCount) return about;
  const belongs = new Uint8Array(documentCount);
  for (const rank of kind) belongs[rank] = 1;
  return about
    .map((path) => ({ ...path, documents: path.documents.filter((rank) => belongs[rank] === 1) }))
    .filter(({ documents }) => documents.length > 0);
}

/**
 * Joins fields that are called the same but for headings that only order the document, and that agree wherever
 * both are stated: a document may give one attribute in two places.
 */
async function mergeDuplicates(
  connection: DuckDBConnection,
  groups: readonly FieldGroup[],
  topics: Topics,
): Promise<FieldGroup[]> {
  const byLabel = Map.groupBy(groups, (group) => shortKey(group, topics));
  const pairs: FieldPair[] = [];
  for (const same of byLabel.values()) {
    const [main, ...others] = same.toSorted((a, b) => b.documents.length - a.documents.length);
    if (main === undefined) continue;
    for (const other of others) {
      const shared = countShared(main.documents, other.documents);
      const both = shared >= Math.min(fewestAgreeing, other.documents.length);
      if (both && sameType(main, other)) pairs.push([main, other]);
    }
  }
  const agreements = await measureAgreement(connection, pairs);
  const merged = new Map<FieldGroup, FieldGroup[]>();
  const gone = new Set<FieldGroup>();
  for (const [index, [main, other]] of pairs.entries()) {
    const { documents, agreeing } = agreements[index] ?? { documents: 0, agreeing: 0 };
    if (documents === 0 || agreeing < documents * duplicateShare) continue;
    merged.set(main, [...(merged.get(main) ?? []), other]);
    gone.add(other);
  }
  return groups
    .filter((group) => !gone.has(group))
    .map((group) => mergeGroups([group, ...(merged.get(group) ?? [])]));
}

/**
 * Adds what sentences say: to the field of the same label where the two agree (or hardly meet), else as fields of
 * their own where enough documents say it.
 */
async function addSentences({
  connection,
  fields,
  spoken,
  documents,
  topics,
}: {
  connection: DuckDBConnection;
  fields: readonly FieldGroup[];
  spoken: readonly FieldGroup[];
  documents: number;
  topics: Topics;
}): Promise<FieldGroup[]> {
  const frequent = spoken.filter(({ paths, documents: stating }) => {
    const certain = new Set(paths.flatMap(({ open, documents: own }) => (open ? [] : [...own]))).size;
    const enough = (share: number): number => Math.max(3, Math.ceil(documents * share));
    return certain >= enough(fewestSentenceShare) || stating.length >= enough(fewestOpenShare);
  });
  const byLabel = new Map(fields.map((field) => [shortKey(field, topics), field]));
  const byEvent = new Map(fields.map((field) => [eventOf(shortKey(field, topics)), field]));
  const byHappening = new Map(
    fields.flatMap((field) => {
      const happening = happeningOf(shortKey(field, topics));
      return happening === null ? [] : [[happening, field] as const];
    }),
  );
  const pairs = frequent.flatMap((group): FieldPair[] => {
    const key = shortKey(group, topics);
    const field = byLabel.get(key) ?? byEvent.get(key) ?? byHappening.get(happeningOf(key) ?? '');
    return field === undefined ? [] : [[field, group]];
  });
  const agreements = await measureAgreement(connection, pairs);
  const joined = new Map<FieldGroup, FieldGroup>();
  const taken = new Set<FieldGroup>();
  for (const [index, [field, group]] of pairs.entries()) {
    // A sentence that contradicts the label of the same words speaks of something else; it stays a fact.
    taken.add(group);
    const { documents: both, agreeing } = agreements[index] ?? { documents: 0, agreeing: 0 };
    if (both < fewestAgreeing || agreeing >= both * sentenceShare)
      joined.set(field, mergeGroups([field, group]));
  }
  return [
    ...fields.map((field) => joined.get(field) ?? field),
    ...frequent.filter((group) => !taken.has(group)),
  ];
}
