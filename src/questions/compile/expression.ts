import type { Aggregate, Expression, Measure, Predicate } from '../plan.ts';
import { PlanError } from '../plan-error.ts';
import type { Binding, Scope, SqlExpression } from './scope.ts';
import { identifier, literal, numberLiteral, selectStatement, subquery } from './sql-text.ts';
import { operand, typeOf, typeOfMeasure, typeOfNumber } from './value-type.ts';

const strength: Readonly<Record<Binding, number>> = {
  term: 5,
  product: 4,
  sum: 3,
  comparison: 2,
  and: 1,
  or: 0,
};

/** The SQL of a part, in parentheses unless it binds at least as tightly as asked. */
export function within(part: SqlExpression, weakest: Binding): string {
  return strength[part.binding] >= strength[weakest] ? part.sql : `(${part.sql})`;
}

export function term(sql: string, double = false): SqlExpression {
  return { sql, binding: 'term', double };
}

/** The SQL for one row's value. Missing values are NULL, and so is what divides by zero. */
export function compileExpression(expression: Expression, scope: Scope): SqlExpression {
  switch (expression.kind) {
    case 'column': {
      const type = scope.column(expression.column)?.type;
      return term(
        scope.columnName(expression.column, expression.period),
        type === 'number' || type === 'percentage',
      );
    }
    case 'number':
      if (!Number.isFinite(expression.value)) throw new PlanError('A number of a plan must be finite.');
      return term(numberLiteral(expression.value));
    case 'arithmetic':
      typeOfNumber(expression, scope.table);
      return arithmetic(expression, scope);
    case 'absolute': {
      const of = number(expression.of, scope);
      return term(`abs(${of.sql})`, of.double);
    }
    case 'item-count':
      if (scope.column(expression.column)?.type !== 'list') {
        throw new PlanError(`The column ${expression.column} is no list, so its items cannot be counted.`);
      }
      return term(`coalesce(len(${scope.columnName(expression.column)}), 0)`);
    case 'change': {
      const now = number(expression.of, scope);
      const before = number(expression.before, scope);
      const difference = `${within(now, 'sum')} - ${within(before, 'product')}`;
      return {
        sql: `100.0 * (${difference}) / nullif(abs(${before.sql}), 0)`,
        binding: 'product',
        double: true,
      };
    }
    case 'date-part':
      return term(`${expression.part}(${dateColumn(expression.column, scope)})`);
    case 'days-between':
      return term(`date_diff('day', ${date(expression.from, scope)}, ${date(expression.to, scope)})`);
    case 'z-score':
      return zScore(expression, scope);
    case 'rank':
    case 'tier':
      return place(expression, scope);
    case 'aggregate':
      return scope.aggregate(expression.aggregate);
    case 'entity-value': {
      const of = scope.expression(expression.of);
      const statement = selectStatement({
        select: [of.sql],
        from: scope.relation,
        where: [`${scope.key} = ${literal(scope.entity(expression.entity))}`],
      });
      return term(subquery(statement), of.double);
    }
    case 'group-value':
      return groupValue(expression, scope);
  }
}

function number(expression: Expression, scope: Scope): SqlExpression {
  typeOfNumber(expression, scope.table);
  return scope.expression(expression);
}

function date(expression: Expression, scope: Scope): string {
  const { type } = typeOf(expression, scope.table);
  if (type !== 'date') throw new PlanError(`A date is needed where a ${type} stands.`);
  return scope.expression(expression).sql;
}

/** The quoted name of a column that must be a date. */
export function dateColumn(column: string, scope: Scope): string {
  if (scope.column(column)?.type !== 'date') throw new PlanError(`The column ${column} is no date.`);
  return scope.columnName(column);
}

function arithmetic(expression: Expression & { readonly kind: 'arithmetic' }, scope: Scope): SqlExpression {
  const left = scope.expression(expression.left);
  const right = scope.expression(expression.right);
  return arithmeticSql(expression.operator, left, right);
}

/** Arithmetic in doubles; what divides by zero is NULL. */
export function arithmeticSql(
  operator: '+' | '-' | '*' | '/',
  left: SqlExpression,
  right: SqlExpression,
): SqlExpression {
  if (operator === '/') {
    const divisor = isNonZeroLiteral(right) ? right.sql : `nullif(${right.sql}, 0)`;
    return { sql: `${within(left, 'product')} / ${divisor}`, binding: 'product', double: true };
  }
  const first = left.double || right.double ? left : term(`${within(left, 'term')}::DOUBLE`, true);
  // The right side keeps its parentheses, so that rounding is that of the plan.
  return operator === '*'
    ? { sql: `${within(first, 'product')} * ${within(right, 'term')}`, binding: 'product', double: true }
    : {
        sql: `${within(first, 'sum')} ${operator} ${within(right, 'product')}`,
        binding: 'sum',
        double: true,
      };
}

function isNonZeroLiteral({ sql }: SqlExpression): boolean {
  return /^\(?-?\d[\d.e+-]*\)?$/.test(sql) && !/^0+(\.0+)?$/.test(sql);
}

