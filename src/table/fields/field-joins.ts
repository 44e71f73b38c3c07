import { rankUnion } from './rank-union.ts';
import { convertUnit } from '../values/units.ts';
import type { FieldGroup } from './field-identity.ts';
import { stemOf } from './label-words.ts';
import { fillerWords, meansWhole } from './generic-words.ts';
import type { TypeCounts } from './label-paths.ts';

/** Labels of the same words exclude each other when they share at most this share of the rarer one's documents. */
const sharedByChance = 0.02;
/** Labels of other words join only where so many common documents were to be expected and none is there. */
const fewestExpected = 5;
const shortestMisspelt = 5;
/** What a thing is numbered by is not the thing: "Port call no." and "Port of call". */
const identifierWords: ReadonlySet<string> = new Set(['no', 'nr', 'number', 'id', 'code']);

/**
 * Joins fields that are one attribute under different labels. Precision comes before recall: labels join when
 * they never stand together in a document, agree in type and unit, and
 * - are made of the same words ("area, total" and "total of area"), or
 * - one is the other's whole ("Airports > total" and "Airports"), or
 * - differ in the spelling of one word, or in one word more, and are both so frequent that their never meeting
 *   is no accident.
 *
 * @param documentCount the number of documents of the kind.
 */
export function joinFields(groups: readonly FieldGroup[], documentCount: number): FieldGroup[] {
  const joined: FieldGroup[] = [];
  const byWords = new Map<string, number[]>();
  const byNearWords = new Map<string, number[]>();
  const mostFrequentFirst = groups.toSorted(
    (a, b) => b.documents.length - a.documents.length || order(a) - order(b),
  );
  for (const group of mostFrequentFirst) {
    const words = labelWords(group);
    const whole = wholeKey(group);
    const keys = whole === null ? [words.join(' ')] : [words.join(' '), whole];
    const nearKeys = words.length < 2 ? [] : words.map((_, index) => words.toSpliced(index, 1).join(' '));
    const same = candidates(byWords, keys).find((index) => canJoin(group, joined[index], sharedByChance));
    const target =
      same ??
      candidates(byNearWords, [...nearKeys, ...keys]).find((index) => {
        const other = joined[index];
        if (other === undefined || !isNear(words, labelWords(other))) return false;
        const expected = (group.documents.length * other.documents.length) / Math.max(1, documentCount);
        return expected >= fewestExpected && canJoin(group, other, 0);
      });
    const index = target ?? joined.length;
    joined[index] = target === undefined ? group : merge(joined[target], group);
    for (const key of keys) addTo(byWords, key, index);
    for (const key of [...nearKeys, words.join(' ')]) addTo(byNearWords, key, index);
  }
  return joined;
}

const order = (group: FieldGroup): number => group.paths[0]?.path ?? 0;

/** That a Chinese label names a date, which prose says without: 成立日期 and 成立于 are of one attribute. */
const hanDate = /(?<=\p{Script=Han}{2})(?:日期|时间)$/u;

/** What a Chinese label of a date names: 成立 of 成立日期. */
export const eventOf = (label: string): string => label.replace(hanDate, '');

const yearOf =
  /^(?:the )?(?:year|date|day|time) of (?:the |its )?(\p{L}{5,})$|^(\p{L}{5,}) (?:year|date|day)$|^(\p{L}{3,}ed)(?: in| on)?$/u;

/**
 * What happened in the year or on the day that an English label is of: "year of discovery", "discovery date" and the
 * sentence's "discovered" are of the same. Null for other labels.
 */
export function happeningOf(label: string): string | null {
  const [, noun, first, verb] = yearOf.exec(label) ?? [];
  const word = noun ?? first ?? verb;
  return word === undefined ? null : stemOf(word).replace(/(?<=\p{L}{4})(?:y|al|ment)$/u, '');
}

/** The words of a field's label in alphabetical order, without those that only connect. */
function labelWords({ paths: [path], depth }: FieldGroup): string[] {
  const words = (path?.parts ?? []).slice(-depth).flatMap((part) => part.split(' '));
  const telling = words.filter((word) => !fillerWords.has(word)).map(eventOf);
  return [...new Set(telling.length === 0 ? words : telling)].sort();
}

/** For "Airports > total" the words of "Airports". */
function wholeKey({ paths: [path], depth }: FieldGroup): string | null {
  const parts = path?.parts.slice(-depth) ?? [];
  if (path === undefined || parts.length < 2 || !meansWhole(parts.at(-1) ?? '')) return null;
  return labelWords({
    paths: [{ ...path, parts: parts.slice(0, -1) }],
    depth: depth - 1,
    documents: path.documents,
  }).join(' ');
}

