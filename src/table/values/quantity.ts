import type { Bound } from '../reading.ts';
import { boundAfter, boundBefore } from './bounds.ts';
import { isDigitCode, isHanCode, isSpaceCode, isWordLetterCode, skipSpacesBack } from './characters.ts';
import { currencyAfter, currencyBefore } from './currencies.ts';
import { matchDateAt } from './dates.ts';
import { readDigits } from './digits.ts';
import type { DecimalMark } from './digits.ts';
import { readHanNumeral } from './han-numerals.ts';
import { monthNumber } from './months.ts';
import { readRangeEnd } from './range.ts';
import { readScale } from './scales.ts';
import { readHanMeasure, readMeasure, readNounUnit, readPerUnit } from './unit-after.ts';
import type { UnitAfter } from './unit-after.ts';

/** A number with all that belongs to it: bound, sign, currency, scale, unit. */
export interface Quantity {
  /** From the bound, sign or currency before the digits to the end of the unit. */
  readonly start: number;
  readonly end: number;
  readonly numberStart: number;
  readonly numberEnd: number;
  readonly number: number;
  readonly percentage: boolean;
  readonly unit: string | null;
  readonly unitKind: 'currency' | 'measure' | 'noun' | null;
  readonly bound: Bound | null;
  /** Digits alone, without separators, decimals, sign, scale or unit: may be a year or an identifier. */
  readonly plain: boolean;
  /** Whether the text itself scales the number ("million", "k"). */
  readonly scaled: boolean;
  /** Whether the number stands alone in round brackets, as accountants write negatives. */
  readonly bracketed: boolean;
}

export interface QuantityContext {
  /** Nothing before this position belongs to the quantity. */
  readonly from: number;
  readonly decimalMark: DecimalMark | null;
  /** Whether a noun phrase after the number is its unit. */
  readonly nouns: boolean;
}

const percentSign =
  /\s?[%％]|[\s-]?(?:percent|per cent|pct\.?|percentage points?|百分点|个百分点)(?!\p{L})/iuy;
const exponentSuffix =
  /[eE]([+-]?\d{1,2})(?![\p{L}\d.])|\s?[x×*]\s?10(?:\^|\*\*)?([-−]?\d{1,2}|[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})(?!\d)/uy;
