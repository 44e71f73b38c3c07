import { matchDateAt } from './dates.ts';
import type { DateOptions } from './dates.ts';
import { fullYear } from './months.ts';

const yearPattern = /^(?:(?:1\d|20|21)\d{2})$/;

const ordinals: ReadonlyMap<string, number> = new Map([
  ['first', 1],
  ['1st', 1],
  ['second', 2],
  ['2nd', 2],
  ['third', 3],
  ['3rd', 3],
  ['fourth', 4],
  ['4th', 4],
  ['一', 1],
  ['二', 2],
  ['三', 3],
  ['四', 4],
  ['1', 1],
  ['2', 2],
  ['3', 3],
  ['4', 4],
  ['上', 1],
  ['下', 2],
]);

const commonPattern = /^((?:1\d|20|21)\d{2})(?: est\.?)?$/;

/** What may stand around a period without changing it. */
const leading =
  /^(?:(?:as (?:of|at|on)|at|on|in|for|during|since|until|end of|end-|the|c\.|ca\.|circa|about|approx\.?|est\.?|data (?:for|from)|year-end|截至|截止)\s*)+/i;
const trailing =
  /[\s,]*(?:\(?(?:est(?:imates?|imated|d)?|proj(?:ected|ection)?|forecasts?|prelim(?:inary)?|provisional|prov|actual|audited|unaudited|restated|revised|budget|census|data|average)\b\.?\)?|年度|年末|年底|[*†‡])$/i;

const fiscalYear =
  /^(?:fy|cy|fiscal(?: year)?|financial year|calendar year|tax year|year|ye|school year|season)\s*[-:]?\s*(.+)$/i;
const ended =
  /^(?:fiscal |financial )?(years?|twelve months|12 months|half[- ]year|six months|6 months|nine months|9 months|three months|3 months|quarters?)(?:\s+period)?\s+(?:ended|ending|to)\s*:?\s+(.+)$/i;
