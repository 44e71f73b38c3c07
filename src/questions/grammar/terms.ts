import type { CatalogColumn, CatalogTable } from '../../table/catalog.ts';
import { lemmaOf } from '../language/lemma.ts';
import { isCalledShare, isShareWord } from '../language/share-words.ts';
import type { Token } from '../language/token.ts';
import { columnIndexOf, columnLinks } from '../linking/column-links.ts';
import { isCommonName } from '../linking/common-names.ts';
import { softWords, synonymsOf, totalWords } from '../linking/synonyms.ts';
import { valueLinks, wordsKey } from '../linking/value-links.ts';
import type { AnalystGrammar, Context, TableContext } from './context.ts';
import { textOf } from './context.ts';
import { namedByUnitAt, onlyMeasuredAt } from './named-by-unit.ts';
import { nounsOfLabels } from './nouns-of-labels.ts';
import type { Parse } from './engine.ts';
import { borrowing } from './loose-bags.ts';
import { functionWords } from '../language/function-words.ts';
import {
  documentNouns,
  genericNouns,
  isHeadOf,
  isOfDocuments,
  isOfKind,
  kindNouns,
  meanSameKind,
} from '../language/kind-nouns.ts';
import { opposite } from './conditions.ts';
import { allOf, anyOf, valuesAt } from './value-terms.ts';
import type { Quantity } from './meanings.ts';
import {
  modifierCost,
  skippedBeforeColumn,
  skippedBeforeNoun,
  unknownBeforeColumn,
  unknownCost,
} from './plain-modifiers.ts';

const noNotes: readonly string[] = [];
const notedLinkCost = 0.2;
const exactLinkCost = 0.05;
/** What it costs to take the rows to be what a noun says; more where they have another name. */
const assumedNounCost = 0.12;
const otherNounCost = 0.3;

/** A column as a quantity. */
export function quantityOf(column: CatalogColumn, period?: string): Quantity {
  const expression =
    period === undefined
      ? ({ kind: 'column', column: column.name } as const)
      : ({ kind: 'column', column: column.name, period } as const);
  return {
    expression,
    type: column.type,
    unit: column.unit,
    name: period === undefined ? column.label : `${column.label} (${period})`,
    columns: [column.name],
  };
}

function columnsAt(context: Context, at: number): Parse<Quantity>[] {
  const links = columnLinks(columnIndexOf(context.table), context.tokens, at);
  const first = context.tokens[at];
  const isVague = first !== undefined && (softWords.has(first.lemma) || totalWords.has(first.lemma));
  const isNamed = links.some((link) => link.end === at + 1 && link.cost <= exactLinkCost);
  return links.flatMap((link): Parse<Quantity>[] => {
    if (isOnlyRowNoun(context, link.column, at, link.end)) return [];
    const text = textOf(context, at, link.end);
    // A bare "rate" or "size" means the field of which the question speaks elsewhere by its name.
    const isBare = isVague && link.end === at + 1 && link.cost > exactLinkCost;
    const isKnown = !isNamed && context.plainColumns.has(link.column.name);
    const base = isBare ? (isKnown ? 0.05 : link.cost + 0.15) : link.cost;
    const own = base + (isPartOfShare(context, link) ? otherFigureCost : 0);
    const cost = own < 0.5 ? own : Math.min(own, borrowedCostOf(context, link.column, at, link.end));
    const notes =
      cost >= notedLinkCost ? [`"${text}" is taken as the field "${link.column.label}"`] : noNotes;
    return [{ end: link.end, cost, value: quantityOf(link.column), notes }];
  });
}

/** Fields at the position that do not name the rows: a word before the rows' name says which of them are meant. */
const attributesAt = (context: Context, at: number): Parse<Quantity>[] =>
  columnsAt(context, at).filter(
    ({ value }) =>
      !context.table.columns.some(
        (column) => column.name === value.columns[0] && isKeyColumn(context, column),
      ),
  );

/** What it costs to take a part of the name of a share, such as "% urban population", for it: mostly it is a number. */
const otherFigureCost = 0.4;

/** Whether a share of something is named by that of which it is one, and nothing speaks of a share. */
const isPartOfShare = (
  { allTokens }: Context,
  { column, cost }: { readonly column: CatalogColumn; readonly cost: number },
): boolean =>
  cost > exactLinkCost &&
  ['percentage', 'number'].includes(column.type) &&
  isCalledShare(column.label) &&
  !allTokens.some(({ word }) => isShareWord(word));

