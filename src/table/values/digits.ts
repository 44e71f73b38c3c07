import { isDigitCode } from './characters.ts';

/** The character that stands before the decimals. */
export type DecimalMark = '.' | ',';

/** A run of digits with its separators, understood as one number, e.g. `1,234.5` or `1 234 567`. */
export interface DigitRun {
  readonly end: number;
  /** Plain digits with `.` before the decimals, fit for `Number()`. */
  readonly digits: string;
  readonly grouped: boolean;
  readonly decimals: boolean;
}

const spaces = '\u00A0\u2007\u2009\u202F ';
const groupers = `,.'’٬${spaces}`;

const decimalMarks = new Map<string, DecimalMark>();

/**
 * The decimal mark that a locale (a BCP 47 tag such as `de` or `en-US`) uses, or null for no or an unknown
 * locale.
 */
export function decimalMarkOf(locale: string | undefined): DecimalMark | null {
  if (locale === undefined) return null;
  const known = decimalMarks.get(locale);
  if (known !== undefined) return known;
  let mark: DecimalMark = '.';
  try {
    const part = new Intl.NumberFormat(locale).formatToParts(1.5).find((each) => each.type === 'decimal');
    if (part?.value === ',') mark = ',';
  } catch {
    return null;
  }
  decimalMarks.set(locale, mark);
  return mark;
}

function digitsEnd(text: string, position: number): number {
  let at = position;
  while (at < text.length && isDigitCode(text.charCodeAt(at))) at += 1;
  return at;
}

function plain(text: string, start: number, end: number): string {
  const slice = text.slice(start, end);
  if (text.charCodeAt(start) < 0xff10) return slice;
  return slice.normalize('NFKC');
}

interface Group {
  readonly separator: string;
  readonly start: number;
  readonly end: number;
}

const maximumGroups = 14;

function groupsAfter(text: string, position: number): Group[] {
  const groups: Group[] = [];
  let at = position;
  while (groups.length < maximumGroups && at + 1 < text.length) {
    const separator = text.charAt(at);
    if (!groupers.includes(separator)) break;
    const end = digitsEnd(text, at + 1);
    if (end === at + 1) break;
    groups.push({ separator, start: at + 1, end });
    at = end;
  }
  return groups;
}

const length = (group: Group | undefined): number => (group === undefined ? 0 : group.end - group.start);

/** How many of the first groups are thousands (or lakhs and crores) set off by the same separator. */
function thousands(text: string, start: number, headEnd: number, groups: readonly Group[]): number {
  const head = headEnd - start;
  const first = groups[0];
  if (first === undefined || head > 3 || text.charCodeAt(start) === 48) return 0;
  const separator = first.separator;
  let same = 0;
  while (groups[same]?.separator === separator) same += 1;
  let threes = 0;
  while (threes < same && length(groups[threes]) === 3) threes += 1;
  if (spaces.includes(separator)) {
    // "phase 1 234,567 people": a space does not group what a comma groups already.
    const next = groups[threes];
    if (threes > 0 && next !== undefined && next.separator === ',' && length(next) === 3) return 0;
    return threes;
  }
  if (threes === same) return same;
  if (separator === ',' && head <= 2) {
    let twos = 0;
    while (twos < same && length(groups[twos]) === 2) twos += 1;
    if (twos > 0 && twos === same - 1 && length(groups[twos]) === 3) return same;
  }
  return 0;
}

function isInternetAddress(text: string, start: number, headEnd: number, groups: readonly Group[]): boolean {
  return (
    groups.length === 3 &&
    Number(text.slice(start, headEnd)) < 256 &&
    groups.every((group) => group.separator === '.' && Number(text.slice(group.start, group.end)) < 256)
  );
}

function run(
  text: string,
  parts: { start: number; headEnd: number; groups: readonly Group[]; decimals: Group | undefined },
): DigitRun {
  const { start, headEnd, groups, decimals } = parts;
  let digits = plain(text, start, headEnd);
  for (const group of groups) digits += plain(text, group.start, group.end);
  let end = groups.at(-1)?.end ?? headEnd;
  if (decimals !== undefined) {
    digits += `.${plain(text, decimals.start, decimals.end)}`;
    end = decimals.end;
  }
  return { end, digits, grouped: groups.length > 0, decimals: decimals !== undefined };
}

/**
 * Reads the digits at `start` with the separators of whatever locale they are in. Where one separator with
 * three digits after it could be either (`1,234`, `1.234`), the comma groups and the point is decimal, unless
 * `decimalMark` is the comma. Null for what is not one number: versions, internet addresses, lists.
 */
export function readDigits(text: string, start: number, decimalMark: DecimalMark | null): DigitRun | null {
  const headEnd = digitsEnd(text, start);
  if (headEnd === start) return null;
  const groups = groupsAfter(text, headEnd);
  const first = groups[0];
  if (first === undefined) return run(text, { start, headEnd, groups, decimals: undefined });
  const grouped = thousands(text, start, headEnd, groups);
  const whole = { start, headEnd, groups: groups.slice(0, grouped) };
  const mark = grouped > 0 ? groups[grouped] : undefined;
  const isDecimal = (group: Group | undefined): group is Group =>
    group !== undefined && (group.separator === '.' || group.separator === ',');

  if (spaces.includes(first.separator) || first.separator === "'" || first.separator === '’') {
    const decimals = isDecimal(mark) && groups[grouped + 1]?.separator !== mark.separator ? mark : undefined;
    return run(text, { ...whole, decimals });
  }
  if (grouped >= 2 || (grouped === 1 && isDecimal(mark) && mark.separator !== first.separator)) {
    if (first.separator === '.' && isInternetAddress(text, start, headEnd, groups)) return null;
    const isMark = isDecimal(mark) && mark.separator !== first.separator;
    const after = groups[grouped + 1];
    if (isMark && isDecimal(after)) return null;
    return run(text, { ...whole, decimals: isMark ? mark : undefined });
  }
  const second = groups[1];
  if (second !== undefined && isDecimal(second)) return null;
  if (
    grouped === 1 &&
    (first.separator === decimalMark ? false : first.separator === ',' || decimalMark === ',')
  )
    return run(text, { ...whole, decimals: undefined });
  if (
    first.separator === ',' &&
    decimalMark !== ',' &&
    length(first) > 2 &&
    !(headEnd - start === 1 && text[start] === '0')
  )
    return null;
  if (first.separator !== ',' && first.separator !== '.')
    return run(text, { start, headEnd, groups: [], decimals: undefined });
  return run(text, { start, headEnd, groups: [], decimals: first });
}
