import {
  absolute,
  add,
  compareDecimals,
  decimalOf,
  decimalPlaces,
  negate,
  roundDecimal,
  timesPowerOfTen,
  toNumber,
  type Decimal,
} from './decimal.ts';
import type { FinalAnswer } from './final-answer.ts';
import { right, ungraded, wrong, type Grade } from './grade.ts';
import { saysNothing } from './nothing.ts';
import { plainCharacters } from './plain-characters.ts';
import { readNumbers, showNumber, type StatedNumber } from './read-numbers.ts';
import { isRefusal } from './refusal.ts';

/** The right number, and what is known of how it may be written. */
export interface GoldNumber {
  /** 12.34 for 12.34 %. */
  readonly value: Decimal;
  readonly isPercentage: boolean;
  /** The share of the right number by which another may differ, 0.01 for 1 %; null: none. */
  readonly tolerance: number | null;
  /** `USD`, `million USD`, `km`; null where it is not known. */
  readonly unit: string | null;
  readonly question: string | null;
}

/** Digits after the point that answers are given with, as CorpusQA prescribes. */
const prescribedPlaces = 2;

/**
 * Compares the number that an answer states with the right one: equal after both are rounded to two digits after the
 * point (halves away from zero), or within the tolerance. A percentage equals its fraction where one of the two has
 * the percent sign. Units are passed over unless both are known and differ.
 */
export function scoreNumber(answer: FinalAnswer, gold: GoldNumber): Grade {
  const text = cleanNumberText(answer.isMarked ? answer.line : answer.rest);
  const numbers = readNumbers(text);
  if (numbers.length === 0) return withoutNumber(text, answer, gold);
  if (isFraction(text, gold)) return right('the fraction is the number');
  const candidates = relevant({ text, numbers, gold });
  const stated = candidates.find((number) => isStatedAlone({ text, number, candidates, answer }));
  if (stated !== undefined) return gradeStated({ text, stated, gold, answer });
  if (answer.isMarked && candidates.some((number) => isHedged(text, number, candidates))) {
    return wrong('several numbers are offered');
  }
  return gradeProse({ text, numbers, candidates, gold });
}

/** Whether a stated number is the right one. */
export function isSameNumber(stated: StatedNumber, gold: GoldNumber): boolean {
  if (hasOtherCurrency(stated, gold)) return false;
  const { isPercentage } = gold;
  const isClose = (value: Decimal, expected: Decimal = gold.value): boolean =>
    isEqualAsRounded(value, expected) || isWithin(value, expected, gold.tolerance);
  if (isPercentage) {
    if (stated.isPercentage) return stated.values.some((value) => isClose(value));
    return stated.values.some((value) => isClose(value) || isClose(timesPowerOfTen(value, 2)));
  }
  if (stated.isPercentage) {
    if (stated.values.some((value) => isClose(timesPowerOfTen(value, -2)))) return true;
    return asksForPercentage(gold) && stated.values.some((value) => isClose(value));
  }
  const power = scaleOfGold(gold);
  if (power === 0) return stated.values.some((value) => isClose(value));
  const scaled = timesPowerOfTen(gold.value, power);
  return (
    stated.values.some(
      (value) => isEqualAsRounded(timesPowerOfTen(value, -power), gold.value) || isClose(value, scaled),
    ) ||
    (!stated.isScaled && stated.values.some((value) => isClose(value)))
  );
}

/**
 * Equal to two digits after the point. A right number with more digits is compared at as many as the answer gives,
 * two at least.
 */
function isEqualAsRounded(value: Decimal, gold: Decimal): boolean {
  const written = Math.max(prescribedPlaces, -value.exponent);
  const places = Math.min(written, Math.max(prescribedPlaces, decimalPlaces(gold)));
  return compareDecimals(roundDecimal(value, places), roundDecimal(gold, places)) === 0;
}

function isWithin(value: Decimal, gold: Decimal, tolerance: number | null): boolean {
  if (tolerance === null) return false;
  const difference = toNumber(absolute(add(value, negate(gold))));
  return difference <= tolerance * toNumber(absolute(gold)) * (1 + 1e-12);
}

