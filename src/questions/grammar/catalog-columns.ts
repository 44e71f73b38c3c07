import { canonicalUnit } from '../../table/values/units.ts';
import { lemmaOf } from '../language/lemma.ts';
import { columnIndexOf } from '../linking/column-links.ts';
import { matchName } from '../linking/match-name.ts';
import { totalWords } from '../linking/synonyms.ts';
import { wordsKey } from '../linking/value-links.ts';
import type { Context } from './context.ts';
import type { Quantity } from './meanings.ts';
import { quantityOf } from './terms.ts';

/** The columns that the words name, best first. */
export function columnsCalled(
  context: Context,
  words: string,
): readonly { readonly quantity: Quantity; readonly cost: number }[] {
  const phrase = words.split(' ').map((word) => ({ word, lemma: lemmaOf(word) }));
  return columnIndexOf(context.table)
    .columns.flatMap((linkable) => {
      const cost = matchName(linkable, phrase);
      return cost === null ? [] : [{ quantity: quantityOf(linkable.column), cost }];
    })
    .sort((left, right) => left.cost - right.cost);
}

/** The columns whose numbers are in the unit, overall figures and short names first. */
export function columnsInUnit(context: Context, unit: string): readonly Quantity[] {
  const wanted = canonicalUnit(unit);
  const rank = (label: string): number => {
    const words = wordsKey(label).split(' ');
    return words.length - (words.some((word) => totalWords.has(word)) ? 2 : 0);
  };
  return context.table.columns
    .filter((column) => column.unit !== null && canonicalUnit(column.unit) === wanted)
    .sort((left, right) => rank(left.label) - rank(right.label) || right.coverage - left.coverage)
    .map((column) => quantityOf(column));
}
