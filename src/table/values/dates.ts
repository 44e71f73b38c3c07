import { isDigitCode } from './characters.ts';
import { foreignMonthPattern, fullYear, isDay, isoDate, monthNumber, monthPattern } from './months.ts';

/** A date within a text. `date` is null where a day is stated but not which one of two, or without its year. */
export interface DateMatch {
  readonly start: number;
  readonly end: number;
  /** ISO 8601 with the stated precision. */
  readonly date: string | null;
  /** The parts that are stated, for dates whose year follows from elsewhere. */
  readonly month: number | null;
  readonly day: number | null;
}

export interface DateOptions {
  /** A BCP 47 tag that settles 09/01/1990: `en-US` puts the month first, every other locale the day. */
  readonly locale?: string | undefined;
}

const clock =
  '(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?: ?Z| ?[+-]\\d{2}:?\\d{2}| (?:UTC|GMT)(?![A-Za-z\\d+-]))?)?';
const year = "(\\d{4}|['’]?\\d{2})(?![\\d:]|[.,]\\d|\\s?%)";

const isoPattern = new RegExp(`(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${clock}(?![\\d])`, 'y');
const isoMonthPattern = /(\d{4})-(\d{2})(?![\d-])/y;
const numericMonthPattern = /(0[1-9]|1[0-2])\/((?:19|20)\d{2})(?![\d/.-]|,\d)/y;
const dayMonthPattern = new RegExp(
  `(\\d{1,2})(?:st|nd|rd|th)?(?: of)?[\\s.-]{1,5}(${monthPattern})(?![a-z])(?:,?[\\s-]{1,5}${year})?`,
  'iy',
);
const foreignDayMonthPattern = new RegExp(
  `(\\d{1,2})(?:er|º|°)?(?: de)?[\\s.-]{1,5}(${foreignMonthPattern})(?!\\p{L})(?: de|,)?[\\s-]{1,5}(\\d{4})(?![\\d:]|[.,]\\d|\\s?%)`,
  'iuy',
);
const foreignMonthYearPattern = new RegExp(
  `(${foreignMonthPattern})(?!\\p{L})(?: de)?\\s{1,3}(\\d{4})(?!\\d)`,
  'iuy',
);
const monthDayPattern = new RegExp(
  `(${monthPattern})(?![a-z])\\s{1,3}(\\d{1,2})(?:st|nd|rd|th)?(?![\\d.:]\\d|\\d|\\s?%)(?:(?:,\\s{0,3}|\\s{1,3})(\\d{4})(?!\\d|[.,]\\d))?`,
  'iy',
);
const monthYearPattern = new RegExp(
  `(${monthPattern})(?![a-z])(?:,?\\s{1,3}(?:of )?|-)(\\d{4}|['’]\\d{2}|(?<=-)\\d{2})(?![\\d])`,
  'iy',
);
const numericPattern = /(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d])(?!\2\d)/y;
const hanPattern = /(\d{4})\s?年(?:\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?[日号])?)?(?![初末底中])/y;
const hanDayPattern = /(\d{1,2})\s?月(?:\s?(\d{1,2})\s?[日号])?/y;

const at = (pattern: RegExp, text: string, position: number): RegExpExecArray | null => {
  pattern.lastIndex = position;
  return pattern.exec(text);
};

