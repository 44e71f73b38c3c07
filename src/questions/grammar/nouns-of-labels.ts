import { kindNouns } from '../language/kind-nouns.ts';
import type { CatalogTable } from '../../table/catalog.ts';
import { lemmaOf } from '../language/lemma.ts';

const mostly = 0.9;
const remembered = new WeakMap<CatalogTable, readonly string[]>();

/**
 * What rows are by the label of their own names: a table whose rows nearly all state a "Country name", each another
 * one, has countries for rows, whatever the folder is called.
 */
export function nounsOfLabels(table: CatalogTable): readonly string[] {
  const known = remembered.get(table);
  if (known !== undefined) return known;
  const nouns = new Set<string>();
  for (const { label, coverage, values } of table.columns) {
    const noun = /^(\p{L}+) name(?: >|$)/iu.exec(label)?.[1];
    if (noun === undefined || coverage < mostly || values.length > 0) continue;
    const lemma = lemmaOf(noun.toLowerCase());
    if (kindNouns.has(lemma)) nouns.add(lemma);
  }
  const found = [...nouns];
  remembered.set(table, found);
  return found;
}
