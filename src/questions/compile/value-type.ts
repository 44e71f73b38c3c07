import type { CatalogColumn, CatalogTable } from '../../table/catalog.ts';
import type { Expression, Measure } from '../plan.ts';
import { PlanError } from '../plan-error.ts';

/** The type and unit of a value that a plan computes. */
export interface ValueType {
  readonly type: 'number' | 'percentage' | 'date' | 'text' | 'boolean' | 'list';
  readonly unit: string | null;
}

const plainNumber: ValueType = { type: 'number', unit: null };
const percentage: ValueType = { type: 'percentage', unit: '%' };

/** The column a plan names, or null for the table's key. */
export function findColumn(table: CatalogTable, name: string): CatalogColumn | null {
  if (name === table.key) return null;
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new PlanError(`The table ${table.name} has no column ${name}.`);
  return column;
}

/** The type of an expression's value. Throws a PlanError where the parts do not fit. */
export function typeOf(expression: Expression, table: CatalogTable): ValueType {
  switch (expression.kind) {
    case 'column':
      return typeOfColumn(findColumn(table, expression.column));
    case 'number':
      return plainNumber;
    case 'absolute':
      return typeOfNumber(expression.of, table);
    case 'arithmetic':
      return typeOfArithmetic(expression, table);
    case 'change':
      typeOfNumber(expression.of, table);
      typeOfNumber(expression.before, table);
      return percentage;
    case 'entity-value':
      return typeOf(expression.of, table);
    case 'aggregate':
    case 'group-value':
      return typeOfMeasure(expression.aggregate, table);
    case 'item-count':
    case 'date-part':
      return plainNumber;
    case 'days-between':
      return { type: 'number', unit: 'days' };
    case 'z-score':
      typeOfNumber(expression.of, table);
      return plainNumber;
    case 'rank':
    case 'tier':
      typeOf(expression.of, table);
      return plainNumber;
  }
}

/** The type of an expression that must be a number. */
export function typeOfNumber(expression: Expression, table: CatalogTable): ValueType {
  const type = typeOf(expression, table);
  if (type.type === 'number' || type.type === 'percentage') return type;
  const name = expression.kind === 'column' ? expression.column : `a ${expression.kind}`;
  throw new PlanError(`A number is needed where ${name} stands, which is a ${type.type}.`);
}

function typeOfColumn(column: CatalogColumn | null): ValueType {
  if (column === null) return { type: 'text', unit: null };
  if (column.type === 'percentage') return percentage;
  return { type: column.type === 'category' ? 'text' : column.type, unit: column.unit };
}

function typeOfArithmetic(
  expression: Expression & { readonly kind: 'arithmetic' },
  table: CatalogTable,
): ValueType {
  const left = typeOfNumber(expression.left, table);
  const right = typeOfNumber(expression.right, table);
  const scaled = expression.right.kind === 'number' ? left : expression.left.kind === 'number' ? right : null;
  switch (expression.operator) {
    case '+':
    case '-':
      return scaled ?? (left.type === right.type && left.unit === right.unit ? left : plainNumber);
    case '*':
      return scaled ?? plainNumber;
    case '/':
      return expression.right.kind === 'number' ? left : plainNumber;
  }
}

/** The type of a number (or date, or text) made of many rows. */
export function typeOfMeasure(measure: Measure, table: CatalogTable): ValueType {
  switch (measure.function) {
    case 'count':
    case 'count-distinct':
      if (measure.of !== undefined) typeOf(measure.of, table);
      return plainNumber;
    case 'minimum':
    case 'maximum':
      return typeOf(operand(measure), table);
    case 'sum':
    case 'average':
    case 'median':
    case 'percentile':
    case 'standard-deviation':
      return typeOfNumber(operand(measure), table);
    case 'variance':
      typeOfNumber(operand(measure), table);
      return plainNumber;
    case 'correlation':
      typeOfNumber(operand(measure), table);
      if (measure.with === undefined) throw new PlanError('A correlation needs two variables.');
      typeOfNumber(measure.with, table);
      return plainNumber;
  }
}

/** What a measure aggregates. */
export function operand(measure: Measure): Expression {
  if (measure.of === undefined) throw new PlanError(`A ${measure.function} needs something to aggregate.`);
  if (measure.of.kind === 'number') throw new PlanError('A fixed number cannot be aggregated.');
  return measure.of;
}
