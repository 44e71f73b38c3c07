import type {
  Aggregate,
  Comparison,
  Expression,
  GroupedOutput,
  Measure,
  Output,
  Predicate,
  QueryPlan,
  Selection,
} from '../../../questions/index.ts';
import type { CatalogColumn } from '../../../table/index.ts';
import type { TruthField } from '../truth-table.ts';

/* The pieces that plans of questions are put together from. */

export const entities: Output = { kind: 'entities', show: [] };
export const count: Output = { kind: 'aggregate', aggregate: { function: 'count' }, unit: null };

export const valueOf = ({ column, period }: TruthField): Expression => ({
  kind: 'column',
  column: column.name,
  ...(period === null ? {} : { period }),
});

export const number = (value: number): Expression => ({ kind: 'number', value });

export const arithmetic = (
  left: Expression,
  operator: '+' | '-' | '*' | '/',
  right: Expression,
): Expression => ({ kind: 'arithmetic', operator, left, right });

export const percent = (part: Expression, whole: Expression): Expression =>
  arithmetic(number(100), '*', arithmetic(part, '/', whole));

export const compare = (left: Expression, comparison: Comparison, right: Expression): Predicate => ({
  kind: 'compare',
  left,
  comparison,
  right,
});

export const and = (...operands: readonly Predicate[]): Predicate => ({ kind: 'and', operands });

export const figure = (measure: Measure, selection?: Selection): Expression => {
  const aggregate: Aggregate = selection === undefined ? measure : { ...measure, selection };
  return { kind: 'aggregate', aggregate };
};

export const unitOf = ({ type, unit }: CatalogColumn): string | null => (type === 'percentage' ? '%' : unit);

export const measured = (measure: Measure, unit: string | null): Output => ({
  kind: 'aggregate',
  aggregate: measure,
  unit,
});

/** One number made of figures. */
export const calculated = (value: Expression, { column }: TruthField): Output => ({
  kind: 'calculation',
  values: [{ value, name: 'difference', unit: unitOf(column), percentage: column.type === 'percentage' }],
});

export const top = (by: Expression, limit: number, descending = true): Selection => ({
  order: { by, descending },
  limit,
});

export const named = (key: string): Selection => ({ where: { kind: 'entity', names: [key] } });

export const groups = (
  output: Pick<GroupedOutput, 'group' | 'values'> & Partial<GroupedOutput>,
): GroupedOutput => ({
  kind: 'groups',
  having: [],
  order: 'descending',
  show: 'group',
  percentage: false,
  unit: null,
  ...output,
});

/** Makes a plan over the benchmark's table. */
export type MakePlan = (selection: Selection, output: Output) => QueryPlan;
