import { matchDateAt } from '../../values/index.ts';

/** When something happened, as a text says it. Offsets are within the text. */
export interface EventDate {
  readonly date: string;
  readonly start: number;
  readonly end: number;
}

const day = 86_400_000;

/** Verbs of what befalls people and things, by their stems; what is said or decided is no event. */
const happening =
  /^(?:explod|detonat|kill|murder|assassinat|attack|ambush|bomb|blew|blast|kidnap|abduct|die[ds]?$|dead|wound|injur|hurt|shot|shoot|stab|rob|raid|burn|fire|collid|crash|collaps|derail|sank|sunk|capsiz|flood|erupt|struck|strike|hit$|shook|shaken|destroy|damag|occurr|happen|took|taken|arrest|captur|seiz|stole|drown|strand|launch|hurl|threw|thrown|plant|plac|sabotag|dynamit|overturn|ransack|intercept|gun|riddl|massacr|slain|slay|disappear|began|broke|swept|spill|leak|fail|halt|lost|fell|clash|escap)/;

/** Verbs of saying and deciding, whose time is the report's and not the event's. */
const reporting =
  /^(?:sa(?:id|ys|y)$|stat(?:ed|es|ing)$|announc|report|told|tell|declar|confirm|add(?:ed|s)?$|claim|deni|deny|condemn|issu|broadcast|publish|disclos|reveal|explain|express|urg|call|ask|request|demand|warn|accus|blam|repudiat|deplor|criticiz|denounc|comment|answer|repl|note[ds]?$|emphasiz|stress|point|assert|indicat|admit|acknowledg|propos|promis|decid|order|appeal|sign|meet|met|learn|analyz|investigat|distribut|hold|held|visit|arriv|travel|prompt|protest|reject|support|identif|charg)/;

