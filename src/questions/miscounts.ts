import type { CatalogTable } from '../table/catalog.ts';
import { currencyOf, isCurrencyCode } from '../table/values/currencies.ts';
import { convertUnit, measureSymbol } from '../table/values/units.ts';
import type { Draft } from './grammar/meanings.ts';
import { functionWords } from './language/function-words.ts';
import type { Token } from './language/token.ts';
import { columnIndexOf, columnLinks } from './linking/column-links.ts';
import { columnsNamed, expressionsOf } from './plan-nodes.ts';
import type { Aggregate } from './plan.ts';

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
  const [name] = summedIn(output);
  if (name === undefined) return false;
  const column = table.columns.find((each) => each.name === name);
  if (column === undefined || countWords.test(column.label)) return false;
  return sentences.some((tokens) => {
    const many = manyIn(tokens);
    const verb = tokens.findIndex(({ lemma }, at) => at > many && ['do', 'be', 'have'].includes(lemma));
    // "How many ferries carry …": another verb follows the noun at once.
    const phrase = many < 0 ? [] : tokens.slice(many + 1, verb < 0 ? many + 2 : verb);
    const counted = isPassedOver(phrase[0]) ? phrase.slice(1) : phrase;
    const end = counted.findIndex(({ word }) => functionWords.has(word));
    return counted
      .slice(0, end < 0 ? counted.length : end)
      .some(({ word, lemma }) => word !== lemma && table.nouns.includes(lemma));
  });
}

/** Where "many" of "how many" stands; -1 where it does not. */
const manyIn = (tokens: readonly Token[]): number =>
  tokens.findIndex(({ word }, at) => word === 'many' && tokens[at - 1]?.word === 'how');

/** "How many of the lorries", "how many more lorries". */
const isPassedOver = (token: Token | undefined): boolean =>
  token !== undefined && ['of', 'more', 'fewer', 'less'].includes(token.word);

/** The field that is added up, or the first of those whose sums are set against one another. */
function summedIn(output: Draft['output']): readonly string[] {
  const aggregates =
    output.kind === 'aggregate'
      ? [output.aggregate]
      : output.kind === 'calculation'
        ? expressionsOf(output).filter((node): node is Aggregate => 'function' in node && 'of' in node)
        : [];
  return columnsNamed(aggregates.filter((each) => each.function === 'sum').map(({ of }) => of));
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

const measured: readonly string[] = ['m', 'kg', 'sq m', 'm3', 'km/h', 'W'];

/**
 * Whether the draft adds up lengths, weights or the like where the question asks how many of something that is no unit of
 * them: "how many more lorries does A run" asks for no length.
 */
export function countsMeasure(
  { output }: Draft,
  sentences: readonly (readonly Token[])[],
  { columns }: CatalogTable,
): boolean {
  const names = summedIn(output);
  const field = columns.find(({ name }) => names.includes(name));
  const unit = field?.unit ?? null;
  if (field === undefined || unit === null) return false;
  if (!measured.some((to) => convertUnit({ number: 1, from: unit, to }) !== null)) return false;
  const label = field.label.toLowerCase().split(/[^\p{L}]+/u);
  return sentences.some((tokens) => {
    const many = manyIn(tokens);
    const counted = many < 0 ? [] : tokens.slice(many + 1, many + 6);
    const verb = counted.findIndex(({ lemma }) => ['do', 'be', 'have'].includes(lemma));
    // Where no auxiliary follows, what is counted cannot be told from what is said of it.
    return (
      verb > 0 &&
      counted
        .slice(0, verb)
        .every(
          ({ text, word, lemma }) =>
            !isUnit(text) && !isUnit(lemma) && !label.includes(word) && !label.includes(lemma),
        )
    );
  });
}

const isUnit = (word: string): boolean => measureSymbol(word) !== null;

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