const vulgar: ReadonlyMap<string, number> = new Map([
  ['½', 0.5],
  ['¼', 0.25],
  ['¾', 0.75],
  ['⅓', 1 / 3],
  ['⅔', 2 / 3],
  ['⅛', 0.125],
]);
const mixedFraction = /[ -]([1-7])\/([2-8]|16)(?![\d/.,])/y;
const fraction = /\/([2-9]|10|12|16)(?![\d/.,:%])(?=\s\p{Ll})/uy;
const tolerance = /\s?(?:±|\+\/-|\+-)\s?\d[\d.,]{0,12}(?<=\d)/y;
const coordinate =
  /\d{1,3}(?:\.\d{1,8})?(?:\s?[°º]\s?|\s)(?:\d{1,2}(?:\.\d{1,8})?\s?['′’]?\s?)?(?:\d{1,2}(?:\.\d{1,6})?\s?["″”]?\s?)?[NSEWO](?![\p{L}])/uy;
const clockTime =
  /\d{1,2}(?::\d{2}|\.\d{2}(?=\s?[ap]\.?m))?(?::\d{2}(?:\.\d+)?)?\s?(?:[ap]\.?m\.?(?![\p{L}\d])|(?<=:\d{2})(?!\d))/iuy;
const telephone = /\+\d{1,3}[ .-]?\(?\d[\d ().-]{6,18}/y;
const codeTail = /[\p{L}\d_.+~/:@#&=?-]*/uy;
const thousandMillion = /\s(thousand|hundred) (million|billion)(?!\p{L})/iy;

/** The end of the unspaced token that `position` is in: how far to skip what is no quantity. */
export function codeEnd(text: string, position: number): number {
  codeTail.lastIndex = position;
  codeTail.exec(text);
  return Math.max(codeTail.lastIndex, position + 1);
}

function match(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

/** Whether what touches the digits on the left makes them part of a code, a fraction, a time or a name. */
function isTailOfCode(text: string, position: number, from: number): boolean {
  if (position <= from) return false;
  const code = text.charCodeAt(position - 1);
  if (isSpaceCode(code) || code === 40) return false;
  if (isDigitCode(code) || code === 95 || code === 35 || code === 64 || code === 92) return true;
  if (isWordLetterCode(code)) return currencyBefore(text, position, from) === null;
  const before = position - 1 > from ? text.charCodeAt(position - 2) : 32;
  const afterWord = isDigitCode(before) || isWordLetterCode(before);
  // - . / : ' + between letters or digits and these digits
  if (code === 45 || code === 46 || code === 47 || code === 58 || code === 43 || code === 39)
    return afterWord || (code === 47 && before === 47);
  return false;
}

const wordBefore = /([\p{L}]{3,9})\.?\s{1,2}$/u;

function followsMonth(text: string, position: number, from: number): boolean {
  if (position - from < 4 || !isSpaceCode(text.charCodeAt(position - 1))) return false;
  const word = wordBefore.exec(text.slice(Math.max(from, position - 12), position))?.[1];
  return word !== undefined && monthNumber(word) !== null && word.charAt(0) !== word.charAt(0).toLowerCase();
}

interface Digits {
  readonly digits: string;
  readonly end: number;
  readonly grouped: boolean;
  readonly decimals: boolean;
  readonly exponent: number;
  readonly fraction: number;
}

const superscript = (text: string): number => Number(text.normalize('NFKC').replaceAll(/[−⁻]/g, '-'));

function readMagnitude(text: string, position: number, decimalMark: DecimalMark | null): Digits | null {
  const alone = vulgar.get(text.charAt(position));
  if (alone !== undefined)
    return { digits: '0', end: position + 1, grouped: false, decimals: true, exponent: 0, fraction: alone };
  if (isHanCode(text.charCodeAt(position)) || text.charCodeAt(position) === 0x3007) {
    const han = readHanNumeral(text, position);
    return han === null ? null : { ...han, grouped: true, decimals: false, exponent: 0, fraction: 0 };
  }
  const read = readDigits(text, position, decimalMark);
  if (read === null) return null;
  const { digits, grouped } = read;
  let { end, decimals } = read;
  if (!decimals && digits.length > 1 && digits.charCodeAt(0) === 48) return null;
  if (digits.length > 15 && !grouped && !decimals) return null;
  let exponent = 0;
  let part = vulgar.get(text.charAt(end)) ?? 0;
  if (part > 0) end += 1;
  else if (!decimals && text.charAt(end + 2) === '/') {
    const mixed = match(mixedFraction, text, end);
    if (mixed?.[1] !== undefined && mixed[2] !== undefined && Number(mixed[1]) < Number(mixed[2])) {
      part = Number(mixed[1]) / Number(mixed[2]);
      end = mixedFraction.lastIndex;
    }
  } else if (text.charAt(end) === '/' && !grouped && !decimals) {
    const under = match(fraction, text, end)?.[1];
    if (under === undefined || Number(digits) >= Number(under)) return null;
    return {
      digits: '0',
      end: fraction.lastIndex,
      grouped,
      decimals: true,
      exponent: 0,
      fraction: Number(digits) / Number(under),
    };
  }
  if (part > 0) decimals = true;
  const power = match(exponentSuffix, text, end);
  if (power !== null) {
    exponent = superscript(power[1] ?? power[2] ?? '0');
    end = exponentSuffix.lastIndex;
  }
  return { digits, end, grouped, decimals, exponent, fraction: part };
}

/** Whether what touches the digits on the right makes them a code ("320neo", "3rd", "1.5.0+ds1", "12:30"). */
function isHeadOfCode(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  if (Number.isNaN(code) || isSpaceCode(code)) return false;
  if (isWordLetterCode(code) || code === 95 || code === 64 || code === 35) return true;
  const next = text.charCodeAt(end + 1);
  const wordNext = isDigitCode(next) || isWordLetterCode(next);
  // . / : + ~ - ' = & before letters or digits; a full stop before a capital ends a sentence.
  if (code === 46) return isDigitCode(next) || (next >= 97 && next <= 122);
  if (code === 39 || code === 0x2019) return isWordLetterCode(next);
  return (code === 47 || code === 58 || code === 43 || code === 126 || code === 45) && wordNext;
}

const scaled = (magnitude: Digits, exponent: number): number => {
  const shift = magnitude.exponent + exponent;
  if (magnitude.fraction > 0) return (Number(magnitude.digits) + magnitude.fraction) * 10 ** shift;
  return shift === 0 ? Number(magnitude.digits) : Number(`${magnitude.digits}e${shift}`);
};

function longScale(
  text: string,
  position: number,
): { readonly exponent: number; readonly end: number } | null {
  const long = match(thousandMillion, text, position);
  if (long?.[1] === undefined || long[2] === undefined) return null;
  return {
    exponent: (long[1].toLowerCase() === 'thousand' ? 3 : 2) + (long[2].toLowerCase() === 'million' ? 6 : 9),
    end: thousandMillion.lastIndex,
  };
}

/**
 * Reads the quantity whose first digit (or numeral) is at `position`, with what belongs to it on both sides.
 * Null for digits of dates, times, coordinates, telephone numbers, versions, codes and ordinals.
 */
export function readQuantity(text: string, position: number, context: QuantityContext): Quantity | null {
  const { from, decimalMark } = context;
  let numberStart = position;
  let pointFirst = false;
  if (text.charAt(position - 1) === '.' && position > from && !isTailOfCode(text, position, from)) {
    numberStart -= 1;
    pointFirst = true;
  } else if (isTailOfCode(text, position, from)) return null;
  if (followsMonth(text, position, from)) return null;
  if (text.charAt(numberStart - 1) === '+' && match(telephone, text, numberStart - 1) !== null) return null;
  if (matchDateAt(text, position) !== null) return null;
  if (match(coordinate, text, position) !== null || match(clockTime, text, position) !== null) return null;
  let magnitude = readMagnitude(text, position, decimalMark);
  if (magnitude === null) return null;
  if (pointFirst) magnitude = { ...magnitude, digits: `0.${magnitude.digits}`, decimals: true };

  const money = moneyBefore(text, numberStart, from);
  let { end } = magnitude;
  const scale = longScale(text, end) ?? readScale(text, end, money !== null);
  if (scale !== null) ({ end } = scale);
  let exponent = scale?.exponent ?? 0;
  let isScaled = scale !== null;
  if (match(tolerance, text, end) !== null) end = tolerance.lastIndex;
  let percentage = match(percentSign, text, end) !== null;
  if (percentage) end = percentSign.lastIndex;

  let number = scaled(magnitude, exponent);
  let numberEnd = end;
  const beforeMoney = money?.start ?? numberStart;
  const lead = leadOf(text, { position: beforeMoney, numberStart, from });
  let { bound } = lead;
  const range = readRangeEnd(text, {
    position: end,
    decimalMark,
    between: lead.between,
    leadFrom: lead.from,
  });
  if (range === 'code') return null;
  if (range !== null) {
    if (exponent === 0 && range.exponent > 0 && !percentage) {
      exponent = range.exponent;
      number = scaled(magnitude, exponent);
      isScaled = true;
    }
    if (range.number < number) return null;
    number = Number(((number + range.number) / 2).toPrecision(14));
    ({ end } = range);
    numberEnd = end;
    percentage ||= range.percentage;
    bound = 'range';
  }
  let more = boundAfter(text, end);
  if (more !== null) {
    ({ end } = more);
    bound ??= more.bound;
  }
  const unit = readUnit(text, end, { money: money?.code ?? null, percentage, nouns: context.nouns });
  if (unit === null && range === null && more === null && !percentage && isHeadOfCode(text, end)) return null;
  if (unit !== null) ({ end } = unit);
  if (more === null) {
    more = boundAfter(text, end);
    if (more !== null) {
      ({ end } = more);
      bound ??= more.bound;
    }
  }
  const bracketed =
    text.charAt(lead.start - 1) === '(' && lead.start > from && /^\s?%?\)/.test(text.slice(end, end + 3));
  return {
    start: lead.start,
    end,
    numberStart,
    numberEnd,
    number: lead.negative ? -number : number,
    percentage,
    unit: unit?.unit ?? null,
    unitKind: unit?.kind ?? null,
    bound,
    plain:
      !magnitude.grouped &&
      !magnitude.decimals &&
      !isScaled &&
      !percentage &&
      !lead.negative &&
      range === null &&
      unit?.kind !== 'currency' &&
      unit?.kind !== 'measure',
    scaled: isScaled,
    bracketed,
  };
}

function moneyBefore(
  text: string,
  position: number,
  from: number,
): { readonly start: number; readonly code: string } | null {
  let at = position;
  if (
    at > from &&
    (text.charAt(at - 1) === '-' || text.charAt(at - 1) === '−' || text.charAt(at - 1) === '(')
  )
    at -= 1;
  at = Math.max(skipSpacesBack(text, at, from), at - 1);
  if (at <= from) return null;
  return currencyBefore(text, at, from);
}

interface Lead {
  readonly start: number;
  readonly negative: boolean;
  readonly bound: Bound | null;
  readonly between: boolean;
  readonly from: boolean;
}

const minusWord = /(?:^|[^\p{L}])(minus|negative)\s$/iu;
const betweenWord = /(?:^|[^\p{L}])(between|(?:rang(?:e[sd]?|ing)\s)?from)\s$/iu;

/** What stands before the number (and its currency): sign, bound, "between". */
function leadOf(text: string, options: { position: number; numberStart: number; from: number }): Lead {
  const { position, numberStart, from } = options;
  let start = position;
  let negative = false;
  const sign = text.charAt(numberStart - 1);
  if (numberStart > from && position !== numberStart && (sign === '-' || sign === '−')) negative = true;
  const before = text.charAt(start - 1);
  if (start > from && (before === '-' || before === '−' || before === '–' || before === '－')) {
    const ahead = text.charCodeAt(start - 2);
    if (start - 1 === from || !(isDigitCode(ahead) || isWordLetterCode(ahead))) {
      negative = true;
      start -= 1;
    }
  } else if (start > from && before === '+') start -= 1;
  const window = text.slice(Math.max(from, start - 16), start);
  const minus = window.length > 5 ? minusWord.exec(window)?.[1] : undefined;
  if (minus !== undefined) {
    negative = true;
    start -= minus.length + 1;
  }
  const range = window.length > 4 ? betweenWord.exec(window)?.[1]?.toLowerCase() : undefined;
  if (range !== undefined) {
    const plainFrom = range === 'from';
    if (!plainFrom) start -= range.length + 1;
    return { start, negative, bound: null, between: range === 'between', from: plainFrom };
  }
  const bound = boundBefore(text, start, from);
  return { start: bound?.start ?? start, negative, bound: bound?.bound ?? null, between: false, from: false };
}

function readUnit(
  text: string,
  position: number,
  options: { money: string | null; percentage: boolean; nouns: boolean },
): { readonly unit: string | null; readonly kind: Quantity['unitKind']; readonly end: number } | null {
  const { money, percentage, nouns } = options;
  if (percentage) return { unit: null, kind: null, end: position };
  const after = currencyAfter(text, position);
  const code = after !== null && (money === null || after.code === money) ? after.code : money;
  const end = after !== null && code === after.code ? after.end : position;
  if (code !== null) {
    const per = readPerUnit(text, end);
    return { unit: per === null ? code : `${code}/${per.per}`, kind: 'currency', end: per?.end ?? end };
  }
  const unit: UnitAfter | null = readMeasure(text, position) ?? readHanMeasure(text, position);
  if (unit !== null || !nouns) return unit;
  const per = readPerUnit(text, position);
  if (per !== null) return { unit: `/${per.per}`, kind: 'noun', end: per.end };
  return readNounUnit(text, position);
}
