import { INTEGER, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldGroup } from './field-identity.ts';
import { countShared, mainUnit, mergeGroups, sameType } from './field-joins.ts';
import { createTemporaryTable } from './fill-table.ts';
import { fillerWords, isGeneric } from './generic-words.ts';
import { mostFrequentSql } from './most-frequent.ts';
import { areSynonyms, standardWords } from './label-words.ts';
import { readRows } from './result-row.ts';
import { convertUnit } from '../values/units.ts';

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
const chanceOfMiddle = 2;
const rivalValues = 0.3;
/** Labels in the same place stand at most this share of a document's labels apart. */
const placeTolerance = 0.15;
/** Longer texts are prose, whose words say nothing about the attribute. */
const longestText = 60;
const sharedPrefix = 5;
const alikeAbbreviation = 0.75;

/** What the values of a field are like. */
interface Values {
  /** Middle and spread of its numbers (as logarithms) or dates in years; null for texts. */
  readonly middle: number | null;
  readonly spread: number;
  readonly words: ReadonlySet<string>;
  /** The different numbers, where few come back again and again, as sizes of a range do. */
  readonly figures: ReadonlySet<number>;
  /** Whether it is yes or no, which says nothing about what is asked. */
  readonly boolean: boolean;
  /** The most frequent pattern of letters and digits, such as `A00` of an identifier. */
  readonly shape: string;
  readonly prose: boolean;
  /** How many labels stand before it in its documents, on average; null where only sentences state it. */
  readonly place: number | null;
}

interface Candidate {
  readonly group: FieldGroup;
  readonly values: Values;
}

/**
 * Joins fields of documents that come in several layouts, each with labels of its own: "Start date" in some,
 * "Study start" in others. Two fields are one when no document states both though many were to be expected to,
 * type and unit agree, and words, values and place in the document speak for it together. The best pair is joined
 * first, and what it excludes is then out of the question.
 *
 * @param documentCount the number of documents of the kind.
 */
