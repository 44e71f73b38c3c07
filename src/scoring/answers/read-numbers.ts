import { decimalOf, negate, timesPowerOfTen, toNumber, type Decimal } from './decimal.ts';
import { digitRun, readDigits } from './digit-groups.ts';
import { englishNumber, hanNumber, readEnglishNumber, readHanNumber } from './number-words.ts';

/** A number as a text states it. */
export interface StatedNumber {
  readonly start: number;
  /** After its scale word, percent sign and closing parenthesis. */
  readonly end: number;
  /** What it may mean, the plainest first; signs and scale words applied. Fractions of 100 where `isPercentage`. */
  readonly values: readonly [Decimal, ...Decimal[]];
  /** The same without the scale word; equal to `values` where there is none. */
  readonly unscaled: readonly [Decimal, ...Decimal[]];
  readonly isPercentage: boolean;
  /** Four digits that may be a year. */
  readonly mayBeYear: boolean;
  /** Written in words, or bound to letters (1st): a number only where the answer is nothing else. */
  readonly isWeak: boolean;
  readonly currency: string | null;
}

const leadCharacters = 24;
const tailCharacters = 40;

type Values = readonly [Decimal, ...Decimal[]];

const scales: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^(?:trillions?|tn|trn)(?![\p{L}\d])/iu, [12]],
  [/^(?:billions?|bln|bn|mrd|milliard(?:s|en)?|milliarden?)(?![\p{L}\d])\.?/iu, [9]],
  [/^(?:millions?|millionen|mln|mio|mn|mm)(?![\p{L}\d])\.?/iu, [6]],
  [/^(?:thousands?|tsd)(?![\p{L}\d])\.?/iu, [3]],
  [/^(?:hundreds?)(?![\p{L}\d])/iu, [2]],
  [/^(?:crores?|cr)(?![\p{L}\d])/iu, [7]],
  [/^(?:lakhs?|lacs?)(?![\p{L}\d])/iu, [5]],
];
/** Letters directly at the digits, or after a blank where they are capitals. A small m may be metres. */
const letterScales: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^[kK](?![\p{L}\d])/u, [3]],
  [/^ ?M(?![\p{L}\d])/u, [6]],
  [/^m(?![\p{L}\d²³])/u, [6, 0]],
  [/^ ?B(?![\p{L}\d])/u, [9]],
  [/^b(?![\p{L}\d])/u, [9]],
  [/^ ?T(?![\p{L}\d])/u, [12, 0]],
];
const percentSign =
  /^\s*(?:%|percent(?:age)?(?:\s+points?)?(?!\p{L})|per\s+cent(?!\p{L})|pct\.?(?!\p{L})|个?百分点)/iu;
const perMille = /^\s*‰/u;
const basisPoints = /^\s*(?:bps|basis\s+points?)(?!\p{L})/iu;
const powerOfTen =
  /^\s*(?:[eE](?<e>[-+]?\d{1,3})(?![\d\p{L}])|[x×*·]\s*10\s*(?:\^|\*\*)\s*[{(]?(?<p>[-+]?\d{1,3})[})]?)/u;

const currencySigns = new Map([
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', '¥'],
  ['￥', '¥'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
]);
const currencyCode = 'USD|EUR|GBP|JPY|CNY|RMB|INR|KRW|CHF|CAD|AUD|HKD|SGD|TWD|SEK|NOK|DKK|BRL|MXN|ZAR|RUB';
const currencyWords: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:us\s*)?dollars?(?!\p{L})|^\s*美元/iu, 'USD'],
  [/^\s*euros?(?!\p{L})|^\s*欧元/iu, 'EUR'],
  [/^\s*(?:pounds?(?:\s+sterling)?)(?!\p{L})|^\s*英镑/iu, 'GBP'],
  [/^\s*(?:yuan|renminbi)(?!\p{L})|^\s*人民币/iu, 'CNY'],
  [/^\s*(?:yen)(?!\p{L})|^\s*日元/iu, 'JPY'],
];
const codeAfter = new RegExp(`^\\s*(?<code>${currencyCode})(?!\\p{L})`, 'u');
/** What may stand directly before digits and belong to them: sign, currency, opening parenthesis. */
const before = new RegExp(
  `(?:(?<open>\\()\\s*)?(?<sign>[-+–—]|\\b(?:minus|negative)\\s+|负|負)?\\s*(?:(?<currency>(?:US|HK|A|C|S|NT)?\\$|[€£¥￥₹₩]|\\b(?:${currencyCode})|Rs\\.?|人民币)\\s*)?(?<inner>[-–])?(?:百分之)?$`,
  'iu',
);

