import { currencyOf, isCurrencyCode } from '../../table/values/currencies.ts';
import { canonicalUnit, convertUnit, measureSymbol } from '../../table/values/units.ts';
import type { CatalogColumn } from '../../table/catalog.ts';
import { stemOf } from '../language/lemma.ts';
import { isMeasuredIn, isMeasureNoun } from '../language/measure-nouns.ts';
import { areOneFamily, isDoerOf } from '../language/word-family.ts';
import type { LinkableColumn, NameVariant, NameWord } from './column-names.ts';
import { isShortFormOf } from './short-forms.ts';
import { isShortFor, softWords, synonymsOf, totalWords, wholeWords } from './synonyms.ts';

/** A content word of the question's phrase. */
export interface PhraseWord {
  readonly word: string;
  readonly lemma: string;
}

/** Links that cost more than this are not made. */
export const highestLinkCost = 1.3;

/**
 * "Tuition" for "Tuition > In-state": too dear to be believed, but enough to say between which fields to choose.
 */
const unnamedLeafCost = 1.2;

const highestWordCost = 0.8;

const isUnitOf = (unit: string | null, sample: string): boolean =>
  unit !== null && convertUnit({ number: 1, from: unit, to: sample }) !== null;

const isMoney = (unit: string | null): boolean =>
  unit !== null && isCurrencyCode(canonicalUnit(unit).split('/')[0] ?? '');

/** Whether the word is a name of the unit: "hours" of a column in h. */
function isUnitWord(word: string, unit: string | null): boolean {
  const symbol = unit === null ? null : (measureSymbol(word) ?? currencyOf(word));
  return unit !== null && symbol !== null && symbol === canonicalUnit(unit);
}

/** Verbs that only say that a figure is one of money, or of time. */
const moneyWords: ReadonlySet<string> = new Set('spend spent spending pay paid charge earn money'.split(' '));
/** Nouns that do so after a name: "property tax revenue"; before one they are another field's name. */
export const moneyNouns: ReadonlySet<string> = new Set(
  'revenue income expenditure expense outlay cost payment budget funding sum estimate bill'.split(' '),
);
const timeWords: ReadonlySet<string> = new Set(
  'last lasted lasting take took taken need run long'.split(' '),
);

/** Words of a name that say what sort of money it is, which another such noun contradicts. */
const namesMoney: ReadonlySet<string> = new Set([
  ...moneyNouns,
  ...'sale turnover profit earnings debt asset price wage salary equity liability loss surplus deficit'.split(
    ' ',
  ),
  'sales',
]);

/** Whether a column of numbers without a unit holds years: "1302 CE", "1998". */
const tellsYears = ({ type, unit, examples }: CatalogColumn): boolean =>
  type === 'number' &&
  unit === null &&
  examples.length > 0 &&
  examples.every((example) => /^\d{3,4}(?: (?:CE|AD|BCE|BC))?$/.test(example)) &&
  examples.some((example) => /[A-Z]|^(?:1[5-9]|20)\d\d$/.test(example));

/** What a word costs that the column's name lacks but that only says what sort of figure it is. */
function softCost(word: string, column: CatalogColumn): number | null {
  const { type, unit, label } = column;
  if (totalWords.has(word)) return type === 'number' || type === 'percentage' ? 0.15 : null;
  if (word === 'length') return isUnitOf(unit, 'm') || isUnitOf(unit, 's') ? 0.1 : null;
  if (word === 'area' || word === 'surface') return isUnitOf(unit, 'sq m') ? 0.1 : null;
  if (isMeasureNoun(word) && isMeasuredIn(word, unit)) return 0.1;
  if (word === 'size') return isUnitOf(unit, 'sq m') || isUnitOf(unit, 'B') || unit === null ? 0.2 : null;
  if (word === 'duration' || word === 'time') return isUnitOf(unit, 's') ? 0.1 : null;
  if (word === 'weight') return isUnitOf(unit, 'kg') ? 0.1 : null;
  if (word === 'amount' || word === 'value') return isMoney(unit) || type === 'number' ? 0.15 : null;
  if (word === 'percentage' || word === 'percent' || word === 'share' || word === 'proportion')
    return type === 'percentage' ? 0.1 : null;
  if (word === 'rate' || word === 'ratio')
    return type === 'percentage' || unit?.includes('/') === true || /\bper\b/i.test(`${unit ?? ''} ${label}`)
      ? 0.12
      : type === 'number'
        ? 0.4
        : null;
  if (word === 'date' || word === 'year' || word === 'day')
    return type === 'date' ? 0.1 : word !== 'day' && tellsYears(column) ? 0.15 : null;
  if (word === 'number' || word === 'count' || word === 'quantity')
    return type === 'number' || type === 'list' ? 0.05 : null;
  if (moneyWords.has(word)) return isMoney(unit) ? 0.2 : null;
  if (word === 'member') return type === 'number' ? 0.05 : null;
  if (timeWords.has(word)) return isUnitOf(unit, 's') ? 0.1 : null;
  if (word === 'name') return type === 'text' || type === 'category' ? 0.1 : null;
  if (softWords.has(word)) return 0.15;
  return null;
}

