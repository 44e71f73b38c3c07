import { negate, timesPowerOfTen, toNumber, type Decimal } from './decimal.ts';
import { digitRun, readDigits, type DigitReadings } from './digit-groups.ts';
import { readScale } from './number-scale.ts';
import { currencyCodes, currencyOf, readUnit } from './number-unit.ts';
import { readPhysicalUnit, type PhysicalUnit } from './physical-unit.ts';
import { englishNumber, hanNumber, readEnglishNumber, readHanNumber } from './number-words.ts';

/** A number as a text states it. */
export interface StatedNumber {
  readonly start: number;
  /** After its scale word, percent sign and closing parenthesis. */
  readonly end: number;
  /** What it may mean, the plainest first; signs and scale words applied. Percent where `isPercentage`. */
  readonly values: readonly [Decimal, ...Decimal[]];
  /** What other locales would mean: 1234 by `1.234`. */
  readonly otherwise: readonly Decimal[];
  /** Whether a scale word or a power of ten multiplies it. */
  readonly isScaled: boolean;
  readonly isPercentage: boolean;
  /** Four digits that may be a year. */
  readonly mayBeYear: boolean;
  /** Written in words, or a place in an order (1st): a number only where the answer has no other. */
  readonly isWeak: boolean;
  readonly currency: string | null;
  /** The unit of measurement behind it, where it is a common one. */
  readonly physicalUnit: PhysicalUnit | null;
}

