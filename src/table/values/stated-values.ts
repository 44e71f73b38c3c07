import type { ReadValue } from '../reading.ts';
import { isDigitCode, isHanCode, isSpaceCode, isWordLetterCode, skipSpaces } from './characters.ts';
import { matchDateAt, readDate } from './dates.ts';
import { decimalMarkOf } from './digits.ts';
import type { DecimalMark } from './digits.ts';
import { isMissing } from './missing.ts';
import { readQuantity } from './quantity.ts';
import type { Quantity } from './quantity.ts';
import { readScale } from './scales.ts';
import { readLeadingPeriod, readValueTail } from './value-tail.ts';

/** A value that a text states, with the period stated beside it. Offsets are within the text. */
export interface StatedValue {
  readonly value: ReadValue;
  /** As `readPeriod` has it, or null where none is stated. */
  readonly period: string | null;
  readonly start: number;
  readonly end: number;
}

export interface StatedValuesOptions {
  /** The text after a label, or in a table's cell. */
  readonly text: string;
  /** What a caption multiplies numbers by, unless they have a scale word of their own; 1 by default. */
  readonly scale?: number;
  /** The unit a caption gives to numbers without their own. */
  readonly unit?: string | null;
  /** A BCP 47 tag that settles decimal commas and the order of day and month. */
  readonly locale?: string;
}

interface Context {
  readonly text: string;
  readonly scale: number;
  readonly unit: string | null;
  readonly decimalMark: DecimalMark | null;
}

/** How far into the text a value's first digit may be: bound words and a currency can stand before it. */
const digitWindow = 40;
/** No value is longer; what follows belongs to the text. */
const readWindow = 4000;

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['yes', true],
  ['no', false],
  ['true', true],
  ['false', false],
  ['是', true],
  ['否', false],
  ['有', true],
]);

const isNumeralCode = (code: number): boolean =>
  isDigitCode(code) || code === 0xbd || code === 0xbc || code === 0xbe || (code >= 0x2153 && code <= 0x215b);

function firstDigit(text: string, from: number): number {
  const last = Math.min(text.length, from + digitWindow);
  for (let at = from; at < last; at += 1) {
    const code = text.charCodeAt(at);
    if (isNumeralCode(code)) return at;
    if (code === 10) return -1;
    if (isHanCode(code) && '一二两三四五六七八九十百千'.includes(text.charAt(at)) && at === from) return at;
  }
  return -1;
}

/** Whether a bare integer at a text's start is rather the beginning of a name or an address. */
function isNameWithNumber(text: string, quantity: Quantity): boolean {
  if (!quantity.plain || quantity.unitKind !== null || quantity.bound !== null) return false;
  const next = skipSpaces(text, quantity.end);
  if (next === quantity.end || next >= text.length) return false;
  const code = text.charCodeAt(next);
  if (isDigitCode(code)) return true;
  const char = text.charAt(next);
  if (!isWordLetterCode(code)) return false;
  return char !== char.toLowerCase() && !/^(?:NA|N\/A)\b/.test(text.slice(next, next + 4));
}

/** "28 00", "1 in 5", "3 of 4": two numbers that mean something together. */
const twoNumbers = /^\s(?:\d|(?:in|of|out of)\s\d{1,3}(?!\d))/;
/** "12, 13, 14": several numbers and nothing else are a list, not a number. */
const numbersOnly = /(?:\s?(?:[,;&/]|and)\s?\d[\d.,]{0,20}){1,50}\s*$/y;

function isNumberList(text: string, position: number): boolean {
  if (twoNumbers.test(text.slice(position, position + 12))) return true;
  numbersOnly.lastIndex = position;
  return numbersOnly.test(text);
}

function numberValue(quantity: Quantity, context: Context, negative: boolean): ReadValue {
  const sign = negative ? -1 : 1;
  if (quantity.percentage || (context.unit === '%' && quantity.unit === null))
    return { type: 'percentage', number: sign * quantity.number, bound: quantity.bound };
  const { scale } = context;
  const applies = scale !== 1 && !quantity.scaled && quantity.unitKind !== 'measure';
  const number = applies ? Number((quantity.number * scale).toPrecision(15)) : quantity.number;
  return {
    type: 'number',
    number: sign * number,
    unit: quantity.unit ?? context.unit,
    bound: quantity.bound,
  };
}

const separators = /[\s,;、，；]*(?:(?:and|und|et|y)\s(?=[\p{Sc}\d]))?/uy;
const afterBracket =
  /\)(\s?[%％])?(?!\s?(?:\d|(?!(?:thousand|million|billion|trillion|mn|bn|万|亿|百万)(?!\p{L}))\p{L}))/uy;
