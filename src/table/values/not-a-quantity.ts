import { isDigitCode, isHanCode, isSpaceCode, isWordLetterCode } from './characters.ts';
import { currencyBefore } from './currencies.ts';
import { matchDateAt } from './dates.ts';
import { monthNumber } from './months.ts';

const coordinate =
  /\d{1,3}(?:\.\d{1,8})?(?:\s?[°º]\s?|\s)(?:\d{1,2}(?:\.\d{1,8})?\s?['′’]?\s?)?(?:\d{1,2}(?:\.\d{1,6})?\s?["″”]?\s?)?[NSEWO](?![\p{L}])/uy;
/** "95 km W of Denby" is a place, not a length. */
const bearing =
  /[\d.,]{0,12}\s?(?:km|mi|miles?|kilomet(?:re|er)s?|nm)\s(?:[NSEW]{1,3}|(?:(?:north|south)[- ]?)?(?:east|west|north|south))\sof\s(?=\p{Lu})/uy;
const halfDay = /\d{1,2}(?:[.:]\d{2})?\s?[ap]\.?m(?:\.|(?![\p{L}\d]))/iuy;
const oclock = /\d{4}\s(?:hours|hrs|h|local|gmt|utc)(?![\p{L}])/iuy;
const telephone = /\+\d{1,3}[ .-]?\(?\d[\d ().-]{6,18}/y;
const bracketedTelephone = /\)\s?\d{3,4}[ -]\d{3,4}/y;
/** After the whole digits of a first side: "85.3 x 32", "85 mm × 32 mm × 4 mm". */
const dimensions =
  /(?:[.,]\d{1,6})?(?:\s?(?:[mckµ]?m|in|ft))?(?:\s?[x×]\s?(?!10(?:\^|\*\*|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]))\d[\d.,]{0,12}(?:\s?(?:[mckµ]?m|in|ft)(?![\p{L}\d]))?){1,4}/iuy;
const codeTail = /[\p{L}\d_.+~/:@#&=?-]*/uy;
const wordBefore = /([\p{L}]{3,9})\.?\s{1,2}$/u;

function endOf(pattern: RegExp, text: string, position: number): number | null {
  pattern.lastIndex = position;
  return pattern.test(text) ? pattern.lastIndex : null;
}

/** The end of the unspaced token that `position` is in: how far to skip what is no quantity. */
export function codeEnd(text: string, position: number): number {
  return Math.max(endOf(codeTail, text, position) ?? 0, position + 1);
}

/** Whether what touches the digits on the left makes them part of a code, a fraction, a time or a name. */
export function isTailOfCode(text: string, position: number, from: number): boolean {
  if (position <= from) return false;
  const code = text.charCodeAt(position - 1);
  if (isSpaceCode(code) || code === 40) return false;
  if (isDigitCode(code) || code === 95 || code === 35 || code === 64 || code === 92) return true;
  if (isWordLetterCode(code)) return currencyBefore(text, position, from) === null;
  const before = position - 1 > from ? text.charCodeAt(position - 2) : 32;
  const afterWord = isDigitCode(before) || isWordLetterCode(before);
  // - . / : ' + between letters or digits and these digits
  if (code === 45 || code === 46 || code === 58 || code === 43 || code === 39) return afterWord;
  return code === 47 && (afterWord || before === 47);
}

const codePart = /\.[A-Z]+\d/y;
const codeSign = /[+~_@#](?=[\p{L}\d~+])/uy;

/** Whether a sign that only codes have stands right after a number and its unit: "0.99d+dfsg". */
export function isCodeAfter(text: string, end: number): boolean {
  return endOf(codeSign, text, end) !== null;
}

/** "12路", "3号楼", "5栋": which one of them, and no number of anything. */
const hanOrdinal = /(?:路|栋|幢|室|号|号线|号楼|号院|号馆|号店|号机|号井|号桥|号站|号库|号厅)(?![\p{L}\d])/uy;

/** Whether what touches the digits on the right makes them a code ("320neo", "3rd", "1.5.0+ds1", "12:30"). */
export function isHeadOfCode(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  if (Number.isNaN(code) || isSpaceCode(code)) return false;
  if (isHanCode(code)) return endOf(hanOrdinal, text, end) !== null;
  if (isWordLetterCode(code) || code === 95 || code === 64 || code === 35 || code === 94) return true;
  const next = text.charCodeAt(end + 1);
  const wordNext = isDigitCode(next) || isWordLetterCode(next);
  // . / : + ~ - ' before letters or digits; a full stop before a capital ends a sentence, but not in "1.4.D001".
  if (code === 46)
    return isDigitCode(next) || (next >= 97 && next <= 122) || endOf(codePart, text, end) !== null;
  if (code === 39 || code === 0x2019) return wordNext;
  return (code === 47 || code === 58 || code === 43 || code === 126 || code === 45) && wordNext;
}

function followsMonth(text: string, position: number, from: number): boolean {
  if (position - from < 4 || !isSpaceCode(text.charCodeAt(position - 1))) return false;
  const word = wordBefore.exec(text.slice(Math.max(from, position - 12), position))?.[1];
  return word !== undefined && monthNumber(word) !== null && word.charAt(0) !== word.charAt(0).toLowerCase();
}

const wattsOrNewtons = /^\d+(?:\.\d+)?\s[NW]$/;
const coordinateBefore = /\d\s?[NSEWO][\s,;/]{1,3}$/;
const coordinateAfter = /[\s,;/]{1,3}\d{1,3}(?:[.\s]\d{1,8})?\s?[NSEWO](?!\p{L})/uy;

/** "65 W" is a power, "12 30 W" a coordinate, and so is "71 W" beside "25 N". */
function coordinateEnd(text: string, position: number): number | null {
  const end = endOf(coordinate, text, position);
  if (end === null || !wattsOrNewtons.test(text.slice(position, end))) return end;
  const isPaired =
    coordinateBefore.test(text.slice(Math.max(0, position - 8), position)) ||
    endOf(coordinateAfter, text, end) !== null;
  return isPaired ? end : null;
}

const monthTail = /\d{1,2}(?:,?\s\d{4})?/y;

/**
 * The end of the date, time, coordinates, telephone number or dimensions that the digits at `position` belong
 * to, or null where they may state a quantity.
 */
export function otherNotationEnd(text: string, position: number, from: number): number | null {
  if (followsMonth(text, position, from)) return endOf(monthTail, text, position);
  const before = position > from ? text.charCodeAt(position - 1) : 32;
  if (before === 43) {
    const phone = endOf(telephone, text, position - 1);
    if (phone !== null) return phone;
  }
  let end = position;
  while (isDigitCode(text.charCodeAt(end))) end += 1;
  const next = text.charCodeAt(end);
  if (before === 40 && next === 41) {
    const phone = endOf(bracketedTelephone, text, end);
    if (phone !== null) return phone;
  }
  const date = end - position <= 4 ? matchDateAt(text, position) : null;
  if (date !== null) return date.end;
  if (next === 58 && isDigitCode(text.charCodeAt(end + 1))) return codeEnd(text, end);
  // Only a space, a degree sign, a point, a multiplication sign or a letter can go on with one of the others.
  const mayGoOn =
    next === 32 || next === 46 || next === 0xb0 || next === 0xba || next === 0xd7 || isWordLetterCode(next);
  if (!mayGoOn) return null;
  return (
    endOf(dimensions, text, end) ??
    endOf(bearing, text, end) ??
    coordinateEnd(text, position) ??
    endOf(halfDay, text, position) ??
    endOf(oclock, text, position)
  );
}