/** Whether the word is a name for the rows that says what they are, and not of what form their documents are. */
const namesRows = ({ nouns }: CatalogTable, lemma: string): boolean =>
  nouns.some(
    (noun) =>
      !genericNouns.has(noun) &&
      !documentNouns.has(noun) &&
      (noun === lemma || meanSameKind(noun, lemma) || isHeadOf(lemma, noun)),
  );

/** Whether the words are a name for the rows, and but a part of the field's: a dam is no "Dam number" or "Dam owner". */
export function isOnlyRowNoun(
  { tokens, table }: Context,
  { label, aliases }: CatalogColumn,
  from: number,
  to: number,
): boolean {
  const words = tokens.slice(from, to).map(({ lemma }) => lemma);
  if (!words.every((lemma) => namesRows(table, lemma))) return false;
  const isWhole = (name: string): boolean =>
    wordsKey(name.replaceAll('_', ' ')).split(' ').map(lemmaOf).join(' ') === words.join(' ');
  return ![label, ...aliases].some(isWhole);
}

/** What a link costs with words of the field's name that stand elsewhere in the question. */
function borrowedCostOf(context: Context, column: CatalogColumn, from: number, to: number): number {
  const linkable = context.loose
    ? columnIndexOf(context.table).columns.find((each) => each.column === column)
    : undefined;
  const words = context.tokens
    .slice(from, to)
    .filter((token) => token.kind === 'word' && !isFunctionWord(token));
  return linkable === undefined ? Infinity : (borrowing(context, linkable, words) ?? Infinity);
}

/** A bare noun such as "rate" that names again a field the question named before. */
function repeatedColumnsAt(context: Context, at: number): Parse<Quantity>[] {
  const token = context.tokens[at];
  if (token?.kind !== 'word' || !softWords.has(token.lemma)) return [];
  const links = columnLinks(columnIndexOf(context.table), context.tokens, at);
  if (links.some((link) => link.end === at + 1 && link.cost <= exactLinkCost)) return [];
  return context.table.columns
    .filter((column) => context.plainColumns.has(column.name))
    .filter((column) => isNamedBy(column, token.lemma) || isRateLike(token, column))
    .map((column) => ({ end: at + 1, cost: 0.1, value: quantityOf(column), notes: noNotes }));
}

const isNamedBy = (column: CatalogColumn, lemma: string): boolean =>
  [column.label, ...column.aliases].some((name) => wordsKey(name).split(' ').map(lemmaOf).includes(lemma));

const isRateLike = (token: Token, column: CatalogColumn): boolean =>
  token.lemma === 'rate' && (column.type === 'percentage' || /\/|per/.test(column.unit ?? ''));

function definedTermsAt(context: Context, at: number): Parse<Quantity>[] {
  const results: Parse<Quantity>[] = [];
  for (const definition of context.discourse.definitions) {
    const { words, quantity } = definition;
    if (words.every((word, index) => context.tokens[at + index]?.lemma === word))
      results.push({ end: at + words.length, cost: -0.3, value: quantity, notes: noNotes });
  }
  return results;
}

const isFunctionWord = (token: Token): boolean =>
  functionWords.has(token.word) || functionWords.has(token.lemma);

/** Whether a noun for the rows, which names no kind of things, is the value of some category as well. */
const isValueName = (context: Context, at: number, noun: string): boolean =>
  !kindNouns.has(noun) && !genericNouns.has(noun) && valueLinks(context.table, context.tokens, at).length > 0;

/** Whether a field is called just so and says the same of several rows: the clubs of a table of clubs and seasons. */
const isRepeatedField = ({ table }: Context, words: readonly string[]): boolean =>
  table.columns.some(
    ({ label, values }) =>
      values.length > 0 &&
      values.length < table.rows &&
      wordsKey(label).split(' ').map(lemmaOf).join(' ') === words.join(' '),
  );

