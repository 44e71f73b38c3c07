import type { CatalogTable } from '../table/catalog.ts';
import type { Draft } from './grammar/meanings.ts';
import { isKeyColumn } from './grammar/terms.ts';
import { lemmaOf } from './language/lemma.ts';
import { isCalledShare, isShareWord } from './language/share-words.ts';
import type { Token } from './language/token.ts';
import { columnIndexOf, columnLinks } from './linking/column-links.ts';
import { wordsKey } from './linking/value-links.ts';
import { columnsNamed, expressionsOf } from './plan-nodes.ts';

/** What may stand between "each" and the field that makes the groups. */
const sortWords: ReadonlySet<string> = new Set(['kind', 'type', 'sort', 'class', 'category', 'of', 'single']);

/** Whether one number is given where one for each of several things is asked for: "the mean for each year from 2001 on". */
export function overlooksEach(
  { output }: Draft,
  sentences: readonly (readonly Token[])[],
  table: CatalogTable,
): boolean {
  if (output.kind !== 'aggregate' && output.kind !== 'share') return false;
  return sentences.some((tokens) =>
    tokens.some(({ word }, at) => {
      if (word !== 'each' && word !== 'every') return false;
      const isKind = sortWords.has(tokens[at + 1]?.lemma ?? '') && tokens[at + 2]?.word === 'of';
      const from = isKind ? at + 3 : at + 1;
      const next = tokens[from];
      if (next === undefined || (!isKind && table.nouns.includes(next.lemma))) return false;
      if (isKind) return true;
      return columnLinks(columnIndexOf(table), tokens, from).some(
        ({ column, cost }) => cost <= exactCost && makesGroups(column, table),
      );
    }),
  );
}

const exactCost = 0.05;

const makesGroups = (
  { type, values, label }: CatalogTable['columns'][number],
  { rows }: CatalogTable,
): boolean =>
  type === 'category' ||
  (type === 'list' && values.length > 0 && values.length < rows) ||
  (type === 'number' && /\b(?:year|month|quarter|week|season|grade|phase|class|level)\b/i.test(label));

const countOpenings = [
  ['how', 'many'],
  ['number', 'of'],
  ['count', 'of'],
  ['total', 'number', 'of'],
  ['count'],
];

/** Whether rows or groups are listed where the question opens by asking how many rows there are. */
export function listsWhatIsCounted(
  { output }: Draft,
  sentences: readonly (readonly Token[])[],
  table: CatalogTable,
): boolean {
  const isNames = (shown: unknown): boolean =>
    columnsNamed(shown).some((name) =>
      table.columns.some(
        (column) =>
          column.name === name &&
          column.type === 'text' &&
          (namesRow(table, column.label) || isKeyColumn({ table }, column)),
      ),
    );
  const isList =
    output.kind === 'entities' ||
    (output.kind === 'groups' && output.show === 'group') ||
    (output.kind === 'values' && isNames(output.show));
  if (!isList) return false;
  const [tokens = []] = sentences;
  const opening = countOpenings.find((words) => words.every((word, at) => tokens[at]?.word === word));
  if (opening === undefined) return false;
  const counted = tokens[opening.length];
  // "Number of ferries per port, and which has …" goes on to ask for rows.
  const isOnly = !tokens.some(({ word }) => goesOn.has(word));
  return (
    isOnly || (counted !== undefined && counted.word !== counted.lemma && table.nouns.includes(counted.lemma))
  );
}

const goesOn: ReadonlySet<string> = new Set('which what who list name names show give'.split(' '));

/** Whether numbers are added up that only tell the rows apart: the lines of a table of lines. */
export function addsUpNames(draft: Draft, table: CatalogTable): boolean {
  const names = new Set(
    table.columns
      .filter(({ type, unit, label }) => type === 'number' && unit === null && namesRow(table, label))
      .map(({ name }) => name),
  );
  if (names.size === 0) return false;
  const { output } = draft;
  const isAdded = (part: unknown): boolean => columnsNamed(part).some((name) => names.has(name));
  if (output.kind === 'share') return output.weight !== undefined && isAdded(output.weight);
  return expressionsOf(draft).some(
    (node) =>
      'function' in node &&
      ['sum', 'average', 'median'].includes(String(node.function)) &&
      'of' in node &&
      isAdded(node.of),
  );
}

const namesRow = ({ nouns }: CatalogTable, label: string): boolean => {
  const words = wordsKey(label.replaceAll('_', ' ')).split(' ').map(lemmaOf);
  const [first, second] = words;
  const isNumbered = words.length === 2 && ['number', 'no', 'id', 'code'].includes(second ?? '');
  return (words.length === 1 || isNumbered) && nouns.some((noun) => noun === first);
};

