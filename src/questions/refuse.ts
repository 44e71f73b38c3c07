import type { Catalog, CatalogTable } from '../table/catalog.ts';
import { analystGrammar } from './grammar/analyst-grammar.ts';
import { measureSymbol } from '../table/values/units.ts';
import { unitWords } from './language/number-words.ts';
import { functionWords } from './language/function-words.ts';
import type { Token } from './language/token.ts';
import { columnIndexOf, columnLinks } from './linking/column-links.ts';
import { stopWords } from './linking/synonyms.ts';
import { valueLinks } from './linking/value-links.ts';
import { nearestFields } from './linking/nearest-fields.ts';

/** Why a question has no plan, and what would help. */
export interface Refusal {
  readonly status: 'refused';
  readonly reason: string;
  /** What was recognised: fields, values, numbers. */
  readonly understood: readonly string[];
  readonly notUnderstood: readonly string[];
  /** Labels of the fields that come closest to what was not understood. */
  readonly nearestFields: readonly string[];
}

interface Account {
  readonly understood: string[];
  readonly notUnderstood: string[];
}

/** Goes through a sentence and says of every word whether it means something here. */
function account(tokens: readonly Token[], table: CatalogTable): Account {
  const understood: string[] = [];
  const notUnderstood: string[] = [];
  const index = columnIndexOf(table);
  const { vocabulary } = analystGrammar();
  const nouns = new Set(table.nouns);
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token === undefined) break;
    const column = columnLinks(index, tokens, at).sort(
      (left, right) => right.end - left.end || left.cost - right.cost,
    )[0];
    const value = valueLinks(table, tokens, at).sort((left, right) => right.end - left.end)[0];
    const known = functionWords.has(token.word) || functionWords.has(token.lemma);
    const isNoun = nouns.has(token.lemma) && (column === undefined || column.end === at + 1);
    if (isNoun && !known) {
      understood.push(`"${token.text}" = a row of "${table.name}"`);
      at += 1;
    } else if (column !== undefined && (!known || column.end > at + 1) && column.end >= (value?.end ?? 0)) {
      understood.push(`${wordsOf(tokens, at, column.end)} = field "${column.column.label}"`);
      at = column.end;
    } else if (value !== undefined && !known) {
      understood.push(`${wordsOf(tokens, at, value.end)} = "${value.column.label}" is "${value.value}"`);
      at = value.end;
    } else if (!known && entityEnd(tokens, at, table) > at) {
      const end = entityEnd(tokens, at, table);
      understood.push(`${wordsOf(tokens, at, end)} = an entry's name`);
      at = end;
    } else {
      const isWord = token.kind === 'word' || token.kind === 'quote';
      const isKnown =
        known ||
        vocabulary.has(token.word) ||
        vocabulary.has(token.lemma) ||
        nouns.has(token.lemma) ||
        stopWords.has(token.word) ||
        unitWords.has(token.word) ||
        measureSymbol(token.text.toLowerCase()) !== null;
      if (isWord && !isKnown) notUnderstood.push(token.text);
      at += 1;
    }
  }
  return { understood, notUnderstood };
}

const longestName = 9;

/** Where the longest name of a row that begins at the token ends; the token itself where none does. */
function entityEnd(tokens: readonly Token[], at: number, table: CatalogTable): number {
  for (let end = Math.min(tokens.length, at + longestName); end > at; end -= 1) {
    const name = tokens
      .slice(at, end)
      .map((token) => token.text)
      .join(' ');
    if (table.findEntity(name) !== null) return end;
  }
  return at;
}

const wordsOf = (tokens: readonly Token[], from: number, to: number): string =>
  `"${tokens
    .slice(from, to)
    .map((token) => token.text)
    .join(' ')}"`;

/** Words that ask for what values alone do not tell. */
const beyondTables: ReadonlyMap<string, string> = new Map([
  ['why', 'reasons'],
  ['should', 'advice'],
  ['recommend', 'advice'],
  ['explain', 'an explanation'],
  ['describe', 'a description'],
  ['summarize', 'a summary'],
  ['summarise', 'a summary'],
]);

/** What stands in the way of an answer, as far as can be told. */
function remarks(tokens: readonly Token[], { understood, notUnderstood }: Account): string[] {
  const beyond = tokens.find(({ word }) => beyondTables.has(word));
  if (beyond !== undefined)
    return [
      `"${beyond.text}" asks for ${beyondTables.get(beyond.word) ?? ''}, which a table of values does not hold; it tells which, how many, how much, when and who.`,
    ];
  if (notUnderstood.length > 0)
    return [`Not understood: ${notUnderstood.map((word) => `"${word}"`).join(', ')}.`];
  return understood.length === 0 && tokens.length > 0
    ? ['It names no field, value or row of the documents.']
    : [];
}

const commonFieldCount = 5;

/** Fields that most rows state, to ask about instead. */
const commonFields = ({ columns }: CatalogTable): readonly string[] =>
  columns
    .filter(({ type }) => type !== 'text')
    .toSorted((one, other) => other.coverage - one.coverage)
    .slice(0, commonFieldCount)
    .map(({ label }) => label);

/** The refusal of a question, by the table that accounts for most of its words. */
export function refuse(options: {
  readonly reason: string;
  readonly sentences: readonly (readonly Token[])[];
  readonly catalog: Catalog;
}): Refusal {
  const { reason, sentences, catalog } = options;
  const accounts = catalog.tables.map((table) => ({ table, ...account(sentences.flat(), table) }));
  const [best] = accounts.sort((left, right) => left.notUnderstood.length - right.notUnderstood.length);
  if (best === undefined)
    return { status: 'refused', reason, understood: [], notUnderstood: [], nearestFields: [] };
  const words =
    best.notUnderstood.length > 0 ? best.notUnderstood : sentences.flat().map((token) => token.text);
  const nearest = nearestFields(best.table, words);
  return {
    status: 'refused',
    reason: [reason, ...remarks(sentences.flat(), best)].join(' '),
    understood: [...new Set(best.understood)],
    notUnderstood: [...new Set(best.notUnderstood)],
    nearestFields: nearest.length > 0 ? nearest : commonFields(best.table),
  };
}
