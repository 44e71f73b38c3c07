import type { SqlCell } from '../table/store/sql-value.ts';
import type { AnswerType, Scalar } from './answer-type.ts';
import type { AnswerColumn, CompiledQuery } from './compile/compiled-query.ts';

/** The value of an answer: a scalar, a list, or rows of several columns. */
export interface AnswerValue {
  readonly type: AnswerType;
  readonly value: Scalar | readonly Scalar[] | readonly (readonly Scalar[])[];
  readonly unit: string | null;
}

/**
 * The answer's value out of the result of a compiled query. Numbers keep their precision but for the noise of
 * binary fractions beyond 12 digits; percentages are rounded to four decimals (small ones to four significant
 * digits). A boolean is "Yes" or "No". A single value that no row gives is null; a list or rows can be empty.
 */
export function toAnswerValue({
  query,
  columns,
  rows,
}: {
  query: CompiledQuery;
  /** The names of the result's columns. */
  columns: readonly string[];
  rows: readonly (readonly SqlCell[])[];
}): AnswerValue {
  const { answerType: type, answerColumns, unit } = query;
  const positions = answerColumns.map((column) => ({ column, index: columns.indexOf(column.name) }));
  const table = rows.map((row) => positions.map(({ column, index }) => toScalar(row[index] ?? null, column)));
  if (type === 'rows') return { type, value: table, unit };
  const [first] = positions;
  if (type !== 'list') return { type, value: table[0]?.[0] ?? null, unit };
  if (first?.column.type === 'list' && rows.length <= 1) {
    return { type, value: items(rows[0]?.[first.index] ?? null), unit };
  }
  return { type, value: table.map(([cell]) => cell ?? null), unit };
}

function items(cell: SqlCell): readonly Scalar[] {
  if (cell === null) return [];
  return isList(cell) ? cell.map((item) => (isList(item) ? joined(item) : item)) : [cell];
}

function toScalar(cell: SqlCell, { type }: AnswerColumn): Scalar {
  if (isList(cell)) return joined(cell);
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  if (typeof cell === 'number') return type === 'percentage' ? roundPercentage(cell) : roundNoise(cell);
  return cell;
}

function isList(cell: SqlCell): cell is readonly SqlCell[] {
  return Array.isArray(cell);
}

function joined(list: readonly SqlCell[]): string {
  return list.map(String).join(', ');
}

/** Takes away what binary fractions add: 0.1 + 0.2 is 0.3. Whole numbers stay as they are. */
function roundNoise(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(12));
}

function roundPercentage(value: number): number {
  return Math.abs(value) >= 1 ? Number(value.toFixed(4)) : Number(value.toPrecision(4));
}