interface Slot {
  readonly word: NameWord;
  readonly segment: number;
  matched: boolean;
}

const isMeasured = ({ type }: CatalogColumn): boolean => type === 'number' || type === 'percentage';

function findSlot(
  slots: readonly Slot[],
  phrase: PhraseWord,
  column: CatalogColumn,
): { slot: Slot; cost: number } | null {
  const open = slots.filter((slot) => !slot.matched);
  const exact = open.findLast((slot) => slot.word.lemma === phrase.lemma);
  if (exact !== undefined) return { slot: exact, cost: 0 };
  // No number is called by who does what it measures: processors are no process.
  const others = isMeasured(column) ? open.filter(({ word }) => !isDoerOf(phrase.lemma, word.lemma)) : open;
  const stem = stemOf(phrase.word);
  const related = stem.length < 4 ? undefined : others.findLast((slot) => slot.word.stem === stem);
  if (related !== undefined) return { slot: related, cost: 0.08 };
  const synonyms = synonymsOf(phrase.lemma);
  const synonym = others.findLast((slot) => synonyms.has(slot.word.lemma) || synonyms.has(slot.word.stem));
  if (synonym === undefined) {
    const short = others.findLast(({ word }) => isShortFormOf(word.lemma, phrase.lemma, word.isPointed));
    if (short !== undefined) return { slot: short, cost: 0.04 };
    const kin = others.findLast(({ word }) => areOneFamily(phrase.word, word.lemma));
    return kin === undefined ? null : { slot: kin, cost: 0.12 };
  }
  return { slot: synonym, cost: isShortFor(phrase.lemma, synonym.word.lemma) ? 0.02 : 0.15 };
}

const headWords: ReadonlySet<string> = new Set(
  'people person head inhabitant resident citizen capita'.split(' '),
);

/** Whether the word only says of whom a rate counts so many: "per 100,000 people". */
export const isOfHeads = (phrase: readonly PhraseWord[], at: number): boolean =>
  headWords.has(phrase[at]?.lemma ?? '') &&
  /^10+$/.test(phrase[at - 1]?.word ?? '') &&
  phrase[at - 2]?.word === 'per';

/** Whether the word says again what a matched word of the name says: "enrolled participants". */
const isRelated = (slot: Slot, phrase: PhraseWord): boolean =>
  synonymsOf(phrase.lemma).has(slot.word.lemma) || synonymsOf(phrase.lemma).has(slot.word.stem);

/** Matches `ppp` with "purchasing power parity", marking what it stands for. */
function matchInitials(slots: readonly Slot[], letters: string): boolean {
  if (letters.length < 2 || letters.length > 6) return false;
  for (let at = 0; at + letters.length <= slots.length; at += 1) {
    const run = slots.slice(at, at + letters.length);
    if (run.every((slot, index) => !slot.matched && slot.word.lemma.startsWith(letters.charAt(index)))) {
      for (const slot of run) slot.matched = true;
      return true;
    }
  }
  return false;
}

/** Matches "postcode" with "post code": two words of a name written as one. */
function matchCompound(slots: readonly Slot[], word: string): boolean {
  const at = slots.findIndex(
    (slot, index) =>
      !slot.matched &&
      slots[index + 1]?.matched === false &&
      word === `${slot.word.lemma}${slots[index + 1]?.word.lemma ?? ''}`,
  );
  if (at === -1) return false;
  for (const slot of slots.slice(at, at + 2)) slot.matched = true;
  return true;
}

/** Matches "gross domestic product" with `gdp`: how many words of the phrase it takes, from `at` on. */
function expandedInitials(slots: readonly Slot[], phrase: readonly PhraseWord[], at: number): number {
  for (const slot of slots) {
    const letters = slot.word.lemma;
    if (slot.matched || letters.length < 3 || letters.length > 6 || at + letters.length > phrase.length)
      continue;
    const run = phrase.slice(at, at + letters.length);
    if (run.every((each, index) => each.lemma.startsWith(letters.charAt(index)))) {
      slot.matched = true;
      return letters.length;
    }
  }
  return 0;
}

/** Words of a part of a name that only says in what way the figure is given: "percent of population". */
const shareWords: ReadonlySet<string> = new Set(['percent', 'percentage', 'share', 'number']);

/** Words with which a question asks for the part and not for the number. */
const partWords: ReadonlySet<string> = new Set(['percent', 'percentage', 'share', 'proportion']);

