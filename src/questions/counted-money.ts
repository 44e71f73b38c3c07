import type { CatalogTable } from '../table/catalog.ts';
import { currencyOf, isCurrencyCode } from '../table/values/currencies.ts';
import type { Draft } from './grammar/meanings.ts';
import type { Token } from './language/token.ts';
import { columnsNamed } from './plan-nodes.ts';

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
