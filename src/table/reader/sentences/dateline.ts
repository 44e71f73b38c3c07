import { matchDateAt } from '../../values/index.ts';

/** The line that opens a news report: `LIMA, 9 JAN 90 (EFE) -- …`. Offsets are within the text. */
export interface Dateline {
  readonly start: number;
  /** Where the report proper begins. */
  readonly end: number;
  readonly place: { readonly start: number; readonly end: number };
  /** The country or region in brackets or after a comma: `ROME (ITALY)`, `LIMA, Peru`. */
  readonly region: { readonly start: number; readonly end: number } | null;
  /** Whether it has a date, be it without a year, or place, agency and dash as agencies write them. */
  readonly dated: boolean;
  /** What stands in brackets after place and date: the agency. */
  readonly source: { readonly start: number; readonly end: number } | null;
  readonly date: { readonly start: number; readonly end: number; readonly date: string } | null;
}

const name = "\\p{Lu}[\\p{L}.'’-]*(?: (?:\\p{Lu}[\\p{L}.'’-]*|de|del|la|las|los|do|da|el|al|of)){0,4}";
const month =
  '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)';
const placePattern = new RegExp(
  `\\s*(?:\\*\\*)?(${name})(?: \\((${name})\\)|, (?!${month})(${name}))?(?=,? |\\s?[-–—(])`,
  'uy',
);
const commaPattern = /,?\s{1,2}/y;
const sourcePattern = /\s?\([^()\n]{2,60}\)/y;
const dashPattern = /(?:\*\*)?(?:\s{0,2}(?:--|—|–)|\s{1,2}-|(?<=\)):)(?=\s|\[|$)/y;
const monthDay = /[A-Z]/;

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** What the brackets between two positions enclose. */
function bracketSpan(text: string, from: number, to: number): { start: number; end: number } {
  return { start: text.indexOf('(', from) + 1, end: to - 1 };
}

/**
 * Reads the dateline at `start`: a place, its region, a date and a source, then a dash. Without a date it needs
 * a source in brackets or a place in capitals. Null where the text opens otherwise.
 */
export function readDateline(text: string, start: number): Dateline | null {
  placePattern.lastIndex = start;
  const match = placePattern.exec(text);
  if (match?.[1] === undefined) return null;
  const placeStart = match.index + match[0].indexOf(match[1]);
  const place = { start: placeStart, end: placeStart + match[1].length };
  let region: Dateline['region'] = null;
  let at = placePattern.lastIndex;
  const inner = match[2] ?? match[3];
  if (inner !== undefined) {
    const from = match.index + match[0].lastIndexOf(inner);
    region = { start: from, end: from + inner.length };
  }
  let date: Dateline['date'] = null;
  const gap = endOf(commaPattern, text, at);
  if (gap >= 0 && (monthDay.test(text.charAt(gap)) || /\d/.test(text.charAt(gap)))) {
    const found = matchDateAt(text, gap);
    if (found !== null) {
      at = found.end;
      if (found.date !== null && found.date.length === 10)
        date = { start: gap, end: found.end, date: found.date };
    }
  }
  const hadDate = at > placePattern.lastIndex;
  const source = endOf(sourcePattern, text, at);
  const agency = source < 0 ? null : bracketSpan(text, at, source);
  if (source >= 0) at = source;
  const end = endOf(dashPattern, text, at);
  if (end < 0) return null;
  const dash = text.slice(at, end);
  // Without a date, "QUITO (AP)" has its source where others have the country.
  const hasBrackets = source >= 0 || match[2] !== undefined;
  // Without a date, "PARIS --" is one and "Note (1) -" is not.
  const isCapital = match[1] === match[1].toUpperCase() && match[1].length > 3;
  if (!hadDate && (dash.includes(':') || (!isCapital && !hasBrackets))) return null;
  const byAgency = isCapital && hasBrackets && /--|—|–/.test(dash);
  return { start: placeStart, end, place, region, dated: hadDate || byAgency, source: agency, date };
}
