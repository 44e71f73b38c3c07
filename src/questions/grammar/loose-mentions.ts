import type { CatalogColumn } from '../../table/catalog.ts';
import { functionWords } from '../language/function-words.ts';
import type { Token } from '../language/token.ts';
import type { Predicate } from '../plan.ts';
import type { Context } from './context.ts';
import { textOf } from './context.ts';
import type { Parse } from './engine.ts';
import type { Named } from './meanings.ts';

const longestMention = 6;
/** Fields whose entries are longer tell stories, in which names stand for many reasons. */
const longestEntry = 80;
const mentionCost = 0.3;

/** Fields of short text that give names: of customers, products, places. */
const namingColumns = ({ table }: Context): readonly CatalogColumn[] =>
  table.columns.filter(
    ({ type, examples }) =>
      type === 'text' && examples.length > 0 && examples.every((example) => example.length <= longestEntry),
  );

const joins: ReadonlySet<string> = new Set([
  'of',
  'and',
  'de',
  'du',
  'la',
  'le',
  'von',
  'van',
  'der',
  'for',
  '&',
  '-',
  '.',
]);

const isName = (token: Token | undefined): token is Token =>
  token !== undefined &&
  (token.kind === 'quote' ||
    (token.kind === 'word' && token.capital && !functionWords.has(token.word)) ||
    (token.kind === 'word' && /\d/.test(token.text)));

/**
 * Names that the catalog does not know, as some field of short text may hold them: "Granada Marine". Which field it
 * is turns out when the rows are looked at (see `groundTexts`).
 */
export function mentionsAt(context: Context, at: number): Parse<Named>[] {
  const { tokens } = context;
  if (!context.loose || at === 0 || !isName(tokens[at]) || (isName(tokens[at - 1]) && at > 1)) return [];
  const columns = namingColumns(context);
  if (columns.length === 0) return [];
  let end = at + 1;
  for (let next = at + 1; next < Math.min(tokens.length, at + longestMention); next += 1) {
    if (isName(tokens[next]) || tokens[next]?.kind === 'number') end = next + 1;
    else if (!joins.has(tokens[next]?.word ?? '')) break;
  }
  // "February 2024" is a time.
  if (context.grammar.parse('date', context, at).some((date) => date.end >= end)) return [];
  const text = textOf(context, at, end);
  const isKnown =
    context.grammar.parse('entity', context, at).some((parse) => parse.end >= end) ||
    context.grammar.parse('value', context, at).some((parse) => parse.end >= end);
  if (isKnown) return [];
  const operands = columns.map(({ name }): Predicate => ({ kind: 'is', column: name, values: [text] }));
  const [only] = operands;
  const predicate: Predicate = operands.length === 1 && only !== undefined ? only : { kind: 'or', operands };
  const notes = [`"${text}" is taken as what a row states in some field`];
  return [{ end, cost: mentionCost, value: { predicate, column: null }, notes }];
}