const longestUnit = 16;
/** As much of the text before a number as a sign and a currency take. */
const leadCharacters = 24;
/** What may stand directly before digits and belong to them: parenthesis, sign, currency. */
const leading = new RegExp(
  '(?:(?<open>\\()\\s*)?(?<sign>[-+–—]|\\b(?:minus|negative)\\s+|负|負)?\\s*' +
    `(?:(?<currency>(?:US|HK|A|C|S|NT)?\\$|[€£¥￥₹₩]|\\b(?:${currencyCodes})|Rs\\.?|人民币)\\s*)?` +
    '(?<inner>[-–])?(?:百分之)?$',
  'iu',
);
const partOfWord = new RegExp(`(?<!\\b(?:${currencyCodes})|\\bRs)(?<=[\\p{Script=Latin}_])$`, 'u');
/** Behind other words parentheses hold a remark: "12 of 97 (12.37 %)". */
const leadsToAccount = /(?:^|[:=|"'“]|\b(?:was|is|of|to|at|were|are|USD|EUR|GBP))\s*$/u;

/** All numbers that a text states, in order. The text has plain characters. */
export function readNumbers(text: string): StatedNumber[] {
  const found = [
    ...[...text.matchAll(hanNumber)].map((match) => readHan(text, match)),
    ...[...text.matchAll(digitRun)].map((match) => readDigitRun(text, match)),
    ...[...text.matchAll(englishNumber)].map((match) => readWords(text, match)),
  ].filter((number) => number !== null);
  let end = 0;
  const inOrder = found.sort((one, other) => one.start - other.start || other.end - one.end);
  return inOrder.filter((number) => {
    if (number.start < end) return false;
    ({ end } = number);
    return true;
  });
}

/** One reading of a text that is a number and nothing else, with its unit at most; null otherwise. */
export function readWholeNumber(text: string): StatedNumber | null {
  const trimmed = text.trim();
  const [only, ...others] = readNumbers(trimmed);
  if (only === undefined || others.length > 0) return null;
  return only.start === 0 && only.end === trimmed.length ? only : null;
}

/** A number for messages. */
export function showNumber({ values, isPercentage }: StatedNumber): string {
  return `${toNumber(values[0])}${isPercentage ? '%' : ''}`;
}

function readWords(text: string, match: RegExpExecArray): StatedNumber | null {
  const value = readEnglishNumber(match[0]);
  return value === null ? null : state(text, match, { readings: { value, other: null }, isWeak: true });
}

function readHan(text: string, match: RegExpExecArray): StatedNumber | null {
  // Scales by themselves (千, 百分之) are words, but for 十.
  if (/^[百佰千仟万萬亿億拾]+$/u.test(match[0])) return null;
  const value = readHanNumber(match[0]);
  const isWeak = !/\d/u.test(match[0]);
  return value === null ? null : state(text, match, { readings: { value, other: null }, isWeak });
}

function readDigitRun(text: string, match: RegExpExecArray): StatedNumber | null {
  // Digits within a word, an identifier or a version are none: Q1, A-12, 1.2.3.
  const ahead = textBefore(text, match.index);
  if (partOfWord.test(ahead) || /\p{Script=Latin}-$|\d[./:-]$/u.test(ahead)) return null;
  const readings = readDigits(match[0]);
  return readings === null ? null : state(text, match, { readings, isWeak: false });
}

function textBefore(text: string, position: number): string {
  return text.slice(Math.max(0, position - leadCharacters), position);
}

/** Puts together what stands before, in and behind the digits or words of a number. */
function state(
  text: string,
  match: RegExpExecArray,
  { readings, isWeak }: { readings: DigitReadings; isWeak: boolean },
): StatedNumber {
  const ahead = textBefore(text, match.index);
  const lead = leading.exec(ahead);
  const { open, currency } = lead?.groups ?? {};
  const before = ahead.slice(0, ahead.length - (lead?.[0].length ?? 0));
  const digitsEnd = match.index + match[0].length;
  const scale = readScale(text, digitsEnd);
  const unit = readUnit(text, scale.end);
  const closing =
    open === undefined ? 0 : (/^\s*\)/u.exec(text.slice(unit.end, unit.end + 3))?.[0].length ?? 0);
  const isParenthesised = closing > 0;
  const start = match.index - (lead?.[0].length ?? 0);
  const end = unit.end + closing;
  const isNegative = hasSign(lead?.groups ?? {}, before);
  const isStatement = isParenthesised && !isNegative && leadsToAccount.test(before);
  const isLoss = isStatement && looksAccounted(text.slice(start, end));
  const isRatio = ahead.endsWith('百分之');
  const meanings = (digits: Decimal): Decimal[] => {
    const scaled = scale.powers.map((power) => timesPowerOfTen(digits, power + (unit.percentPower ?? 0)));
    const signed = isNegative || isLoss ? scaled.map(negate) : scaled;
    // A small whole number in parentheses may be no loss but a remark.
    return isStatement && !isLoss ? [...signed, ...signed.map(negate)] : signed;
  };
  const { value, other } = readings;
  const stated = (currency === undefined ? null : currencyOf(currency)) ?? unit.currency;
  const isContinental =
    scale.isContinental || (stated === 'EUR' && match[0].includes('.')) || /\d\.000$/u.test(match[0]);
  const [first = value, ...further] = meanings(value);
  const others = other === null ? [] : meanings(other);
  return {
    start: open === undefined || isParenthesised ? start : start + 1,
    end,
    values: isContinental ? [first, ...further, ...others] : [first, ...further],
    otherwise: others,
    isScaled: scale.powers[0] !== 0,
    isPercentage: unit.percentPower !== null || isRatio,
    mayBeYear: end === digitsEnd && !isRatio && /^(?:1[89]|20|21)\d{2}$/u.test(match[0]),
    isWeak: isWeak || scale.isOrdinal,
    currency: stated,
    physicalUnit: readPhysicalUnit(text.slice(unit.end, unit.end + longestUnit)),
  };
}

function hasSign({ sign, inner }: Readonly<Record<string, string | undefined>>, ahead: string): boolean {
  if (inner !== undefined) return true;
  const mark = sign?.trim();
  if (mark === undefined || mark === '+') return false;
  // A dash after a word or number is a dash: "revenue – 5", "3-5".
  const isDash = /^[-–—]$/u.test(mark);
  return !isDash || !/[\p{L}\p{N}%)] ?$/u.test(ahead) || (mark === '-' && ahead.endsWith(' '));
}

/** Parentheses mean a loss where the number is one of accounts: with a currency, separators or a fraction. */
function looksAccounted(text: string): boolean {
  return /[$€£¥￥₹]|\d[.,]\d|%|\b[A-Z]{3}\b|\d{5}/u.test(text);
}
