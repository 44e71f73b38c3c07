import type { CatalogColumn, CatalogTable } from '../table/catalog.ts';
import { isChinese } from './chinese/is-chinese.ts';
import { chineseMentions } from './chinese/mentioned-columns.ts';
import { functionWords } from './language/function-words.ts';
import { columnIndexOf, columnLinks } from './linking/column-links.ts';
import { valueLinks } from './linking/value-links.ts';
import { sentencesOf } from './parse-question.ts';

/** Words of a question that may name a column, or a value of it. */
export interface ColumnMention {
  readonly column: CatalogColumn;
  readonly sentence: number;
  /** Which words of the sentence, `[start, end)`. */
  readonly start: number;
  readonly end: number;
  /** 0 where the words are the column's name; the more, the worse they fit. */
  readonly cost: number;
}

/** Words that fit a column worse than this do not mention it. */
const highestCost = 0.5;
/** Words that fit one column so well mention no other with a part of them: "population growth" is no population. */
const plainCost = 0.2;

const conjunctions: ReadonlySet<string> = new Set(['and', 'or', '&', ',']);

/**
 * The columns of a table that a question mentions by name, synonym or value, whatever it asks of them. Unlike parsing,
 * this needs no understanding of the whole: it says what to look for in documents of which only some, or parts, are at
 * hand.
 */
export function mentionedColumns({
  question,
  table,
}: {
  question: string;
  table: CatalogTable;
}): readonly ColumnMention[] {
  const mentions = findMentions(question, table);
  const plain = mentions.filter(({ cost, isOnePhrase }) => cost <= plainCost && isOnePhrase);
  return mentions.filter((mention) => !plain.some((other) => isPartOf(mention, other)));
}

function isPartOf(inner: ColumnMention, outer: ColumnMention): boolean {
  return (
    inner.sentence === outer.sentence &&
    inner.start >= outer.start &&
    inner.end <= outer.end &&
    inner.end - inner.start < outer.end - outer.start
  );
}

function findMentions(
  question: string,
  table: CatalogTable,
): (ColumnMention & { readonly isOnePhrase: boolean })[] {
  if (isChinese(question)) return chineseMentions(question, table);
  const index = columnIndexOf(table);
  const nouns = new Set(table.nouns);
  return sentencesOf(question).flatMap((tokens, sentence) =>
    tokens.flatMap((token, start) => {
      const saysLittle = [token.word, token.lemma].some((word) => functionWords.has(word) || nouns.has(word));
      const links = [...columnLinks(index, tokens, start), ...valueLinks(table, tokens, start)];
      return links
        .filter(({ cost, end }) => cost <= highestCost && !(saysLittle && end === start + 1))
        .map(({ column, end, cost }) => {
          // Across an "and" or a comma, two columns may be named.
          const isOnePhrase = !tokens.slice(start, end).some(({ word }) => conjunctions.has(word));
          return { column, sentence, start, end, cost, isOnePhrase };
        });
    }),
  );
}