/** All numbers that a text states, in order. The text has plain characters. */
export function readNumbers(text: string): StatedNumber[] {
  const found = [
    ...[...text.matchAll(hanNumber)].map((match) => readHanMatch(text, match)),
    ...[...text.matchAll(digitRun)].map((match) => readDigitMatch(text, match)),
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

function readWords(text: string, match: RegExpExecArray): StatedNumber | null {
  const value = readEnglishNumber(match[0]);
  return value === null ? null : state(text, match, { values: [value], isWeak: true });
}

function readHanMatch(text: string, match: RegExpExecArray): StatedNumber | null {
  // Scales by themselves (千, 百分之) are words, but for 十.
  if (/^[百佰千仟万萬亿億拾]+$/u.test(match[0])) return null;
  const value = readHanNumber(match[0]);
  return value === null ? null : state(text, match, { values: [value], isWeak: !/\d/u.test(match[0]) });
}

function readDigitMatch(text: string, match: RegExpExecArray): StatedNumber | null {
  // Digits within a word, an identifier or a version are none: Q1, A-12, 1.2.3.
  const ahead = textBefore(text, match.index);
  if (
    /[\p{Script=Latin}_]$/u.test(ahead) &&
    !new RegExp(`(?:\\b(?:${currencyCode})|\\bRs)$`, 'u').test(ahead)
  )
    return null;
  if (/[\p{Script=Latin}]-$/u.test(ahead) || /\d[./:-]$/u.test(ahead)) return null;
  const values = readDigits(match[0]);
  return values === null ? null : state(text, match, { values, isWeak: false });
}

function state(
  text: string,
  match: RegExpExecArray,
  { values, isWeak }: { values: Values; isWeak: boolean },
): StatedNumber {
  const ahead = textBefore(text, match.index);
  const leading = before.exec(ahead);
  const lead = leading?.groups ?? {};
  const leadLength = leading?.[0].length ?? 0;
  const start = match.index - leadLength;
  const isRatio = ahead.endsWith('百分之');
  const scaled = readScale(text, match.index + match[0].length, values);
  let { end } = scaled;
  const unit = readUnit(text, end);
  end = unit.end;
  const isParenthesised = lead['open'] !== undefined && /^\s*\)/u.test(textAfter(text, end));
  if (isParenthesised) end += /^\s*\)/u.exec(textAfter(text, end))?.[0].length ?? 0;
  const isPercentage = unit.power !== null || isRatio;
  const isSigned = isNegative(lead, ahead.slice(0, ahead.length - leadLength));
  const isStatement =
    isParenthesised && !isSigned && leadsToAccount.test(ahead.slice(0, ahead.length - leadLength));
  const isAccounting = isStatement && looksAccounted(text.slice(start, end));
  const sign = (value: Decimal): Decimal => (isSigned || isAccounting ? negate(value) : value);
  const finish = (numbers: Values): Values => {
    const signed = numbers.map((value) => timesPowerOfTen(sign(value), unit.power ?? 0)) as [
      Decimal,
      ...Decimal[],
    ];
    // A small whole number in parentheses may be no loss but a remark.
    return isParenthesised && !isAccounting && !isSigned
      ? ([...signed, ...signed.map(negate)] as [Decimal, ...Decimal[]])
      : signed;
  };
  return {
    start: isParenthesised ? start : match.index - leadLength + (lead['open'] === undefined ? 0 : 1),
    end,
    values: finish(scaled.values),
    unscaled: finish(values),
    isPercentage,
    mayBeYear: !isPercentage && scaled.end === match.index + match[0].length && mayBeYear(match[0]),
    isWeak: isWeak || scaled.isOrdinal,
    currency: currencyBefore(lead['currency']) ?? unit.currency,
  };
}

/** As much of the text before a place as a sign and a currency take. */
function textBefore(text: string, position: number): string {
  return text.slice(Math.max(0, position - leadCharacters), position);
}

function textAfter(text: string, position: number): string {
  return text.slice(position, position + tailCharacters);
}

function isNegative(lead: Readonly<Record<string, string | undefined>>, ahead: string): boolean {
  const sign = lead['sign']?.trim();
  if (lead['inner'] !== undefined) return true;
  if (sign === undefined || sign === '+') return false;
  // A dash after a word or number is a dash: "revenue – 5", "3-5".
  const isDash = /^[-–—]$/u.test(sign);
  return !isDash || !/[\p{L}\p{N}%)] ?$/u.test(ahead) || (sign === '-' && ahead.endsWith(' '));
}

