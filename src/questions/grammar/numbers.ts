import { currencyOf } from '../../table/values/currencies.ts';
import { measureSymbol } from '../../table/values/units.ts';
import {
  fractionWords,
  multiplierWords,
  ordinalOf,
  scaleWords,
  tensWords,
  unitWords,
} from '../language/number-words.ts';
import type { Token } from '../language/token.ts';
import { columnIndexOf } from '../linking/column-links.ts';
import { synonymsOf } from '../linking/synonyms.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { textOf } from './context.ts';
import type { Parse } from './engine.ts';
import type { Literal } from './meanings.ts';

interface Reach {
  readonly end: number;
  readonly value: number;
}

const found = <T>(end: number, value: T, cost = 0): Parse<T> => ({ end, value, cost, notes: [] });

const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token !== undefined && token.kind !== 'quote' && words.includes(token.word);

/** "million", or a capital letter that touches the digits: "5M", "2B". */
function scaleAt(tokens: readonly Token[], at: number): number | null {
  const token = tokens[at];
  if (token === undefined || token.kind !== 'word') return null;
  const scale = scaleWords.get(token.lemma);
  const before = tokens[at - 1];
  const touches = before !== undefined && before.end === token.start;
  if (scale !== undefined) return token.word === 'k' && !touches ? null : scale;
  if (!touches) return null;
  if (token.text === 'M') return 1e6;
  return token.text === 'B' ? 1e9 : null;
}

function wordNumber(tokens: readonly Token[], at: number): Reach | null {
  const first = tokens[at];
  if (first === undefined || first.kind !== 'word') return null;
  const value = unitWords.get(first.word);
  if (value === undefined) return null;
  const next = tokens[at + 1];
  const ones = next?.kind === 'word' ? unitWords.get(next.word) : undefined;
  if (tensWords.has(first.word) && ones !== undefined && ones > 0 && ones < 10)
    return { end: at + 2, value: value + ones };
  return { end: at + 1, value };
}

/** A number with the scale words after it: "two and a half million", "three hundred and five thousand", "5 bn". */
function numberAt(tokens: readonly Token[], at: number): Reach | null {
  const first = tokens[at];
  if (first === undefined) return null;
  if (isWord(first, '-') && tokens[at + 1]?.kind === 'number' && tokens[at + 1]?.start === first.end) {
    const positive = numberAt(tokens, at + 1);
    return positive === null ? null : { end: positive.end, value: -positive.value };
  }
  const scaleAlone = scaleAt(tokens, at);
  let reach: Reach | null =
    first.number !== null ? { end: at + 1, value: first.number } : wordNumber(tokens, at);
  if (reach === null && scaleAlone !== null && scaleAlone >= 100) reach = { end: at, value: 1 };
  if (reach === null && isWord(first, 'half') && scaleAt(tokens, at + 1) !== null)
    reach = { end: at + 1, value: 0.5 };
  if (reach === null) return null;
  if (isWord(tokens[reach.end], 'and')) {
    const part = tokens[reach.end + 1];
    const fraction = part === undefined ? undefined : fractionWords.get(part.word);
    if (fraction !== undefined && part?.word !== 'third')
      reach = { end: reach.end + 2, value: reach.value + fraction };
  }
  for (;;) {
    const scale = scaleAt(tokens, reach.end);
    if (scale === null) break;
    reach = { end: reach.end + 1, value: Number((reach.value * scale).toPrecision(15)) };
    const skip: number = isWord(tokens[reach.end], 'and') ? 1 : 0;
    const rest: Reach | null = first.number === null ? wordNumber(tokens, reach.end + skip) : null;
    if (rest !== null && rest.value < scale && scale === 100)
      reach = { end: rest.end, value: reach.value + rest.value };
  }
  return reach;
}

const longestUnit = 6;
const unitConnectors: ReadonlySet<string> = new Set(['per', '/', 'of', 'in', 'born', 'live']);

/** A unit of measurement, a currency, or words with which a column states or names what it counts. */
function unitsAt(context: Context, at: number): Parse<string>[] {
  const { tokens } = context;
  const units: Parse<string>[] = [];
  if (isWord(context.tokens[at], 'per', '/'))
    return unitsAt(context, at + 1).map((unit) => ({ ...unit, value: `/${unit.value}` }));
  const index = columnIndexOf(context.table);
  let loose = true;
  for (let end = at + 1; end <= Math.min(tokens.length, at + longestUnit); end += 1) {
    const token = tokens[end - 1];
    if (token === undefined || token.kind === 'quote' || token.kind === 'date') break;
    if (token.kind === 'symbol' && !'/$€£¥°'.includes(token.word)) break;
    const text = textOf(context, at, end);
    const known =
      measureSymbol(text) ??
      measureSymbol(token.lemma === text ? '' : text.toLowerCase()) ??
      currencyOf(text);
    if (known !== null && !isWord(token, 'in', 'all', 'top', 'try')) units.push(found(end, known));
    const money = known === null ? null : currencyOf(text);
    // "Pounds" are of money or of weight.
    if (money !== null && money !== known) units.push(found(end, money));
    if (known === null && (token.word === 'people' || token.word === 'person'))
      units.push(found(end, 'people', 0.02));
    const isSide = (word: string): boolean => index.sideWords.has(word) || index.byWord.has(word);
    const sided =
      isSide(token.lemma) || [...synonymsOf(token.lemma)].some(isSide) || measureSymbol(token.text) !== null;
    loose &&= sided || (end > at + 1 && (unitConnectors.has(token.word) || token.kind === 'number'));
    if (loose && known === null && token.kind === 'word' && !unitConnectors.has(token.word))
      units.push(found(end, text, 0.08));
    if (
      !loose &&
      !['per', '/', 'square', 'cubic', 'sq', 'us', 'metric', 'american'].includes(token.word) &&
      end > at + 2
    )
      break;
  }
  return units;
}

