import type { Catalog, CatalogTable } from '../table/catalog.ts';
import { measureSymbol } from '../table/values/units.ts';
import {
  genericNouns,
  isHeadOf,
  isOfKind,
  isOfDocuments,
  kindNouns,
  meanSameKind,
} from './language/kind-nouns.ts';
import { functionWords } from './language/function-words.ts';
import { unitWords } from './language/number-words.ts';
import { analystGrammar } from './grammar/analyst-grammar.ts';
import { roleOf } from './grammar/loose-words.ts';
import type { Token } from './language/token.ts';
import { columnIndexOf, columnLinks } from './linking/column-links.ts';
import { stopWords } from './linking/synonyms.ts';
import { valueLinks } from './linking/value-links.ts';

/** A noun that a question has for the rows of a table, though nothing in the documents calls them so. */
interface AssumedRows {
  readonly table: CatalogTable;
  /** The noun's lemma; the table counts it among its nouns. */
  readonly noun: string;
}

/** The part of all rows that a table must hold to be what the corpus is about. */
const mainShare = 0.8;
/** A table of fewer rows is what strayed into a corpus, and none of its kinds. */
const fewestRowsOfKind = 5;
const longestLink = 6;

/** The table that nearly all rows are in; null where several hold many. */
function mainTable({ tables }: Catalog): CatalogTable | null {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return tables.find((table) => table.columns.length > 0 && table.rows >= rows * mainShare) ?? null;
}

/** A table that a question may be about. */
export interface AskedTable {
  readonly table: CatalogTable;
  /** The noun that is taken for the table's rows; null where none is. */
  readonly assumedNoun: string | null;
}

/**
 * The tables that a question may be about. A noun that can only be what the rows of the main table are is assumed to be
 * that; where other documents are of a kind of their own, it may as well be what their rows are, and what else the
 * question says has to tell.
 */
export function askedTables(sentences: readonly (readonly Token[])[], catalog: Catalog): AskedTable[] {
  const main = mainTable(catalog);
  const assumed = main === null ? null : assumedRows(sentences, main);
  if (assumed === null) return catalog.tables.map((table) => ({ table, assumedNoun: null }));
  return catalog.tables
    .filter((table) => table === main || (table.columns.length > 0 && table.rows >= fewestRowsOfKind))
    .map((table) => {
      const rows = table === main ? assumed : assumedRows(sentences, table);
      return { table: rows?.table ?? table, assumedNoun: rows?.noun ?? null };
    });
}

/**
 * The noun that can only be what the rows are: nothing in the table is called so, it is asked for or spoken of
 * as rows are, and no other word of the question is one for them. Null where there is none, or more than one.
 */
function assumedRows(sentences: readonly (readonly Token[])[], table: CatalogTable): AssumedRows | null {
  const tokens = sentences.flat();
  if (tokens.some(({ lemma, word }) => table.nouns.some((noun) => isOwnNoun(noun, lemma, word)))) return null;
  const found = new Set(
    tokens.flatMap((token, at) =>
      isUnknown(tokens, at, table) && standsForRows(tokens, at, table) ? [token.lemma] : [],
    ),
  );
  const [noun] = found;
  if (noun === undefined || found.size > 1) return null;
  // Where the rows have a name, another noun may be one for some of them, or for what they have.
  if (!isOfDocuments(table) && (isOfKind(table) || !kindNouns.has(noun))) return null;
  return { table: { ...table, nouns: [noun, ...table.nouns] }, noun };
}

const isOwnNoun = (noun: string, lemma: string, word: string): boolean =>
  !genericNouns.has(noun) &&
  (noun === lemma || noun === word || isHeadOf(lemma, noun) || meanSameKind(noun, lemma));

/** Whether nothing in the table or in the language of questions is meant by the word. */
function isUnknown(tokens: readonly Token[], at: number, table: CatalogTable): boolean {
  const token = tokens[at];
  if (token?.kind !== 'word' || (token.capital && at > 0) || token.hyphened || token.word.length < 3)
    return false;
  if (functionWords.has(token.word) || functionWords.has(token.lemma) || stopWords.has(token.word))
    return false;
  const isTaken = roleOf(token) !== 'content' || analystGrammar().vocabulary.has(token.lemma);
  if (isTaken && !kindNouns.has(token.lemma)) return false;
  if (genericNouns.has(token.lemma) || unitWords.has(token.word) || unitWords.has(token.lemma)) return false;
  if (measureSymbol(token.word) !== null) return false;
  if (table.findEntity(token.text) !== null) return false;
  // A nightlaunch is one of the launches, and not each of them.
  if (table.nouns.some((noun) => isHeadOf(noun, token.lemma))) return false;
  for (let from = Math.max(0, at - longestLink); from <= at; from += 1) {
    if (valueLinks(table, tokens, from).some(({ end }) => end > at)) return false;
    if (columnLinks(columnIndexOf(table), tokens, from).some(({ end, cost }) => end > at && cost < 1.2))
      return false;
  }
  return true;
}

const askers: ReadonlySet<string> = new Set(
  'which many among amongst of all every each any per list name show give rank do be have'.split(' '),
);
/** Words between what asks and what is asked for. */
const betweenWords: ReadonlySet<string> = new Set(
  'of all these those listed reported recorded stated described given known different distinct individual single new'.split(
    ' ',
  ),
);

/** Whether rows are spoken of where the word stands: "how many …", "which …", "among the ten oldest …". */
function standsForRows(tokens: readonly Token[], at: number, table: CatalogTable): boolean {
  const token = tokens[at];
  if (token === undefined) return false;
  const asker = askerBefore(tokens, at, table);
  if (asker === null) return false;
  const { word, lemma } = tokens[asker] ?? token;
  const before = tokens[asker - 1]?.word ?? '';
  const isPlural = token.word !== token.lemma && token.word.endsWith('s');
  // "How many satellites did Acme launch" counts no rows.
  if (word === 'many' && tokens[at + 1]?.lemma === 'do') return false;
  if (['do', 'be', 'have'].includes(lemma)) return isPlural && asker <= 1;
  // "The highest number of injuries" may count anything that happened to a row.
  if (word === 'of' && ['number', 'count', 'amount', 'type', 'kind', 'sort'].includes(before)) return false;
  return isPlural || ['which', 'each', 'every', 'per'].includes(word);
}

/** Where the word stands that asks for what follows, but for numbers, values and superlatives between. */
function askerBefore(tokens: readonly Token[], at: number, table: CatalogTable): number | null {
  for (let from = at - 1; from >= 0; from -= 1) {
    const token = tokens[from];
    if (token === undefined || token.kind === 'symbol') return null;
    const isBetween =
      token.number !== null ||
      betweenWords.has(token.word) ||
      unitWords.has(token.word) ||
      /.{2}est$/.test(token.word) ||
      ['most', 'least'].includes(token.word) ||
      ['most', 'least'].includes(tokens[from - 1]?.word ?? '') ||
      valueLinks(table, tokens, from).length > 0;
    if (askers.has(token.word) || askers.has(token.lemma)) {
      if (token.word !== 'of' && token.word !== 'all') return from;
      const outer = askerBefore(tokens, from, table);
      return outer ?? from;
    }
    if (!isBetween) return null;
  }
  return null;
}
