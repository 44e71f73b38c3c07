import type { Expression } from '../plan.ts';
import { columnPhrase } from './nouns.ts';
import { digits, numberPhrase } from './numbers.ts';
import { spokenRight } from './units.ts';
import { NoWordingError, type Wording } from './wording.ts';

/** What a value of every row is called. */
export function quantityPhrase(expression: Expression, wording: Wording): string {
  const { quantity, choose } = wording;
  switch (expression.kind) {
    case 'column':
      return columnWords(expression.column, expression.period, wording);
    case 'number':
      return digits(expression.value);
    case 'arithmetic':
      return arithmeticPhrase(spoken(expression, wording), wording);
    case 'absolute':
      return expression.of.kind === 'arithmetic' && expression.of.operator === '-'
        ? `absolute difference between ${quantity(expression.of.left)} and ${quantity(expression.of.right)}`
        : `absolute value of ${quantity(expression.of)}`;
    case 'item-count':
      return `number of ${columnWords(expression.column, undefined, wording)}`;
    case 'change':
      return changePhrase(expression, wording);
    case 'days-between':
      return `number of days from ${quantity(expression.from)} to ${quantity(expression.to)}`;
    case 'date-part':
      return `${expression.part} of ${columnWords(expression.column, undefined, wording)}`;
    case 'rank':
      return `rank by ${quantity(expression.of)}`;
    case 'z-score':
      return `z-score of ${quantity(expression.of)}`;
    case 'entity-value':
      return choose([
        `${quantity(expression.of)} of ${expression.entity}`,
        `${expression.entity}'s ${quantity(expression.of)}`,
      ]);
    case 'aggregate':
      return wording.figure(expression.aggregate);
    case 'tier':
      throw new NoWordingError('a tier as a value');
    case 'group-value':
      throw new NoWordingError("a number of a row's own group");
  }
}

function columnWords(name: string, period: string | undefined, wording: Wording): string {
  const column = wording.column(name);
  const words =
    column === null ? wording.table.key.replaceAll('_', ' ') : columnPhrase(column, wording.table);
  return period === undefined ? words : wording.choose([`${words} in ${period}`, `${period} ${words}`]);
}

export type Arithmetic = Expression & { readonly kind: 'arithmetic' };

/** The formula without the factors that bring its parts to one unit. */
export function spoken(expression: Arithmetic, { table }: Pick<Wording, 'table'>): Arithmetic {
  const part = (side: Expression): Expression =>
    side.kind === 'arithmetic' ? spoken(side, { table }) : side;
  const { operator, left, right } = expression;
  const aligned = operator === '*' ? right : spokenRight(left, right, table);
  return { ...expression, left: part(left), right: part(aligned) };
}

/** Formulas as they are spoken where they are simple, with signs and parentheses where they are not. */
function arithmeticPhrase(expression: Arithmetic, wording: Wording): string {
  const { operator, left, right } = expression;
  const { quantity, choose } = wording;
  if (isPercentOf(expression)) {
    return `${quantity(expression.right.left)} as a percentage of ${quantity(expression.right.right)}`;
  }
  if (
    operator === '/' &&
    right.kind === 'arithmetic' &&
    right.operator === '/' &&
    right.right.kind === 'number'
  ) {
    if (left.kind === 'column' && right.left.kind === 'column') {
      return `${quantity(left)} per ${numberPhrase(right.right.value, wording)} ${quantity(right.left)}`;
    }
  }
  if (!isSimple(left) || !isSimple(right)) return formula(expression, wording);
  switch (operator) {
    case '/':
      return choose([
        `ratio of ${quantity(left)} to ${quantity(right)}`,
        `${quantity(left)} divided by ${quantity(right)}`,
      ]);
    case '*':
      return `${quantity(left)} times ${quantity(right)}`;
    case '+':
      return choose([
        `sum of ${quantity(left)} and ${quantity(right)}`,
        `${quantity(left)} plus ${quantity(right)}`,
      ]);
    case '-':
      return `${quantity(left)} minus ${quantity(right)}`;
  }
}

interface PercentOf {
  readonly right: { readonly left: Expression; readonly right: Expression };
}

/** 100 times a ratio. */
export function isPercentOf(expression: Arithmetic): expression is Arithmetic & PercentOf {
  const { operator, left, right } = expression;
  return (
    operator === '*' &&
    left.kind === 'number' &&
    left.value === 100 &&
    right.kind === 'arithmetic' &&
    right.operator === '/' &&
    right.left.kind === 'column' &&
    right.right.kind === 'column'
  );
}

export function isSimple(expression: Expression): boolean {
  return expression.kind === 'column' || expression.kind === 'item-count';
}

export const strength = { '+': 1, '-': 1, '*': 2, '/': 2 } as const;

/** A formula in signs: `(current assets - inventory) / current liabilities`. */
function formula(expression: Expression, wording: Wording): string {
  if (expression.kind === 'number') {
    return expression.value < 0 ? `(${digits(expression.value)})` : digits(expression.value);
  }
  if (expression.kind !== 'arithmetic') return wording.quantity(expression);
  const { operator, left, right } = expression;
  const part = (side: Expression, weakest: number): string => {
    const needed = side.kind === 'arithmetic' && strength[side.operator] < weakest;
    return needed ? `(${formula(side, wording)})` : formula(side, wording);
  };
  return `${part(left, strength[operator])} ${operator} ${part(right, strength[operator] + 1)}`;
}

function changePhrase(expression: Expression & { readonly kind: 'change' }, wording: Wording): string {
  const { of, before } = expression;
  const { choose } = wording;
  if (of.kind !== 'column' || before.kind !== 'column' || of.column !== before.column) {
    return `percentage change from ${wording.quantity(before)} to ${wording.quantity(of)}`;
  }
  if (before.period === undefined) throw new NoWordingError('a change from the latest period');
  const words = columnWords(of.column, undefined, wording);
  if (of.period === undefined) {
    const newest = wording.column(of.column)?.periods[0] === before.period;
    return newest
      ? choose([`percentage change in ${words} since ${before.period}`, `year-over-year change in ${words}`])
      : `percentage change in ${words} since ${before.period}`;
  }
  return choose([
    `percentage change in ${words} from ${before.period} to ${of.period}`,
    `growth in ${words} from ${before.period} to ${of.period}`,
  ]);
}