const span = /^(\d{4})\s*(?:[-–—/]|to|and|至|~)\s*(\d{4}|\d{2})$/i;
const shortSpan = /^['’]?(\d{2})\/(\d{2})$/;
const quarterFirst =
  /^(?:q\s?([1-4])|([1-4])\s?q|(first|second|third|fourth|1st|2nd|3rd|4th) quarter)(?:\s*(?:of|,|-|\/)?\s*)(?:fy|fiscal(?: year)?|cy)?\s?['’]?(\d{4}|\d{2})$/i;
const quarterLast =
  /^(?:fy|cy)?\s?['’]?(\d{4})\s*[-/,]?\s*(?:q\s?([1-4])|([1-4])\s?q|(first|second|third|fourth) quarter)$/i;
const hanQuarter = /^(\d{4})\s?年?第?\s?([一二三四1-4])\s?季度?$/;
const halfFirst =
  /^(?:h\s?([12])|([12])\s?h|(first|second) half)(?:\s*(?:of|,|-|\/)?\s*)(?:fy|fiscal(?: year)?)?\s?['’]?(\d{4}|\d{2})$/i;
const halfLast = /^(?:fy)?\s?(\d{4})\s*[-/,]?\s*(?:h\s?([12])|([12])\s?h)$/i;
const hanHalf = /^(\d{4})\s?年?([上下])半年$/;
const nineMonths = /^(?:9m|nine months(?: of)?|first nine months(?: of)?)\s*['’]?(\d{4}|\d{2})$/i;
const marked = /^(?:fy|cy)?\s*['’]?(\d{4}|\d{2})\s?(?:[aepf]|年)$/i;

const months = new Map([
  ['quarter', 3],
  ['three months', 3],
  ['3 months', 3],
  ['half-year', 6],
  ['half year', 6],
  ['six months', 6],
  ['6 months', 6],
  ['nine months', 9],
  ['9 months', 9],
]);

const yearOf = (digits: string): string => String(fullYear(digits));

function endedPeriod(length: string, date: string): string | null {
  const year = date.slice(0, 4);
  const span = months.get(length.toLowerCase().replace(/^quarters$/, 'quarter'));
  if (span === undefined) return year;
  const month = Number(date.slice(5, 7));
  if (span === 9) return `${year}-9M`;
  if (span === 6) return month === 6 ? `${year}-H1` : month === 12 ? `${year}-H2` : null;
  return month > 0 && month % 3 === 0 ? `${year}-Q${month / 3}` : null;
}

function yearSpan(text: string): string | null {
  const match = span.exec(text);
  if (match?.[1] !== undefined && match[2] !== undefined && yearPattern.test(match[1])) {
    const first = Number(match[1]);
    let last = Number(match[2]);
    if (match[2].length === 2) last += first - (first % 100) + (last < first % 100 ? 100 : 0);
    // "2021-03" is March unless the two are consecutive years.
    const isMonth = match[2].length === 2 && last % 100 <= 12 && text.charAt(4) === '-' && last !== first + 1;
    return last > first && last - first < 150 && !isMonth ? `${first}/${last}` : null;
  }
  const short = shortSpan.exec(text);
  if (short?.[1] === undefined || short[2] === undefined) return null;
  const first = fullYear(short[1]);
  return fullYear(short[2]) === first + 1 ? `${first}/${first + 1}` : null;
}

function partOfYear(text: string): string | null {
  const quarter = quarterFirst.exec(text);
  if (quarter?.[4] !== undefined) {
    const which = quarter[1] ?? quarter[2] ?? ordinals.get((quarter[3] ?? '').toLowerCase());
    return `${yearOf(quarter[4])}-Q${which}`;
  }
  const last = quarterLast.exec(text);
  if (last?.[1] !== undefined)
    return `${last[1]}-Q${last[2] ?? last[3] ?? ordinals.get((last[4] ?? '').toLowerCase())}`;
  const half = halfFirst.exec(text);
  if (half?.[4] !== undefined)
    return `${yearOf(half[4])}-H${half[1] ?? half[2] ?? ordinals.get((half[3] ?? '').toLowerCase())}`;
  const halfAfter = halfLast.exec(text);
  if (halfAfter?.[1] !== undefined) return `${halfAfter[1]}-H${halfAfter[2] ?? halfAfter[3]}`;
  const nine = nineMonths.exec(text);
  if (nine?.[1] !== undefined) return `${yearOf(nine[1])}-9M`;
  const han = hanQuarter.exec(text);
  if (han?.[1] !== undefined) return `${han[1]}-Q${ordinals.get(han[2] ?? '')}`;
  const hanPart = hanHalf.exec(text);
  return hanPart?.[1] === undefined ? null : `${hanPart[1]}-H${ordinals.get(hanPart[2] ?? '')}`;
}

const longestPeriod = 64;

/**
 * The period that the whole text states, canonical: `2021`, `2021-Q3`, `2021-H1`, `2021-9M` (first nine
 * months), `2021-03`, `2021-03-09` for balance dates, `2020/2021` for a span of years (a financial year in two
 * calendar years is one too). "Year ended 31 December 2022" is `2022`. Null for anything else.
 */
export function readPeriod(text: string, options: DateOptions = {}): string | null {
  if (text.length > longestPeriod || text.length < 2) return null;
  let period = text.trim();
  const common = commonPattern.exec(period)?.[1];
  if (common !== undefined) return common;
  // Every period has a digit, and none of them has letters only.
  if (!/\d/.test(period)) return null;
  for (let round = 0; round < 3; round += 1) {
    const stripped = period
      .replace(trailing, '')
      .replace(leading, '')
      .replace(/^\((.*)\)$/, '$1')
      .trim();
    if (stripped === period) break;
    period = stripped;
  }
  if (yearPattern.test(period)) return period;
  const ending = ended.exec(period);
  if (ending?.[1] !== undefined && ending[2] !== undefined) {
    const date = wholeDate(ending[2], options) ?? (yearPattern.test(ending[2]) ? ending[2] : null);
    return date === null ? null : endedPeriod(ending[1], date);
  }
  const part = yearSpan(period) ?? partOfYear(period);
  if (part !== null) return part;
  const fiscal = fiscalYear.exec(period)?.[1];
  if (fiscal !== undefined) {
    const inner = fiscal.replace(/^['’]/, '');
    if (/^\d{2}$/.test(inner)) return yearOf(inner);
    if (yearPattern.test(inner)) return inner;
    const whole = yearSpan(inner);
    if (whole !== null) return whole;
    const date = /^(?:ended|ending|to)\s+/i.test(inner)
      ? wholeDate(inner.replace(/^\w+\s+/, ''), options)
      : null;
    return date === null ? null : date.slice(0, 4);
  }
  const year = marked.exec(period)?.[1];
  if (year !== undefined && (year.length === 4 ? yearPattern.test(year) : /^fy/i.test(period)))
    return yearOf(year);
  return wholeDate(period, options);
}

function wholeDate(text: string, options: DateOptions): string | null {
  const match = matchDateAt(text, 0, options);
  return match !== null && match.end === text.length ? match.date : null;
}
