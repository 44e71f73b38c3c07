import {
  absolute,
  add,
  compareDecimals,
  decimalPlaces,
  negate,
  roundDecimal,
  timesPowerOfTen,
  toNumber,
  type Decimal,
} from './decimal.ts';
import { readPhysicalUnit } from './physical-unit.ts';
import type { StatedNumber } from './read-numbers.ts';

/** The right number, and what is known of how it may be written. */
export interface GoldNumber {
  /** 12.34 for 12.34 %. */
  readonly value: Decimal;
  readonly isPercentage: boolean;
  /** By how much another number may differ, in the unit of the right one (points for a percentage); null: by nothing. */
  readonly tolerance: number | null;
  /** `USD`, `million USD`, `km`; null where it is not known. */
  readonly unit: string | null;
  readonly question: string | null;
}

/** Digits after the point that answers are given with, as CorpusQA prescribes. */
export const prescribedPlaces = 2;

/** Whether a stated number is the right one. */
export function isSameNumber(stated: StatedNumber, gold: GoldNumber): boolean {
  if (hasOtherCurrency(stated, gold)) return false;
  const { isPercentage } = gold;
  const isClose = (value: Decimal): boolean =>
    isEqualAsRounded(value, gold.value) || isWithin(value, gold.value, gold.tolerance);
  if (isPercentage) {
    if (stated.isPercentage) return stated.values.some((value) => isClose(value));
    return stated.values.some((value) => isClose(value) || isClose(timesPowerOfTen(value, 2)));
  }
  if (stated.isPercentage) {
    if (stated.values.some((value) => isClose(timesPowerOfTen(value, -2)))) return true;
    return asksForPercentage(gold) && stated.values.some((value) => isClose(value));
  }
  const converted = inUnitOf(stated, gold);
  if (converted !== null) return converted.some((value) => isClose(value));
  const power = scaleOfGold(gold);
  if (power === 0) return stated.values.some((value) => isClose(value));
  const scaled = timesPowerOfTen(gold.value, power);
  return (
    stated.values.some(
      (value) => isClose(timesPowerOfTen(value, -power)) || isEqualAsRounded(value, scaled),
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
  // A difference of just the tolerance counts, whatever binary fractions make of it.
  return difference <= tolerance * (1 + 1e-9);
}

/** Whether the right number is one of percent although it has no sign. */
export function asksForPercentage({ unit, question }: GoldNumber): boolean {
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
  [/thousand|千(?!米|克|瓦|万)/iu, 3],
  [/百亿/u, 10],
  [/亿/u, 8],
  [/千万/u, 7],
  [/十万/u, 5],
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

/** The values in the unit of the right number; null unless both have units of one kind that differ. */
function inUnitOf({ values, physicalUnit: from }: StatedNumber, { unit }: GoldNumber): Decimal[] | null {
  const to = unit === null ? null : readPhysicalUnit(unit);
  if (from === null || to === null || from.kind !== to.kind || from.power === to.power) return null;
  return values.map((value) => timesPowerOfTen(value, from.power - to.power));
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
