import { readPeriod } from '../../values/index.ts';

/** A period that a sentence names. Offsets are within the document's text. */
export interface SentencePeriod {
  readonly period: string;
  readonly start: number;
  readonly end: number;
}

const monthName =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?';
const date = `(?:\\d{1,2} ${monthName},? \\d{4}|${monthName} \\d{1,2},? \\d{4}|${monthName} \\d{4}|\\d{4}-\\d{2}-\\d{2})`;
const pattern = new RegExp(
  `\\b(?:(?:(?:fiscal|financial)? ?year|(?:three|six|nine|twelve) months|quarter) (?:ended|ending) ${date}` +
    `|(?:first|second|third|fourth) (?:quarter|half) of (?:fiscal |FY ?)?\\d{4}|[QH][1-4] (?:FY ?)?\\d{4}` +
    `|(?:FY ?|fiscal (?:year )?|financial year |the year )\\d{4}(?:[/-]\\d{2,4})?|${date}|(?:1[5-9]|20)\\d{2}(?:[/-]\\d{2})?)(?![\\d%]|[.,]\\d|-\\d)`,
  'gi',
);
/** Every period of the pattern has a year in full. */
const anyYear = /\d{4}/;
const longestPeriod = 64;
const notPeriod =
  /(?:since|until|till|before|after|from|founded in|established in|built in|opened in|by|born in|named)\s+$/i;
const asPeriod =
  /(?:^|[(,;]|\b(?:in|for|during|of|as of|as at|at|on|end of|ended|the|throughout|over|fiscal))\s*$/i;

/** The matches of the pattern, looked for only around what may be their years. */
function* matches(slice: string): Generator<RegExpExecArray> {
  let at = 0;
  for (;;) {
    const year = slice.slice(at).search(anyYear);
    if (year < 0) return;
    pattern.lastIndex = Math.max(at, at + year - longestPeriod);
    const match = pattern.exec(slice);
    if (match === null) return;
    yield match;
    at = match.index + match[0].length;
  }
}

/** The periods that the text between `start` and `end` names as the time of something, in order. */
export function findPeriods(text: string, start: number, end: number): SentencePeriod[] {
  const found: SentencePeriod[] = [];
  const raw = text.slice(start, end);
  if (!anyYear.test(raw)) return found;
  const slice = raw.replaceAll(/\s/g, ' ');
  for (const match of matches(slice)) {
    const before = slice.slice(Math.max(0, match.index - 24), match.index);
    if (notPeriod.test(before) || !asPeriod.test(before)) continue;
    // "(2020: $3 million)": a period that leads its own figure.
    if (slice.charAt(match.index + match[0].length) === ':') continue;
    const period = readPeriod(match[0].replace(/^the year /i, ''));
    if (period === null) continue;
    found.push({ period, start: start + match.index, end: start + match.index + match[0].length });
  }
  return found;
}

const nearest = 70;
const otherFigure = /\d/;
/** What comes after these is of another time. */
const comparison = /\b(?:compared|from|versus|vs|than|against|while|whereas|but|and)\b|;/i;

const isAdjacent = (between: string): boolean => !otherFigure.test(between) && !comparison.test(between);

/**
 * The period of a value at `[start, end)`: the one right after it, else the only one before it in the sentence.
 * Null where none is named, undefined where several compete.
 */
export function periodOf(
  text: string,
  periods: readonly SentencePeriod[],
  value: { readonly start: number; readonly end: number },
): string | null | undefined {
  const after = periods.find((each) => each.start >= value.end);
  if (
    after !== undefined &&
    after.start - value.end <= nearest &&
    isAdjacent(text.slice(value.end, after.start))
  )
    return after.period;
  const before = periods.filter(
    (each) => each.end <= value.start && !text.slice(each.end, value.start).includes(';'),
  );
  const last = before.at(-1);
  if (last !== undefined && before.every((each) => each.period === last.period)) return last.period;
  if (last !== undefined) return undefined;
  if (periods.length !== 1 || after === undefined) return null;
  return comparison.test(text.slice(value.end, after.start)) ? null : after.period;
}