/** What a question may call a row: the table's own nouns, general ones, and nouns that mean nothing else. */
function nounsAt(context: Context, at: number): Parse<string>[] {
  const token = context.tokens[at];
  if (token?.kind !== 'word') return [];
  if (token.lemma === context.assumedNoun) return [assumedNounAt(context, token, at)];
  const results: Parse<string>[] = [];
  const { table } = context;
  for (const noun of [
    ...table.nouns,
    ...nounsOfLabels(table),
    lemmaOf(table.name.replaceAll('_', ' ')),
    table.key,
  ]) {
    const words = wordsKey(noun.replaceAll('_', ' ')).split(' ').map(lemmaOf);
    if (words.every((word, index) => context.tokens[at + index]?.lemma === word))
      results.push({
        end: at + words.length,
        // A file called after a city does not make "in Austin" mean all its rows.
        cost: isValueName(context, at, noun) ? 0.5 : isRepeatedField(context, words) ? 0.35 : 0,
        value: noun,
        notes: noNotes,
      });
  }
  if (results.length > 0) return results;
  if (isCommonName(table, context.tokens, at))
    return [{ end: at + 1, cost: 0.1, value: token.lemma, notes: noNotes }];
  const isField = (): boolean =>
    columnLinks(columnIndexOf(table), context.tokens, at).some(
      (link) => link.end === at + 1 && link.cost < 0.12,
    );
  // "Municipalities that are villages": of two names for the rows, one says which.
  if (isNamedOtherwise(context, token) && !genericNouns.has(token.lemma)) return results;
  const synonyms = synonymsOf(token.lemma);
  if (!token.word.endsWith('ed') && table.nouns.some((noun) => synonyms.has(noun)) && !isField())
    return [{ end: at + 1, cost: 0.05, value: token.lemma, notes: noNotes }];
  // "Apartments" among homes are those of a type, where the table knows types.
  const isValue = valueLinks(table, context.tokens, at).length > 0;
  if (
    table.nouns.some((noun) => meanSameKind(noun, token.lemma) || isHeadOf(token.lemma, noun)) &&
    !isField() &&
    !isValue
  )
    return [{ end: at + 1, cost: 0.1, value: token.lemma, notes: noNotes }];
  if (genericNouns.has(token.lemma)) return [{ end: at + 1, cost: 0.1, value: token.lemma, notes: noNotes }];
  const part = isValue || (isField() && !isCalledInSingular(context, at)) ? null : partOfNoun(context, at);
  if (part !== null) return [part];
  const kind = kindNouns.has(token.lemma) ? token.lemma : null;
  if (kind === null) return results;
  const links = columnLinks(columnIndexOf(table), context.tokens, at).filter((link) => link.end === at + 1);
  // "Which drugs" asks for the drugs of rows that state one.
  if (links.some(({ column, cost }) => cost < 0.12 && isNamesOf(column))) return results;
  // A synonym of a field's name is no name: "places" are rows even where there is a "Location".
  if (isField() || isValue) return results;
  // Films are made in regions, and none of them is one.
  if (isOfKind(table)) return results;
  // "Border countries" does not keep "country" from meaning a row, but makes it less sure.
  const isHead = links.some((link) => headsOf(context, link.column).has(token.lemma));
  // Where the table has a name of its own for its rows, another one may mean something else.
  const isNamed = table.nouns.some((noun) => !genericNouns.has(noun) && !documentNouns.has(noun));
  const note = `"${token.text}" is taken as what the table's rows are`;
  const cost = isNamed ? 0.55 : isHead ? 0.3 : isOfDocuments(table) ? 0.15 : 0.25;
  return [{ end: at + 1, cost, value: kind, notes: [note] }];
}

/** Whether the question has another name for the rows, which the table itself has or which is assumed. */
const isNamedOtherwise = ({ table, allTokens }: Context, { lemma }: Token): boolean =>
  allTokens.some(
    (token) => token.lemma !== lemma && !genericNouns.has(token.lemma) && table.nouns.includes(token.lemma),
  );

/** The noun that can only be what the rows are; the assumption is made but once, however often it is named. */
function assumedNounAt({ table, allTokens }: Context, token: Token, at: number): Parse<string> {
  const isFirst = allTokens.find(({ lemma }) => lemma === token.lemma)?.start === token.start;
  const isOther = !isOfDocuments({ nouns: table.nouns.filter((noun) => noun !== token.lemma) });
  return {
    end: at + 1,
    cost: isFirst ? (isOther ? otherNounCost : assumedNounCost) : 0,
    value: token.lemma,
    notes: isFirst ? [`"${token.text}" is taken as what the table's rows are`] : noNotes,
  };
}

