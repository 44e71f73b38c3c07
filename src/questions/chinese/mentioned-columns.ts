import type { CatalogTable } from '../../table/catalog.ts';
import type { ColumnMention } from '../mentioned-columns.ts';
import { chineseGrammar } from './chinese-grammar.ts';
import { restsOf } from './context.ts';
import type { ChineseContext } from './context.ts';
import { chineseSentences } from './parse-chinese.ts';

/** Words that fit a column worse than this do not mention it. */
const highestCost = 0.5;

/** The columns that a Chinese question mentions, by name or value, whatever it asks of them. */
export function chineseMentions(
  question: string,
  table: CatalogTable,
): (ColumnMention & { readonly isOnePhrase: boolean })[] {
  const grammar = chineseGrammar();
  return chineseSentences(question).flatMap((tokens, sentence) => {
    const context: ChineseContext = {
      tokens,
      table,
      question,
      memo: new Map(),
      budget: 1_000_000,
      ...restsOf(tokens),
    };
    return tokens.flatMap((_, start) => {
      const named = grammar
        .parse('column', context, start)
        .map(({ value, end, cost }) => ({ name: value.columns[0], end, cost }));
      const valued = grammar
        .parse('value', context, start)
        .map(({ value, end, cost }) => ({ name: value.column, end, cost }));
      return [...named, ...valued].flatMap(({ name, end, cost }) => {
        const column = table.columns.find((each) => each.name === name);
        return column === undefined || cost > highestCost
          ? []
          : [{ column, sentence, start, end, cost, isOnePhrase: true }];
      });
    });
  });
}
