import { currencyOf } from '../../table/values/currencies.ts';
import { measureSymbol } from '../../table/values/units.ts';
import { unitWords } from './number-words.ts';
import type { Token } from './token.ts';

const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && (words.includes(token.word) || words.includes(token.lemma));

/** What a number may be rounded to: "the nearest whole number", "the nearest hundred". */
const steps: ReadonlySet<string> = new Set(
  'integer number unit point percent percentage tenth hundredth thousandth ten hundred thousand million billion cent whole'.split(
    ' ',
  ),
);

const isUnit = ({ text, word }: Token): boolean =>
  (measureSymbol(text) ?? measureSymbol(word) ?? currencyOf(text)) !== null;

/** Where "to the nearest dollar" or "to two decimals" ends that begins at the position; null where none does. */
function roundingEnd(tokens: readonly Token[], at: number): number | null {
  let start = at;
  if (tokens[start]?.word === ',' || tokens[start]?.word === '(') start += 1;
  if (isWord(tokens[start], 'rounded', 'correct', 'accurate', 'given')) start += 1;
  if (!isWord(tokens[start], 'to')) return null;
  let end: number;
  const [first, second] = [tokens[start + 1], tokens[start + 2]];
  if (isWord(first, 'nearest')) {
    if (second?.kind !== 'word' || !(steps.has(second.lemma) || isUnit(second))) return null;
    end = isWord(second, 'whole') ? start + 4 : start + 3;
  } else {
    const isCount = first !== undefined && (first.number !== null || unitWords.has(first.word));
    if (!isCount || !isWord(second, 'decimal')) return null;
    end = isWord(tokens[start + 3], 'place', 'digit', 'point') ? start + 4 : start + 3;
  }
  if (tokens[at]?.word === '(') return tokens[end]?.word === ')' ? end + 1 : null;
  return end;
}

/**
 * The tokens of a question without what its first sentence says of how a number is rounded: a number is answered as
 * it is. Later sentences may say nothing else.
 */
export function withoutRounding(tokens: readonly Token[]): readonly Token[] {
  const isEnd = ({ kind, word }: Token): boolean => kind === 'symbol' && /^[.?!]$/.test(word);
  const stop = tokens.findIndex(isEnd);
  for (let at = 1; at < (stop < 0 ? tokens.length : stop); at += 1) {
    const end = roundingEnd(tokens, at);
    if (end !== null) return [...tokens.slice(0, at), ...tokens.slice(end)];
  }
  return tokens;
}
