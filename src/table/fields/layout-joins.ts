import type { DuckDBConnection } from '@duckdb/node-api';
import type { FieldGroup } from './field-identity.ts';
import { countShared, isSpoken, mainUnit, mergeGroups, sameType } from './field-joins.ts';
import {
  alikeValues,
  factorBetween,
  isSameVocabulary,
  loadValues,
  mergeValues,
  sharesFigures,
  sharesTexts,
  type ValuedField,
} from './field-values.ts';
import { findComplements } from './complementary-fields.ts';
import { alikeWords } from './label-similarity.ts';
import type { HouseStyle } from './house-styles.ts';
import { oppositesOf, settleOpposites, type Opposites } from './opposite-texts.ts';
import { matchStyles, type FieldMatch } from './style-matches.ts';
import { findOnlyMeasures } from './only-measures.ts';

/** Fields of two layouts are stated this often at least, and never together though that was to be expected. */
const fewestDocuments = 3;
const fewestShare = 0.05;
const fewestExpected = 3;
/** Where words and values are alike, fewer will do. */
const fewestExpectedWhereAlike = 0.7;
const alikeWordsWhereFew = 0.5;
/** A field that nearly all documents state has one label. */
const mostShare = 0.92;
/** Values must be alike this much; without a word in common they must be more so, and stand in the same place. */
const fewestAlikeValues = 0.5;
const alikeValuesWithoutWord = 0.65;
const samePlace = 0.5;
const fewestEvidence = 1.3;
/** Where most of the words agree, they need less beside them. */
const fewestEvidenceOfWords = 1.1;
const mostlySameWords = 0.6;
const chanceOfMiddle = 2;
const rivalValues = 0.3;
const alikeFigures = 0.8;
const alikeUnit = 0.3;
/** Labels in the same place stand at most this share of a document's labels apart. */
const placeTolerance = 0.15;
/** In larger kinds only fields that exclude others are looked at, which all that matter are. */
const mostDocumentsForAll = 5000;

/**
 * Joins fields of documents that come in several layouts, each with labels of its own: "Start date" in some,
 * "Study start" in others. Two fields are one when no document states both though many were to be expected to,
 * type and unit agree, and words, values and place in the document speak for it together. The best pair is joined
 * first, and what it excludes is then out of the question. What is left of two house styles is matched one to one.
 *
 * @param styles of the documents of the kind; see `findHouseStyles`.
 * @param documentCount the number of documents of the kind.
 */
export async function joinLayouts({
  connection,
  groups,
  styles,
  documentCount,
}: {
  connection: DuckDBConnection;
  groups: readonly FieldGroup[];
  styles: readonly HouseStyle[];
  documentCount: number;
}): Promise<FieldGroup[]> {
  const fewest = Math.max(fewestDocuments, documentCount * fewestShare);
  const partial = groups.filter(
    ({ documents }) => documents.length >= fewest && documents.length <= documentCount * mostShare,
  );
  const exclusive = partial.filter((group) =>
    partial.some((other) => other !== group && excludeEachOther(group, other, documentCount)),
  );
  const spoken = partial.filter(isSpoken);
  if (exclusive.length < 2 && spoken.length < 2) return [...groups];
  const labelsPerDocument =
    groups.reduce((sum, { documents }) => sum + documents.length, 0) / Math.max(1, documentCount);
  const known = documentCount > mostDocumentsForAll ? [...new Set([...exclusive, ...spoken])] : groups;
  const values = await loadValues(connection, known);
  let all = known.flatMap((group, index): ValuedField[] => {
    const own = values[index];
    return own === undefined || own.prose ? [] : [{ group, values: own }];
  });
  const candidates = new Set(exclusive);
  const joined = new Map<FieldGroup, FieldGroup>();
  const join = (into: ValuedField, other: ValuedField): ValuedField => {
    const group = mergeGroups([into.group, other.group]);
    const merged = {
      group,
      values: mergeValues(
        { values: into.values, count: into.group.documents.length },
        { values: other.values, count: other.group.documents.length },
      ),
    };
    all = [...all.filter((each) => each !== into && each !== other), merged];
    candidates.add(group);
    joined.set(into.group, group);
    joined.set(other.group, group);
    return merged;
  };
  const measures = all.filter(({ group }) => partial.includes(group));
  for (const [first, ...others] of findOnlyMeasures(measures, documentCount))
    if (first !== undefined) others.reduce<ValuedField>(join, first);
  const left = all.filter(({ group }) => group.documents.length <= documentCount * mostShare);
  for (const [first, ...others] of findComplements(left, documentCount))
    if (first !== undefined) others.reduce<ValuedField>(join, first);
  for (;;) {
    const best = bestPair({ all, candidates, documentCount, labelsPerDocument });
    if (best === null) break;
    join(...best);
  }
  const opposed: { group: FieldGroup; opposites: Opposites }[] = [];
  for (const [index, style] of styles.entries()) {
    for (const other of styles.slice(index + 1)) {
      for (const match of matchStyles(all, [style, other]).matches) {
        opposed.push(...opposedBy(match));
        const [into, added] = match.map(({ group }) => all.find((each) => each.group === group));
        if (into !== undefined && added !== undefined) join(into, added);
      }
    }
  }
  await settleOpposites(connection, opposed);
  const last = (group: FieldGroup): FieldGroup => {
    const next = joined.get(group);
    return next === undefined ? group : last(next);
  };
  return [...new Set(groups.map(last))];
}

