import type { CatalogColumn } from '../../table/catalog.ts';
import { functionWords } from '../language/function-words.ts';
import { isCommonName } from '../linking/common-names.ts';
import { valueLinks } from '../linking/value-links.ts';
import type { Predicate } from '../plan.ts';
import type { Context } from './context.ts';
import type { Parse } from './engine.ts';
import type { Named } from './meanings.ts';

/** The condition that a column has the value. */
export function valueCondition(column: CatalogColumn, value: string): Named {
  return column.type === 'list'
    ? { predicate: { kind: 'contains', column: column.name, text: value }, column: column.name }
    : { predicate: { kind: 'is', column: column.name, values: [value] }, column: column.name };
}

const isNegated = (predicate: Predicate): boolean => 'negated' in predicate && predicate.negated === true;

/** Either of two conditions on the same column. */
export function anyOf(first: Named, second: Named): Named | null {
  if (first.column !== second.column) return null;
  const { predicate: one } = first;
  const { predicate: other } = second;
  if (isNegated(one) || isNegated(other)) return null;
  if (one.kind === 'is' && other.kind === 'is')
    return { ...first, predicate: { ...one, values: [...one.values, ...other.values] } };
  // "A, B and C": what the last two are joined by holds for all.
  if (other.kind === 'and')
    return { ...first, predicate: { kind: 'and', operands: [one, ...other.operands] } };
  const operands = [one, ...(other.kind === 'or' ? other.operands : [other])];
  return { ...first, predicate: { kind: 'or', operands } };
}

/** Two values joined by "and": of a list both, of what has but one value a row, either. */
export function allOf(first: Named, second: Named): Named | null {
  const { predicate: one } = first;
  const { predicate: other } = second;
  const areItems = one.kind === 'contains' && other.kind === 'contains' && first.column === second.column;
  if (!areItems || isNegated(one) || isNegated(other)) return anyOf(first, second);
  return { ...first, predicate: { kind: 'and', operands: [one, other] } };
}

const wrongWayCost = 0.3;
const commonNameCost = 0.4;
const leaving = /\b(?:origin\w*|source|from|depart\w*|sender|start\w*)\b/i;
const reaching = /\b(?:destin\w*|target|to|arriv\w*|recipient|receiver|end\w*)\b/i;
const leavingWords: ReadonlySet<string> = new Set([
  'from',
  'left',
  'leaving',
  'leave',
  'departing',
  'departed',
]);
const reachingWords: ReadonlySet<string> = new Set([
  'to',
  'into',
  'reached',
  'reaching',
  'reach',
  'towards',
  'for',
]);

/** Whether the word before a place says that it is where something ended, and the column where it began, or so. */
function againstDirection({ tokens }: Context, at: number, { label }: CatalogColumn): boolean {
  const before = tokens[at - 1]?.word ?? '';
  const [begins, ends] = [leaving.test(label), reaching.test(label)];
  return (reachingWords.has(before) && begins && !ends) || (leavingWords.has(before) && ends && !begins);
}

/** Values that the words from a position on name, and what they say by the opposite of one. */
export function valuesAt(context: Context, at: number): Parse<Named>[] {
  const stated = statedValuesAt(context, at);
  const isNegated = context.tokens[at]?.word === 'non' && context.tokens[at]?.hyphened === true;
  return isNegated && stated.length === 0
    ? statedValuesAt(context, at + 1).map(withoutValue)
    : [...stated, ...stated.flatMap((parse) => contrasted(context, parse)), ...numberedAt(context, at)];
}

const numbered = /^(\p{L}{3,})(\d{1,3})$/u;

/** "SEV1" of a field "Severity" of numbers, as documents write its values. */
function numberedAt({ table, tokens }: Context, at: number): Parse<Named>[] {
  const [, word, number] = numbered.exec(tokens[at]?.word ?? '') ?? [];
  if (word === undefined || number === undefined) return [];
  const [column, ...others] = table.columns.filter(
    ({ type, unit, label }) => type === 'number' && unit === null && label.toLowerCase().startsWith(word),
  );
  if (column === undefined || others.length > 0) return [];
  const predicate = {
    kind: 'compare',
    left: { kind: 'column', column: column.name },
    comparison: '=',
    right: { kind: 'number', value: Number(number) },
  } as const;
  return [{ end: at + 1, cost: 0, value: { predicate, column: column.name }, notes: [] }];
}

const contrasts: readonly (readonly string[])[] = [
  ['rather', 'than'],
  ['instead', 'of'],
  ['as', 'opposed', 'to'],
  ['and', 'not'],
  [',', 'not'],
];
const remaining: ReadonlySet<string> = new Set(['left', 'being', 'still', 'merely', 'just', 'kept']);

/** "Reviewed rather than left automatic": another value of the field, which the first one leaves out. */
function contrasted(context: Context, parse: Parse<Named>): Parse<Named>[] {
  const { tokens } = context;
  const link = contrasts.find((words) =>
    words.every((word, index) => tokens[parse.end + index]?.word === word),
  );
  if (link === undefined) return [];
  const from = parse.end + link.length;
  const start = remaining.has(tokens[from]?.word ?? '') ? from + 1 : from;
  return statedValuesAt(context, start)
    .filter(({ value }) => value.column === parse.value.column)
    .map(({ end, cost }) => ({ ...parse, end, cost: parse.cost + cost }));
}

/** "Non-smoking": all other values of the field. */
const withoutValue = (parse: Parse<Named>): Parse<Named> => {
  const { predicate } = parse.value;
  return predicate.kind === 'is' || predicate.kind === 'contains'
    ? { ...parse, value: { ...parse.value, predicate: { ...predicate, negated: true } } }
    : parse;
};

function statedValuesAt(context: Context, at: number): Parse<Named>[] {
  return valueLinks(context.table, context.tokens, at).map((link) => {
    const first = context.tokens[at];
    // "All" may be a value of some category, but in a question it seldom is one.
    const isGrammatical =
      link.end === at + 1 && first !== undefined && first.kind === 'word' && isGrammaticalWord(first);
    const isNumber = link.end === at + 1 && first?.kind === 'number';
    // Of fields with the same value, the one that more rows state is the likelier.
    const rareness = (1 - link.column.coverage) * 0.15;
    const wrongWay = againstDirection(context, at, link.column) ? wrongWayCost : 0;
    // What all rows are called is seldom said of those that have no narrower name.
    const common =
      link.end === at + 1 && isCommonName(context.table, context.tokens, at) ? commonNameCost : 0;
    const cost = link.cost + rareness + wrongWay + common + (isGrammatical ? 0.6 : isNumber ? 0.3 : 0);
    return { end: link.end, cost, value: valueCondition(link.column, link.value), notes: [] };
  });
}

const isGrammaticalWord = ({ word, lemma }: { readonly word: string; readonly lemma: string }): boolean =>
  functionWords.has(word) || functionWords.has(lemma);