function zScore(expression: Expression & { readonly kind: 'z-score' }, scope: Scope): SqlExpression {
  const { of, deviation, over } = expression;
  const selection = over === undefined ? {} : { selection: over };
  const mean = scope.aggregate({ function: 'average', of, ...selection });
  const spread = scope.aggregate({ function: 'standard-deviation', of, deviation, ...selection });
  return {
    sql: `(${within(number(of, scope), 'sum')} - ${mean.sql}) / nullif(${spread.sql}, 0)`,
    binding: 'product',
    double: true,
  };
}

/** A rank or tier: looked up in a table of places by the row's key. */
function place(expression: Expression & { readonly kind: 'rank' | 'tier' }, scope: Scope): SqlExpression {
  const of = scope.expression(expression.of).sql;
  const rows = scope.rows(expression.over);
  const window =
    expression.kind === 'rank'
      ? `rank() OVER (ORDER BY ${of}${expression.descending ? ' DESC' : ''})`
      : `ntile(${wholeNumber(expression.tiers, 'tiers')}) OVER (ORDER BY ${of}, ${scope.key})`;
  const column = identifier(scope.innerName('place'));
  const statement = selectStatement({
    select: [scope.key, `${window} AS ${column}`],
    from: rows.from,
    where: [...rows.where, `${of} IS NOT NULL`],
  });
  const places = identifier(scope.commonTable(expression.kind === 'rank' ? 'ranked' : 'tiers', statement));
  return term(
    `(SELECT ${places}.${column} FROM ${places} WHERE ${places}.${scope.key} = ${scope.relation}.${scope.key})`,
  );
}

/** A number of the row's own group: looked up in a table of groups by what the row has in the column. */
function groupValue(
  { aggregate, by }: Expression & { readonly kind: 'group-value' },
  scope: Scope,
): SqlExpression {
  const measure = scope.measure(aggregate);
  const rows = scope.rows(aggregate.selection);
  const column = scope.columnName(by);
  const value = identifier(scope.innerName('value'));
  const statement = selectStatement({
    select: [column, `${measure.sql} AS ${value}`],
    from: rows.from,
    where: [...rows.where, `${column} IS NOT NULL`],
    groupBy: [column],
  });
  const groups = identifier(scope.commonTable('grouped', statement));
  return term(
    `(SELECT ${groups}.${value} FROM ${groups} WHERE ${groups}.${column} = ${scope.relation}.${column})`,
    measure.double,
  );
}

/** A whole number of at least one, as plans need them for limits and tiers. */
export function wholeNumber(value: number, what: string): number {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new PlanError(`The number of ${what} must be a whole number of at least 1, not ${value}.`);
  }
  return value;
}

/** The aggregate function over the rows of the statement, or those of them that fulfil `where`. */
export function compileMeasure({
  measure,
  where,
  scope,
}: {
  measure: Measure;
  where: Predicate | undefined;
  scope: Scope;
}): SqlExpression {
  typeOfMeasure(measure, scope.table);
  const call = aggregateCall(measure, scope);
  const filtered = where === undefined ? call : `${call} FILTER (WHERE ${scope.predicate(where).sql})`;
  // DuckDB gives "not a number" where a variable does not vary; here that is a missing value.
  const sql = measure.function === 'correlation' ? `nullif(${filtered}, 'NaN'::DOUBLE)` : filtered;
  const inner = measure.of !== undefined && scope.expression(measure.of).double;
  const double =
    !measure.function.startsWith('count') &&
    (inner || !['sum', 'minimum', 'maximum'].includes(measure.function));
  return term(sql, double);
}

function aggregateCall(measure: Measure, scope: Scope): string {
  if (measure.function === 'count' && measure.of === undefined) return 'count(*)';
  const of = scope.expression(operand(measure)).sql;
  const kind = measure.deviation === 'sample' ? 'samp' : 'pop';
  switch (measure.function) {
    case 'count':
      return `count(${of})`;
    case 'count-distinct':
      return `count(DISTINCT ${of})`;
    case 'sum':
      return `sum(${of})`;
    case 'average':
      return `avg(${of})`;
    case 'median':
      return `median(${of})`;
    case 'minimum':
      return `min(${of})`;
    case 'maximum':
      return `max(${of})`;
    case 'percentile':
      return `quantile_cont(${of}, ${numberLiteral(percentileShare(measure))})`;
    case 'standard-deviation':
      return `stddev_${kind}(${of})`;
    case 'variance':
      return `var_${kind}(${of})`;
    case 'correlation':
      return `corr(${of}, ${scope.expression(measure.with ?? operand(measure)).sql})`;
  }
}

function percentileShare(measure: Measure): number {
  const { percentile } = measure;
  if (percentile === undefined || !(percentile >= 0 && percentile <= 100)) {
    throw new PlanError('A percentile must lie between 0 and 100.');
  }
  return percentile / 100;
}

/** An aggregate over rows of its own, as a statement in parentheses. */
export function compileAggregate(aggregate: Aggregate, scope: Scope): SqlExpression {
  const measure = scope.measure(aggregate);
  const rows = scope.rows(aggregate.selection);
  const statement = selectStatement({ select: [measure.sql], from: rows.from, where: rows.where });
  return term(subquery(statement), measure.double);
}