/** Text as numbers are read from: without marks of Markdown and LaTeX. */
function cleanNumberText(text: string): string {
  return plainCharacters(text)
    .replaceAll(/\*\*|__|`|\\[()[\]]/gu, '')
    .replaceAll('{,}', ',')
    .replaceAll(/\\[,;!]/gu, '')
    .replaceAll(/\\([%$])/gu, '$1')
    .replaceAll(/^\s*\$(?=[^$]*\$[\s.]*$)|(?<=^[^$]*\$?[^$]*)\$(?=[\s.]*$)/gu, '')
    .trim();
}

const placeNames = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const placeWords = new RegExp(`\\b(?:${placeNames.join('|')})\\b`, 'giu');

function withoutNumber(text: string, answer: FinalAnswer, gold: GoldNumber): Grade {
  if (text === '') return wrong('there is no answer');
  if (isRefusal(answer.isMarked ? answer.line : answer.rest)) return wrong('the answer is refused');
  if (gold.value.coefficient === 0n && saysNothing(text)) return right('the number is 0, in words');
  const places = [...text.matchAll(placeWords)].map(([word]) => placeNames.indexOf(word.toLowerCase()) + 1);
  if (places.some((place) => compareDecimals(decimalOf(place), gold.value) === 0)) {
    return answer.isMarked && places.length === 1
      ? right('the place is the same')
      : ungraded('a place is stated in words');
  }
  return wrong('the answer holds no number');
}

/**
 * Numbers that are not taken from the question; of these percentages where they are asked for, else others; of these
 * those that are no remark in parentheses. What would leave none is passed over.
 */
function relevant({
  text,
  numbers,
  gold,
}: {
  text: string;
  numbers: readonly StatedNumber[];
  gold: GoldNumber;
}): StatedNumber[] {
  const asked = gold.question === null ? [] : readNumbers(plainCharacters(gold.question));
  const isAsked = (number: StatedNumber): boolean =>
    asked.some(
      (other) =>
        other.isPercentage === number.isPercentage &&
        compareDecimals(other.values[0], number.values[0]) === 0,
    );
  const fresh = preferred(numbers, (number) => !isAsked(number));
  const strong = preferred(fresh, (number) => !number.isWeak);
  const wantsPercentage = gold.isPercentage || asksForPercentage(gold);
  const typed = preferred(strong, (number) => number.isPercentage === wantsPercentage);
  const remarks = [...text.matchAll(/(?<=[\p{L}\p{N}%] ?)\([^()]*\)/gu)];
  const isRemark = ({ start, end }: StatedNumber): boolean =>
    remarks.some((remark) => end > remark.index && start < remark.index + remark[0].length);
  return preferred(typed, (number) => !isRemark(number));
}

function preferred<Item>(items: readonly Item[], isPreferred: (item: Item) => boolean): Item[] {
  const chosen = items.filter(isPreferred);
  return chosen.length > 0 ? chosen : [...items];
}

const leadIn =
  /^(?:["'“‘([\s]|approximately|approx\.?|about|around|roughly|nearly|almost|exactly|equal to|equals|a total of|total of|total|in total|just|only|~|≈|=|:|：|约|大约|大概|总共|共计|共|总计|一共|为|是|有)*$/iu;
const hedge = /^\s*(?:or|to|through|and|[-–—~/]|至|到|或|和|或者)\s*$/iu;
const bound =
  /(?:more than|less than|over|under|above|below|at least|at most|up to|greater than|fewer than|no more than|no less than|exceed(?:s|ing)?|[<>≥≤]=?|超过|不到|至少|至多|不足|大于|小于|高于|低于|多于|少于)\s*$/iu;

/** Whether an answer is this number, with words around it at most: it begins with it, or has no other. */
function isStatedAlone({
  text,
  number,
  candidates,
  answer,
}: {
  text: string;
  number: StatedNumber;
  candidates: readonly StatedNumber[];
  answer: FinalAnswer;
}): boolean {
  if (isHedged(text, number, candidates)) return false;
  if (candidates.length === 1) return true;
  const afterEquals = text.lastIndexOf('=');
  if (afterEquals >= 0 && candidates.some(({ start }) => start > afterEquals)) {
    return number === candidates.find(({ start }) => start > afterEquals);
  }
  if (!answer.isMarked && text.includes('\n')) return false;
  return number === candidates[0] && leadIn.test(text.slice(0, number.start));
}

function isHedged(text: string, number: StatedNumber, candidates: readonly StatedNumber[]): boolean {
  const index = candidates.indexOf(number);
  const [before, after] = [candidates[index - 1], candidates[index + 1]];
  const isList = text.startsWith('[') && candidates.length > 1;
  return (
    isList ||
    /^\s*[-–—]\s*\d/u.test(text.slice(number.end)) ||
    (before !== undefined && hedge.test(text.slice(before.end, number.start))) ||
    (after !== undefined && hedge.test(text.slice(number.end, after.start)))
  );
}

const falls =
  /\b(?:declin|decreas|drop|fell|fall|loss|lost|reduc|shr[aiu]nk|down|lower|negative|deficit)\w*|下降|减少|亏损|下跌|降低|负/iu;

function gradeStated({
  text,
  stated,
  gold,
  answer,
}: {
  text: string;
  stated: StatedNumber;
  gold: GoldNumber;
  answer: FinalAnswer;
}): Grade {
  const shown = showNumber(stated);
  const isRight = isSameNumber(stated, gold);
  if (isRight && bound.test(text.slice(0, stated.start))) {
    return answer.isMarked
      ? wrong(`${shown} is a bound, not the number`)
      : ungraded(`${shown} is given as a bound`);
  }
  if (isRight) return right(`the number is ${shown}`);
  const opposite = { ...gold, value: negate(gold.value) };
  if (falls.test(text) && isSameNumber(stated, opposite)) {
    // "a decline of 5 %" says −5 %.
    return gold.value.coefficient < 0n
      ? right(`the number is ${shown}, downwards`)
      : ungraded('the sign is not plain');
  }
  const [first, ...others] = stated.otherwise;
  if (first !== undefined && isSameNumber({ ...stated, values: [first, ...others] }, gold)) {
    return ungraded(`${shown} is the number in the notation of another locale`);
  }
  return wrong(`the number is ${shown}`);
}

/** Several numbers stand in the answer: a verdict only where they agree on it. */
function gradeProse({
  text,
  numbers,
  candidates,
  gold,
}: {
  text: string;
  numbers: readonly StatedNumber[];
  candidates: readonly StatedNumber[];
  gold: GoldNumber;
}): Grade {
  const isRight = (number: StatedNumber): boolean => isSameNumber(number, gold);
  if (!numbers.some(isRight)) return wrong('no number of the answer is the right one');
  const withoutYears = preferred(candidates, (number) => !number.mayBeYear);
  const isBound = withoutYears.some(({ start }) => bound.test(text.slice(0, start)));
  if (!isBound && withoutYears.every(isRight))
    return right(`the number is ${showNumber(withoutYears[0] ?? (numbers[0] as StatedNumber))}`);
  return ungraded('several numbers stand in the answer, the right one among them');
}

const fraction = /^(?<above>-?\d+)\s*\/\s*(?<below>\d+)$/u;

/** Whether the answer is a fraction such as 3/4 that rounds to the number. */
function isFraction(text: string, gold: GoldNumber): boolean {
  const groups = fraction.exec(text.replace(/[.\s]+$/u, ''))?.groups;
  if (groups === undefined) return false;
  const ratio = Number(groups['above']) / Number(groups['below']);
  if (!Number.isFinite(ratio)) return false;
  const expected = toNumber(gold.value) / (gold.isPercentage ? 100 : 1);
  return Math.abs(ratio - expected) <= 0.5 * 10 ** (gold.isPercentage ? -4 : -prescribedPlaces);
}

function asksForPercentage({ unit, question }: GoldNumber): boolean {
  if (unit !== null) return /%|percent|百分/iu.test(unit);
  return (
    question !== null &&
    /\b(?:what|which)\s+(?:is\s+the\s+)?percentage\b|百分之几|百分之多少|百分比是/iu.test(question)
  );
}

const scaleNames: readonly (readonly [RegExp, number])[] = [
  [/trillion|万亿/iu, 12],
  [/billion|十亿|\bbn\b/iu, 9],
  [/million|百万|\bmn\b/iu, 6],
  [/thousand|(?<![百十])千(?!米|克|瓦)/iu, 3],
  [/亿/u, 8],
  [/万(?!亿)/u, 4],
];
/** A scale that a question asks for: "in millions", "(million USD)", 多少亿元. Not one that is part of a number in it. */
const askedScale =
  /\b(?:in|units?\s*(?:of|:))\s+(?:us\s+)?(?:dollars?\s+)?(?:thousand|million|billion|trillion)s?\b|(?<![\d.,] ?)\b(?:thousand|million|billion|trillion)s?\s+(?:us\s+)?(?:dollars|usd|eur|euros?|cny|rmb|yuan|gbp|pounds)\b|(?:单位|以|多少|[（(])[:：为是]?\s*(?:十|百|千)?(?:万亿|万|亿|千)/iu;

/** The power of ten that the right number is given in: 6 for "million USD". */
function scaleOfGold({ unit, question }: GoldNumber): number {
  const text = unit ?? (question === null ? null : askedScale.exec(question)?.[0]) ?? '';
  return scaleNames.find(([name]) => name.test(text))?.[1] ?? 0;
}

const currencyCode = /\b[A-Z]{3}\b|[$€£¥]/u;

function hasOtherCurrency({ currency }: StatedNumber, { unit }: GoldNumber): boolean {
  if (currency === null || unit === null) return false;
  const sign = currencyCode.exec(unit)?.[0];
  if (sign === undefined) return false;
  const expected = { $: 'USD', '€': 'EUR', '£': 'GBP', RMB: 'CNY' }[sign] ?? sign;
  if (currency === '¥' || expected === '¥')
    return !['CNY', 'JPY', '¥'].includes(currency === '¥' ? expected : currency);
  return currency !== expected;
}