const expression = new RegExp(
  [
    '\\b(?<today>(?:early |late )?(?:today|tonight|this (?:morning|afternoon|evening|noon)|at dawn today))',
    '\\b(?<yesterday>yesterday|last (?:night|evening))',
    '(?<weekday>\\b(?:on |last |early |late |this )*(?:sunday|monday|tuesday|wednesday|thursday|friday|saturday)\\b)',
    '(?<dated>\\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\b|(?:january|february|march|april|may|june|july|august|september|october|november|december) \\d{1,2}\\b)',
    '(?<ago>(?:\\d{1,2}|two|three|four|five) days ago)',
  ]
    .join('|')
    .replaceAll(' ', '\\s+'),
  'gi',
);
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const words = /[\p{L}]+(?:['’-]\p{L}+)*/gu;
const smallNumbers: ReadonlyMap<string, number> = new Map([
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
]);

const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The day that an expression means, seen from the day of the report; null where it stays open. */
function resolve(match: RegExpExecArray, text: string, reported: string): string | null {
  const base = Date.parse(`${reported}T00:00:00Z`);
  const { groups } = match;
  if (groups === undefined) return null;
  if (groups['today'] !== undefined) return reported;
  if (groups['yesterday'] !== undefined) return iso(base - day);
  if (groups['ago'] !== undefined) {
    const count = groups['ago'].split(/\s/)[0]?.toLowerCase() ?? '';
    const days = smallNumbers.get(count) ?? Number(count);
    return Number.isFinite(days) ? iso(base - days * day) : null;
  }
  if (groups['weekday'] !== undefined) {
    const name = /[a-z]+day$/i.exec(groups['weekday'])?.[0]?.toLowerCase() ?? '';
    const target = weekdays.indexOf(name);
    if (target < 0) return null;
    const back = (new Date(base).getUTCDay() - target + 7) % 7;
    return iso(base - back * day);
  }
  const date = matchDateAt(text, match.index);
  if (date === null) return null;
  if (date.date !== null) return date.date.length === 10 ? date.date : null;
  if (date.month === null || date.day === null) return null;
  // Without a year: the last such day up to the report's, unless it is rather a day soon to come.
  const year = Number(reported.slice(0, 4));
  const inYear = (each: number): string =>
    `${each}-${String(date.month).padStart(2, '0')}-${String(date.day).padStart(2, '0')}`;
  const ahead = (Date.parse(inYear(year)) - base) / day;
  if (ahead <= 0) return inYear(year);
  return ahead < soon ? null : inYear(year - 1);
}

const clauseWindow = 160;
/** Days within which a date without a year is yet to come. */
const soon = 90;
const beforeNoun =
  /^(?:in|on|at|by|of|from|near|when|as|after|before|during|while|and|but|the|a|an|that|who|which|to|with|for|against|between|outside|inside|according)$/;

/** Participles that describe and tell nothing that happened. */
const describing =
  /^(?:un\p{L}+|armed|masked|hooded|so-called|alleged|suspected|presumed|uniformed|retired|united|hundred|wanted|named|located|identified|used|aged|involved)$/u;

const isOtherVerb = (word: string): boolean =>
  word.length > 4 && word.endsWith('ed') && !describing.test(word);

const isTight = (after: string): boolean => /^\s*\p{L}/u.test(after);

/** Of a time that opens its sentence: the first verb to come. */
function firstVerb(after: string): 'event' | 'report' | null {
  for (const [each] of after.slice(0, clauseWindow).matchAll(words)) {
    const word = each.toLowerCase();
    if (reporting.test(word)) return 'report';
    if (happening.test(word)) return 'event';
  }
  return null;
}

/** The verb that a time belongs to: the one right after it, else the last one before it in its sentence. */
function governs(text: string, match: RegExpExecArray, sentenceStart: number): 'event' | 'report' | null {
  const after = text.slice(match.index + match[0].length, match.index + match[0].length + 40);
  const next =
    /^[\s\]]*(?:in a \w+ )?(?:has |have |was |were |had )?([\p{L}]+)/iu.exec(after)?.[1]?.toLowerCase() ?? '';
  if (reporting.test(next)) return 'report';
  if (text.slice(sentenceStart, match.index).trim() === '')
    return firstVerb(text.slice(match.index + match[0].length));
  const from = Math.max(sentenceStart, match.index - clauseWindow);
  // "the man today read a statement": the time stands before its own verb.
  if (next !== '' && !beforeNoun.test(next) && !happening.test(next) && isTight(after)) return 'report';
  const before = [...text.slice(from, match.index).matchAll(words)].map((each) => each[0].toLowerCase());
  for (let index = before.length - 1; index >= 0; index -= 1) {
    const word = before[index] ?? '';
    if (index === before.length - 1 && word === 'since') return null;
    if (happening.test(word))
      return /^(?:no|not|never)$/.test(before[index - 2] ?? before[index - 1] ?? '') ? null : 'event';
    if (reporting.test(word) || isOtherVerb(word)) return happening.test(next) ? 'event' : 'report';
  }
  return happening.test(next) ? 'event' : null;
}

const sentenceEnd = /[.!?]["'”’)\]]*\s|\n\s*\n/g;

/** The first sentences of a report, as offsets. */
function firstSentences(text: string, start: number, end: number, count: number): [number, number][] {
  const bounds: [number, number][] = [];
  let from = start;
  sentenceEnd.lastIndex = start;
  while (bounds.length < count && from < end) {
    const match = sentenceEnd.exec(text);
    const to = match === null || match.index >= end ? end : match.index + match[0].length;
    if (text.slice(from, to).trim() !== '') bounds.push([from, to]);
    from = to;
  }
  return bounds;
}

const sentencesRead = 6;

/**
 * The day on which what a report tells of happened: the first time in its first sentences that belongs to a
 * verb of happening, seen from the day of the report. Null where the text leaves it open or names several days.
 */
export function readEventDate(
  text: string,
  options: { readonly start: number; readonly end: number; readonly reported: string },
): EventDate | null {
  const { start, end, reported } = options;
  let found: EventDate | null = null;
  for (const [from, to] of firstSentences(text, start, end, sentencesRead)) {
    const sentence = text.slice(0, to);
    expression.lastIndex = from;
    for (let match = expression.exec(sentence); match !== null; match = expression.exec(sentence)) {
      if (governs(text, match, from) !== 'event') continue;
      const date = resolve(match, text, reported);
      if (date === null) continue;
      found ??= { date, start: match.index, end: match.index + match[0].length };
      if (found.date !== date) return null;
    }
    if (found !== null) return found;
  }
  return found;
}