export async function joinLayouts({
  connection,
  groups,
  documentCount,
}: {
  connection: DuckDBConnection;
  groups: readonly FieldGroup[];
  documentCount: number;
}): Promise<FieldGroup[]> {
  const fewest = Math.max(fewestDocuments, documentCount * fewestShare);
  const partial = groups.filter(
    ({ documents }) => documents.length >= fewest && documents.length <= documentCount * mostShare,
  );
  const exclusive = partial.filter((group) =>
    partial.some((other) => other !== group && excludeEachOther(group, other, documentCount)),
  );
  if (exclusive.length < 2) return [...groups];
  const labelsPerDocument =
    groups.reduce((sum, { documents }) => sum + documents.length, 0) / Math.max(1, documentCount);
  const values = await loadValues(connection, exclusive);
  let candidates = exclusive.flatMap((group, index): Candidate[] => {
    const own = values[index];
    return own === undefined || own.prose ? [] : [{ group, values: own }];
  });
  const joined = new Map<FieldGroup, FieldGroup>();
  for (;;) {
    const best = bestPair(candidates, documentCount, labelsPerDocument);
    if (best === null) break;
    const [into, other] = best;
    const group = mergeGroups([into.group, other.group]);
    const merged: Candidate = { group, values: mergeValues(into, other) };
    candidates = [...candidates.filter((candidate) => !best.includes(candidate)), merged];
    joined.set(into.group, group);
    joined.set(other.group, group);
  }
  const last = (group: FieldGroup): FieldGroup => {
    const next = joined.get(group);
    return next === undefined ? group : last(next);
  };
  return [...new Set(groups.map(last))];
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

function mergeValues(a: Candidate, b: Candidate): Values {
  const [countA, countB] = [a.group.documents.length, b.group.documents.length];
  const average = (first: number, second: number): number =>
    (first * countA + second * countB) / Math.max(1, countA + countB);
  const [middleA, middleB] = [a.values.middle, b.values.middle];
  return {
    ...a.values,
    middle: middleA === null || middleB === null ? null : average(middleA, middleB),
    spread: Math.max(a.values.spread, b.values.spread),
    words: a.values.words.union(b.values.words),
    figures: a.values.figures.union(b.values.figures),
    place:
      a.values.place === null || b.values.place === null
        ? (a.values.place ?? b.values.place)
        : average(a.values.place, b.values.place),
  };
}

function bestPair(
  candidates: readonly Candidate[],
  documentCount: number,
  labelsPerDocument: number,
): readonly [Candidate, Candidate] | null {
  let best: readonly [Candidate, Candidate] | null = null;
  let most = fewestEvidence;
  for (const [index, a] of candidates.entries()) {
    for (const b of candidates.slice(index + 1)) {
      const often = expectedTogether(a.group, b.group, documentCount) >= fewestExpected;
      const onlyOfUnit = isOnlyOfUnit(a, candidates) && isOnlyOfUnit(b, candidates);
      const found = evidence({ a, b, often, onlyOfUnit, labelsPerDocument });
      if (found <= most || !excludeEachOther(a.group, b.group, documentCount)) continue;
      if (isAmbiguous(a, b, candidates) || isAmbiguous(b, a, candidates)) continue;
      if (alikeWords(a.group, b.group) === 0 && (hasNamesake(a, candidates) || hasNamesake(b, candidates)))
        continue;
      most = found;
      best = b.group.documents.length > a.group.documents.length ? [b, a] : [a, b];
    }
  }
  return best;
}

function evidence({
  a,
  b,
  often,
  onlyOfUnit,
  labelsPerDocument,
}: {
  a: Candidate;
  b: Candidate;
  /** Whether they are so frequent that their never meeting is no accident. */
  often: boolean;
  /** Whether nothing else in either layout is measured in their unit. */
  onlyOfUnit: boolean;
  labelsPerDocument: number;
}): number {
  const words = alikeWords(a.group, b.group);
  const fewer = Math.min(a.group.documents.length, b.group.documents.length);
  // The middle of a few values is off by chance; words that agree make up for it.
  const leeway = words >= alikeWordsWhereFew ? 1 + chanceOfMiddle / Math.sqrt(Math.max(1, fewer)) : 1;
  const factor = factorBetween(a.group, b.group);
  const found = alikeValues(a.values, b.values, { leeway, factor });
  // Sizes of one range are alike however often each is stated.
  const values = factor === 1 && sharesFigures(a.values, b.values) ? Math.max(found, alikeFigures) : found;
  if (values < fewestAlikeValues) return 0;
  const tolerance = Math.max(2, labelsPerDocument * placeTolerance);
  const apart =
    a.values.place === null || b.values.place === null ? Infinity : Math.abs(a.values.place - b.values.place);
  const place = Math.max(0, 1 - apart / tolerance);
  if (!often && (words < alikeWordsWhereFew || values < alikeValuesWithoutWord)) return 0;
  // Figures of like size are nothing rare; texts of the same words are.
  // What alone is measured in a unit can hardly be anything else.
  if (words > 0) return words + values + 0.7 * place + (onlyOfUnit ? alikeUnit : 0);
  if (values < alikeValuesWithoutWord || a.values.boolean) return 0;
  const telling =
    a.values.middle === null
      ? isSameVocabulary(a.values.words, b.values.words)
      : (onlyOfUnit && mainUnit(a.group) === mainUnit(b.group)) || sharesFigures(a.values, b.values);
  if (telling) return fewestEvidence + values / 10 + place / 10;
  return a.values.middle !== null || place < samePlace ? 0 : values + 0.7 * place;
}

const fewestFigures = 4;
const alikeFigures = 0.8;
const alikeUnit = 0.3;
const sharedFigures = 0.75;
const fewestSharedWords = 5;
const sameVocabulary = 0.9;
const mostVocabulary = 60;

/** Numbers of a range of sizes ("24, 30, 60, 90, 120") that both take their values from; small counts are of any. */
function sharesFigures(a: Values, b: Values): boolean {
  const fewer = Math.min(a.figures.size, b.figures.size);
  if (fewer < fewestFigures) return false;
  if (a.figures.intersection(b.figures).size < fewer * sharedFigures) return false;
  const all = [...a.figures.union(b.figures)];
  return Math.max(...all) - Math.min(...all) > all.length * 3;
}

function isSameVocabulary(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const fewer = Math.min(a.size, b.size);
  return (
    fewer >= fewestSharedWords &&
    a.intersection(b).size >= Math.max(a.size, b.size) * sameVocabulary &&
    Math.max(a.size, b.size) <= mostVocabulary
  );
}

/** Whether no other field of the same documents is measured in the field's unit. */
function isOnlyOfUnit({ group }: Candidate, candidates: readonly Candidate[]): boolean {
  const unit = mainUnit(group);
  if (unit === null || unit === '%') return false;
  return candidates.every(
    ({ group: other }) =>
      other === group || mainUnit(other) !== unit || countShared(other.documents, group.documents) === 0,
  );
}

/** "Tuition" is neither of "Tuition, resident" and "Tuition, non-resident" when documents state these together. */
function isAmbiguous(a: Candidate, b: Candidate, candidates: readonly Candidate[]): boolean {
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

/** "ADT" of "average daily traffic", "TTD" of "time to detect". */
function areInitials(short: LabelWords, long: LabelWords): boolean {
  const initials = long.all.map((word) => word.charAt(0)).join('');
  return initials.length >= 3 && short.telling.some((word) => word === initials);
}

/** "Pts" of "points", "W" of "matches won". */
function isAbbreviation(short: LabelWords, long: LabelWords): boolean {
  const [only, second] = short.telling;
  const last = long.telling.at(-1);
  if (only === undefined || second !== undefined || last === undefined || last.length < 3) return false;
  if (only.length === 1) return last.startsWith(only);
  if (only.length > 4 || only.length >= last.length || /[aeiou]/.test(only.slice(1))) return false;
  let at = 0;
  for (const letter of only) {
    at = last.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return last.startsWith(only.charAt(0));
}

/** Whether another field has as good a claim by its words, so that values and place alone prove nothing. */
function hasNamesake(candidate: Candidate, candidates: readonly Candidate[]): boolean {
  return candidates.some(
    (other) =>
      other !== candidate &&
      countShared(candidate.group.documents, other.group.documents) === 0 &&
      alikeWords(candidate.group, other.group) >= alikeWordsWhereFew,
  );
}

/** How alike the labels of two fields are at most, 0 to 1; see {@link alikeLabels}. */
function alikeWords(a: FieldGroup, b: FieldGroup): number {
  let most = 0;
  for (const own of wordsOf(a))
    for (const other of wordsOf(b)) most = Math.max(most, alikeLabels(own, other));
  return most;
}

/** Dice's coefficient of the words of two labels; words that any label may hold count little. */
function alikeLabels(a: LabelWords, b: LabelWords): number {
  if (areInitials(a, b) || areInitials(b, a)) return 1;
  if (isAbbreviation(a, b) || isAbbreviation(b, a)) return alikeAbbreviation;
  const [wordsA, wordsB] = [a.telling, b.telling];
  const weight = (words: readonly string[]): number =>
    words.reduce((sum, word) => sum + (isGeneric(word) ? 0.3 : 1), 0);
  const isSame = (word: string, other: string): boolean => sameStem(word, other) || areSynonyms(word, other);
  const isShared = (word: string): boolean => wordsB.some((other) => isSame(word, other));
  const shared = wordsA.filter(isShared);
  // What a longer label adds to the shorter one only says more of it: "Deficiencies observed during the visit".
  const [shorter, longer] = wordsA.length <= wordsB.length ? [wordsA, wordsB] : [wordsB, wordsA];
  const isWhole = shared.length >= shorter.length && weight(shorter) >= 1;
  const added = isWhole ? weight(longer) - weight(shorter) : 0;
  const begins =
    shorter.every((word, index) => word === longer[index]) ||
    isSame(shorter.at(-1) ?? '', longer.at(-1) ?? '');
  const total = weight(wordsA) + weight(wordsB) - Math.max(0, added) * (begins ? 0.5 : 0.35);
  return (2 * weight(shared)) / Math.max(1, total);
}

/** The words of a label: all of them, and those that are more than joints. */
interface LabelWords {
  readonly all: readonly string[];
  readonly telling: readonly string[];
}

const mostLabels = 6;
const known = new WeakMap<FieldGroup, readonly LabelWords[]>();

function wordsOf(group: FieldGroup): readonly LabelWords[] {
  const found = known.get(group);
  if (found !== undefined) return found;
  const labels = new Map<string, LabelWords>();
  for (const path of group.paths) {
    const parts = path.parts.slice(-group.depth);
    if (labels.size >= mostLabels || labels.has(parts.join('\n'))) continue;
    const all = parts.flatMap((part) => standardWords(part)).filter((word) => word !== '');
    labels.set(parts.join('\n'), {
      all,
      telling: [...new Set(all.filter((word) => !fillerWords.has(word)))],
    });
  }
  const words = [...labels.values()];
  known.set(group, words);
  return words;
}

const inflection = /^(?:ing|ed|er|or|ion|s|es|ment)$/;

function sameStem(a: string, b: string): boolean {
  if (a === b) return true;
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  if (shorter.length >= 3 && longer.startsWith(shorter) && inflection.test(longer.slice(shorter.length)))
    return true;
  return (
    Math.min(a.length, b.length) >= sharedPrefix && a.slice(0, sharedPrefix) === b.slice(0, sharedPrefix)
  );
}

/** What numbers of the second field are multiplied by to be in the unit of the first. */
function factorBetween(a: FieldGroup, b: FieldGroup): number {
  const [unitA, unitB] = [mainUnit(a), mainUnit(b)];
  if (unitA === null || unitB === null || unitA === unitB) return 1;
  return convertUnit({ number: 1, from: unitB, to: unitA }) ?? 1;
}

/** The middle, as a logarithm, of numbers that are multiplied by a factor. */
function inUnit(middle: number, factor: number): number {
  return factor === 1 ? middle : Math.sign(middle) * Math.log1p(Math.expm1(Math.abs(middle)) * factor);
}

function alikeValues(
  a: Values,
  b: Values,
  { leeway, factor }: { readonly leeway: number; readonly factor: number },
): number {
  if (a.middle !== null && b.middle !== null) {
    const tolerance = Math.max(a.spread, b.spread, 0.02) * leeway;
    return Math.max(0, 1 - Math.abs(a.middle - inUnit(b.middle, factor)) / tolerance);
  }
  if (a.middle !== null || b.middle !== null) return 0;
  if (a.shape === b.shape && /\d/.test(a.shape)) return 1;
  const fewer = Math.min(a.words.size, b.words.size);
  return fewer === 0 ? 0 : a.words.intersection(b.words).size / fewer;
}

async function loadValues(
  connection: DuckDBConnection,
  groups: readonly FieldGroup[],
): Promise<readonly Values[]> {
  const members = groups.flatMap(({ paths }, group) => paths.map(({ path }) => ({ group, path })));
  await createTemporaryTable({
    connection,
    table: 'build_layout_fields',
    columns: [
      { name: 'field', type: INTEGER, values: members.map(({ group }) => group) },
      { name: 'path', type: INTEGER, values: members.map(({ path }) => path) },
    ],
  });
  const rows = await readRows(
    connection,
    `WITH places AS (
       SELECT document, path, row_number() OVER (PARTITION BY document ORDER BY min(ordinal)) AS place
       FROM build_readings WHERE standing = 0 GROUP BY document, path),
     field_places AS (
       SELECT f.field, avg(p.place) AS place FROM build_layout_fields f JOIN places p USING (path) GROUP BY f.field),
     stated AS (
       SELECT f.field, s.type, s.number, coalesce(s.text, array_to_string(s.items, ', '), s.boolean::VARCHAR) AS text,
         CASE WHEN s.number IS NOT NULL THEN sign(s.number) * ln(1 + abs(s.number))
           WHEN s.date IS NOT NULL THEN try_cast(left(s.date, 4) AS DOUBLE) END AS middle
       FROM build_layout_fields f JOIN build_readings r ON r.path = f.path
       JOIN store.readings s ON s.document = r.document AND s.ordinal = r.ordinal WHERE r.form <> 'missing')
     SELECT field, median(middle) AS middle,
       quantile_cont(middle, 0.75) - quantile_cont(middle, 0.25) AS spread,
       count(*) FILTER (type IN ('text', 'list', 'boolean')) > count(*) / 2 AS textual,
       coalesce(avg(length(text)), 0) > ${longestText} AS prose,
       coalesce(${mostFrequentSql("regexp_replace(regexp_replace(text, '\\d+', '0', 'g'), '[^\\d\\W]+', 'A', 'g')")}, '') AS shape,
       coalesce(string_agg(DISTINCT lower(left(text, ${longestText})), ' '), '') AS words,
       count(*) FILTER (type = 'boolean') > count(*) / 2 AS yes_or_no,
       CASE WHEN count(DISTINCT number) * 1.5 <= count(number) THEN list(DISTINCT number) FILTER (number IS NOT NULL) END AS figures,
       any_value(place) AS place
     FROM stated LEFT JOIN field_places USING (field) GROUP BY field`,
  );
  const found = new Map(rows.map((row) => [row.number('field'), row]));
  return groups.map((_, index) => {
    const row = found.get(index);
    const textual = row === undefined || row.boolean('textual');
    return {
      middle: textual ? null : row.numberOrNull('middle'),
      spread: row?.numberOrNull('spread') ?? 0,
      words: new Set((row?.text('words') ?? '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')),
      figures: new Set(row?.numbers('figures')),
      boolean: row?.boolean('yes_or_no') ?? false,
      shape: row?.text('shape') ?? '',
      prose: row?.boolean('prose') ?? true,
      place: row?.numberOrNull('place') ?? null,
    };
  });
}
