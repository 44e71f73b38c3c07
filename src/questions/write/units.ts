import type { CatalogTable } from '../../table/catalog.ts';
import { convertUnit } from '../../table/values/units.ts';
import type { Expression } from '../plan.ts';
import { NoWordingError } from './wording.ts';

/** How a number compared with an expression may be written: in percent, in a unit, or plain. */
export interface WrittenUnit {
  readonly percentage: boolean;
  readonly unit: string | null;
}

const plain: WrittenUnit = { percentage: false, unit: null };

export function unitOf(expression: Expression, table: CatalogTable): WrittenUnit {
  switch (expression.kind) {
    case 'column': {
      const column = table.columns.find(({ name }) => name === expression.column);
      if (column === undefined) return plain;
      return column.type === 'percentage'
        ? { percentage: true, unit: null }
        : { percentage: false, unit: column.unit };
    }
    case 'change':
      return { percentage: true, unit: null };
    case 'absolute':
    case 'entity-value':
      return unitOf(expression.of, table);
    case 'arithmetic': {
      const { operator, left, right } = expression;
      if (operator === '*' && left.kind === 'number' && left.value === 100)
        return { percentage: true, unit: null };
      const [one, other] = [unitOf(left, table), unitOf(right, table)];
      if (operator === '*' && left.kind === 'number') return other;
      if (operator === '*' && right.kind === 'number') return one;
      const additive = operator === '+' || operator === '-';
      return additive && one.unit === other.unit && one.percentage === other.percentage ? one : plain;
    }
    default:
      return plain;
  }
}

/**
 * What is said of the right side of a sum, ratio or comparison. Whoever reads "length plus height" converts
 * metres to kilometres himself, so the factor of a conversion is left unsaid, and numbers in unlike units that
 * the plan does not convert cannot be said.
 */
export function spokenRight(left: Expression, right: Expression, table: CatalogTable): Expression {
  const to = unitOf(left, table).unit;
  if (to === null) return right;
  if (right.kind === 'arithmetic' && right.operator === '*' && right.left.kind === 'number') {
    const factor = factorBetween(unitOf(right.right, table).unit, to);
    if (factor !== 1 && factor === right.left.value) return right.right;
  }
  if (factorBetween(unitOf(right, table).unit, to) !== 1) {
    throw new NoWordingError('numbers in unlike units that are not converted');
  }
  return right;
}

function factorBetween(from: string | null, to: string): number {
  return from === null ? 1 : (convertUnit({ number: 1, from, to }) ?? 1);
}