/** Whether something is divided by, or taken from, itself. */
export const relatesToItself = (draft: Draft): boolean =>
  expressionsOf(draft).some(
    (node) =>
      'kind' in node &&
      node.kind === 'arithmetic' &&
      'operator' in node &&
      (node.operator === '/' || node.operator === '-') &&
      'left' in node &&
      'right' in node &&
      columnsNamed(node.left).length > 0 &&
      JSON.stringify(node.left) === JSON.stringify(node.right),
  );

/** The draft without an order by a number that a condition holds fast: of "the top grade of 5" all are first. */
export function withoutIdleOrder(draft: Draft): Draft {
  const { where, order } = draft.selection;
  if (order === undefined || where === undefined) return draft;
  const conditions = where.kind === 'and' ? where.operands : [where];
  const isFast = conditions.some(
    (each) =>
      each.kind === 'compare' &&
      each.comparison === '=' &&
      each.right.kind === 'number' &&
      JSON.stringify(each.left) === JSON.stringify(order.by),
  );
  return isFast ? { ...draft, selection: { where } } : draft;
}

/**
 * Whether a share is given for the number of that of which it is one ("population" of "% urban population"), or shares
 * of several rows are added up.
 */
export function takesShares(
  { output }: Draft,
  {
    sentences,
    table,
    notes,
  }: {
    readonly sentences: readonly (readonly Token[])[];
    readonly table: CatalogTable;
    readonly notes: readonly string[];
  },
): boolean {
  const shares = table.columns.filter(({ label }) => isCalledShare(label));
  const isAsked = sentences.some((tokens) => tokens.some(({ word }) => isShareWord(word)));
  const isNamed = (label: string): boolean =>
    notes.some((note) => note.endsWith(`is taken as the field "${label}"`));
  if (!isAsked && shares.some(({ label }) => isNamed(label))) return true;
  if (output.kind !== 'share' || output.weight === undefined) return false;
  const weighed = columnsNamed(output.weight);
  return table.columns.some(({ name, label }) => weighed.includes(name) && isCalledShare(label));
}

/** Whether the answers "yes" and "no" are counted as different ones. */
export const countsAnswers = (draft: Draft, { columns }: CatalogTable): boolean =>
  expressionsOf(draft).some(
    (node) =>
      'function' in node &&
      node.function === 'count-distinct' &&
      'of' in node &&
      columnsNamed(node.of).some((name) =>
        columns.some((column) => column.name === name && column.type === 'boolean'),
      ),
  );

/**
 * Whether a free text is looked for in one field that is just what another is known to hold: "taught in English" speaks of
 * the languages, though some teacher might be called so.
 */
export function looksElsewhere(draft: Draft, { columns }: CatalogTable): boolean {
  const known = new Map<string, Set<string>>();
  for (const { name, type, values } of columns)
    if (type === 'category' || type === 'list')
      for (const { value } of values)
        known.set(wordsKey(value), (known.get(wordsKey(value)) ?? new Set()).add(name));
  return expressionsOf(draft).some((node) => {
    if (!('kind' in node) || !('column' in node)) return false;
    const texts: readonly unknown[] =
      node.kind === 'contains' && 'text' in node
        ? [node.text]
        : node.kind === 'is' && 'values' in node && Array.isArray(node.values)
          ? node.values
          : [];
    return texts.some((text) => {
      const holders = known.get(wordsKey(String(text)));
      return holders !== undefined && !holders.has(String(node.column));
    });
  });
}

/** Whether a year is taken from, or added to, what is in a unit: nobody subtracts start years from grants in euros. */
export const mixesYears = (draft: Draft, { columns }: CatalogTable): boolean =>
  expressionsOf(draft).some((node) => {
    if (!('kind' in node) || node.kind !== 'arithmetic' || !('left' in node) || !('right' in node))
      return false;
    if (!('operator' in node) || (node.operator !== '-' && node.operator !== '+')) return false;
    const sides = [node.left, node.right].map((side) =>
      columns.filter(({ name }) => measuredIn(side).includes(name)),
    );
    const isYear = ({ label, unit, type }: CatalogTable['columns'][number]): boolean =>
      type === 'number' && unit === null && /\byear\b/i.test(label.replaceAll('_', ' '));
    return (
      sides.some((side) => side.some(isYear)) && sides.some((side) => side.some(({ unit }) => unit !== null))
    );
  });

/** The columns of which an expression is a number, and not those that say of which rows. */
const measuredIn = (part: unknown): readonly string[] =>
  typeof part === 'object' &&
  part !== null &&
  'aggregate' in part &&
  typeof part.aggregate === 'object' &&
  part.aggregate !== null &&
  'of' in part.aggregate
    ? columnsNamed(part.aggregate.of)
    : columnsNamed(part);