/** Whether the fields that a plural names are in the singular, as "Incident" of incident reports: the rows' own number. */
const isCalledInSingular = ({ table, tokens }: Context, at: number): boolean => {
  const token = tokens[at];
  return (
    token !== undefined &&
    isPlural(token) &&
    columnLinks(columnIndexOf(table), tokens, at)
      .filter((link) => link.end === at + 1 && link.cost < 0.12)
      .every(({ column }) => column.label.toLowerCase() === token.lemma)
  );
};

/** A word of what the rows are called: "courses" of a course catalogue, "wind farms" of windfarm logs. */
function partOfNoun({ table, tokens }: Context, at: number): Parse<string> | null {
  const words = new Set(
    [...table.nouns, table.name.replaceAll('_', ' ')]
      .filter((noun) => noun.includes(' '))
      .flatMap((noun) => wordsKey(noun).split(' ').map(lemmaOf))
      .filter((word) => word.length > 2 && !genericNouns.has(word) && !documentNouns.has(word)),
  );
  const [first, second] = [tokens[at], tokens[at + 1]];
  const isOne = singularAskers.has(tokens[at - 1]?.word ?? '');
  if (first === undefined || !(isPlural(first, second) || isOne)) return null;
  const joined = second === undefined ? '' : `${first.word}${second.lemma}`;
  const found = [
    { word: joined, end: at + 2 },
    { word: first.lemma, end: at + 1 },
  ].find(({ word }) => words.has(word));
  return found === undefined ? null : { end: found.end, cost: 0.15, value: found.word, notes: noNotes };
}

/** Words after which one of the things that are asked for is named. */
const singularAskers: ReadonlySet<string> = new Set(['which', 'what', 'each', 'every', 'any', 'per']);

const isPlural = (...words: readonly (Token | undefined)[]): boolean =>
  words.some((token) => token?.kind === 'word' && token.word !== token.lemma && token.word.endsWith('s'));

/** Whether a field of text is called by one word and stated by most rows: the drugs of trials. */
const isNamesOf = ({ type, label, coverage }: CatalogColumn): boolean =>
  type === 'text' && coverage > 0.5 && !/[\s>]/.test(label.trim());

const headsOf = (context: Context, column: CatalogColumn): ReadonlySet<string> =>
  columnIndexOf(context.table).columns.find((each) => each.column === column)?.heads ?? new Set();

const longestName = 9;

const namePunctuation: ReadonlySet<string> = new Set(['(', ')', '.', ',', '/', '&', '-', '#', "'s", "'"]);

function entitiesAt(context: Context, at: number): Parse<string>[] {
  const { tokens, table } = context;
  const first = tokens[at];
  if (first === undefined || (first.kind === 'symbol' && first.word !== '(' && first.word !== '#')) return [];
  const results: Parse<string>[] = [];
  for (let end = at + 1; end <= Math.min(tokens.length, at + longestName); end += 1) {
    const last = tokens[end - 1];
    if (last === undefined || (last.kind === 'symbol' && !namePunctuation.has(last.word))) break;
    if (last.kind === 'symbol' && last.word !== ')') continue;
    const text = textOf(context, at, end);
    const article = /\b(?:the|an?)\s+$/i.exec(context.question.slice(0, first.start))?.[0] ?? '';
    const name = (article === '' ? null : table.findEntity(`${article}${text}`)) ?? table.findEntity(text);
    if (name === null) continue;
    const words = tokens.slice(at, end);
    const isName = words.some((token) => token.capital || token.kind === 'quote' || /\d/.test(token.text));
    const isCommon = end === at + 1 && isFunctionWord(first);
    results.push({ end, cost: isCommon ? 1.5 : isName ? 0 : 0.25, value: name, notes: noNotes });
  }
  return results;
}