const rateWords: ReadonlySet<string> = new Set(
  'percent percentage pct share proportion rate ratio margin growth change index inflation unemployment yield return interest'.split(
    ' ',
  ),
);

/** Whether the phrase speaks of things in the plural and the column of percentages does not say that it holds shares. */
function countsThings({ column }: LinkableColumn, phrase: readonly PhraseWord[]): boolean {
  if (column.type !== 'percentage') return false;
  const last = phrase.at(-1);
  const isPlural = last !== undefined && last.word !== last.lemma && last.word.endsWith('s');
  const isRate = [column.label, column.unit ?? ''].some((name) =>
    name
      .toLowerCase()
      .split(/[^\p{L}%]+/u)
      .some((word) => rateWords.has(word)),
  );
  return isPlural && !isRate && !phrase.some((word) => rateWords.has(word.lemma));
}

/** Last words of a name that say which of several things about its subject is meant: "release date". */
const telltaleWords: ReadonlySet<string> = new Set([
  'date',
  'year',
  'name',
  'index',
  'score',
  'length',
  'access',
  'field',
]);

/** Words of a name that only say for when the figure is: "Total enrollment > Fall". */
const seasonWords: ReadonlySet<string> = new Set(
  'fall autumn spring summer winter year end fiscal period current latest term semester'.split(' '),
);

/** Whether a word that is left out says no more than one that is there: those enrolled are the participants enrolled. */
const isImplied = (
  slot: Slot,
  { slots, phrase }: { readonly slots: readonly Slot[]; readonly phrase: readonly PhraseWord[] },
): boolean =>
  slots.some((other) => other.matched && synonymsOf(other.word.lemma).has(slot.word.lemma)) ||
  (slots.some(({ matched }) => matched) &&
    phrase.some(
      ({ lemma }) =>
        slots.some(({ word, matched }) => matched && areOneFamily(word.lemma, lemma)) &&
        synonymsOf(lemma).has(slot.word.lemma),
    ));

const slightWords: ReadonlySet<string> = new Set(
  'mean average typical nominal asking listed stated reported recorded'.split(' '),
);

/** Whether the word only says how figures of one thing were made one, or is a letter before the name: "E-modulus". */
const isSlight = ({ word }: Slot, own: readonly Slot[]): boolean =>
  slightWords.has(word.lemma) || (/^[a-z]$/.test(word.lemma) && own[0]?.word === word && own.length > 1);

/** What it costs to name a share of something by a part of the words for it. */
const partForWholeCost = 1;

/** What follows in the words after a preposition, where one of them is left out as well: "per 100 inhabitants". */
const furtherComplementCost = 0.03;

/** Whether the column says in front that it is a part of something: "% below the age limit", "pct_renters". */
export const isPartOf = ({ type, label }: CatalogColumn): boolean =>
  type === 'percentage' && /^(?:%|(?:pct|percent(?:age)?|share)(?:\b|_))/i.test(label);

/** What the words of a name that the phrase leaves out cost. */
function missingCost(
  { column }: LinkableColumn,
  variant: NameVariant,
  { slots, phrase }: { readonly slots: readonly Slot[]; readonly phrase: readonly PhraseWord[] },
): number {
  const saysShare = column.type === 'percentage' && phrase.some((word) => partWords.has(word.lemma));
  const saysRate = phrase.some((word) => rateWords.has(word.lemma));
  // Renters are not a share of renters; their rate is one.
  if (isPartOf(column) && slots.some(({ matched, word }) => !matched && !word.bracketed))
    return saysRate ? 0.14 * slots.filter(({ matched }) => !matched).length : partForWholeCost;
  let cost = 0;
  const last = variant.segments.length - 1;
  for (let segment = 0; segment <= last; segment += 1) {
    const own = slots.filter((slot) => slot.segment === segment);
    const missing = own.filter((slot) => !slot.matched);
    if (missing.length === 0) continue;
    if (missing.length === own.length) {
      if (variant.overall[segment] === true) cost += 0.06;
      else if (own.every((slot) => seasonWords.has(slot.word.lemma))) cost += 0.08;
      else if (own.some((slot) => shareWords.has(slot.word.lemma))) cost += saysShare ? 0.05 : 0.3;
      else cost += segment === last ? unnamedLeafCost : 0.22;
      continue;
    }
    let complements = 0;
    for (const slot of missing) {
      if (isImplied(slot, { slots, phrase })) cost += 0.08;
      else if (totalWords.has(slot.word.lemma) || wholeWords.has(slot.word.lemma)) cost += 0.03;
      else if (seasonWords.has(slot.word.lemma)) cost += 0.05;
      else if (isSlight(slot, own)) cost += 0.08;
      else if (slot.word.complement && complements > 0) cost += furtherComplementCost;
      else if (slot.word.bracketed || slot.word.complement || slot.word.coordinated) cost += 0.1;
      else if (telltaleWords.has(slot.word.lemma)) cost += 0.25;
      else if (softWords.has(slot.word.lemma)) cost += 0.08;
      else if (variant.overall[segment] === true) cost += 0.08;
      else cost += 0.28;
      if (slot.word.complement) complements += 1;
    }
    const head = own.findLast(
      (slot) =>
        !slot.word.bracketed &&
        !slot.word.complement &&
        !slot.word.coordinated &&
        !softWords.has(slot.word.lemma),
    );
    if (head !== undefined && !head.matched && !isImplied(head, { slots, phrase })) cost += 0.3;
  }
  return cost;
}