/** "(2021)" alone is a year more often than a loss. */
const bracketedYear = /^\((?:19|20)\d\d$/;

interface Read {
  readonly value: ReadValue;
  readonly end: number;
}

function readNumber(context: Context, start: number): Read | null {
  const { text } = context;
  const digit = firstDigit(text, start);
  if (digit < 0) return null;
  const quantity = readQuantity(text, digit, { from: start, decimalMark: context.decimalMark, nouns: true });
  if (quantity === null) return null;
  const lead = text.slice(start, quantity.start);
  if (lead !== '' && !(lead === '(' && quantity.bracketed)) return null;
  if (isNameWithNumber(text, quantity) || (quantity.unitKind === null && isNumberList(text, quantity.end)))
    return null;
  if (!quantity.bracketed) return { value: numberValue(quantity, context, false), end: quantity.end };
  if (bracketedYear.test(text.slice(start, quantity.end))) return null;
  afterBracket.lastIndex = skipSpaces(text, quantity.end);
  const close = afterBracket.exec(text);
  if (close === null) return null;
  const percentage = quantity.percentage || close[1] !== undefined;
  const end = close.index + 1 + (close[1] ?? '').length;
  // "$(18.6) million"
  const scale = quantity.scaled ? null : readScale(text, end, quantity.unitKind === 'currency');
  if (scale !== null) {
    const number = Number((quantity.number * 10 ** scale.exponent).toPrecision(15));
    return { value: numberValue({ ...quantity, number, scaled: true }, context, true), end: scale.end };
  }
  return { value: numberValue({ ...quantity, percentage }, context, true), end };
}

const dateLead = /[A-Za-z\d]/;
/** "In 3 months", "after 2 weeks", "for 10 days": how long it is until then, or that long. */
const timeAhead =
  /^(?:in|after|for)\s(?=\d{1,3}\s(?:minutes?|hours?|days?|weeks?|months?|years?)(?:['’]\stime)?\.?$)/i;
const namedHeight =
  /^(?:\p{Lu}[\p{L}'’.-]*|de|del|la|le|of|da|du|el|al)(?:\s(?:\p{Lu}[\p{L}'’.-]*|de|del|la|le|of|da|du|el|al|on|and)){0,6}\s(?=-?\d[\d,.]*\s?(?:m|ft|metres|meters|feet)$)/u;

/** "2020/S-1476", "24V-101": what a thing is registered under, however it begins. */
const registered = /^(?=[^a-z]*\p{Lu})\d[\p{Lu}\d]*(?:[/-][\p{Lu}\d]+)*[/-]\p{Lu}*\d+$/u;

const longestIdentifier = 30;
/** "No. Owners may go on driving", "yes, from May on", "Yes (two)". */
const remarkedBoolean =
  /^(yes|no)(?:[,;]\s(?=\d|(?:from|since|until|by|on|at|in|for)\s)|\.\s(?=\p{Lu}\p{Ll}+\s)|\s?[(–—]|\s-\s)/iu;
/** "16:1", "24-to-1": so many for one. */
const perOne = /^(\d{1,4}(?:\.\d{1,2})?)(?:\s?:\s?|[- ]to[- ])1$/;

function readWhole(context: Context, start: number, end: number, locale: string | undefined): Read | null {
  const { text } = context;
  const whole = start === 0 && end === text.length ? text : text.slice(start, end);
  if (whole.length <= 5) {
    const boolean = booleans.get(whole.toLowerCase());
    if (boolean !== undefined) return { value: { type: 'boolean', boolean }, end };
  }
  const remarked = remarkedBoolean.exec(whole)?.[1];
  if (remarked !== undefined) {
    const boolean = remarked.toLowerCase() === 'yes';
    return { value: { type: 'boolean', boolean }, end: start + remarked.length };
  }
  if (isMissing(whole)) return { value: { type: 'missing' }, end };
  if (whole.length <= longestIdentifier && registered.test(whole))
    return { value: { type: 'text', text: whole }, end };
  const ratio = whole.length <= 12 ? perOne.exec(whole) : null;
  if (ratio !== null)
    return { value: { type: 'number', number: Number(ratio[1]), unit: null, bound: null }, end };
  if (whole.length > (whole.endsWith('年') ? 4 : 5) && whole.length < 48 && dateLead.test(whole.charAt(0))) {
    const date = readDate(whole, locale === undefined ? {} : { locale });
    if (date !== null) return { value: { type: 'date', date }, end };
  }
  return null;
}

const missingWithTail = /^(NA|N\/A|n\/a|n\.a\.|not available|not reported|none reported)\s*\(/;

/**
 * Reads the values that the text after a label, or in a table's cell, states. A text that begins with a number
 * states it, whatever remark follows; several numbers each with its period ("5 % (2021), 4 % (2020)") are
 * several values; a date, "yes" or "not available" must be the whole text; everything else is text. A name and
 * a height ("Tahat 2,908 m") count as that number when nothing follows. "nil" is zero, as accountants use it.
 * Empty text states nothing. Numbers with a scale word or a measure of their own ignore `scale`.
 */
export function readStatedValues(options: StatedValuesOptions): StatedValue[] {
  const { text, locale } = options;
  const start = skipSpaces(text, 0);
  let end = text.length;
  while (end > start && isSpaceCode(text.charCodeAt(end - 1))) end -= 1;
  if (start === end) return [];
  const context: Context = {
    text,
    scale: options.scale ?? 1,
    unit: options.unit ?? null,
    decimalMark: decimalMarkOf(locale),
  };
  const whole = readWhole(context, start, end, locale);
  if (whole !== null) return [{ value: whole.value, period: null, start, end }];
  const numbers = readNumbers(context, start, end);
  if (numbers.length > 0) return numbers;
  const led = readLed(context, start, end);
  if (led !== null) return [led];
  const dated = readLeadingDate(context, start, locale);
  if (dated !== null) return [dated];
  if (end - start < 60) {
    const special = readSpecial(context, start, end);
    if (special !== null) return [special];
  }
  if (isPhraseWithStop(text.slice(start, end))) end -= 1;
  return [{ value: { type: 'text', text: text.slice(start, end) }, period: null, start, end }];
}

const mostPhraseWords = 8;
const abbreviated =
  /(?:^|[\s.(])(?:\p{L}|ltd|inc|co|corp|st|jr|sr|bros|etc|no|nos|al|cf|vs|approx|est|dept|mr|mrs|dr|plc|llc|pty|ave|rd|[\p{L}.]+\.\p{L})\.$/iu;

/** A few words with a full stop behind them, which is the sentence's and not theirs: "Memory leak." */
function isPhraseWithStop(text: string): boolean {
  if (!/\p{L}{2}\.$/u.test(text) || text.includes('\n') || abbreviated.test(text)) return false;
  return !/[.!?;:]\s/u.test(text) && text.split(/\s+/u, mostPhraseWords + 1).length <= mostPhraseWords;
}

function readNumbers(context: Context, start: number, end: number): StatedValue[] {
  const { text } = context;
  const values: StatedValue[] = [];
  let at = start;
  while (at < end && at - start < readWindow) {
    const read = readNumber(context, at);
    if (read === null) break;
    const tail = readValueTail(text, read.end);
    if (values.length > 0 && tail.period === null) break;
    values.push({ value: read.value, period: tail.period, start: at, end: read.end });
    if (tail.period === null) break;
    separators.lastIndex = tail.end;
    separators.exec(text);
    at = separators.lastIndex;
  }
  return values;
}

/** A value after its period: "(2020 est.) less than 1 %", "(2019) NA". */
function readLed(context: Context, start: number, end: number): StatedValue | null {
  const { text } = context;
  const lead = readLeadingPeriod(text, start);
  if (lead === null) return null;
  const at = skipSpaces(text, lead.end);
  if (at < end && isMissing(text.slice(at, end)))
    return { value: { type: 'missing' }, period: lead.period, start: at, end };
  const read = readNumber(context, at);
  return read === null ? null : { value: read.value, period: lead.period, start: at, end: read.end };
}

const afterDate = /\s*(?:[(;]|$)|\s{3,}\S/y;

/** A date before a remark in brackets, or before a gap: "5 July 1962 (from France)". */
function readLeadingDate(context: Context, start: number, locale: string | undefined): StatedValue | null {
  const { text } = context;
  const match = matchDateAt(text, start, { locale });
  if (match === null || match.date === null || match.date.length < 7) return null;
  afterDate.lastIndex = match.end;
  if (!afterDate.test(text)) return null;
  return { value: { type: 'date', date: match.date }, period: null, start, end: match.end };
}

function readSpecial(context: Context, start: number, end: number): StatedValue | null {
  const { text } = context;
  const whole = text.slice(start, end);
  if (/^nil\.?$/i.test(whole))
    return {
      value: { type: 'number', number: 0, unit: context.unit, bound: null },
      period: null,
      start,
      end,
    };
  const missing = missingWithTail.exec(whole)?.[1];
  if (missing !== undefined) {
    const tail = readValueTail(text, start + missing.length);
    if (tail.period !== null || tail.end === end)
      return { value: { type: 'missing' }, period: tail.period, start, end: start + missing.length };
  }
  const until = timeAhead.exec(whole)?.[0];
  if (until !== undefined) {
    const read = readNumber(context, start + until.length);
    return read === null
      ? null
      : { value: read.value, period: null, start: start + until.length, end: read.end };
  }
  const name = namedHeight.exec(whole)?.[0];
  if (name === undefined) return null;
  const read = readNumber(context, start + name.length);
  return read === null || read.end !== end
    ? null
    : { value: read.value, period: null, start: start + name.length, end };
}
