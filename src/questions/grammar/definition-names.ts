import type { Token } from '../language/token.ts';
import { functionWords } from '../language/function-words.ts';
import { analystGrammar } from './analyst-grammar.ts';
import type { Context, Discourse } from './context.ts';
import { quantitiesOf, range } from './loose-quantities.ts';
import type { Quantity } from './meanings.ts';

export type MakeContext = (tokens: readonly Token[], discourse: Discourse) => Context;

/** Words between a new name and what it stands for, as lemmas without articles; longest first. */
export const links: readonly (readonly string[])[] = [
  'be defined as',
  'be calculated as',
  'be computed as',
  'be given by',
  'be measured as',
  'be taken as',
  'be understood as',
  'be meant',
  'refer to',
  'stand for',
  'denote',
  'be equal to',
  'to be',
  'defined as',
  'calculated as',
  'computed as',
  'measured as',
  'that be',
  'meaning',
  'mean',
  'equal',
  'i.e',
  'as',
  'be',
  '=',
  ':',
].map((phrase) => phrase.split(' '));

export const lemmasAt = (tokens: readonly Token[], at: number, words: readonly string[]): boolean =>
  words.every((word, index) => {
    const token = tokens[at + index];
    return token !== undefined && token.kind !== 'quote' && (token.lemma === word || token.word === word);
  });

/** Nouns that end a name which is otherwise made of words of grammar: "total debt ratio". */
export const nameable = (token: Token): boolean =>
  token.kind === 'quote' ||
  (token.kind === 'word' && (!isGrammatical(token) || quantityWords.has(token.lemma)));

const isGrammatical = (token: Token): boolean =>
  functionWords.has(token.word) || functionWords.has(token.lemma);

const quantityWords: ReadonlySet<string> = new Set([
  'ratio',
  'rate',
  'index',
  'score',
  'total',
  'share',
  'difference',
  'gap',
  'range',
  'span',
  'margin',
  'rank',
  'average',
  'percentage',
  'number',
  'return',
  'growth',
  'change',
  'cost',
  'value',
]);

export const longestName = 6;

export const define = (discourse: Discourse, name: readonly Token[], quantity: Quantity): Discourse => {
  const words = name.flatMap((token) => (token.kind === 'quote' ? token.word.split(' ') : [token.lemma]));
  const definitions = [...discourse.definitions, { words, quantity: { ...quantity, name: words.join(' ') } }];
  return {
    ...discourse,
    definitions: definitions.sort((left, right) => right.words.length - left.words.length),
  };
};

export interface Formula {
  readonly end: number;
  readonly quantity: Quantity;
}

/** The longest formula that begins at the token and ends where a clause ends. */
export function formulaAt(context: Context, at: number): Formula | null {
  let best: Formula | null = null;
  for (const { end, value, cost } of analystGrammar().parse('quantity', context, at)) {
    const next = context.tokens[end];
    const isClosed =
      next === undefined ||
      (next.kind === 'symbol' && [',', ')', ';', ':'].includes(next.word)) ||
      next.word === 'and';
    if (isClosed && cost < 1.2 && (best === null || end > best.end)) best = { end, quantity: value };
  }
  return best ?? looseFormulaAt(context, at);
}

/** Readings that differ by less than this are equally likely. */
const nearTie = 0.1;

/** The formula that the words up to the end of the clause mean, in whatever order they name its fields. */
function looseFormulaAt(context: Context, at: number): Formula | null {
  if (!context.loose) return null;
  let end = at;
  while (end < context.tokens.length && !/^[,;:)]$/.test(context.tokens[end]?.word ?? '')) end += 1;
  const readings = quantitiesOf(context, range(at, end));
  const [best] = readings;
  if (best === undefined || best.cost > 0.9) return null;
  const meaning = JSON.stringify(best.value.expression);
  const isUnsure = readings.some(
    ({ value, cost }) => cost - best.cost < nearTie && JSON.stringify(value.expression) !== meaning,
  );
  return isUnsure ? null : { end, quantity: best.value };
}