function literalsAt(context: Context, at: number): Parse<Literal>[] {
  const { tokens } = context;
  const results: Parse<Literal>[] = [];
  let start = at;
  let currency: string | null = null;
  const sign = tokens[at];
  if (
    sign !== undefined &&
    (sign.kind === 'symbol' || /^(?:us|usd|eur|gbp|chf|jpy|cny|inr|rmb)$/.test(sign.word))
  ) {
    for (const length of [2, 1]) {
      if (tokens[at + length]?.number == null) continue;
      const code = currencyOf(textOf(context, at, at + length).replaceAll(' ', ''));
      if (code === null) continue;
      currency = code;
      start = at + length;
      break;
    }
  }
  const reach = numberAt(tokens, start);
  if (reach === null) return results;
  const plain: Literal = { value: reach.value, percent: false, unit: currency };
  results.push(found(reach.end, plain));
  const next = tokens[reach.end];
  if (
    currency === null &&
    (isWord(next, '%', 'percent', 'pct') || (isWord(next, 'per') && isWord(tokens[reach.end + 1], 'cent')))
  ) {
    const end = reach.end + (isWord(next, 'per') ? 2 : 1);
    const percentage: Literal = { value: reach.value, percent: true, unit: null };
    results.push(found(end, percentage));
    if (isWord(tokens[end], 'of'))
      for (let last = end + 2; last <= Math.min(tokens.length, end + 4); last += 1) {
        const words = tokens.slice(end + 1, last);
        if (words.some((token) => token.kind !== 'word')) break;
        results.push(found(last, { ...percentage, of: words.map((token) => token.lemma) }, 0.02));
      }
    if (isWord(tokens[end], 'points', 'point')) results.push(found(end + 1, percentage));
    return results;
  }
  const percentagePoints = isWord(next, 'percentage') && isWord(tokens[reach.end + 1], 'points', 'point');
  if (percentagePoints) return [found(reach.end + 2, { ...plain, percent: true })];
  if (isWord(next, 'points', 'point')) results.push(found(reach.end + 1, plain));
  if (next !== undefined)
    for (const unit of unitsAt(context, reach.end))
      if (currency === null || unit.value === currency)
        results.push({ ...unit, value: { ...plain, unit: unit.value } });
      else {
        // "$5 per kilogram", "$5 a kilogram", of which the article is not here.
        const each = unit.value.replace(/^\//, '');
        if (measureSymbol(each) === null || (next.word !== next.lemma && each === unit.value)) continue;
        results.push({ ...unit, value: { ...plain, unit: `${currency}/${each}` } });
      }
  return results;
}

/** Adds numbers, counts, ordinals, units and numbers with units. */
export function addNumberRules(grammar: AnalystGrammar): void {
  grammar.primitive('number', (context, at) => {
    const reach = numberAt(context.tokens, at);
    return reach === null ? [] : [found(reach.end, reach.value)];
  });
  grammar.primitive('count', (context, at) => {
    const reach = numberAt(context.tokens, at);
    return reach === null || !Number.isInteger(reach.value) || reach.value < 1
      ? []
      : [found(reach.end, reach.value)];
  });
  grammar.primitive('ordinal', (context, at) => {
    const token = context.tokens[at];
    const place = token?.kind === 'word' ? ordinalOf(token.word) : null;
    return place === null ? [] : [found(at + 1, place)];
  });
  grammar.primitive('factor', (context, at) => {
    const token = context.tokens[at];
    const factor = token?.kind === 'word' ? multiplierWords.get(token.word) : undefined;
    const results = factor === undefined ? [] : [found(at + 1, factor)];
    const reach = numberAt(context.tokens, at);
    if (reach !== null && isWord(context.tokens[reach.end], 'times', 'x'))
      results.push(found(reach.end + 1, reach.value));
    return results;
  });
  grammar.primitive('unit', unitsAt);
  grammar.primitive('literal', literalsAt);
}