/** Words at the end of a clause, taken as they are: the value of a text column. */
function textsAt(context: Context, at: number): Parse<string>[] {
  const first = context.tokens[at];
  if (first === undefined || first.kind === 'symbol') return [];
  if (first.kind === 'quote') return [{ end: at + 1, cost: 0, value: first.text, notes: noNotes }];
  const results: Parse<string>[] = [];
  for (let end = at + 1; end <= Math.min(context.tokens.length, at + 6); end += 1) {
    const last = context.tokens[end - 1];
    if (last === undefined || last.kind === 'symbol') break;
    if (last.kind === 'word' && isFunctionWord(last) && !last.capital) break;
    const isName = context.tokens.slice(at, end).every((token) => token.capital || token.kind !== 'word');
    results.push({
      end,
      cost: isName ? 0.15 : 0.25 + 0.05 * (end - at),
      value: textOf(context, at, end),
      notes: noNotes,
    });
  }
  return results;
}

/** The readings of what follows a word that is left out. */
const without = <T>(
  note: string | null,
  parse: () => readonly Parse<T>[],
  cost = modifierCost,
): readonly Parse<T>[] =>
  note === null
    ? []
    : parse().map((each) => ({ ...each, cost: each.cost + cost, notes: [...each.notes, note] }));

const identifierWords: ReadonlySet<string> = new Set(['id', 'identifier']);

/** The column by whose values the rows are named. */
export const isKeyColumn = ({ table }: TableContext, column: CatalogColumn): boolean =>
  column.examples.length > 0 &&
  column.type === 'text' &&
  column.examples.every((example) => table.findEntity(example) === example);

/** "IDs", "listing IDs": the column of the identifiers by which the rows are named. */
function identifiersAt(context: Context, at: number): Parse<Quantity>[] {
  const nouns = nounsAt(context, at).map((noun) => noun.end);
  return [at, ...nouns].flatMap((from) => {
    if (!identifierWords.has(context.tokens[from]?.lemma ?? '')) return [];
    return context.table.columns
      .filter((column) =>
        wordsKey(column.label.replaceAll('_', ' '))
          .split(' ')
          .some((word) => identifierWords.has(word)),
      )
      .filter((column) => isKeyColumn(context, column))
      .map((column) => ({ end: from + 1, cost: 0.02, value: quantityOf(column), notes: noNotes }));
  });
}

/** Adds what the catalog knows: columns, values, entities, and the nouns for a row. */
export function addTermRules(grammar: AnalystGrammar): void {
  grammar.primitive('column', (context, at) => [
    ...columnsAt(context, at),
    ...repeatedColumnsAt(context, at),
    ...[...onlyMeasuredAt(context, at), ...namedByUnitAt(context, at)].map((each) => ({
      ...each,
      value: quantityOf(each.value),
    })),
    ...identifiersAt(context, at),
    ...without(skippedBeforeColumn(context, at), () => columnsAt(context, at + 1)),
    ...without(unknownBeforeColumn(context, at), () => attributesAt(context, at + 1), unknownCost),
  ]);
  grammar.primitive('defined-term', definedTermsAt);
  grammar.primitive('noun', (context, at) => [
    ...nounsAt(context, at),
    ...without(skippedBeforeNoun(context, at), () => nounsAt(context, at + 1)),
  ]);
  grammar.primitive('value', valuesAt);
  grammar.primitive('entity', entitiesAt);
  grammar.primitive('text', textsAt);
  grammar.rule('value-list', '<value>', ({ value }) => value);
  grammar.rule('value-list', '<value> (or|,|, or|or in|or from) <value-list:rest>', ({ value, rest }) =>
    anyOf(value, rest),
  );
  grammar.rule('value-list', '[both] <value> (and|, and|and in|and from) <value:other>', ({ value, other }) =>
    allOf(value, other),
  );
  grammar.rule('flag', '<column>', ({ column }) =>
    column.type === 'boolean' && column.expression.kind === 'column'
      ? {
          predicate: { kind: 'boolean', column: column.expression.column, value: true },
          column: column.expression.column,
        }
      : null,
  );
  grammar.rule('flag', 'non <flag:inner>', ({ inner }) => ({
    ...inner,
    predicate: opposite({ predicate: inner.predicate, quantity: null }).predicate,
  }));
  grammar.rule('list-column', '<column>', ({ column }) => (column.type === 'list' ? column : null));
  grammar.rule('entity', '<noun> <entity:name>', ({ name }) => name, 0.05);
  grammar.rule('entities', '<entity>', ({ entity }) => [entity]);
  grammar.rule('entities', '<entity> (,|and|or|, and|, or) <entities>', ({ entity, entities }) => [
    entity,
    ...entities,
  ]);
}
