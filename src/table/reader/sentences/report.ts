import { countryName, countryOfCity, countryOfName, findCountries } from './countries.ts';
import type { CountryMention } from './countries.ts';
import { readDateline } from './dateline.ts';
import type { Dateline } from './dateline.ts';
import { readEventDate } from './event-date.ts';
import type { SentenceStatement } from './statement-value.ts';

const longestReport = 20_000;
const nextDateline = /\n\s*\n[A-Z][A-Z ]{2,30}(?: \([A-Z ]+\))?, \d{1,2} [A-Z][A-Za-z]{2} \d{2,4} /g;

/** The end of the report that begins at `start`: the next dateline, or the text's end. */
function reportEnd(text: string, start: number): number {
  nextDateline.lastIndex = start;
  const next = nextDateline.exec(text);
  return Math.min(text.length, start + longestReport, next?.index ?? text.length);
}

/**
 * Reads what a news report says of itself, from the dateline at `start` and the text below it: where and when
 * it was written, the country it is about, and the day of what it tells of. The country and the day are left
 * open where the report is not clear. Nothing where there is no dateline.
 */
export function readReport(text: string, start: number): SentenceStatement[] {
  const dateline = readDateline(text, start);
  if (dateline === null || (dateline.date === null && !isKnownPlace(text, dateline))) return [];
  const end = reportEnd(text, dateline.end);
  const statements: SentenceStatement[] = [textStatement(text, 'dateline place', dateline.place)];
  if (dateline.source !== null) statements.push(textStatement(text, 'dateline agency', dateline.source));
  if (dateline.date !== null) {
    statements.push(dateStatement('dateline date', dateline.date));
    const event = readEventDate(text, { start: dateline.end, end, reported: dateline.date.date });
    if (event !== null) statements.push(dateStatement('date', event));
  }
  const country = countryOf(text, dateline, end);
  if (country !== null) statements.push(country);
  return statements;
}

function textStatement(
  text: string,
  label: string,
  span: { readonly start: number; readonly end: number },
): SentenceStatement {
  const value = { type: 'text' as const, text: text.slice(span.start, span.end).replaceAll(/\s+/g, ' ') };
  return {
    label: [label],
    value,
    period: null,
    ...span,
    valueStart: span.start,
    valueEnd: span.end,
    rule: 'dateline',
  };
}

function dateStatement(
  label: string,
  found: { readonly date: string; readonly start: number; readonly end: number },
): SentenceStatement {
  const { start, end, date } = found;
  return {
    label: [label],
    value: { type: 'date', date },
    period: null,
    start,
    end,
    valueStart: start,
    valueEnd: end,
    rule: 'dateline',
  };
}

/** Without a date, only a city or a country in brackets makes an opening a dateline. */
function isKnownPlace(text: string, { place, region, dated }: Dateline): boolean {
  if (dated) return true;
  if (countryOfCity(text.slice(place.start, place.end)) !== null) return true;
  return region !== null && countryOfName(text.slice(region.start, region.end)) !== null;
}

/** The country that the dateline names or whose city it names; null for other places. */
function datelineCountry(text: string, { place, region }: Dateline): string | null {
  const name = text.slice(place.start, place.end);
  const named = region === null ? null : countryOfName(text.slice(region.start, region.end));
  return named ?? countryOfCity(name) ?? countryOfName(name);
}

function countryOf(text: string, dateline: Dateline, end: number): SentenceStatement | null {
  const body = text.slice(dateline.end, end);
  const mentions = findCountries(body);
  const code = chooseCountry(body, mentions, datelineCountry(text, dateline));
  if (code === null) return null;
  const mention =
    mentions.find((each) => each.code === code && each.kind === 'name') ??
    mentions.find((each) => each.code === code);
  const span =
    mention === undefined
      ? (dateline.region ?? dateline.place)
      : { start: dateline.end + mention.start, end: dateline.end + mention.end };
  const name = countryName(code, /\p{Script=Han}/u.test(body.slice(0, 400)) ? 'zh' : 'en');
  return { ...textStatement(text, 'country', span), value: { type: 'text', text: name } };
}

/** The dateline counts like this many mentions; "in Peru" says where, "Peruvian" often only who. */
const datelineWeight = 3;
const placeWeight = 2;
const leastScore = 3;
const leastLead = 1.5;
const locative =
  /(?:^|[^\p{L}])(?:in|throughout|across|inside|near|within)\s+(?:the\s+|\p{L}{3,8}ern\s+)?$/iu;

/** The country a report is about, or null where several compete. */
export function chooseCountry(
  body: string,
  mentions: readonly CountryMention[],
  dateline: string | null,
): string | null {
  const scores = new Map<string, number>();
  const add = (code: string, weight: number): void => {
    scores.set(code, (scores.get(code) ?? 0) + weight);
  };
  if (dateline !== null) add(dateline, datelineWeight);
  for (const mention of mentions) {
    const isPlace = locative.test(body.slice(Math.max(0, mention.start - 24), mention.start));
    add(mention.code, isPlace ? 1 + placeWeight : 1);
  }
  const [top, second] = [...scores].sort((a, b) => b[1] - a[1]);
  if (top === undefined || top[1] < leastScore) return null;
  return second === undefined || top[1] >= second[1] * leastLead ? top[0] : null;
}
