import type { CatalogTable } from '../../table/catalog.ts';
import type { Expression } from '../plan.ts';

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
      const additive = operator === '+' || operator === '-';
      return additive && one.unit === other.unit && one.percentage === other.percentage ? one : plain;
    }
    default:
      return plain;
  }
}