function complete(
  match: RegExpExecArray,
  parts: { year: string | undefined; month: number; day: number },
): DateMatch | null {
  const digits = parts.year?.replace(/^['’]/, '');
  const full = digits === undefined ? null : fullYear(digits);
  if (!isDay(parts.day, parts.month, full)) return null;
  return {
    start: match.index,
    end: match.index + match[0].length,
    date: full === null ? null : isoDate(full, parts.month, parts.day),
    month: parts.month,
    day: parts.day,
  };
}

/** Which of the two numbers is the day: what the calendar allows, a point (always day first), or the locale. */
function isDayFirst(
  first: number,
  second: number,
  separator: string,
  locale: string | undefined,
): boolean | null {
  if (first > 12) return true;
  if (second > 12) return false;
  if (first === second || separator === '.') return true;
  if (locale === undefined) return null;
  return !/^en-US$/i.test(locale);
}

function numericDate(text: string, position: number, locale: string | undefined): DateMatch | null {
  const match = at(numericPattern, text, position);
  if (match === null) return null;
  const first = Number(match[1]);
  const second = Number(match[3]);
  const separator = match[2] ?? '';
  // "1.5.20" is a version more often than a day.
  if (separator === '.' && match[4]?.length === 2 && match[1]?.length !== 2) return null;
  const dayFirst = isDayFirst(first, second, separator, locale);
  if (dayFirst === null) {
    if (first < 1 || second < 1) return null;
    return { start: position, end: position + match[0].length, date: null, month: null, day: null };
  }
  const [day, month] = dayFirst ? [first, second] : [second, first];
  return complete(match, { year: match[4], month, day });
}

function monthOnly(match: RegExpExecArray, digits: string, month: number): DateMatch | null {
  if (month < 1 || month > 12) return null;
  const date = isoDate(fullYear(digits.replace(/^['’]/, '')), month);
  return { start: match.index, end: match.index + match[0].length, date, month, day: null };
}

function hanDate(text: string, position: number): DateMatch | null {
  const match = at(hanPattern, text, position);
  if (match?.[1] !== undefined) {
    const month = match[2] === undefined ? null : Number(match[2]);
    const day = match[3] === undefined ? null : Number(match[3]);
    if (month !== null && day !== null) return complete(match, { year: match[1], month, day });
    if (month !== null) return monthOnly(match, match[1], month);
    return { start: position, end: position + match[0].length, date: match[1], month, day };
  }
  const partial = at(hanDayPattern, text, position);
  if (partial?.[2] === undefined) return null;
  return complete(partial, { year: undefined, month: Number(partial[1]), day: Number(partial[2]) });
}

function fromDigit(text: string, position: number, locale: string | undefined): DateMatch | null {
  const iso = at(isoPattern, text, position);
  if (iso !== null) return complete(iso, { year: iso[1], month: Number(iso[3]), day: Number(iso[4]) });
  const isoMonth = at(isoMonthPattern, text, position);
  if (isoMonth?.[1] !== undefined) return monthOnly(isoMonth, isoMonth[1], Number(isoMonth[2]));
  const numericMonth = at(numericMonthPattern, text, position);
  if (numericMonth?.[1] !== undefined && numericMonth[2] !== undefined)
    return monthOnly(numericMonth, numericMonth[2], Number(numericMonth[1]));
  const dayMonth = at(dayMonthPattern, text, position);
  // "5 may be": without a year, only a month that is written as a name.
  const isName = dayMonth?.[3] !== undefined || /^[A-Z]/.test(dayMonth?.[2] ?? '');
  if (dayMonth?.[2] !== undefined && isName) {
    const found = complete(dayMonth, {
      year: dayMonth[3],
      month: monthNumber(dayMonth[2]) ?? 0,
      day: Number(dayMonth[1]),
    });
    if (found !== null) return found;
  }
  const foreign = at(foreignDayMonthPattern, text, position);
  if (foreign?.[2] !== undefined)
    return complete(foreign, {
      year: foreign[3],
      month: monthNumber(foreign[2]) ?? 0,
      day: Number(foreign[1]),
    });
  return (
    numericDate(text, position, locale) ?? (text.charCodeAt(position) < 58 ? hanDate(text, position) : null)
  );
}

function fromMonth(text: string, position: number): DateMatch | null {
  const monthYear = at(monthYearPattern, text, position);
  if (monthYear?.[1] !== undefined && monthYear[2] !== undefined)
    return monthOnly(monthYear, monthYear[2], monthNumber(monthYear[1]) ?? 0);
  const monthDay = at(monthDayPattern, text, position);
  if (monthDay?.[1] === undefined) {
    const foreign = at(foreignMonthYearPattern, text, position);
    if (foreign?.[1] === undefined || foreign[2] === undefined) return null;
    return monthOnly(foreign, foreign[2], monthNumber(foreign[1]) ?? 0);
  }
  return complete(monthDay, {
    year: monthDay[3],
    month: monthNumber(monthDay[1]) ?? 0,
    day: Number(monthDay[2]),
  });
}

const monthInitial = /[jfmasondegl]/i;
const hasSecondPoint = /\.\d{1,2}\./y;

/** Whether a date can go on after its first digits at `end`; rules out nearly every other number cheaply. */
function mayBeDate(text: string, end: number): boolean {
  const char = text.charAt(end);
  if (char === '-' || char === '/') return true;
  if (char === ' ' || char === '\n') {
    const next = text.charAt(end + 1);
    return (
      monthInitial.test(next) ||
      next === 'o' ||
      next === '年' ||
      next === '月' ||
      next === ' ' ||
      next === '\n'
    );
  }
  if (char === '.') {
    if (monthInitial.test(text.charAt(end + (text.charAt(end + 1) === ' ' ? 2 : 1)))) return true;
    hasSecondPoint.lastIndex = end;
    return hasSecondPoint.test(text);
  }
  return char === '年' || char === '月' || /[a-z]/i.test(char);
}

/** The date that begins at `position`: at a digit or at a month's name. Null where none does. */
export function matchDateAt(text: string, position: number, options: DateOptions = {}): DateMatch | null {
  const code = text.charCodeAt(position);
  if (code >= 48 && code <= 57) {
    let end = position + 1;
    while (end <= position + 4 && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end += 1;
    return end <= position + 4 && mayBeDate(text, end) ? fromDigit(text, position, options.locale) : null;
  }
  return monthInitial.test(text.charAt(position)) ? fromMonth(text, position) : null;
}

const weekday = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+/i;
const longestDate = 48;
/** The time of day after a date; a date is no more precise than its day here. */
const timeOfDay =
  /^(?:,?\s{1,2}(?:at )?|T)(?:\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:\s?[ap]\.?m\.?)?|(?:[01]\d|2[0-3])[0-5]\d(?:\s?h(?:rs|ours)?)?)(?:\s?(?:Z|UTC|GMT|[A-Z]{2,4}|[+-]\d{2}:?\d{2}))?(?:\s\([A-Z]{2,5}\))?$/i;

/**
 * The date that the whole text states, in ISO 8601 with the stated precision: `2021-03-09`, `2021-03`. Two
 * numbers that could both be the month give null unless `locale` settles them. A bare year is a number and no
 * date here.
 */
export function readDate(text: string, options: DateOptions = {}): string | null {
  if (text.length > longestDate) return null;
  const bare = text.trim();
  const trimmed = (isDigitCode(bare.charCodeAt(0)) ? bare : bare.replace(weekday, '')).replace(/[.;,]$/, '');
  if (trimmed === '') return null;
  const match = matchDateAt(trimmed, 0, options);
  if (match === null) return null;
  const rest = trimmed.slice(match.end);
  return rest === '' || (match.day !== null && timeOfDay.test(rest)) ? match.date : null;
}
