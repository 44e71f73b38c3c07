import { countryName, countryOfCity, countryOfName } from './countries.ts';
import { isCapitals } from './sentence.ts';
import type { SentenceStatement } from './statement-value.ts';

const titleSearch = 400;
const inPlace =
  /^(.{3,80}?)\s+in\s+(?:the\s+)?(\p{Lu}[\p{L}.'’-]*(?:\s(?:\p{Lu}[\p{L}.'’-]*|de|del|la|of|da|do)){0,3})(?:,\s(\p{Lu}[\p{L}.'’-]*(?:\s\p{Lu}[\p{L}.'’-]*){0,2}))?(?:[,:]?\s\(?\d{4}\)?|\s\p{Ll}.{2,60})?$/u;

/** Whether "Women in Science" may be meant: the word behind "in" is a common one, or the title is in title case. */
function isPlace(
  text: string,
  parts: { readonly head: string; readonly name: string; readonly isLast: boolean },
): boolean {
  const { head, name, isLast } = parts;
  if (countryOfCity(name) !== null || countryOfName(name) !== null) return true;
  if (!isLast) return false;
  const lower = name.toLowerCase();
  if (text.includes(` ${lower} `) || isCapitals(text)) return false;
  const rest = head.split(/\s+/).slice(1);
  if (rest.some((word) => /^\p{Lu}/u.test(word))) return false;
  return rest.length > 0 || text.includes(`in ${name}`, text.indexOf(`in ${name}`) + 1);
}

/**
 * Reads a title of the form "Blackout in Toronto" as the event and the place, and the country where the place tells it. Only
 * for the paragraph right below the title, so that it is read once.
 */
export function readTitle(text: string, title: string | null, paragraph: number): SentenceStatement[] {
  if (title === null || title.length < 6) return [];
  const at = text.slice(0, Math.min(titleSearch, paragraph)).indexOf(title);
  if (at < 0 || text.slice(at + title.length, paragraph).trim() !== '') return [];
  const match = inPlace.exec(title);
  if (match?.[1] === undefined || match[2] === undefined) return [];
  const [, head, name, region] = match;
  const isLast = title.endsWith(name) || /\d\)?$/.test(title);
  if (region === undefined && !isPlace(text, { head, name, isLast })) return [];
  const start = at + title.indexOf(name, head.length);
  const end =
    region === undefined ? start + name.length : at + title.indexOf(region, start - at) + region.length;
  const place = statement(text, 'place', { start, end });
  const event = statement(text, 'event', { start: at, end: at + head.length });
  const code =
    (region === undefined ? null : countryOfName(region)) ?? countryOfCity(name) ?? countryOfName(name);
  if (code === null) return [event, place];
  const value = { type: 'text' as const, text: countryName(code, 'en') };
  return [event, place, { ...statement(text, 'country', { start, end }), value }];
}

function statement(
  text: string,
  label: string,
  span: { readonly start: number; readonly end: number },
): SentenceStatement {
  const value = { type: 'text' as const, text: text.slice(span.start, span.end) };
  return {
    label: [label],
    value,
    period: null,
    ...span,
    valueStart: span.start,
    valueEnd: span.end,
    rule: 'title',
  };
}
