import { isHanCode, isLatinLetterCode } from './characters.ts';
import { isPlural } from './plurals.ts';
import { canonicalUnit, measureSymbol, perSymbol } from './units.ts';

/** What is counted or measured, as it stands after a number. */
export interface UnitAfter {
  readonly unit: string;
  readonly kind: 'measure' | 'noun';
  readonly end: number;
}

const unitToken =
  /([ \u00A0\u202F-]?)((?:(?:[\p{Script=Latin}µμΩ\u2126°º℃℉㎡][\p{Script=Latin}µμΩ\u2126·^]{0,14}\.?(?: [A-Za-z]{1,12}(?:[-.][A-Za-z]{1,12})?){0,3})|\p{Script=Han}{1,4})(?:[²³]|(?<=[a-z^])[23](?![\p{L}\d.,]))?)/uy;

/** Words that stand after a number and are never the thing it counts. */
const stopWords: ReadonlySet<string> = new Set(
  (
    'a an the and or nor but of in on at to by as for from with without within into onto over under between among ' +
    'against during before after since until till per via than then that which who whom whose this these those ' +
    'it its he his she her they their them we our you your i is are was were be been being am has have had having ' +
    'do does did will would shall should can could may might must not no if when where while because so also each ' +
    'including includes include excluding except other na n/a total totals year-on-year yoy ago more less fewer or ' +
    'about above below up down out off only both all any most some several respectively plus minus versus vs est ' +
    'compared according left came took went got made gave said says north south east west'
  ).split(' '),
);

const nounWord = /[\p{L}][\p{L}'’-]{0,29}(?:\((?:s|es)\))?/uy;
const strokeUnit =
  /\s?\/\s?(\d{1,3}(?:,\d{3}){0,3} )?(\p{L}[\p{L}.-]{0,20}(?:[²³]|(?<=[a-z])[23](?![\p{L}\d]))?)/uy;
const perUnit = /\s(?:per|PER)\s(\d{1,3}(?:,\d{3}){0,3} )?(\p{L}[\p{L}-]{0,20}[²³]?)/uy;
const everyUnit =
  /\s(?:an?|each|every)\s(second|minute|hour|day|week|month|quarter|year)(?!\p{L}|\s(?:ago|earlier|before|later|old))/uy;

/** "W/(m·K)": a product that the unit is divided by. */
const bracketedUnit = /\s?\/\s?\(([\p{L}µ°]{1,5}[²³]?(?:[·⋅∙*×. ][\p{L}µ°]{1,5}[²³]?){1,3})\)/uy;

/** After "per 1,000" and the like the noun may have two words: "live births". */
const secondWord = / (\p{L}[\p{L}-]{1,20})/uy;

function isStop(word: string): boolean {
  return stopWords.has(word.toLowerCase());
}

/** The continuation "/1,000 population", "per km²", "a year" of a unit, canonical, or null. */
function readPer(text: string, position: number): { readonly per: string; readonly end: number } | null {
  const code = text.charCodeAt(position);
  if (Number.isNaN(code)) return null;
  bracketedUnit.lastIndex = position;
  const product = bracketedUnit.exec(text)?.[1];
  if (product !== undefined) {
    const factors = product.split(/[·⋅∙*×. ]/u).map(perSymbol);
    return { per: `(${factors.join('·')})`, end: bracketedUnit.lastIndex };
  }
  for (const pattern of [strokeUnit, perUnit]) {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match?.[2] === undefined) continue;
    // A point after it ends the sentence: "7.6 m/s."
    let noun = match[2].replace(/[.-]+$/, '');
    let end = pattern.lastIndex - (match[2].length - noun.length);
    const many = match[1] ?? '';
    if (isStop(noun)) {
      if (many === '') return null;
      return { per: many.trim(), end: end - noun.length - 1 };
    }
    if (many !== '' || /^(?:sq|cu|square|cubic|live|metric)$/i.test(noun)) {
      secondWord.lastIndex = end;
      const more = secondWord.exec(text)?.[1];
      if (more !== undefined && !isStop(more)) {
        noun = `${noun} ${more}`;
        end = secondWord.lastIndex;
      }
    }
    return { per: `${many}${perSymbol(noun)}`, end };
  }
  everyUnit.lastIndex = position;
  const every = everyUnit.exec(text);
  return every?.[1] === undefined ? null : { per: perSymbol(every[1]), end: everyUnit.lastIndex };
}

function withPer(text: string, found: UnitAfter): UnitAfter {
  const per = readPer(text, found.end);
  return per === null ? found : { ...found, unit: `${found.unit}/${per.per}`, end: per.end };
}

/** The "per" form that may follow a currency, a percentage or a bare number: `USD/t`. */
export function readPerUnit(
  text: string,
  position: number,
): { readonly per: string; readonly end: number } | null {
  return readPer(text, position);
}