/** Behind other words parentheses hold a remark: "12 of 97 (12.37 %)". */
const leadsToAccount = /(?:^|[:=|"'“]|\b(?:was|is|of|to|at|were|are|USD|EUR|GBP))\s*$/u;

/** Parentheses mean a loss where the number is one of accounts: with a currency, separators or a fraction. */
function looksAccounted(text: string): boolean {
  return /[$€£¥￥₹]|\d[.,]\d|%|\b[A-Z]{3}\b|\d{5}/u.test(text);
}

function readScale(
  text: string,
  end: number,
  values: Values,
): { readonly values: Values; readonly end: number; readonly isOrdinal: boolean } {
  const rest = textAfter(text, end);
  const ordinal = /^(?:st|nd|rd|th)(?!\p{L})/u.exec(rest);
  if (ordinal !== null) return { values, end: end + ordinal[0].length, isOrdinal: true };
  const exponent = powerOfTen.exec(rest);
  if (exponent !== null) {
    const power = Number(exponent.groups?.['e'] ?? exponent.groups?.['p']);
    return { values: scaleBy(values, [power]), end: end + exponent[0].length, isOrdinal: false };
  }
  const letter = matchScale(rest, letterScales);
  if (letter !== null)
    return { values: scaleBy(values, letter.powers), end: end + letter.length, isOrdinal: false };
  const space = /^[\s-]*/u.exec(rest)?.[0].length ?? 0;
  const scale = matchScale(rest.slice(space), scales);
  if (scale === null) return { values, end, isOrdinal: false };
  const isContinental = /^(?:mio|mrd|million?en|milliard|tsd)/iu.test(rest.slice(space));
  const read = isContinental ? ([...values].reverse() as [Decimal, ...Decimal[]]) : values;
  const once = { values: scaleBy(read, scale.powers), end: end + space + scale.length };
  // "thousand million"
  return { ...readScale(text, once.end, once.values), isOrdinal: false };
}

function matchScale(
  text: string,
  table: readonly (readonly [RegExp, readonly number[]])[],
): { readonly powers: readonly number[]; readonly length: number } | null {
  for (const [pattern, powers] of table) {
    const length = pattern.exec(text)?.[0].length;
    if (length !== undefined) return { powers, length };
  }
  return null;
}

function scaleBy(values: Values, powers: readonly number[]): Values {
  return powers.flatMap((power) => values.map((value) => timesPowerOfTen(value, power))) as [
    Decimal,
    ...Decimal[],
  ];
}

/** A percent sign, or a currency, after a number; `power` turns the number into one of percent. */
function readUnit(
  text: string,
  end: number,
): { readonly end: number; readonly power: number | null; readonly currency: string | null } {
  const rest = textAfter(text, end);
  for (const [pattern, power] of [
    [percentSign, 0],
    [perMille, -1],
    [basisPoints, -2],
  ] as const) {
    const length = pattern.exec(rest)?.[0].length;
    if (length !== undefined) return { end: end + length, power, currency: null };
  }
  const code = codeAfter.exec(rest);
  if (code !== null)
    return { end: end + code[0].length, power: null, currency: currencyBefore(code.groups?.['code']) };
  const sign = /^\s*(?<sign>[$€£¥￥₹₩])/u.exec(rest);
  if (sign !== null)
    return { end: end + sign[0].length, power: null, currency: currencyBefore(sign.groups?.['sign']) };
  for (const [pattern, currency] of currencyWords) {
    const length = pattern.exec(rest)?.[0].length;
    if (length !== undefined) return { end: end + length, power: null, currency };
  }
  const yuan = /^\s*元/u.exec(rest);
  return { end: end + (yuan?.[0].length ?? 0), power: null, currency: yuan === null ? null : '¥' };
}

function currencyBefore(text: string | undefined): string | null {
  if (text === undefined) return null;
  const sign = currencySigns.get(text);
  if (sign !== undefined) return sign;
  const code = text.toUpperCase();
  if (code === 'RMB' || code === '人民币') return 'CNY';
  if (code === 'US$') return 'USD';
  return /^[A-Z]{3}$/u.test(code) ? code : null;
}

function mayBeYear(digits: string): boolean {
  return /^(?:1[89]|20|21)\d{2}$/u.test(digits);
}

/** The value as a binary number, for messages. */
export function showNumber({ values, isPercentage }: StatedNumber): string {
  return `${toNumber(values[0])}${isPercentage ? '%' : ''}`;
}

/** One reading of a text that is a number and nothing else, with its unit at most; null otherwise. */
export function readWholeNumber(text: string): StatedNumber | null {
  const trimmed = text.trim();
  const [only, ...others] = readNumbers(trimmed);
  if (only === undefined || others.length > 0) return null;
  return only.start === 0 && only.end === trimmed.length ? only : null;
}

export const oneHundred = decimalOf(100);
