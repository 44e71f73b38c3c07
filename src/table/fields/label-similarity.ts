import type { FieldGroup } from './field-identity.ts';
import { fillerWords, isGeneric } from './generic-words.ts';
import { hanWords, isGenericHan } from './han-label-words.ts';
import { areSynonyms, standardWords } from './label-words.ts';

const sharedPrefix = 5;
const alikeAbbreviation = 0.75;
/** Two initials may be those of anything; three hardly are. */
const alikeTwoInitials = 0.6;

/** How alike the labels of two fields are at most, 0 to 1; see {@link alikeLabels}. */
export function alikeWords(a: FieldGroup, b: FieldGroup): number {
  let most = 0;
  for (const own of wordsOf(a))
    for (const other of wordsOf(b)) most = Math.max(most, alikeLabels(own, other));
  return most;
}

/** Dice's coefficient of the words of two labels; words that any label may hold count little. */
function alikeLabels(a: LabelWords, b: LabelWords): number {
  const initials = Math.max(alikeInitials(a, b), alikeInitials(b, a));
  if (initials > 0) return initials;
  if (isAbbreviation(a, b) || isAbbreviation(b, a)) return alikeAbbreviation;
  const [wordsA, wordsB] = [withoutInitials(a, b), withoutInitials(b, a)];
  const weight = (words: readonly string[]): number =>
    words.reduce((sum, word) => sum + (isGeneric(word) || isGenericHan(word) ? 0.3 : 1), 0);
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

/** "ADT" of "average daily traffic", "GT" of "gross tonnage". */
function alikeInitials(short: LabelWords, long: LabelWords): number {
  const initials = initialsOf(long.all);
  if (initials.length >= 3) return short.telling.includes(initials) ? 1 : 0;
  const [only, second] = short.all;
  return initials.length === 2 && second === undefined && only === initials ? alikeTwoInitials : 0;
}

const initialsOf = (words: readonly string[]): string => words.map((word) => word.charAt(0)).join('');

/** The words of a label, with those that the other label has the initials of as these: "teachers (FTE)". */
function withoutInitials(own: LabelWords, other: LabelWords): readonly string[] {
  const { telling } = own;
  for (const short of other.telling) {
    if (short.length < 2 || telling.includes(short)) continue;
    for (let from = 0; from + short.length <= telling.length; from += 1) {
      if (initialsOf(telling.slice(from, from + short.length)) === short)
        return telling.toSpliced(from, short.length, short);
    }
  }
  return telling;
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
    const all = parts
      .flatMap((part) => standardWords(part))
      .flatMap(hanWords)
      .filter((word) => word !== '');
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
