/** A country that a text names. Offsets are within the text searched. */
export interface CountryMention {
  /** ISO 3166-1 alpha-2. */
  readonly code: string;
  readonly start: number;
  readonly end: number;
  readonly kind: 'name' | 'demonym';
}

interface Gazetteer {
  /** Folded names of one or more words, by their first word. */
  readonly byFirstWord: ReadonlyMap<string, readonly Entry[]>;
  readonly cities: ReadonlyMap<string, string>;
  /** The last word of each country's name, where it is long enough to tell: "salvador". */
  readonly tellingWords: ReadonlyMap<string, string>;
  readonly han: readonly (readonly [string, string])[];
  readonly english: Intl.DisplayNames;
  readonly chinese: Intl.DisplayNames;
}

interface Entry {
  readonly words: readonly string[];
  readonly code: string;
  readonly kind: 'name' | 'demonym';
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Codes that the runtime names but that are no countries. */
const groupings: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ', 'AQ']);

/** Names in common use that differ from the runtime's. */
const otherNames: readonly (readonly [string, string])[] = [
  ['usa', 'US'],
  ['u s', 'US'],
  ['u s a', 'US'],
  ['united states of america', 'US'],
  ['american', 'US'],
  ['great britain', 'GB'],
  ['britain', 'GB'],
  ['british', 'GB'],
  ['uk', 'GB'],
  ['u k', 'GB'],
  ['england', 'GB'],
  ['scotland', 'GB'],
  ['wales', 'GB'],
  ['turkey', 'TR'],
  ['ivory coast', 'CI'],
  ['czech republic', 'CZ'],
  ['holland', 'NL'],
  ['dutch', 'NL'],
  ['french', 'FR'],
  ['soviet union', 'RU'],
  ['soviet', 'RU'],
  ['ussr', 'RU'],
];

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim();

function codesAndNames(english: Intl.DisplayNames): Map<string, string> {
  const names = new Map<string, string>();
  for (const first of letters) {
    for (const second of letters) {
      const code = first + second;
      if (groupings.has(code) || Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`) continue;
      const name = english.of(code);
      if (name !== undefined) names.set(code, name);
    }
  }
  return names;
}

/** "Myanmar (Burma)" is two names, "Bosnia & Herzegovina" is written with "and", "St." also in full. */
function variants(name: string): string[] {
  const bracket = /^(.+) \((.+)\)$/.exec(name);
  const whole = bracket === null ? [name] : [bracket[1] ?? name, bracket[2] ?? name];
  return whole.flatMap((each) => {
    const bare = each.replace(/ SAR China$/, '');
    return [bare, bare.replace(' & ', ' and '), bare.replace(/^St\. /, 'Saint ')];
  });
}

/**
 * Words for a country's people by the common rules of English: Peru, Peruvian; Chile, Chilean; Panama,
 * Panamanian; El Salvador, Salvadoran. Some that are formed are no words, which does no harm.
 */
function demonyms(name: string): string[] {
  const base = name.replace(/^(?:el|the|la) /, '');
  if (base.includes(' ')) return [];
  const forms = [
    `${base}n`,
    `${base}an`,
    `${base}ian`,
    `${base}ean`,
    `${base}ese`,
    `${base}i`,
    `${base}ish`,
    `${base}nian`,
  ];
  if (base.endsWith('u')) forms.push(`${base}vian`);
  const stem = base.replace(/(?:[aeiouy]+|s|es)$/, '');
  if (stem.length >= 4 && stem !== base)
    for (const end of ['an', 'ian', 'ean', 'ese', 'ine', 'ish', 'inian', 'i']) forms.push(stem + end);
  if (/(?:land|en)$/.test(base)) forms.push(`${base.replace(/(?:land|en)$/, '')}ish`);
  return forms.filter((form) => form.length >= 5);
}

/** Names of languages are names of peoples where language and country belong together: Spanish, Polish. */
function languageDemonym(code: string, name: string): string | null {
  const { language } = new Intl.Locale(`und-${code}`).maximize();
  if (new Intl.Locale(language).maximize().region !== code) return null;
  const word = fold(new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? '');
  const sameStart =
    word.slice(0, 2) === name.slice(0, 2) || (word.charAt(0) === name.charAt(0) && word.endsWith('ish'));
  return sameStart && /(?:ish|ese|ian|an)$/.test(word) ? word : null;
}

let built: Gazetteer | null = null;

function gazetteer(): Gazetteer {
  built ??= build();
  return built;
}

function build(): Gazetteer {
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const chinese = new Intl.DisplayNames('zh', { type: 'region', fallback: 'none' });
  const names = codesAndNames(english);
  const entries = new Map<string, Entry>();
  const ambiguous = new Set<string>();
  const add = (folded: string, code: string, kind: 'name' | 'demonym'): void => {
    const known = entries.get(folded);
    if (known !== undefined && known.code !== code && known.kind === 'demonym') ambiguous.add(folded);
    if (known === undefined) entries.set(folded, { words: folded.split(' '), code, kind });
  };
  for (const [code, name] of names) for (const variant of variants(name)) add(fold(variant), code, 'name');
  for (const [name, code] of otherNames) add(name, code, 'name');
  // A plain rule ("Niger", "Nigerien"; "Nigeria", "Nigerian") wins over one that changes the stem.
  for (const [code, name] of names) add(`${fold(name)}n`, code, 'demonym');
  for (const [code, name] of names) {
    const language = languageDemonym(code, fold(name));
    if (language !== null) add(language, code, 'demonym');
    for (const form of demonyms(fold(name))) add(form, code, 'demonym');
  }
  const byFirstWord = new Map<string, Entry[]>();
  for (const [folded, entry] of entries) {
    if (ambiguous.has(folded)) continue;
    const key = entry.words[0] ?? '';
    byFirstWord.set(
      key,
      [...(byFirstWord.get(key) ?? []), entry].sort((a, b) => b.words.length - a.words.length),
    );
  }
  const han = [...names.keys()].flatMap((code): [string, string][] => {
    const name = chinese.of(code);
    return name === undefined || name.length < 2 ? [] : [[name, code]];
  });
  return { byFirstWord, cities: cityTable(names), tellingWords: tellingWords(names), han, english, chinese };
}

/** What the type library does not know yet. */
interface LocaleTimeZones {
  readonly getTimeZones?: () => readonly string[] | undefined;
}

function timeZonesOf(region: string): readonly string[] {
  const locale: Intl.Locale & LocaleTimeZones = new Intl.Locale('und', { region });
  return locale.getTimeZones?.() ?? [];
}

/** Cities of the runtime's time zones; where two countries have one of the same name, neither. */
function cityTable(names: ReadonlyMap<string, string>): Map<string, string> {
  const cities = new Map<string, string>();
  const twice = new Set<string>();
  for (const code of names.keys()) {
    for (const zone of timeZonesOf(code)) {
      const city = fold((zone.split('/').at(-1) ?? '').replaceAll('_', ' '));
      if (city.length < 4) continue;
      if (cities.has(city) && cities.get(city) !== code) twice.add(city);
      cities.set(city, code);
    }
    cities.set(fold(`${names.get(code) ?? ''} City`), code);
  }
  for (const city of twice) cities.delete(city);
  return cities;
}

function tellingWords(names: ReadonlyMap<string, string>): Map<string, string> {
  const words = new Map<string, string>();
  for (const [code, name] of names) {
    const bare = fold(name).replace(/^(?:el|the|la) /, '');
    if (!bare.includes(' ') && bare.length >= 6) words.set(bare, code);
  }
  return words;
}

/** The country of a city that gives its name to a time zone, or whose name has its country's: "San Salvador". */
export function countryOfCity(city: string): string | null {
  const { cities, tellingWords } = gazetteer();
  const folded = fold(city);
  const known = cities.get(folded);
  if (known !== undefined) return known;
  if (folded.startsWith('new ')) return null;
  for (const word of folded.split(' ')) {
    const code = tellingWords.get(word);
    if (code !== undefined) return code;
  }
  return null;
}

/** The country that a name means ("Peru", "El Salvador", "United States"), or null. */
export function countryOfName(name: string): string | null {
  const folded = fold(name);
  const entries = gazetteer().byFirstWord.get(folded.split(' ')[0] ?? '') ?? [];
  return entries.find((entry) => entry.kind === 'name' && entry.words.join(' ') === folded)?.code ?? null;
}

/** A country's name in English, or in Chinese for a text in Chinese. */
export function countryName(code: string, language: 'en' | 'zh'): string {
  const { english, chinese } = gazetteer();
  return (language === 'zh' ? chinese.of(code) : english.of(code)) ?? code;
}

const word = /\p{L}[\p{L}\p{M}]*/gu;
const hasHan = /\p{Script=Han}/u;
const longestGap = 3;

/** The countries that a text names, by name or by the word for their people, in order. */
export function findCountries(text: string): CountryMention[] {
  const { byFirstWord } = gazetteer();
  const found: CountryMention[] = hasHan.test(text.slice(0, 2000)) ? findHan(text) : [];
  const matches = [...text.matchAll(word)];
  for (let index = 0; index < matches.length; index += 1) {
    const match = matches[index];
    if (match === undefined || match[0] === match[0].toLowerCase()) continue;
    const entries = byFirstWord.get(fold(match[0]));
    const entry = entries?.find((each) => goesOn(text, matches, { index, words: each.words }));
    if (entry === undefined) continue;
    const last = matches[index + entry.words.length - 1] ?? match;
    found.push({ code: entry.code, start: match.index, end: last.index + last[0].length, kind: entry.kind });
    index += entry.words.length - 1;
  }
  return found;
}

function goesOn(
  text: string,
  matches: readonly RegExpExecArray[],
  options: { readonly index: number; readonly words: readonly string[] },
): boolean {
  const { index, words } = options;
  for (const [offset, expected] of words.entries()) {
    const match = matches[index + offset];
    if (match === undefined || (offset > 0 && fold(match[0]) !== expected)) return false;
    const before = offset === 0 ? undefined : matches[index + offset - 1];
    if (before === undefined) continue;
    const gap = text.slice(before.index + before[0].length, match.index);
    if (gap.length > longestGap && gap.trim() !== '') return false;
    if (/[,;:()]/.test(gap)) return false;
  }
  return true;
}

function findHan(text: string): CountryMention[] {
  const found: CountryMention[] = [];
  for (const [name, code] of gazetteer().han) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length))
      found.push({ code, start: at, end: at + name.length, kind: 'name' });
  }
  return found;
}
