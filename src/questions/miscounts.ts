import type { CatalogTable } from '../table/catalog.ts';
import { currencyOf, isCurrencyCode } from '../table/values/currencies.ts';
import type { Draft } from './grammar/meanings.ts';
import { functionWords } from './language/function-words.ts';
import type { Token } from './language/token.ts';
import { columnIndexOf, columnLinks } from './linking/column-links.ts';
import { columnsNamed } from './plan-nodes.ts';

/** Words of a field's name that say that it counts things. */
const countWords = /\b(?:number|count|total|quantity|units)\b/i;

/**
 * Whether the draft adds up a field where the question asks how many rows: "how many cases did … hear" asks for no sum
 * of hearings.
 */
export function countsOtherThings(
  { output }: Draft,
  sentences: readonly (readonly Token[])[],
  table: CatalogTable,
): boolean {
  if (output.kind !== 'aggregate' || output.aggregate.function !== 'sum') return false;
  const [name] = columnsNamed(output.aggregate.of);
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined || countWords.test(column.label)) return false;
  return sentences.some((tokens) => {
    const many = tokens.findIndex(({ word }, at) => word === 'many' && tokens[at - 1]?.word === 'how');
    const verb = tokens.findIndex(({ lemma }, at) => at > many && ['do', 'be', 'have'].includes(lemma));
    // "How many ferries carry …": another verb follows the noun at once.
    const phrase = many < 0 ? [] : tokens.slice(many + 1, verb < 0 ? many + 2 : verb);
    const counted = phrase[0]?.word === 'of' ? phrase.slice(1) : phrase;
    const end = counted.findIndex(({ word }) => functionWords.has(word));
    return counted
      .slice(0, end < 0 ? counted.length : end)
      .some(({ word, lemma }) => word !== lemma && table.nouns.includes(lemma));
  });
}

/**
 * Whether the draft adds up money where the question asks how many: things are counted, money is not, unless it is
 * called by its unit. "How many claims were dismissed" asks for no sum of what was claimed.
 */
export function countsMoney(
  { output }: Draft,
  sentences: readonly (readonly Token[])[],
  table: CatalogTable,
): boolean {
  if (output.kind !== 'aggregate' || output.aggregate.function !== 'sum') return false;
  const asksForCount = sentences.some((tokens) =>
    tokens.some(({ word }, at) => {
      if (word !== 'how' || tokens[at + 1]?.word !== 'many') return false;
      const next = tokens.slice(at + 2, at + 5);
      return !next.some(({ text, lemma }) => currencyOf(text) !== null || currencyOf(lemma) !== null);
    }),
  );
  const [column] = columnsNamed(output.aggregate.of);
  const unit = table.columns.find(({ name }) => name === column)?.unit ?? null;
  return asksForCount && unit !== null && isCurrencyCode(unit);
}

const askingForThings: ReadonlySet<string> = new Set(['which', 'whose', 'who', 'where']);
const leading: ReadonlySet<string> = new Set(['at', 'in', 'on', 'for', 'from', 'by', 'to', 'with', 'and']);
const figureWords: ReadonlySet<string> = new Set(
  'amount average date day figure fraction half month number percentage period proportion quarter share sum time total value year'.split(
    ' ',
  ),
);

/**
 * Whether the draft gives one figure over many rows where the question asks for a thing: "which bridge is the longest",
 * "whose bonus was the largest". What the question asks for by the name of a field of numbers is a figure.
 */
export const figuresForRows = (
  { output }: Draft,
  sentences: readonly (readonly Token[])[],
  table: CatalogTable,
): boolean => {
  if (output.kind !== 'aggregate' && output.kind !== 'calculation') return false;
  if (sentences.some((tokens) => tokens.some(({ word }) => word === 'how'))) return false;
  return sentences.some((tokens) => {
    const at = leading.has(tokens[0]?.word ?? '') ? 1 : 0;
    const asking = tokens[at]?.word ?? '';
    if (!askingForThings.has(asking)) return false;
    if (asking !== 'which') return true;
    const next = tokens[at + 1];
    if (next === undefined || figureWords.has(next.lemma) || next.lemma === 'be') return false;
    return (
      table.nouns.includes(next.lemma) ||
      !columnLinks(columnIndexOf(table), tokens, at + 1).some(
        ({ column }) => column.type === 'number' || column.type === 'percentage' || column.type === 'date',
      )
    );
  });
};
