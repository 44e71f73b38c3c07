import type { CatalogColumn } from '../../table/catalog.ts';
import { lemmaOf } from '../language/lemma.ts';
import { wordsKey } from '../linking/value-links.ts';
import type { Predicate } from '../plan.ts';
import { isNumeric } from './context.ts';
import type { TableContext } from './context.ts';
import { Weighed } from './engine.ts';
import type { Outcome } from './engine.ts';
import type { Comparing, Condition, Literal, Quantity } from './meanings.ts';
import { compare } from './compare.ts';
import { plainColumn } from './quantity-values.ts';

/** The comparison of a quantity as the outcome of a rule. */
export function comparison(
  context: TableContext,
  quantity: Quantity,
  comparing: Comparing,
): Outcome<Condition> {
  const result = compare(context, quantity, comparing);
  return result === null ? null : new Weighed([result]);
}

/** The condition on the entity's own name. */
export function nameCondition(
  context: TableContext,
  text: string,
  at: 'start' | 'end' | undefined,
): Condition {
  const predicate = {
    kind: 'contains',
    column: context.table.key,
    text,
    ...(at === undefined ? {} : { at }),
  } as const;
  return { predicate, quantity: null };
}

/** Several quantities that all, or any, compare so: "inflation or unemployment above 15 %". */
export function sharedComparison(
  context: TableContext,
  quantities: readonly Quantity[],
  how: { readonly comparing: Comparing; readonly kind: 'and' | 'or' },
): Outcome<Condition> {
  const results = quantities.map((quantity) => compare(context, quantity, how.comparing));
  const operands = results.flatMap((result) => (result === null ? [] : [result.value.predicate]));
  if (operands.length < quantities.length) return null;
  const cost = results.reduce((sum, result) => sum + (result?.cost ?? 0), 0);
  const notes = results.flatMap((result) => result?.notes ?? []);
  return new Weighed([{ value: { predicate: { kind: how.kind, operands }, quantity: null }, cost, notes }]);
}

/** Whether a value is stated at all. */
export function statedCondition(
  context: TableContext,
  quantity: Quantity,
  negated: boolean,
): Condition | null {
  const column = plainColumn(context, quantity);
  if (column === null || quantity.expression.kind !== 'column') return null;
  const { period } = quantity.expression;
  return {
    predicate: {
      kind: 'stated',
      column: column.name,
      ...(period === undefined ? {} : { period }),
      ...(negated ? { negated } : {}),
    },
    quantity,
  };
}

/** What a category says of rows that have none of it: "None", "not rated", "none received", "no damage". */
function saysNone(value: string, label: string): boolean {
  const words = wordsKey(value).split(' ');
  const [first = '', second] = words;
  if (words.length === 1) return ['none', 'nil', 'no'].includes(first);
  if (words.length > 2 || second === undefined || isUnknown.test(second)) return false;
  const isNamed = wordsKey(label).split(' ').map(lemmaOf).includes(lemmaOf(second));
  return ['no', 'none', 'not'].includes(first) && (isNamed || /.{2}ed$/.test(second) || second === 'given');
}

/** What nobody knows is not nothing. */
const isUnknown =
  /^(?:known|reported|recorded|stated|specified|documented|disclosed|listed|determined|provided|noted|available|applicable)$/;

/** The rows of which a category says itself that they have none; null where it does not say so of any. */
export function statedNone(column: CatalogColumn): Predicate | null {
  if (column.type !== 'category') return null;
  const values = column.values.map(({ value }) => value).filter((value) => saysNone(value, column.label));
  return values.length === 0 ? null : { kind: 'is', column: column.name, values };
}

const nearlyAll = 0.97;
const doubtfulCost = 0.05;

/** Rows that are said to have none; where others say nothing at all, those may be meant as well. */
export const noneOrMissing = (
  none: Condition,
  column: CatalogColumn,
  missing: Condition | null,
): Outcome<Condition> =>
  missing === null || column.coverage >= nearlyAll
    ? none
    : new Weighed([none, missing].map((value) => ({ value, cost: doubtfulCost })));

/** "No airports": a count of nought, or nothing stated where the column counts nothing. */
export function noneCondition(context: TableContext, quantity: Quantity): Outcome<Condition> {
  const missing = statedCondition(context, quantity, true);
  if (quantity.type === 'number') {
    const zero = compare(context, quantity, {
      comparison: '=',
      operand: { kind: 'literal', literal: plain(0) },
    });
    const note = `"no ${quantity.name}" is taken as 0, not as missing`;
    return zero === null
      ? null
      : new Weighed([{ ...zero, cost: quantity.unit === null ? 0.05 : 0.2, notes: [note] }]);
  }
  const column = plainColumn(context, quantity);
  if (column?.type === 'boolean')
    return { predicate: { kind: 'boolean', column: column.name, value: false }, quantity };
  const none = column === null ? null : statedNone(column);
  if (column === null || none === null) return missing;
  return noneOrMissing({ predicate: none, quantity }, column, missing);
}

export const plain = (value: number): Literal => ({ value, percent: false, unit: null });

/** The opposite condition. */
export function opposite(condition: Condition): Condition {
  const { predicate, quantity } = condition;
  return { predicate: negated(predicate), quantity };
}

/** The opposite of each reading. */
export const opposites = (outcome: Weighed<Condition> | null): Weighed<Condition> | null =>
  outcome === null
    ? null
    : new Weighed(outcome.options.map((option) => ({ ...option, value: opposite(option.value) })));

function negated(predicate: Predicate): Predicate {
  switch (predicate.kind) {
    case 'is':
    case 'contains':
    case 'stated':
    case 'entity':
    case 'among':
    case 'between': {
      const { negated: was, ...rest } = predicate;
      return was === true ? rest : { ...rest, negated: true };
    }
    case 'boolean':
      return { ...predicate, value: !predicate.value };
    case 'not':
      return predicate.operand;
    default:
      return { kind: 'not', operand: predicate };
  }
}

/** A column that holds yes or no, as a condition; another column, as stated. */
export function hasColumn(context: TableContext, quantity: Quantity): Outcome<Condition> {
  const column = plainColumn(context, quantity);
  if (column?.type === 'boolean')
    return { predicate: { kind: 'boolean', column: column.name, value: true }, quantity };
  // "With a load limit" asks for more than none, where the documents say "none" of some.
  if (column?.type === 'number' && column.examples.some((example) => saysNone(example, column.label)))
    return comparison(context, quantity, {
      comparison: '>',
      operand: { kind: 'literal', literal: plain(0) },
    });
  const stated = statedCondition(context, quantity, false);
  // "With a homepage" asks whether one is stated; "with an inflation rate" is mostly a clause cut short.
  return stated === null
    ? null
    : new Weighed([{ value: stated, cost: isNumeric(quantity.type) ? 0.6 : 0.1 }]);
}

/** Two columns that say the same. */
export function sameCondition(context: TableContext, left: Quantity, right: Quantity): Condition | null {
  const isColumn = (quantity: Quantity): boolean =>
    plainColumn(context, quantity) !== null || quantity.columns[0] === context.table.key;
  if (!isColumn(left) || !isColumn(right)) return null;
  return {
    predicate: { kind: 'compare', left: left.expression, comparison: '=', right: right.expression },
    quantity: left,
  };
}