/** The field of a match whose two texts mean what the other's yes and no do. */
function opposedBy(match: FieldMatch): { group: FieldGroup; opposites: Opposites }[] {
  if (!match.some(({ values }) => values.boolean)) return [];
  return match.flatMap(({ group, values }) => {
    const opposites = values.boolean ? null : oppositesOf(values);
    return opposites === null ? [] : [{ group, opposites }];
  });
}

function excludeEachOther(a: FieldGroup, b: FieldGroup, documentCount: number): boolean {
  const expected = expectedTogether(a, b, documentCount);
  return (
    expected >= fewestExpectedWhereAlike && sameType(a, b) && countShared(a.documents, b.documents) === 0
  );
}

function expectedTogether(a: FieldGroup, b: FieldGroup, documentCount: number): number {
  return (a.documents.length * b.documents.length) / Math.max(1, documentCount);
}

function bestPair({
  all,
  candidates: groups,
  documentCount,
  labelsPerDocument,
}: {
  /** Candidates and what stands beside them. */
  all: readonly ValuedField[];
  candidates: ReadonlySet<FieldGroup>;
  documentCount: number;
  labelsPerDocument: number;
}): readonly [ValuedField, ValuedField] | null {
  const candidates = all.filter(({ group }) => groups.has(group));
  let best: readonly [ValuedField, ValuedField] | null = null;
  let most = 0;
  for (const [index, a] of candidates.entries()) {
    for (const b of candidates.slice(index + 1)) {
      if (!excludeEachOther(a.group, b.group, documentCount)) continue;
      const words = alikeWords(a.group, b.group);
      const often = expectedTogether(a.group, b.group, documentCount) >= fewestExpected;
      const found = evidence({ a, b, words, often, all, labelsPerDocument });
      const fewest = words >= mostlySameWords ? fewestEvidenceOfWords : fewestEvidence;
      if (found <= most || found <= fewest) continue;
      if (isAmbiguous(a, b, all) || isAmbiguous(b, a, all)) continue;
      if (words === 0 && (hasNamesake(a, candidates) || hasNamesake(b, candidates))) continue;
      most = found;
      best = b.group.documents.length > a.group.documents.length ? [b, a] : [a, b];
    }
  }
  return best;
}

