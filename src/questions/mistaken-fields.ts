import type { CatalogColumn, CatalogTable } from '../table/catalog.ts';
import type { Draft } from './grammar/meanings.ts';
import { isCalledBy } from './grammar/superlatives.ts';
import { unitWords } from './language/number-words.ts';
import type { Token } from './language/token.ts';
import { areOneFamily } from './language/word-family.ts';
import { isGuessOfMoney, isMoney, mainMoneyOf, namesFinalAmount } from './linking/money-fields.ts';
import type { Expression, Predicate } from './plan.ts';
import { columnsNamed, expressionsOf } from './plan-nodes.ts';

type Sentences = readonly (readonly Token[])[];

/** Words that speak of money and name no field. */
const moneyNouns: ReadonlySet<string> = new Set(['money', 'takings', 'proceeds', 'cash']);
const moneyAdjectives: ReadonlySet<string> = new Set(
  'expensive cheapest cheaper dearest dearer priciest pricier costliest costlier'.split(' '),
);
const costs = ['price', 'cost', 'budget', 'damage'];
const plainCost = /\b(?:prices?|costs?|fees?|fares?|rents?|charges?|tuition|budget|damages?)\b/i;

/**
 * Whether the words speak of money and the draft takes something else for it, or one of several amounts that nothing
 * tells from the others: the cheapest per square metre are not those with the fewest rooms, nor takings an estimate.
 */
export function mistakesMoney(draft: Draft, sentences: Sentences, table: CatalogTable): boolean {
  const tokens = sentences.flat();
  const isAdjective = tokens.some(({ word }) => moneyAdjectives.has(word));
  const said = tokens.filter(({ word }) => moneyNouns.has(word) || moneyAdjectives.has(word));
  const amounts = table.columns.filter(isMoney);
  if (said.length === 0 || (amounts.length === 0 && !isAdjective)) return false;
  const names = new Set(columnsNamed(draft).map((name) => name.split('@')[0]));
  const used = table.columns.filter(({ name }) => names.has(name));
  // "Expensive" may be a value, and "prize money" a field.
  const text = JSON.stringify(draft).toLowerCase();
  if (said.every(({ word }) => text.includes(word) || isNamedBy(used, [word]))) return false;
  const spoken = used.filter((column) => isMoney(column) || isCalledBy(costs, column.label));
  if (spoken.length === 0) return true;
  const words = tokens.filter(({ kind }) => kind === 'word').map(({ word }) => word);
  const main = mainMoneyOf(table);
  return (
    amounts.length > 1 &&
    spoken.some(
      (column) =>
        isMoney(column) &&
        column !== main &&
        !isNamedBy([column], words) &&
        !(isAdjective && isPlainCost(column, table)),
    )
  );
}

/** Whether the field is the one by which things are cheap, and not only a guess at it or a part of it. */
const isPlainCost = (column: CatalogColumn, table: CatalogTable): boolean =>
  plainCost.test(column.label.replaceAll('_', ' ')) &&
  !isGuessOfMoney(column, table) &&
  !hasOtherPart(column, table);

/** Whether another amount is stated only where this one is not: "price" of what was sold, "rent" of what was let. */
const hasOtherPart = (column: CatalogColumn, { columns }: CatalogTable): boolean =>
  columns.some(
    (other) =>
      other !== column &&
      isMoney(other) &&
      namesFinalAmount(other) &&
      other.coverage > leastPart &&
      column.coverage + other.coverage <= 1,
  );
const leastPart = 0.1;

/** Whether one of the words stands in the name of one of the fields, or one of its family. */
const isNamedBy = (columns: readonly CatalogColumn[], words: readonly string[]): boolean =>
  columns.some(({ label, aliases }) =>
    [label, ...aliases].some((name) =>
      name
        .toLowerCase()
        .split(/[^\p{L}]+/u)
        .some((part) => part.length > 3 && words.some((word) => word === part || areOneFamily(word, part))),
    ),
  );

/**
 * Whether a multiple is taken for an amount: "more than five times the money raised" is no amount of five. What has no unit
 * may have been done five times.
 */
export function mistakesMultiple(
  { selection, output }: Draft,
  sentences: Sentences,
  { columns }: CatalogTable,
): boolean {
  const multiples = new Set(
    sentences.flatMap((tokens) =>
      tokens.flatMap(({ number, word }, at) => {
        const many = number ?? unitWords.get(word) ?? null;
        return many !== null && tokens[at + 1]?.word === 'times' ? [many] : [];
      }),
    ),
  );
  if (multiples.size === 0) return false;
  const isAmount = (expression: Expression): boolean =>
    expression.kind === 'column' &&
    columns.some(
      ({ name, unit }) => name === expression.column && unit !== null && !/^times?$|^x$/i.test(unit),
    );
  return expressionsOf([selection, output]).some(
    (node) =>
      isComparison(node) &&
      node.right.kind === 'number' &&
      multiples.has(node.right.value) &&
      isAmount(node.left),
  );
}

const isComparison = (node: object): node is Extract<Predicate, { kind: 'compare' }> =>
  'kind' in node && node.kind === 'compare';

const making = /^(?:make|makes|made|manufacture[sd]?|build|builds|built|produce[sd]?)$/;
const makers =
  /^(?:who|compan(?:y|ies)|firms?|business(?:es)?|corporations?|manufacturers?|makers?|producers?|brands?|builders?)$/;

/**
 * Whether the draft gives what was made where the question asks who made it: "which company makes the R-40" asks for no
 * row that has that model.
 */
export function mistakesMaker(
  { output, selection }: Draft,
  {
    sentences,
    table,
    assumedNoun,
    notes,
  }: {
    readonly sentences: Sentences;
    readonly table: CatalogTable;
    readonly assumedNoun: string | null;
    readonly notes: readonly string[];
  },
): boolean {
  if (output.kind !== 'entities') return false;
  const asks = sentences.some((tokens) => {
    const start = tokens.slice(0, 3).findIndex(({ word }) => makers.test(word));
    const asked = tokens[start];
    return (
      asked !== undefined &&
      making.test(tokens[start + 1]?.word ?? '') &&
      !table.nouns.some(
        (noun) =>
          noun !== assumedNoun && (noun === asked.lemma || (asked.word === 'who' && makers.test(noun))),
      )
    );
  });
  const isOfName = notes.some((note) => note.endsWith('is taken as what a row states in some field'));
  return asks && (isOfName || JSON.stringify(selection).includes('"entity"'));
}
