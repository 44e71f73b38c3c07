import type { DatePart, Expression, Predicate } from '../plan.ts';
import {
  compareValues,
  keyOf,
  sortRows,
  splitIntoTiers,
  asNumber,
  type Row,
  type Value,
  type World,
} from './values.ts';

/** The value of an expression for a row; null where something it needs is missing, or it divides by zero. */
export function rowValue(expression: Expression, row: Row, world: World): Value {
  const number = (part: Expression): number | null => asNumber(world.valueOf(part, row));
  switch (expression.kind) {
    case 'column':
      return cell(row, expression.column, expression.period);
    case 'number':
      return expression.value;
    case 'arithmetic':
      return calculate(expression.operator, number(expression.left), number(expression.right));
    case 'absolute': {
      const value = number(expression.of);
      return value === null ? null : Math.abs(value);
    }
    case 'item-count': {
      const list = cell(row, expression.column);
      return Array.isArray(list) ? list.length : 0;
    }
    case 'change': {
      const [now, before] = [number(expression.of), number(expression.before)];
      return now === null || before === null ? null : change(now, before);
    }
    case 'date-part':
      return datePart(cell(row, expression.column), expression.part);
    case 'days-between': {
      const [from, to] = [expression.from, expression.to].map((part) => world.valueOf(part, row));
      if (typeof from !== 'string' || typeof to !== 'string') return null;
      return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
    }
    case 'z-score':
      return zScore(expression, number(expression.of), world);
    case 'rank':
    case 'tier':
      return world.once(expression, () => places(expression, world)).get(keyOf(row, world)) ?? null;
    case 'aggregate':
      return world.once(expression, () => world.aggregate(expression.aggregate));
    case 'entity-value':
      return world.once(expression, () => {
        const key = world.table.findEntity(expression.entity);
        const entity = world.rows.find((candidate) => keyOf(candidate, world) === key);
        return entity === undefined ? null : world.valueOf(expression.of, entity);
      });
    case 'group-value':
      return groupValue(expression, row, world);
  }
}

export function cell(row: Row, column: string, period?: string): Value {
  return row[period === undefined ? column : `${column}@${period}`] ?? null;
}

export function calculate(
  operator: '+' | '-' | '*' | '/',
  left: number | null,
  right: number | null,
): number | null {
  if (left === null || right === null) return null;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? null : left / right;
  }
}

function change(now: number, before: number): number | null {
  return before === 0 ? null : (100 * (now - before)) / Math.abs(before);
}

function datePart(date: Value, part: DatePart): number | null {
  if (typeof date !== 'string') return null;
  const month = Number(date.slice(5, 7));
  return { year: Number(date.slice(0, 4)), quarter: Math.ceil(month / 3), month }[part];
}

function zScore(
  expression: Expression & { readonly kind: 'z-score' },
  value: number | null,
  world: World,
): number | null {
  const { of, over, deviation } = expression;
  const selection = over === undefined ? {} : { selection: over };
  const { mean, spread } = world.once(expression, () => ({
    mean: asNumber(world.aggregate({ function: 'average', of, ...selection })),
    spread: asNumber(world.aggregate({ function: 'standard-deviation', of, deviation, ...selection })),
  }));
  return value === null || mean === null || !spread ? null : (value - mean) / spread;
}

/** The number of the rows that have the same in the column as the row. */
function groupValue(
  expression: Expression & { readonly kind: 'group-value' },
  row: Row,
  world: World,
): Value {
  const { aggregate, by } = expression;
  const values = world.once(expression, () => new Map<Value, Value>());
  const own = cell(row, by);
  const same = sameAs(by, own);
  if (same === null) return null;
  const known = values.get(own);
  if (known !== undefined) return known;
  const { where: condition, ...selection } = aggregate.selection ?? {};
  const where: Predicate = condition === undefined ? same : { kind: 'and', operands: [condition, same] };
  const value = world.aggregate({ ...aggregate, selection: { ...selection, where } });
  values.set(own, value);
  return value;
}

/** The condition that a row has the value in the column; null for a missing value. */
function sameAs(column: string, value: Value): Predicate | null {
  if (typeof value === 'string') return { kind: 'is', column, values: [value] };
  if (typeof value === 'boolean') return { kind: 'boolean', column, value };
  if (typeof value !== 'number') return null;
  const left: Expression = { kind: 'column', column };
  return { kind: 'compare', left, comparison: '=', right: { kind: 'number', value } };
}

/** The rank or tier of each row that has one, by key. */
function places(
  expression: Expression & { readonly kind: 'rank' | 'tier' },
  world: World,
): ReadonlyMap<string, number> {
  const by = (row: Row): Value => world.valueOf(expression.of, row);
  const descending = expression.kind === 'rank' && expression.descending;
  const sorted = sortRows({ rows: world.select(expression.over), by, descending, world });
  if (expression.kind === 'tier') {
    const tiers = splitIntoTiers(sorted, expression.tiers);
    return new Map(tiers.flatMap((part, index) => part.map((row) => [keyOf(row, world), index + 1])));
  }
  const ranks = new Map<string, number>();
  let rank = 0;
  let last: Value = null;
  for (const [index, row] of sorted.entries()) {
    const value = by(row);
    if (last === null || compareValues(value, last) !== 0) rank = index + 1;
    last = value;
    ranks.set(keyOf(row, world), rank);
  }
  return ranks;
}