/** Reads a known measure after the number that ends at `position`. */
export function readMeasure(text: string, position: number): UnitAfter | null {
  unitToken.lastIndex = position;
  const match = unitToken.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  const [, gap] = match;
  const start = position + gap.length;
  let phrase = match[2];
  for (;;) {
    const end = start + phrase.length;
    const symbol = measureSymbol(phrase);
    if (symbol !== null && isPlausible(text, { phrase, end, gap }))
      return withPer(text, { unit: symbol, kind: 'measure', end });
    if (isHanCode(phrase.charCodeAt(0))) {
      if (phrase.length === 1) return null;
      phrase = phrase.slice(0, -1);
      continue;
    }
    const space = phrase.lastIndexOf(' ');
    if (space > 0) phrase = phrase.slice(0, space);
    else if (/[.²³23]$/u.test(phrase)) phrase = phrase.slice(0, -1);
    else return null;
  }
}

const followedByWord = /\s?[\p{L}\d]/uy;

function isPlausible(text: string, unit: { phrase: string; end: number; gap: string }): boolean {
  const { phrase, end, gap } = unit;
  const after = text.charCodeAt(end);
  if (isLatinLetterCode(after) && phrase.charCodeAt(0) < 0x3400 && !/[²³°]$/u.test(phrase)) return false;
  // "25-year-old" says no quantity of years.
  if (gap === '-' && (after === 45 || phrase.length === 1)) return false;
  // "5 in 2020", "3 A day", "the 1990s": letters that are words (or plurals) more often than units.
  if (/^(?:in|IN|[ABJKNVWdyn])$/.test(phrase)) {
    followedByWord.lastIndex = end;
    return !followedByWord.test(text) && !(text.charAt(end) === '.' && /\p{L}/u.test(text.charAt(end + 1)));
  }
  return !(gap === '' && /^[sS]$/.test(phrase) && /[1-9]0$/.test(text.slice(Math.max(0, end - 3), end - 1)));
}

/**
 * Reads a short noun phrase after the number that ends at `position`, up to its last plural: "employees",
 * "dormant volcanoes", "private TV stations". Before a "per" form any words will do: "children born/woman".
 * Null where names, verbs or four and more words follow.
 */
export function readNounUnit(text: string, position: number): UnitAfter | null {
  let at = position;
  let plural: { readonly end: number; readonly words: number } | null = null;
  const words: string[] = [];
  for (;;) {
    const gap = text.charAt(at);
    if (gap !== ' ' && gap !== '\u00A0' && !(gap === '\n' && words.length === 0)) break;
    nounWord.lastIndex = at + 1;
    const word = nounWord.exec(text)?.[0];
    if (word === undefined || isStop(word)) break;
    if (!isLowerCase(word) && !acronym.test(word))
      return plural === null ? null : nounUnit(text, words, plural);
    if (words.length === 3) return plural === null ? null : nounUnit(text, words, plural);
    words.push(word);
    at = nounWord.lastIndex;
    if (isLowerCase(word) && (isPlural(word) || word.endsWith('(s)')))
      plural = { end: at, words: words.length };
  }
  if (words.length === 0) return null;
  const per = readPer(text, at);
  const phrase = { end: at, words: words.length };
  if (per !== null) return nounUnit(text, words, phrase);
  return plural === null ? null : nounUnit(text, words, plural);
}

const acronym = /^\p{Lu}{2,5}$/u;

function nounUnit(
  text: string,
  words: readonly string[],
  phrase: { readonly end: number; readonly words: number },
): UnitAfter | null {
  const after = text.charAt(phrase.end);
  if (after === ':' || after === '=' || (after === '-' && /\p{L}/u.test(text.charAt(phrase.end + 1))))
    return null;
  const unit = canonicalUnit(words.slice(0, phrase.words).join(' '));
  return withPer(text, { unit, kind: 'noun', end: phrase.end });
}

const isLowerCase = (word: string): boolean => {
  const first = word.charAt(0);
  return first === first.toLowerCase();
};

const measureWords = '个名家人位台座辆所项次件只户股条间头架艘套种部本张支倍起份篇款笔例处门宗';
const hanMeasure = new RegExp(
  `[ ]?(人次|车次|班次|架次|辆次|[${measureWords}])(国家|企业|公司|员工|学生|城市|项目|航班)?`,
  'uy',
);

/** The Chinese measure word that the text is, or null. */
export function hanMeasureWord(text: string): string | null {
  return /^[人车班架辆]次$/.test(text) || (text.length === 1 && measureWords.includes(text)) ? text : null;
}

/** Reads a Chinese measure word (and the noun after it, where it is a common one) after a number. */
export function readHanMeasure(text: string, position: number): UnitAfter | null {
  hanMeasure.lastIndex = position;
  const match = hanMeasure.exec(text);
  if (match?.[1] === undefined) return null;
  const unit = match[1] === '个' && match[2] !== undefined ? match[2] : match[1];
  return { unit, kind: 'noun', end: hanMeasure.lastIndex };
}
