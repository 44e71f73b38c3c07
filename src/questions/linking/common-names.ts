import type { CatalogTable } from '../../table/catalog.ts';
import { isCommonNameOf } from '../language/kind-nouns.ts';
import type { Token } from '../language/token.ts';
import { valueLinks, wordsKey } from './value-links.ts';

/** Whether a token is the value of a category whose other values name such things more narrowly: "municipality" beside "town". */
export const isCommonName = (table: CatalogTable, tokens: readonly Token[], at: number): boolean =>
  valueLinks(table, tokens, at).some(
    ({ end, column, value }) =>
      end === at + 1 && column.values.some((other) => isCommonNameOf(wordsKey(value), wordsKey(other.value))),
  );