function evidence({
  a,
  b,
  words,
  often,
  all,
  labelsPerDocument,
}: {
  a: ValuedField;
  b: ValuedField;
  words: number;
  /** Whether they are so frequent that their never meeting is no accident. */
  often: boolean;
  all: readonly ValuedField[];
  labelsPerDocument: number;
}): number {
  const fewer = Math.min(a.group.documents.length, b.group.documents.length);
  // The middle of a few values is off by chance; words that agree make up for it.
  const leeway = words >= alikeWordsWhereFew ? 1 + chanceOfMiddle / Math.sqrt(Math.max(1, fewer)) : 1;
  const factor = factorBetween(a.group, b.group);
  const found = alikeValues(a.values, b.values, { leeway, factor });
  // Sizes of one range are alike however often each is stated, and so are words of a few.
  const isRange = factor === 1 && sharesFigures(a.values, b.values);
  const isShared = sharesTexts(a.values, b.values);
  const values = isRange || isShared ? Math.max(found, alikeFigures) : found;
  // Other persons have other names.
  const arePersons = a.values.names && b.values.names;
  if (values < fewestAlikeValues && !arePersons) return 0;
  const tolerance = Math.max(2, labelsPerDocument * placeTolerance);
  const apart =
    a.values.place === null || b.values.place === null ? Infinity : Math.abs(a.values.place - b.values.place);
  const place = Math.max(0, 1 - apart / tolerance);
  if (!often && (words < alikeWordsWhereFew || values < alikeValuesWithoutWord)) return 0;
  const isOnly = isOnlyOfClass(a, all) && isOnlyOfClass(b, all);
  // What alone is measured in a unit can hardly be anything else.
  if (words > 0) {
    const alike = arePersons ? Math.max(values, alikeFigures) : values;
    return words + alike + 0.7 * place + (isOnly && mainUnit(a.group) !== null ? alikeUnit : 0);
  }
  const isLike = values >= fewestAlikeValues || place >= samePlace;
  if (isOnly && isLike && classOf(a) === classOf(b)) return fewestEvidence + values / 10 + place / 10;
  if (values < alikeValuesWithoutWord || a.values.boolean) return 0;
  const telling =
    a.values.middle === null
      ? isSameVocabulary(a.values.words, b.values.words) ||
        (isShared && !hasVocabularyRival(a, b, all) && !hasVocabularyRival(b, a, all))
      : isRange;
  if (telling) return fewestEvidence + values / 10 + place / 10;
  // Figures of like size are nothing rare; texts of the same words are.
  return a.values.middle !== null || place < samePlace ? 0 : values + 0.7 * place;
}

/** What a field's values are of, where hardly two fields of a document are of the same: a unit, days, names of persons. */
function classOf({ group, values }: ValuedField): string | null {
  const unit = mainUnit(group);
  if (unit !== null) return unit === '%' ? null : unit;
  if (values.date) return 'date';
  return values.names && values.texts.size === 0 ? 'person' : null;
}

/** Whether no other field of the same documents is of the field's class. */
function isOnlyOfClass(candidate: ValuedField, all: readonly ValuedField[]): boolean {
  const own = classOf(candidate);
  if (own === null) return false;
  const { documents } = candidate.group;
  return all.every(
    (other) =>
      other === candidate || classOf(other) !== own || countShared(other.group.documents, documents) === 0,
  );
}

/** Whether the documents of `b` have another field of the same words as `a`, as origin and destination do. */
function hasVocabularyRival(a: ValuedField, b: ValuedField, all: readonly ValuedField[]): boolean {
  return all.some(
    (other) =>
      other !== a &&
      other !== b &&
      sharesTexts(a.values, other.values) &&
      countShared(other.group.documents, b.group.documents) > 0,
  );
}

/** "Tuition" is neither of "Tuition, resident" and "Tuition, non-resident" when documents state these together. */
function isAmbiguous(a: ValuedField, b: ValuedField, candidates: readonly ValuedField[]): boolean {
  const words = alikeWords(a.group, b.group);
  if (words === 0) return false;
  return candidates.some(
    ({ group, values }) =>
      group !== a.group &&
      group !== b.group &&
      alikeWords(a.group, group) >= words &&
      // What has other values altogether has no claim.
      alikeValues(a.values, values, { leeway: 1, factor: factorBetween(a.group, group) }) >= rivalValues &&
      sameType(a.group, group) &&
      countShared(group.documents, b.group.documents) > 0 &&
      countShared(group.documents, a.group.documents) === 0,
  );
}

/** Whether another field has as good a claim by its words, so that values and place alone prove nothing. */
function hasNamesake(candidate: ValuedField, candidates: readonly ValuedField[]): boolean {
  return candidates.some(
    (other) =>
      other !== candidate &&
      countShared(candidate.group.documents, other.group.documents) === 0 &&
      alikeWords(candidate.group, other.group) >= alikeWordsWhereFew,
  );
}