function matchVariant(
  linkable: LinkableColumn,
  variant: NameVariant,
  phrase: readonly PhraseWord[],
): number | null {
  const slots: Slot[] = variant.segments.flatMap((segment, index) =>
    segment.map((word) => ({ word, segment: index, matched: false })),
  );
  let cost = variant.cost;
  let support = false;
  for (let at = 0; at < phrase.length; at += 1) {
    const word = phrase[at];
    if (word === undefined) break;
    const found = findSlot(slots, word, linkable.column);
    if (found !== null) {
      found.slot.matched = true;
      cost += found.cost;
      continue;
    }
    if (matchCompound(slots, word.lemma) || matchInitials(slots, word.word)) {
      cost += 0.03;
      continue;
    }
    const taken = expandedInitials(slots, phrase, at);
    if (taken > 0) {
      at += taken - 1;
      cost += 0.03;
      continue;
    }
    if (slots.some((slot) => slot.matched && isRelated(slot, word))) {
      cost += 0.1;
      continue;
    }
    if (isOfHeads(phrase, at)) {
      cost += 0.03;
      continue;
    }
    const soft = softCost(word.lemma, linkable.column);
    const isMoneyNoun =
      moneyNouns.has(word.lemma) &&
      slots.some((slot) => slot.matched) &&
      !slots.some((slot) => namesMoney.has(slot.word.lemma));
    if (soft !== null) cost += soft;
    else if (isMoneyNoun && isMoney(linkable.column.unit)) cost += 0.2;
    else if (linkable.unitWords.has(word.lemma) || isUnitWord(word.word, linkable.column.unit)) cost += 0.12;
    else if (linkable.describedBy.has(word.lemma)) {
      cost += 0.3;
      support = true;
    } else return null;
    if (cost > highestWordCost) return null;
  }
  if (!slots.some((slot) => slot.matched)) {
    // A name of nothing but "size" or "rate" aside, some word of the name itself must be there.
    return support ? cost + 0.4 : null;
  }
  // A year alone is not what a field is called that has it in its name: "population 2021".
  const isNumber = ({ word }: Slot): boolean => /^\d+$/.test(word.lemma);
  if (!slots.every(isNumber) && slots.every((slot) => !slot.matched || isNumber(slot))) return null;
  const isGiven = (slot: Slot): boolean => slot.matched || totalWords.has(slot.word.lemma);
  if (variant.whole && !slots.every(isGiven)) return null;
  // "Rate in the treatment arm" says which of several rates, not of what it is.
  const isSide = ({ word }: Slot): boolean => word.complement || word.bracketed || softWords.has(word.lemma);
  const saysLittle =
    slots.some((slot) => !isSide(slot) && !slot.matched) &&
    slots.every((slot) => !slot.matched || isSide(slot));
  if (saysLittle && slots.filter((slot) => slot.matched).length > 1) cost += 0.6;
  // "Literacy > total population" is not what "population" means.
  const isOverall = (slot: Slot): boolean => variant.overall[slot.segment] === true;
  const misled = slots.every((slot) => !slot.matched || isOverall(slot)) && !slots.every(isOverall);
  if (countsThings(linkable, phrase)) cost += 0.3;
  return cost + missingCost(linkable, variant, { slots, phrase }) + (misled ? 0.6 : 0);
}

/**
 * How well a phrase names a column: 0 is exactly, more is worse, null is not at all. Every word of the phrase
 * must be accounted for by the column's names, its unit or its description.
 */
export function matchName(linkable: LinkableColumn, phrase: readonly PhraseWord[]): number | null {
  let best: number | null = null;
  for (const variant of linkable.variants) {
    const cost = matchVariant(linkable, variant, phrase);
    if (cost !== null && (best === null || cost < best)) best = cost;
  }
  if (best === null) return null;
  const whole = best + (1 - linkable.column.coverage) * 0.1;
  // Where only the last part is left unsaid the rest must fit well; nothing else may cost as much.
  const isNear = whole <= highestWordCost || (whole >= unnamedLeafCost && whole <= highestLinkCost);
  return isNear ? whole : null;
}
