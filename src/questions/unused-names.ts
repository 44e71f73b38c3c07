import type { CatalogTable } from '../table/catalog.ts';
import { currencyOf } from '../table/values/currencies.ts';
import { measureSymbol } from '../table/values/units.ts';
import type { Draft } from './grammar/meanings.ts';
import { functionWords } from './language/function-words.ts';
import { lemmaOf } from './language/lemma.ts';
import { foldText } from './language/token.ts';
import type { Token } from './language/token.ts';
import { columnIndexOf, columnLinks } from './linking/column-links.ts';
import { valueLinks, wordsKey } from './linking/value-links.ts';

/** Whether the word is written like a name and is neither a unit nor part of what the table calls anything. */
function isName(token: Token, table: CatalogTable): boolean {
  if (token.kind !== 'word' || !token.capital || token.text.length < 2) return false;
  if (functionWords.has(token.word) || table.nouns.includes(token.lemma)) return false;
  if (measureSymbol(token.text) !== null || currencyOf(token.text) !== null) return false;
  return !/^(?:january|february|march|april|may|june|july|august|september|october|november|december|us|gdp)$/.test(
    token.word,
  );
}

/**
 * Whether a name in the question plays no part in the draft: a value, a row or a text that was passed over. Words
 * that name a field do play one.
 */
export function passesOverNames(
  draft: Draft,
  sentences: readonly (readonly Token[])[],
  table: CatalogTable,
): boolean {
  const used = new Set(
    wordsKey(JSON.stringify(draft))
      .split(' ')
      .flatMap((word) => [word, lemmaOf(word)]),
  );
  const text = foldText(JSON.stringify(draft));
  return sentences.some((tokens) =>
    tokens.some((token, at) => {
      if (at === 0 || !isName(token, table)) return false;
      if (used.has(token.word) || used.has(token.lemma)) return false;
      const isField = columnLinks(columnIndexOf(table), tokens, at).length > 0;
      const isValue = [at, at - 1, at - 2].some((from) =>
        valueLinks(table, tokens, Math.max(0, from)).some(
          ({ value, end }) => end > at && text.includes(foldText(value)),
        ),
      );
      return !isField && !isValue;
    }),
  );
}
