import { currencyOf, isCurrencyCode } from '../../table/values/currencies.ts';
import { canonicalUnit, measureSymbol } from '../../table/values/units.ts';
import { scaleWords } from '../language/number-words.ts';
import type { Token } from '../language/token.ts';

/** What a question demands of the form of its answer, apart from what it asks. */
export interface AnswerForm {
  /** The unit numbers are to be given in; `%` for percentages, null where none is named. */
  readonly unit: string | null;
  /** By what numbers are to be divided: a million for "in millions of dollars". */
  readonly scale: number;
}

export interface FormedQuestion {
  readonly tokens: readonly Token[];
  readonly form: AnswerForm;
}

interface Demand {
  readonly end: number;
  readonly unit: string | null;
  readonly scale: number;
}

export const noForm: AnswerForm = { unit: null, scale: 1 };

const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token !== undefined && token.kind !== 'quote' && words.includes(token.word);

/** Signs and words that may follow a demand; "in kilometres per hour" goes on. */
const mayFollow = (token: Token | undefined): boolean =>
  token === undefined ||
  isWord(token, ',', ')', ';', '.', '?', ':', 'of', 'for', 'among', 'across', 'too', 'as', 'at', 'by') ||
  isWord(
    token,
    'do',
    'did',
    'does',
    'is',
    'are',
    'was',
    'were',
    'has',
    'have',
    'had',
    'and',
    'between',
    'from',
  );

const longestUnit = 3;

/** The longest unit that begins at the token. */
function unitAt(tokens: readonly Token[], at: number): Demand | null {
  for (let end = Math.min(tokens.length, at + longestUnit); end > at; end -= 1) {
    const words = tokens.slice(at, end);
    if (words.some((token) => token.kind === 'quote' || token.kind === 'number')) continue;
    const text = words.map((token) => token.text).join(' ');
    if (/^(?:percent|per cent|%|pct|percentages?|percentage points?|percent points?|points)$/i.test(text))
      return { end, unit: '%', scale: 1 };
    const unit = measureSymbol(text) ?? measureSymbol(text.toLowerCase()) ?? currencyOf(text);
    if (unit !== null && !isWord(words[0], 'in', 'all', 'top', 'no', 'a')) return { end, unit, scale: 1 };
  }
  return null;
}

/** "Grams per cubic centimetre". */
function rateAt(tokens: readonly Token[], at: number): Demand | null {
  const above = unitAt(tokens, at);
  if (above?.unit === undefined || above.unit === null || !isWord(tokens[above.end], 'per')) return null;
  const below = unitAt(tokens, above.end + 1);
  return below?.unit === undefined || below.unit === null || below.unit === '%'
    ? null
    : { ...below, unit: canonicalUnit(`${above.unit} per ${below.unit}`) };
}

/** Letters that are scale words behind a currency alone: "USD m". */
const scaleLetters: ReadonlyMap<string, number> = new Map([
  ['m', 1e6],
  ['b', 1e9],
]);

/** "millions of US dollars", "USD millions", "USD m", "million euro", "thousands", "hours". */
function demandAt(tokens: readonly Token[], at: number): Demand | null {
  const start = isWord(tokens[at], 'whole', 'full') ? at + 1 : at;
  const scale = scaleWords.get(tokens[start]?.lemma ?? '');
  if (scale !== undefined && tokens[start]?.kind === 'word') {
    const next = isWord(tokens[start + 1], 'of') ? start + 2 : start + 1;
    const unit = unitAt(tokens, next);
    if (unit !== null) return { ...unit, scale };
    return isWord(tokens[start + 1], 'of') ? null : { end: start + 1, unit: null, scale };
  }
  const unit = rateAt(tokens, start) ?? unitAt(tokens, start);
  const next = tokens[unit?.end ?? -1];
  const isMoney = isCurrencyCode(unit?.unit ?? '');
  const letter = isMoney ? scaleLetters.get(next?.word ?? '') : undefined;
  const after = unit === null ? undefined : (letter ?? scaleWords.get(next?.lemma ?? ''));
  return unit === null || after === undefined ? unit : { ...unit, end: unit.end + 1, scale: after };
}

const openings: readonly (readonly string[])[] = [
  ['expressed', 'in'],
  ['measured', 'in'],
  ['given', 'in'],
  ['stated', 'in'],
  ['expressed', 'as'],
  ['in'],
  ['as'],
];

/** A demand with all that belongs to it: the preposition, commas, brackets. */
function demandSpan(tokens: readonly Token[], at: number): (Demand & { readonly start: number }) | null {
  const bracket = isWord(tokens[at], '(');
  const from = bracket || isWord(tokens[at], ',') ? at + 1 : at;
  const opening = openings.find((words) => words.every((word, index) => isWord(tokens[from + index], word)));
  if (opening === undefined && !bracket) return null;
  const demand = demandAt(tokens, from + (opening?.length ?? 0));
  if (demand === null || (opening?.[0] === 'as' && demand.unit !== '%')) return null;
  if (bracket) return isWord(tokens[demand.end], ')') ? { ...demand, start: at, end: demand.end + 1 } : null;
  if (!mayFollow(tokens[demand.end])) return null;
  const closes = from > at && isWord(tokens[demand.end], ',');
  return { ...demand, start: at, end: closes ? demand.end + 1 : demand.end };
}

/**
 * The question without what it demands of its answer's form, wherever that stands: "What was the average duration,
 * in minutes, of …?", "… in millions of US dollars?". Null where it demands nothing.
 */
export function withoutForm(tokens: readonly Token[]): FormedQuestion | null {
  const kept: Token[] = [];
  let form: AnswerForm = noForm;
  let found = false;
  for (let at = 0; at < tokens.length;) {
    const span = at === 0 && !isWord(tokens[0], 'in') ? null : demandSpan(tokens, at);
    const token = tokens[at];
    if (span !== null) {
      form = { unit: span.unit ?? form.unit, scale: span.scale === 1 ? form.scale : span.scale };
      found = true;
      at = span.end;
    } else {
      if (token !== undefined) kept.push(token);
      at += 1;
    }
  }
  return found ? { tokens: kept, form } : null;
}
