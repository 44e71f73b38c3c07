import { convertUnit } from '../../table/values/units.ts';
import type { CatalogColumn } from '../../table/catalog.ts';
import type { Expression } from '../plan.ts';
import type { TableContext } from './context.ts';
import { isNumeric } from './context.ts';
import { Weighed } from './engine.ts';
import type { Quantity } from './meanings.ts';

export type Operator = '+' | '-' | '*' | '/';

/** A number that the question states, as a quantity. */
export const constant = (value: number): Quantity => ({
  expression: { kind: 'number', value },
  type: 'number',
  unit: null,
  name: String(value),
  columns: [],
});

export const isConstant = (quantity: Quantity): boolean => quantity.columns.length === 0;

/** A list as a number: how many items it has. */
export function numeric(quantity: Quantity): Quantity | null {
  if (isNumeric(quantity.type)) return quantity;
  if (quantity.type !== 'list' || quantity.expression.kind !== 'column') return null;
  const { column } = quantity.expression;
  return { ...quantity, expression: { kind: 'item-count', column }, type: 'number', unit: null };
}

/** By what numbers in one unit are multiplied to be in the other; 1 where the two do not convert. */
const factorBetween = (from: string | null, to: string | null): number =>
  from === null || to === null ? 1 : (convertUnit({ number: 1, from, to }) ?? 1);

const scaled = (quantity: Quantity, factor: number, unit: string | null): Quantity => ({
  ...quantity,
  unit,
  expression: {
    kind: 'arithmetic',
    operator: '*',
    left: { kind: 'number', value: factor },
    right: quantity.expression,
  },
});

/** Two quantities joined by an operator, or null where either is no number. */
export function arithmetic(operator: Operator, first: Quantity, second: Quantity): Quantity | null {
  const left = numeric(first);
  const right = numeric(second);
  if (left === null || right === null) return null;
  const factor =
    isConstant(left) || isConstant(right) || operator === '*' ? 1 : factorBetween(right.unit, left.unit);
  if (factor !== 1) return arithmetic(operator, left, scaled(right, factor, left.unit));
  const sameUnit = left.unit === right.unit || isConstant(right) || isConstant(left);
  const additive = operator === '+' || operator === '-';
  const unit = additive ? (sameUnit ? (left.unit ?? right.unit) : null) : null;
  const isPercentage =
    additive && left.type === 'percentage' && (right.type === 'percentage' || isConstant(right));
  const factorOnly = operator === '*' && (isConstant(left) || isConstant(right));
  const factored = isConstant(left) ? right : left;
  return {
    expression: { kind: 'arithmetic', operator, left: left.expression, right: right.expression },
    type: isPercentage || (factorOnly && factored.type === 'percentage') ? 'percentage' : 'number',
    unit: factorOnly ? factored.unit : unit,
    name: `${left.name} ${operator} ${right.name}`,
    columns: [...new Set([...left.columns, ...right.columns])],
    fraction: operator === '/' && !isConstant(left) && !isConstant(right),
  };
}

/**
 * One quantity divided by another. A count or a sum divided by a percentage is seldom what is meant: "admissions"
 * are then rather those admitted than the admission rate.
 */
export function ratioOf(part: Quantity, whole: Quantity): Weighed<Quantity> | null {
  // Nothing is divided by the year in which it was.
  if (whole.unit === null && /\b(?:year|season)\b/i.test(whole.name) && whole.columns.length === 1)
    return null;
  const value = arithmetic('/', part, whole);
  const isMixed = (whole.type === 'percentage') !== (part.type === 'percentage');
  return value === null ? null : new Weighed([{ value, cost: isMixed ? 0.4 : 0 }]);
}

/** A ratio in percent. */
export function percentOf(part: Quantity, whole: Quantity): Quantity | null {
  const ratio = arithmetic('/', part, whole);
  // A share of something is no part of something else.
  if (ratio === null || part.type === 'percentage') return null;
  const expression: Expression = {
    kind: 'arithmetic',
    operator: '*',
    left: { kind: 'number', value: 100 },
    right: ratio.expression,
  };
  return { ...ratio, expression, type: 'percentage', fraction: false };
}

/** The column of the catalog that a plain quantity stands for. */
export function plainColumn(context: TableContext, quantity: Quantity): CatalogColumn | null {
  if (quantity.expression.kind !== 'column') return null;
  const { column } = quantity.expression;
  return context.table.columns.find((each) => each.name === column) ?? null;
}

/**
 * The quantity at a period that the documents state; a later one is taken to be the latest, at a note's cost. A year
 * also names the only period within it: 2023 the balance of 2023-12-31.
 */
export function atPeriod(
  context: TableContext,
  quantity: Quantity,
  period: string,
): Weighed<Quantity> | null {
  const column = plainColumn(context, quantity);
  if (column === null || quantity.expression.kind !== 'column' || quantity.expression.period !== undefined)
    return null;
  const known = periodsOf(column);
  const stated = known.includes(period) ? period : onlyWithin(period, known);
  const name = `${column.label} (${period})`;
  if (stated !== null) {
    // Where one period only is stated, the column itself is of it.
    const isOwn = column.periods.length === 0;
    const expression = isOwn ? quantity.expression : { ...quantity.expression, period: stated };
    return new Weighed([{ value: { ...quantity, name, expression }, cost: 0 }]);
  }
  const newest = known[0];
  if (newest === undefined || period <= newest || period.length !== newest.length) return null;
  const note = `"${column.label}" of ${period} is taken to be the latest that the documents state`;
  return new Weighed([{ value: { ...quantity, name }, cost: 0.1, notes: [note] }]);
}

/** All periods of a column, newest first. */
export const periodsOf = ({ periods, latestPeriod }: CatalogColumn): readonly string[] =>
  latestPeriod == null || periods.includes(latestPeriod) ? periods : [latestPeriod, ...periods];

/** The only period within the year; null where there is none or several. */
export function onlyWithin(year: string, periods: readonly string[]): string | null {
  const within = periods.filter((period) => period.startsWith(`${year}-`));
  const [only] = within;
  return /^\d{4}$/.test(year) && within.length === 1 && only !== undefined ? only : null;
}

/** The quantity in another unit of the same dimension. */
export function inUnit(quantity: Quantity, unit: string): Weighed<Quantity> | null {
  if (!isNumeric(quantity.type)) return null;
  if (quantity.unit === null) {
    const note = `"${quantity.name}" states no unit; it is taken to be in ${unit}`;
    return quantity.columns.length === 1 && !quantity.fraction
      ? new Weighed([{ value: { ...quantity, unit }, cost: 0.25, notes: [note] }])
      : null;
  }
  const factor = convertUnit({ number: 1, from: quantity.unit, to: unit });
  if (factor === null) return null;
  if (factor === 1) return new Weighed([{ value: quantity, cost: 0 }]);
  const converted = arithmetic('*', quantity, constant(factor));
  return converted === null ? null : new Weighed([{ value: { ...converted, unit }, cost: 0 }]);
}

/** The quantity without its sign. */
export function absolute(quantity: Quantity | null): Quantity | null {
  const value = quantity === null ? null : numeric(quantity);
  return value === null ? null : { ...value, expression: { kind: 'absolute', of: value.expression } };
}

/** The whole days from one date of a row to another. */
export const daysBetween = (from: CatalogColumn, to: CatalogColumn): Quantity => ({
  expression: {
    kind: 'days-between',
    from: { kind: 'column', column: from.name },
    to: { kind: 'column', column: to.name },
  },
  type: 'number',
  unit: 'days',
  name: `days from ${from.label} to ${to.label}`,
  columns: [from.name, to.name],
});