function canJoin(group: FieldGroup, other: FieldGroup | undefined, share: number): boolean {
  if (other === undefined || !sameType(group, other)) return false;
  const shared = countShared(group.documents, other.documents);
  return shared <= Math.min(group.documents.length, other.documents.length) * share;
}

/** One word spelt a little differently, or one word more. */
function isNear(a: readonly string[], b: readonly string[]): boolean {
  const onlyA = a.filter((word) => !b.includes(word));
  const onlyB = b.filter((word) => !a.includes(word));
  if (onlyA.length + onlyB.length === 1) {
    return (
      Math.min(a.length, b.length) >= 2 && ![...onlyA, ...onlyB].some((word) => identifierWords.has(word))
    );
  }
  const [wordA, wordB] = [onlyA[0], onlyB[0]];
  if (onlyA.length !== 1 || onlyB.length !== 1 || wordA === undefined || wordB === undefined) return false;
  if (/\d/.test(wordA + wordB) || Math.min(wordA.length, wordB.length) < shortestMisspelt) return false;
  return editDistance(wordA, wordB) <= (Math.min(wordA.length, wordB.length) > 8 ? 2 : 1);
}

export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** Whether two fields agree in the type of most of their values, and in the unit. */
export function sameType(a: FieldGroup, b: FieldGroup): boolean {
  const [typeA, typeB] = [mainType(a), mainType(b)];
  if (typeA !== null && typeB !== null && typeA !== typeB)
    return isShare(a, typeA, typeB) || isShare(b, typeB, typeA);
  const [unitA, unitB] = [mainUnit(a), mainUnit(b)];
  if (unitA === null || unitB === null || unitA === unitB) return true;
  return convertUnit({ number: 1, from: unitA, to: unitB }) !== null;
}

/** "pass_rate_percent: 93.7" is the percentage that "93.7 %" is: its label says what the number leaves out. */
function isShare(group: FieldGroup, own: string, other: string): boolean {
  if (own !== 'number' || other !== 'percentage' || mainUnit(group) !== null) return false;
  return group.paths.every(({ parts, fullLeaf }) =>
    /(?:^| )(?:percent|pct|percentage|share|rate|ratio|weight)(?:$| )/.test(
      `${parts.at(-1) ?? ''} ${fullLeaf}`,
    ),
  );
}

/** The type of most readings; lists count as texts. Null where nothing but missing values is stated. */
function mainType({ paths }: FieldGroup): string | null {
  const totals = new Map<string, number>();
  for (const { types } of paths) {
    for (const type of [
      'number',
      'percentage',
      'date',
      'text',
      'list',
      'boolean',
    ] as const satisfies (keyof TypeCounts)[]) {
      const name = type === 'list' ? 'text' : type;
      totals.set(name, (totals.get(name) ?? 0) + types[type]);
    }
  }
  const [first] = [...totals].sort(([, a], [, b]) => b - a);
  return first === undefined || first[1] === 0 ? null : first[0];
}

/** Whether nothing but sentences states the field. */
export const isSpoken = ({ paths }: FieldGroup): boolean => paths.every(({ sentence }) => sentence);

/** The unit of a field's values, or null. */
export function mainUnit({ paths }: FieldGroup): string | null {
  return paths.find(({ unit }) => unit !== null)?.unit ?? null;
}

function merge(into: FieldGroup | undefined, group: FieldGroup): FieldGroup {
  if (into === undefined) return group;
  return {
    paths: [...into.paths, ...group.paths],
    depth: into.depth,
    ...(into.qualified !== undefined && { qualified: into.qualified }),
    documents: rankUnion([into.documents, group.documents]),
  };
}

/** Merges field groups into one whose name is that of the first. */
export function mergeGroups([first, ...others]: readonly [FieldGroup, ...FieldGroup[]]): FieldGroup {
  return others.reduce<FieldGroup>(merge, first);
}

export function countShared(a: Int32Array, b: Int32Array): number {
  let [inA, inB, shared] = [0, 0, 0];
  while (inA < a.length && inB < b.length) {
    const difference = (a[inA] ?? 0) - (b[inB] ?? 0);
    if (difference === 0) shared += 1;
    if (difference <= 0) inA += 1;
    if (difference >= 0) inB += 1;
  }
  return shared;
}

function candidates(index: ReadonlyMap<string, readonly number[]>, keys: readonly string[]): number[] {
  return [...new Set(keys.flatMap((key) => index.get(key) ?? []))].sort((a, b) => a - b);
}

function addTo(index: Map<string, number[]>, key: string, value: number): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [value]);
  else list.push(value);
}
